/*
 * Copyright 2026-present the original author or authors.
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *      https://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */

package dev.trigger.spring.annotation;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

import org.springframework.core.GenericTypeResolver;
import org.springframework.core.KotlinDetector;
import org.springframework.core.annotation.MergedAnnotation;
import org.springframework.core.annotation.MergedAnnotations;
import org.springframework.util.Assert;

/**
 * A method that triggers a task, as far as its types go.
 *
 * @param method the method
 * @param description the method, for messages
 * @param annotation the annotation of the method
 * @param returns what it returns
 * @param parameters what its parameters are
 */
record TaskSignature(Method method, String description, MergedAnnotation<TriggerTask> annotation, TaskReturn returns,
		TaskParameters parameters) {

	/**
	 * Read all methods of an interface that trigger tasks.
	 * @param type the interface
	 * @return the methods
	 * @throws InvalidTriggerTaskException if one can't be used
	 */
	static List<TaskSignature> allOf(Class<?> type) {
		if (!type.isInterface()) {
			throw new InvalidTriggerTaskException(
					"@TriggerTasks is on " + type.getName() + ", which is not an interface",
					"Make it an interface, whose methods trigger the tasks");
		}
		List<TaskSignature> signatures = new ArrayList<>();
		for (Method method : type.getMethods()) {
			if (method.isBridge()) {
				// it has the annotations of the method that it calls
				continue;
			}
			if (Modifier.isAbstract(method.getModifiers())) {
				signatures.add(of(type, method));
			}
			else if (MergedAnnotations.from(method).isPresent(TriggerTask.class)) {
				throw new InvalidTriggerTaskException(
						"The method " + describe(type, method)
								+ " has @TriggerTask, but is not abstract and triggers nothing",
						"Remove its body, or the annotation");
			}
		}
		return signatures;
	}

	private static TaskSignature of(Class<?> type, Method method) {
		String description = describe(type, method);
		MergedAnnotation<TriggerTask> annotation = MergedAnnotations
			.from(method, MergedAnnotations.SearchStrategy.TYPE_HIERARCHY)
			.get(TriggerTask.class);
		if (!annotation.isPresent()) {
			throw new InvalidTriggerTaskException("The method " + description + " has no @TriggerTask",
					"Annotate it with @TriggerTask(\"id-of-the-task\"), or make it a default method");
		}
		if (annotation.getString("id").isBlank()) {
			throw new InvalidTriggerTaskException(
					"The method " + description + " has a @TriggerTask without the id of a task",
					"Name it, as in @TriggerTask(\"id-of-the-task\")");
		}
		if (annotation.getString("id").contains("${")) {
			throw new InvalidTriggerTaskException(
					"The method " + description
							+ " has a @TriggerTask whose id is a placeholder, which is not replaced",
					"Write the id of the task, or trigger it with TriggerOperations.tasks()");
		}
		TaskReturn returns = returns(type, method, description);
		checkTransactional(description, annotation, returns);
		Type[] types = Arrays.stream(method.getGenericParameterTypes())
			.limit(parameterCount(method))
			.map((parameter) -> resolve(type, parameter))
			.toArray(Type[]::new);
		return new TaskSignature(method, description, annotation, returns,
				TaskParameters.of(description, types, returns.outcome()));
	}

	private static TaskReturn returns(Class<?> type, Method method, String description) {
		return SuspendingFunction.is(method, description)
				? TaskReturn.ofSuspending(description, resolve(type, SuspendingFunction.returnType(method)))
				: TaskReturn.of(description, resolve(type, method.getGenericReturnType()));
	}

	private static void checkTransactional(String description, MergedAnnotation<TriggerTask> annotation,
			TaskReturn returns) {
		boolean transactional = annotation.getBoolean("transactional");
		if (transactional && returns.suspending()) {
			throw new InvalidTriggerTaskException(
					"The method " + description
							+ " is transactional, but a suspending function, and a transaction belongs to a thread",
					"Remove 'suspend', or 'transactional'");
		}
		if (transactional && !returns.canBeTransactional()) {
			throw new InvalidTriggerTaskException(
					"The method " + description + " is transactional, so that there is no run when it returns",
					"Return void or OutboxHandle<O>, or remove 'transactional'");
		}
		if (!transactional && returns.outcome() == TaskReturn.Outcome.WRITTEN) {
			throw new InvalidTriggerTaskException(
					"The method " + description + " returns an OutboxHandle, but is not transactional",
					"Set 'transactional = true', or return RunHandle<O>");
		}
	}

	boolean isTransactional() {
		return this.annotation.getBoolean("transactional");
	}

	private static Type resolve(Class<?> type, Type generic) {
		return GenericTypeResolver.resolveType(generic, type);
	}

	/**
	 * Return the number of parameters that the method has in its source.
	 */
	private static int parameterCount(Method method) {
		return method.getParameterCount() - (KotlinDetector.isSuspendingFunction(method) ? 1 : 0);
	}

	int parameterCount() {
		return parameterCount(this.method);
	}

	private static String describe(Class<?> type, Method method) {
		return type.getName() + "." + method.getName()
				+ Arrays.stream(method.getParameterTypes())
					.limit(parameterCount(method))
					.map(Class::getSimpleName)
					.collect(Collectors.joining(", ", "(", ")"));
	}

}

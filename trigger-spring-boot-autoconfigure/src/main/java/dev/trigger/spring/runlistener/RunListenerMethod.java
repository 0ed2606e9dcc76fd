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

package dev.trigger.spring.runlistener;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

import dev.trigger.spring.TriggerOperationsRegistry;
import dev.trigger.spring.run.RunStatus;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.util.context.Context;

import org.springframework.core.CoroutinesUtils;
import org.springframework.core.KotlinDetector;
import org.springframework.core.ReactiveAdapter;
import org.springframework.core.ReactiveAdapterRegistry;
import org.springframework.core.ResolvableType;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.scheduling.annotation.Async;
import org.springframework.util.ClassUtils;
import org.springframework.util.ReflectionUtils;
import org.springframework.util.StringUtils;

/**
 * A method that is a listener, checked once.
 *
 * @param beanName the name of its bean
 * @param beanType the class of its bean
 * @param method the method
 * @param annotation its annotation
 * @param outputType the type of the output
 */
record RunListenerMethod(String beanName, Class<?> beanType, Method method, TriggerRunListener annotation,
		Type outputType) {

	/**
	 * How long an id may be, so that it fits into the key of a table.
	 */
	private static final int MAX_ID = 190;

	private static final boolean COROUTINES_PRESENT = KotlinDetector.isKotlinReflectPresent()
			&& ClassUtils.isPresent("kotlinx.coroutines.reactor.MonoKt", RunListenerMethod.class.getClassLoader());

	/**
	 * Check a method.
	 * @param beanName the name of its bean
	 * @param beanType the class of its bean
	 * @param method the method
	 * @param annotation its annotation
	 * @return the method
	 * @throws InvalidRunListenerException if it can't be called
	 */
	static RunListenerMethod of(String beanName, Class<?> beanType, Method method, TriggerRunListener annotation) {
		boolean suspending = isSuspending(beanType, method);
		ResolvableType parameter = (method.getParameterCount() == (suspending ? 2 : 1))
				? ResolvableType.forMethodParameter(method, 0, beanType) : ResolvableType.NONE;
		if (parameter.resolve() != RunFinished.class) {
			throw new InvalidRunListenerException(
					"The run listener " + describe(beanType, method)
							+ " must have one parameter of the type RunFinished",
					"Declare it as 'void " + method.getName() + "(RunFinished<Receipt> event)', with the type of the "
							+ "output in the place of Receipt");
		}
		if (!suspending) {
			checkReturnType(beanType, method);
		}
		Type outputType = outputType(parameter);
		Class<?> output = ResolvableType.forType(outputType).resolve(Object.class);
		if (ReactiveAdapterRegistry.getSharedInstance().getAdapter(output) != null) {
			throw new InvalidRunListenerException(
					"The run listener " + describe(beanType, method) + " has the output " + output.getName()
							+ ", but the run is over",
					"Declare the type of the output itself, such as 'RunFinished<Receipt>'");
		}
		return new RunListenerMethod(beanName, beanType, method, annotation, outputType);
	}

	private static boolean isSuspending(Class<?> beanType, Method method) {
		if (!KotlinDetector.isSuspendingFunction(method)) {
			return false;
		}
		if (!COROUTINES_PRESENT) {
			throw new InvalidRunListenerException(
					"The run listener " + describe(beanType, method)
							+ " is a suspending function, which needs kotlinx-coroutines-reactor and kotlin-reflect",
					"Add the dependencies org.jetbrains.kotlinx:kotlinx-coroutines-reactor and "
							+ "org.jetbrains.kotlin:kotlin-reflect, or remove 'suspend'");
		}
		return true;
	}

	private static void checkReturnType(Class<?> beanType, Method method) {
		Class<?> returned = method.getReturnType();
		if (returned == void.class && (AnnotatedElementUtils.hasAnnotation(method, Async.class)
				|| AnnotatedElementUtils.hasAnnotation(beanType, Async.class))) {
			throw new InvalidRunListenerException(
					"The run listener " + describe(beanType, method)
							+ " is @Async and returns nothing, so that a run counts as handled before it is, and "
							+ "failures are lost",
					"Remove @Async, since listeners are called on threads of their own, or return a "
							+ "CompletableFuture, whose completion is awaited");
		}
		if (returned != void.class && ReactiveAdapterRegistry.getSharedInstance().getAdapter(returned) == null) {
			throw new InvalidRunListenerException(
					"The run listener " + describe(beanType, method) + " returns " + returned.getName()
							+ ", which would be ignored",
					"Return nothing, or a publisher such as Mono<Void>, whose completion is awaited");
		}
	}

	private static Type outputType(ResolvableType parameter) {
		ResolvableType generic = parameter.getGeneric(0);
		Type type = generic.getType();
		if (type instanceof WildcardType wildcard) {
			type = wildcard.getUpperBounds()[0];
		}
		if (generic == ResolvableType.NONE || type instanceof TypeVariable<?>) {
			return generic.resolve(Object.class);
		}
		return type;
	}

	private static String describe(Class<?> beanType, Method method) {
		return beanType.getName() + "." + method.getName() + "("
				+ Arrays.stream(method.getParameterTypes())
					.limit(method.getParameterCount() - (KotlinDetector.isSuspendingFunction(method) ? 1 : 0))
					.map(Class::getSimpleName)
					.collect(Collectors.joining(", "))
				+ ")";
	}

	/**
	 * Return the listener that the method is.
	 * @param placeholders resolves placeholders
	 * @param bean supplies the bean
	 * @param invocable the method to call on the bean
	 * @return the listener
	 * @throws InvalidRunListenerException if an attribute can't be used
	 */
	RunListener toListener(UnaryOperator<@Nullable String> placeholders, Supplier<Object> bean, Method invocable) {
		UnaryOperator<@Nullable String> resolver = (text) -> resolve(placeholders, text);
		RunFilter filter = new RunFilter(resolve(resolver, "task", this.annotation.task()),
				resolve(resolver, "tag", this.annotation.tags()), statuses(resolver), this.annotation.scope());
		ReflectionUtils.makeAccessible(invocable);
		String client = text(resolver, this.annotation.client());
		return new RunListener(id(resolver), client.isEmpty() ? TriggerOperationsRegistry.DEFAULT : client, filter,
				this.outputType, (event, context) -> invoke(invocable, bean.get(), event, context));
	}

	private @Nullable String resolve(UnaryOperator<@Nullable String> placeholders, @Nullable String text) {
		try {
			return placeholders.apply(text);
		}
		catch (IllegalArgumentException ex) {
			throw new InvalidRunListenerException(
					"The run listener " + describe(this.beanType, this.method)
							+ " has an attribute that can't be used: " + ex.getMessage(),
					"Correct its @TriggerRunListener");
		}
	}

	private String id(UnaryOperator<@Nullable String> resolver) {
		String id = text(resolver, this.annotation.id());
		if (id.isEmpty()) {
			id = this.beanName + "." + this.method.getName();
		}
		if (id.length() > MAX_ID) {
			throw new InvalidRunListenerException("The id of the run listener " + describe(this.beanType, this.method)
					+ " has more than " + MAX_ID + " characters", "Set a shorter 'id' in its @TriggerRunListener");
		}
		return id;
	}

	private static String text(UnaryOperator<@Nullable String> resolver, String text) {
		String resolved = resolver.apply(text);
		return (resolved != null) ? resolved.strip() : "";
	}

	private Set<String> resolve(UnaryOperator<@Nullable String> resolver, String what, String[] texts) {
		Set<String> values = new LinkedHashSet<>();
		for (String text : texts) {
			String value = text(resolver, text);
			if (!StringUtils.hasText(value)) {
				throw new InvalidRunListenerException(
						"The run listener " + describe(this.beanType, this.method) + " has an empty " + what
								+ ((text.isEmpty()) ? "" : ": '" + text + "' resolves to nothing"),
						"Leave it out to listen to all runs, or set it");
			}
			values.add(value);
		}
		return values;
	}

	private Set<RunStatus> statuses(UnaryOperator<@Nullable String> resolver) {
		Set<RunStatus> statuses = new LinkedHashSet<>();
		for (String name : resolve(resolver, "status", this.annotation.status())) {
			RunStatus status = new RunStatus(name.toUpperCase(Locale.ROOT).replace(' ', '_'));
			if (!status.isFinished()) {
				throw new InvalidRunListenerException(
						"The run listener " + describe(this.beanType, this.method) + " waits for the status '" + name
								+ "', in which no run is over",
						"Use some of COMPLETED, FAILED, CANCELED, CRASHED, SYSTEM_FAILURE, EXPIRED and TIMED_OUT");
			}
			statuses.add(status);
		}
		return statuses;
	}

	private static void invoke(Method method, Object bean, RunFinished<?> event, Context context) throws Exception {
		Object result;
		try {
			result = KotlinDetector.isSuspendingFunction(method)
					? CoroutinesUtils.invokeSuspendingFunction(method, bean, event) : method.invoke(bean, event);
		}
		catch (InvocationTargetException ex) {
			Throwable cause = ex.getTargetException();
			if (cause instanceof Error error) {
				throw new IllegalStateException("The listener failed: " + error, error);
			}
			throw (cause instanceof Exception exception) ? exception : ex;
		}
		if (result != null) {
			await(result, context);
		}
	}

	private static void await(Object result, Context context) {
		ReactiveAdapter adapter = ReactiveAdapterRegistry.getSharedInstance().getAdapter(null, result);
		if (adapter != null) {
			Flux.from(adapter.toPublisher(result)).then().contextWrite(context).block();
		}
	}

}

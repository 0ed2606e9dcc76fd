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

import java.lang.invoke.MethodHandles;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Map;

import dev.trigger.spring.TriggerOperations;
import dev.trigger.spring.outbox.TriggerOutbox;
import org.jspecify.annotations.Nullable;

import org.springframework.util.ReflectionUtils;

/**
 * Executes the methods of one interface.
 */
final class TaskInvocationHandler implements InvocationHandler {

	private static final @Nullable Object[] NO_ARGUMENTS = {};

	private final Class<?> type;

	private final TriggerOperations client;

	private final @Nullable TriggerOutbox outbox;

	private final Map<Method, TaskMethod> methods;

	TaskInvocationHandler(Class<?> type, TriggerOperations client, @Nullable TriggerOutbox outbox,
			Map<Method, TaskMethod> methods) {
		this.type = type;
		this.client = client;
		this.outbox = outbox;
		this.methods = Map.copyOf(methods);
	}

	@Override
	public @Nullable Object invoke(Object proxy, Method method, @Nullable Object @Nullable [] arguments)
			throws Throwable {
		if (ReflectionUtils.isEqualsMethod(method)) {
			return arguments != null && proxy == arguments[0];
		}
		if (ReflectionUtils.isHashCodeMethod(method)) {
			return System.identityHashCode(proxy);
		}
		if (ReflectionUtils.isToStringMethod(method)) {
			return "Tasks of " + this.type.getName();
		}
		TaskMethod task = this.methods.get(method);
		if (task != null) {
			@Nullable Object[] actual = (arguments != null) ? arguments : NO_ARGUMENTS;
			return (this.outbox != null && task.signature().isTransactional()) ? task.invoke(this.outbox, actual)
					: task.invoke(this.client, actual);
		}
		return invokeDefault(proxy, method, arguments);
	}

	private static @Nullable Object invokeDefault(Object proxy, Method method, @Nullable Object @Nullable [] arguments)
			throws Throwable {
		Class<?> owner = method.getDeclaringClass();
		if (Modifier.isPublic(owner.getModifiers())) {
			return InvocationHandler.invokeDefault(proxy, method, arguments);
		}
		// invokeDefault does not reach an interface that is not public
		return MethodHandles.privateLookupIn(owner, MethodHandles.lookup())
			.unreflectSpecial(method, owner)
			.bindTo(proxy)
			.invokeWithArguments(Arrays.asList((arguments != null) ? arguments : NO_ARGUMENTS));
	}

}

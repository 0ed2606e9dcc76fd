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
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.WildcardType;
import java.util.Objects;

import kotlin.Unit;
import kotlin.coroutines.Continuation;
import kotlinx.coroutines.reactor.MonoKt;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.core.KotlinDetector;
import org.springframework.util.ClassUtils;

/**
 * What Java sees of a suspending function of Kotlin: one more parameter at the end, which
 * is called with the result, and so tells its type.
 */
final class SuspendingFunction {

	private static final String UNIT = "kotlin.Unit";

	private static final boolean REACTOR_PRESENT = ClassUtils.isPresent("kotlinx.coroutines.reactor.MonoKt",
			SuspendingFunction.class.getClassLoader());

	private SuspendingFunction() {
	}

	/**
	 * Return whether a method is a suspending function.
	 * @param method the method
	 * @param description the method, for the message of an exception
	 * @return whether it is one
	 * @throws InvalidTriggerTaskException if it is, but publishers can't be awaited
	 */
	static boolean is(Method method, String description) {
		if (!KotlinDetector.isSuspendingFunction(method)) {
			return false;
		}
		if (!REACTOR_PRESENT) {
			throw new InvalidTriggerTaskException(
					"The method " + description + " is a suspending function, which needs kotlinx-coroutines-reactor",
					"Add the dependency org.jetbrains.kotlinx:kotlinx-coroutines-reactor, or return a Mono");
		}
		return true;
	}

	/**
	 * Return the type that a suspending function returns in Kotlin.
	 * @param method the function
	 * @return the type, {@code void} for {@code Unit}
	 */
	static Type returnType(Method method) {
		Type[] parameters = method.getGenericParameterTypes();
		Type result = ((ParameterizedType) parameters[parameters.length - 1]).getActualTypeArguments()[0];
		Type type = (result instanceof WildcardType wildcard && wildcard.getLowerBounds().length == 1)
				? wildcard.getLowerBounds()[0] : result;
		return type.getTypeName().equals(UNIT) ? void.class : type;
	}

	/**
	 * Suspend the caller until there is a result.
	 * @param result the result
	 * @param arguments the arguments of the call
	 * @param outcome what the result is about
	 * @return what the function returns to the caller
	 */
	static @Nullable Object await(Mono<?> result, @Nullable Object[] arguments, TaskReturn.Outcome outcome) {
		Object continuation = Objects.requireNonNull(arguments[arguments.length - 1]);
		return (outcome == TaskReturn.Outcome.NOTHING) ? Coroutines.awaitUnit(result, continuation)
				: Coroutines.await(result, continuation);
	}

	/**
	 * What is loaded only where there is Kotlin.
	 */
	private static final class Coroutines {

		private static @Nullable Object awaitUnit(Mono<?> result, Object continuation) {
			return await(result.then(Mono.just(Unit.INSTANCE)), continuation);
		}

		@SuppressWarnings("unchecked")
		private static @Nullable Object await(Mono<?> result, Object continuation) {
			return MonoKt.awaitSingleOrNull((Mono<Object>) result, (Continuation<Object>) continuation);
		}

	}

}

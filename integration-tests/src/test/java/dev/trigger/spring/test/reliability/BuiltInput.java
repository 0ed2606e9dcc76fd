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

package dev.trigger.spring.test.reliability;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

/**
 * An input of the client (options or a query), set by the methods of its builder.
 */
final class BuiltInput {

	private final Method factory;

	private final List<Method> setters;

	private BuiltInput(Method factory, List<Method> setters) {
		this.factory = factory;
		this.setters = setters;
	}

	/**
	 * Return the input of a type.
	 * @param type the type of the input, or a consumer of its builder
	 * @return the input, {@code null} if the type is none
	 */
	static @Nullable BuiltInput of(Type type) {
		if (type instanceof ParameterizedType consumer && consumer.getRawType() == Consumer.class
				&& consumer.getActualTypeArguments()[0] instanceof Class<?> builder) {
			return of(builder.getDeclaringClass());
		}
		if (!(type instanceof Class<?> input)) {
			return null;
		}
		for (Class<?> builder : input.getDeclaredClasses()) {
			if (builder.getSimpleName().equals("Builder")) {
				return new BuiltInput(factory(input), setters(builder));
			}
		}
		return null;
	}

	private static Method factory(Class<?> input) {
		try {
			return input.getMethod("of", Consumer.class);
		}
		catch (NoSuchMethodException ex) {
			throw new IllegalStateException(input + " has no of(Consumer)", ex);
		}
	}

	private static List<Method> setters(Class<?> builder) {
		return Arrays.stream(builder.getDeclaredMethods())
			.filter((method) -> Modifier.isPublic(method.getModifiers()))
			.filter((method) -> Arrays.stream(method.getParameterTypes()).allMatch(BuiltInput::isText))
			.sorted(Comparator.comparing(Method::toGenericString))
			.toList();
	}

	private static boolean isText(Class<?> type) {
		return type == String.class || type == String[].class || type == Object.class || type == Map.class
				|| Collection.class.isAssignableFrom(type);
	}

	/**
	 * How many strings a value contains.
	 */
	int strings() {
		return this.setters.stream().mapToInt(Method::getParameterCount).sum();
	}

	/**
	 * Return what sets a value that the input accepts.
	 * @param chosen the number of the string to choose, negative for none
	 * @param value the string
	 * @param other all other strings
	 * @return the customizer
	 * @throws Exception if the chosen string is refused
	 */
	Consumer<Object> customizer(int chosen, String value, String other) throws Exception {
		List<Call> calls = new ArrayList<>();
		Call last = null;
		int next = 0;
		for (Method setter : this.setters) {
			int index = chosen - next;
			boolean wanted = chosen >= 0 && index >= 0 && index < setter.getParameterCount();
			Call call = new Call(setter, arguments(setter, wanted ? index : -1, value, other));
			if (wanted) {
				last = call;
			}
			else {
				calls.add(call);
			}
			next += setter.getParameterCount();
		}
		return accepted(calls, last);
	}

	/**
	 * As few of the others as possible: some exclude each other.
	 */
	private Consumer<Object> accepted(List<Call> others, @Nullable Call last) throws Exception {
		List<List<Call>> attempts = new ArrayList<>();
		attempts.add(List.of());
		others.forEach((other) -> attempts.add(List.of(other)));
		attempts.add(others);
		Exception refusal = null;
		for (List<Call> attempt : attempts) {
			Consumer<Object> customizer = (builder) -> {
				attempt.forEach((call) -> call.tryOn(builder));
				if (last != null) {
					last.on(builder);
				}
			};
			try {
				this.factory.invoke(null, customizer);
				return customizer;
			}
			catch (InvocationTargetException ex) {
				refusal = (Exception) ex.getCause();
			}
		}
		throw refusal;
	}

	Object create(Consumer<Object> customizer) throws Exception {
		return this.factory.invoke(null, customizer);
	}

	private static Object[] arguments(Method setter, int chosen, String value, String other) {
		Class<?>[] types = setter.getParameterTypes();
		Object[] arguments = new Object[types.length];
		for (int i = 0; i < types.length; i++) {
			String text = (i == chosen) ? value : other;
			if (types[i] == String[].class) {
				arguments[i] = new String[] { text };
			}
			else if (types[i] == Map.class) {
				arguments[i] = Map.of(text, "value");
			}
			else {
				arguments[i] = Collection.class.isAssignableFrom(types[i]) ? List.of(text) : text;
			}
		}
		return arguments;
	}

	/**
	 * A call of a setter.
	 *
	 * @param setter the setter
	 * @param arguments its arguments
	 */
	private record Call(Method setter, Object[] arguments) {

		void on(Object builder) {
			try {
				this.setter.invoke(builder, this.arguments);
			}
			catch (InvocationTargetException ex) {
				throw (RuntimeException) ex.getCause();
			}
			catch (IllegalAccessException ex) {
				throw new IllegalStateException(ex);
			}
		}

		void tryOn(Object builder) {
			try {
				on(builder);
			}
			catch (IllegalArgumentException ex) {
				// an inconspicuous text is not always of the right form
			}
		}

	}

}

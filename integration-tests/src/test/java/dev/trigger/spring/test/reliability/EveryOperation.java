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

import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Array;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.lang.reflect.WildcardType;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

import dev.trigger.spring.TriggerOperations;
import dev.trigger.spring.auth.TriggerEnvironment;
import dev.trigger.spring.batch.BatchHandle;
import dev.trigger.spring.batch.BatchItem;
import dev.trigger.spring.options.IdempotencyKey;
import dev.trigger.spring.run.Polling;
import dev.trigger.spring.run.RunHandle;
import dev.trigger.spring.task.EncodedTrigger;
import dev.trigger.spring.task.TaskType;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;

import org.springframework.core.ParameterizedTypeReference;

/**
 * Calls every operation of the client, with arguments made up from their types. Every
 * string in them, however deep, has a number, under which it can be chosen.
 */
final class EveryOperation {

	/**
	 * What strings are that are not chosen. It might be the ref of a project, for which
	 * others are refused.
	 */
	static final String INCONSPICUOUS = "proj_abc";

	private static final String PACKAGE = "dev.trigger.spring.";

	private final List<Method> path;

	private final int strings;

	private EveryOperation(List<Method> path) {
		this.path = path;
		Arguments counter = new Arguments(-1, "");
		path.forEach((method) -> counter.count(method.getParameters()));
		this.strings = counter.next;
	}

	static List<EveryOperation> all() {
		List<EveryOperation> found = new ArrayList<>();
		walk(TriggerOperations.class, List.of(), found);
		return found;
	}

	private static void walk(Class<?> type, List<Method> path, List<EveryOperation> found) {
		Method[] methods = type.getMethods();
		Arrays.sort(methods, Comparator.comparing(Method::toGenericString));
		for (Method method : methods) {
			if (Modifier.isStatic(method.getModifiers()) || method.getReturnType() == TriggerOperations.class
					|| method.getReturnType() == type) {
				continue;
			}
			List<Method> longer = new ArrayList<>(path);
			longer.add(method);
			if (Publisher.class.isAssignableFrom(method.getReturnType())) {
				found.add(new EveryOperation(longer));
			}
			else if (method.getReturnType().getSimpleName().endsWith("Operations")) {
				walk(method.getReturnType(), longer, found);
			}
		}
	}

	/**
	 * Whether the operation follows something for as long as it lives.
	 */
	boolean isLive() {
		Method last = this.path.get(this.path.size() - 1);
		return Flux.class.isAssignableFrom(last.getReturnType())
				&& (this.path.get(0).getName().equals("realtime") || last.getName().equals("read"));
	}

	/**
	 * How many strings there are to choose.
	 */
	int strings() {
		return this.strings;
	}

	/**
	 * Prepare the call.
	 * @param trigger the client
	 * @param chosen the number of a string
	 * @param value its value; others have an inconspicuous one
	 * @return the call
	 * @throws Exception if the arguments are refused
	 */
	Publisher<?> call(TriggerOperations trigger, int chosen, String value) throws Exception {
		Arguments arguments = new Arguments(chosen, value);
		Object target = trigger;
		try {
			for (Method method : this.path) {
				target = method.invoke(target, arguments.of(method.getParameters()));
			}
		}
		catch (InvocationTargetException ex) {
			throw (ex.getCause() instanceof Exception cause) ? cause : ex;
		}
		return (Publisher<?>) target;
	}

	@Override
	public String toString() {
		StringBuilder name = new StringBuilder();
		for (Method method : this.path) {
			name.append(name.isEmpty() ? "" : ".").append(method.getName());
			if (method.getParameterCount() > 0) {
				name.append(Arrays.stream(method.getParameterTypes()).map(Class::getSimpleName).toList());
			}
		}
		return name.toString();
	}

	/**
	 * Makes up arguments.
	 */
	private static final class Arguments {

		private final int chosen;

		private final String value;

		private int next;

		Arguments(int chosen, String value) {
			this.chosen = chosen;
			this.value = value;
		}

		void count(Parameter[] parameters) {
			for (Parameter parameter : parameters) {
				this.next += count(parameter.getParameterizedType());
			}
		}

		@Nullable Object[] of(Parameter[] parameters) throws Exception {
			@Nullable Object[] all = new Object[parameters.length];
			for (int i = 0; i < parameters.length; i++) {
				all[i] = make(parameters[i].getParameterizedType(), parameters[i].getAnnotatedType());
			}
			return all;
		}

		private String string() {
			return (this.next++ == this.chosen) ? this.value : INCONSPICUOUS;
		}

		/**
		 * How many strings a value of the type contains.
		 */
		private static int count(Type type) {
			Class<?> raw = raw(type);
			if (raw == String.class || raw == Object.class || raw == RunHandle.class || raw == BatchHandle.class
					|| raw == TaskType.class || raw == TriggerEnvironment.class || raw == IdempotencyKey.class
					|| raw == BatchItem.class || raw == EncodedTrigger.class) {
				return 1;
			}
			BuiltInput input = BuiltInput.of(type);
			if (input != null) {
				return input.strings();
			}
			if (raw == Polling.class || raw == Duration.class || raw == Instant.class) {
				return 0;
			}
			if (Collection.class.isAssignableFrom(raw) || Publisher.class == raw) {
				return count(argument(type, 0));
			}
			if (raw == Map.class) {
				return 1;
			}
			if (raw.isRecord() && raw.getName().startsWith(PACKAGE)) {
				return Arrays.stream(raw.getRecordComponents()).mapToInt((part) -> count(part.getGenericType())).sum();
			}
			return 0;
		}

		private @Nullable Object make(Type type, AnnotatedElement annotated) throws Exception {
			int strings = count(type);
			boolean wanted = this.next <= this.chosen && this.chosen < this.next + strings;
			if (!wanted && annotated.isAnnotationPresent(Nullable.class)) {
				this.next += strings;
				return null;
			}
			return make(type, wanted);
		}

		private @Nullable Object make(Type type, boolean wanted) throws Exception {
			Class<?> raw = raw(type);
			if (raw == String.class || raw == Object.class) {
				return string();
			}
			if (raw == int.class || raw == Integer.class) {
				return 1;
			}
			if (raw == long.class || raw == Long.class) {
				return 1L;
			}
			if (raw == boolean.class || raw == Boolean.class) {
				return true;
			}
			if (raw == Duration.class) {
				return Duration.ofSeconds(1);
			}
			if (raw == Instant.class) {
				return Instant.parse("2030-01-01T00:00:00Z");
			}
			if (raw == Polling.class) {
				return Polling.defaults().every(Duration.ofMillis(1)).withTimeout(Duration.ofMillis(50));
			}
			if (raw == UnaryOperator.class) {
				return (UnaryOperator<Polling>) (
						polling) -> Polling.defaults().every(Duration.ofMillis(1)).withTimeout(Duration.ofMillis(50));
			}
			if (raw == Class.class) {
				return Object.class;
			}
			if (raw == ParameterizedTypeReference.class) {
				return ParameterizedTypeReference.forType(Object.class);
			}
			if (raw.isArray()) {
				return Array.newInstance(raw.getComponentType(), 0);
			}
			if (raw.isEnum()) {
				return raw.getEnumConstants()[0];
			}
			BuiltInput input = BuiltInput.of(type);
			if (input != null) {
				return built(input, raw);
			}
			Object known = known(raw);
			return (known != null) ? known : composed(raw, type, wanted);
		}

		private Object built(BuiltInput input, Class<?> raw) throws Exception {
			int index = this.chosen - this.next;
			this.next += input.strings();
			boolean inside = index >= 0 && index < input.strings();
			Consumer<Object> customizer = input.customizer(inside ? index : -1, this.value, INCONSPICUOUS);
			return (raw == Consumer.class) ? customizer : input.create(customizer);
		}

		private @Nullable Object known(Class<?> raw) {
			if (raw == RunHandle.class) {
				return RunHandle.of(string(), Object.class);
			}
			if (raw == BatchHandle.class) {
				return new BatchHandle<>(string(), 1, false, Object.class, () -> null);
			}
			if (raw == TaskType.class) {
				return TaskType.of(string(), String.class, Object.class);
			}
			if (raw == TriggerEnvironment.class) {
				String slug = string();
				return INCONSPICUOUS.equals(slug) ? TriggerEnvironment.PROD : TriggerEnvironment.of(slug);
			}
			if (raw == IdempotencyKey.class) {
				return IdempotencyKey.of(string());
			}
			if (raw == BatchItem.class) {
				return BatchItem.of(string(), "payload");
			}
			if (raw == EncodedTrigger.class) {
				return new EncodedTrigger(string(), "\"payload\"".getBytes(StandardCharsets.UTF_8), "text/plain",
						"{}".getBytes(StandardCharsets.UTF_8));
			}
			return null;
		}

		private Object composed(Class<?> raw, Type type, boolean wanted) throws Exception {
			if (Collection.class.isAssignableFrom(raw) || raw == Publisher.class) {
				Object item = wanted ? make(argument(type, 0), true) : null;
				if (item == null) {
					this.next += count(argument(type, 0));
				}
				List<?> items = (item != null) ? List.of(item) : List.of();
				return (raw == Publisher.class) ? Flux.fromIterable(items) : items;
			}
			if (raw == Map.class) {
				Map<Object, Object> map = new LinkedHashMap<>();
				map.put(string(), "value");
				return map;
			}
			if (raw.isRecord() && raw.getName().startsWith(PACKAGE)) {
				RecordComponent[] components = raw.getRecordComponents();
				Class<?>[] types = Arrays.stream(components).map(RecordComponent::getType).toArray(Class[]::new);
				Constructor<?> constructor = raw.getDeclaredConstructor(types);
				@Nullable Object[] parts = new Object[components.length];
				for (int i = 0; i < parts.length; i++) {
					parts[i] = make(components[i].getGenericType(), components[i].getAnnotatedType());
				}
				return constructor.newInstance(parts);
			}
			throw new AssertionError("No argument is known for the type " + type + ": add one here");
		}

		private static Type argument(Type type, int index) {
			Type argument = (type instanceof ParameterizedType generic) ? generic.getActualTypeArguments()[index]
					: Object.class;
			return (argument instanceof WildcardType wildcard) ? wildcard.getUpperBounds()[0] : argument;
		}

		private static Class<?> raw(Type type) {
			if (type instanceof Class<?> raw) {
				return raw;
			}
			return (type instanceof ParameterizedType generic) ? (Class<?>) generic.getRawType() : Object.class;
		}

	}

}

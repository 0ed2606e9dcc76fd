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

import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.function.Consumer;

import dev.trigger.spring.batch.BatchOptions;
import dev.trigger.spring.options.TriggerOptions;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;

import org.springframework.core.ReactiveAdapterRegistry;
import org.springframework.core.ResolvableType;

/**
 * Which parameter of a method is what, by their indexes.
 *
 * @param payload the payload or the source of payloads, {@code -1} if there is none
 * @param options {@link TriggerOptions} or what changes them, {@code -1} if there is none
 * @param batchOptions {@link BatchOptions}, {@code -1} if there is none
 * @param payloadType the type of a payload, {@code null} if there is none
 */
record TaskParameters(int payload, int options, int batchOptions, @Nullable Type payloadType) {

	private static final int NONE = -1;

	private static final ResolvableType CUSTOMIZER = ResolvableType.forClassWithGenerics(Consumer.class,
			TriggerOptions.Builder.class);

	/**
	 * Read parameter types.
	 * @param method the method, for the message of an exception
	 * @param types the types, without type variables
	 * @param outcome what the method is about
	 * @return what is where
	 * @throws InvalidTriggerTaskException if there are too many, or too few
	 */
	static TaskParameters of(String method, Type[] types, TaskReturn.Outcome outcome) {
		int payload = NONE;
		int options = NONE;
		int batchOptions = NONE;
		for (int i = 0; i < types.length; i++) {
			ResolvableType type = ResolvableType.forType(types[i]);
			if (type.resolve() == TriggerOptions.class || CUSTOMIZER.isAssignableFrom(type)) {
				options = once(method, options, i, "options",
						"Use either TriggerOptions or a Consumer<TriggerOptions.Builder>");
			}
			else if (type.resolve() == BatchOptions.class) {
				batchOptions = once(method, batchOptions, i, "batch options", "Use one parameter for BatchOptions");
			}
			else {
				payload = once(method, payload, i, "a payload",
						"Put everything the task needs into one record or map. Other parameters can be "
								+ "TriggerOptions, a Consumer<TriggerOptions.Builder> and, for a batch, BatchOptions");
			}
		}
		if (batchOptions != NONE && !outcome.isBatch()) {
			throw new InvalidTriggerTaskException(
					"The method " + method + " has BatchOptions but triggers a single run",
					"Use TriggerOptions, or return Flux<RunHandle<O>> to trigger a batch");
		}
		Type payloadType = (payload != NONE) ? types[payload] : null;
		if (outcome.isBatch()) {
			payloadType = itemType(method, payloadType, outcome == TaskReturn.Outcome.BATCH);
		}
		else if (payloadType != null && isReactive(payloadType)) {
			throw new InvalidTriggerTaskException(
					"The method " + method + " has a publisher for its payload but triggers a single run",
					"Give it the payload itself, or return Flux<RunHandle<O>> to trigger a batch");
		}
		return new TaskParameters(payload, options, batchOptions, payloadType);
	}

	private static int once(String method, int present, int index, String what, String action) {
		if (present != NONE) {
			throw new InvalidTriggerTaskException("The method " + method + " has several parameters for " + what,
					action);
		}
		return index;
	}

	private static Type itemType(String method, @Nullable Type source, boolean single) {
		ResolvableType type = ResolvableType.forType(source);
		ResolvableType items = type.as(Iterable.class);
		if (items == ResolvableType.NONE && !single) {
			items = type.as(Publisher.class);
		}
		if (source == null || items == ResolvableType.NONE) {
			throw new InvalidTriggerTaskException(
					"The method " + method + " triggers a batch but has no parameter for its payloads",
					single ? "Give it a Collection or another Iterable of payloads, or return Flux<BatchHandle<O>> for "
							+ "a Publisher"
							: "Give it a Flux or another Publisher of payloads, or a Collection or another Iterable");
		}
		return toType(items.getGeneric());
	}

	/**
	 * Return a type without variables, which were resolved on the way to it.
	 */
	private static Type toType(ResolvableType type) {
		Class<?> raw = type.resolve(Object.class);
		if (!type.hasGenerics()) {
			return raw;
		}
		ResolvableType[] generics = Arrays.stream(type.getGenerics())
			.map((generic) -> ResolvableType.forType(toType(generic)))
			.toArray(ResolvableType[]::new);
		return ResolvableType.forClassWithGenerics(raw, generics).getType();
	}

	private static boolean isReactive(Type type) {
		return ReactiveAdapterRegistry.getSharedInstance()
			.getAdapter(ResolvableType.forType(type).resolve(Object.class)) != null;
	}

	boolean hasPayload() {
		return this.payload != NONE;
	}

	@Nullable Object payload(@Nullable Object[] arguments) {
		return argument(this.payload, arguments);
	}

	/**
	 * Return the source of the payloads of a batch.
	 * @param arguments the arguments
	 * @return the source
	 * @throws IllegalArgumentException if it is {@code null}
	 */
	Object source(@Nullable Object[] arguments) {
		Object source = payload(arguments);
		if (source == null) {
			throw new IllegalArgumentException("The source of the payloads must not be null: use an empty one");
		}
		return source;
	}

	/**
	 * Return the options of a call.
	 * @param arguments the arguments
	 * @param defaults the options of the method, which stand in for what the arguments
	 * don't say
	 * @return the options
	 */
	@SuppressWarnings("unchecked")
	TriggerOptions options(@Nullable Object[] arguments, TriggerOptions defaults) {
		Object options = argument(this.options, arguments);
		if (options instanceof TriggerOptions own) {
			return own.orElse(defaults);
		}
		return (options != null) ? defaults.with((Consumer<TriggerOptions.Builder>) options) : defaults;
	}

	BatchOptions batchOptions(@Nullable Object[] arguments) {
		Object options = argument(this.batchOptions, arguments);
		return (options != null) ? (BatchOptions) options : BatchOptions.none();
	}

	private static @Nullable Object argument(int index, @Nullable Object[] arguments) {
		return (index != NONE) ? arguments[index] : null;
	}

}

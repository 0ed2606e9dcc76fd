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

package dev.trigger.spring.run;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

import dev.trigger.spring.json.InputRules;
import dev.trigger.spring.json.InputValues;
import dev.trigger.spring.options.IdempotencyKey;
import dev.trigger.spring.options.TriggerOptions;
import dev.trigger.spring.payload.PayloadCodec;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * How a replay differs from the run that it repeats.
 *
 * @since 1.0.0
 */
public final class ReplayOptions {

	private static final String PAYLOAD = "payload";

	/**
	 * The options that a replay takes, by the names that a trigger has for them.
	 */
	private static final Set<String> SUPPORTED = Set.of("metadata", "tags", "queue", "concurrencyKey", "machine",
			"lockToVersion", "region", "delay", "ttl", "idempotencyKey", "idempotencyKeyTTL", "maxAttempts",
			"maxDuration", "priority");

	private static final ReplayOptions NONE = new ReplayOptions(new InputValues(), TriggerOptions.none());

	private final InputValues values;

	private final TriggerOptions options;

	private ReplayOptions(InputValues values, TriggerOptions options) {
		Set<String> unsupported = new TreeSet<>(options.toMap().keySet());
		unsupported.removeAll(SUPPORTED);
		Assert.isTrue(unsupported.isEmpty(),
				() -> "A replay takes these from the run that it repeats: remove " + String.join(", ", unsupported));
		this.values = values;
		this.options = options;
	}

	/**
	 * Return options of which nothing is set.
	 * @return the empty options
	 */
	public static ReplayOptions none() {
		return NONE;
	}

	/**
	 * Return the options that a customizer sets.
	 * @param customizer sets the options
	 * @return the options
	 */
	public static ReplayOptions of(Consumer<Builder> customizer) {
		return NONE.with(customizer);
	}

	/**
	 * Return these options with changes.
	 * @param customizer changes the options
	 * @return the new options
	 */
	public ReplayOptions with(Consumer<Builder> customizer) {
		Builder builder = new Builder(this.values.copy(), this.options);
		customizer.accept(builder);
		return new ReplayOptions(builder.values.copy(), builder.options);
	}

	boolean hasIdempotencyKey() {
		return this.options.idempotencyKey() != null;
	}

	Map<String, Object> toBody(PayloadCodec payloads) {
		Map<String, Object> body = new LinkedHashMap<>();
		if (this.values.has(PAYLOAD)) {
			body.put(PAYLOAD, payloads.json(this.values.get(PAYLOAD)));
			// unlike a trigger, a replay takes a text as JSON
			body.put("payloadType", "application/json");
		}
		this.options.toMap().forEach((name, value) -> {
			if (value != null) {
				put(body, name, value, payloads);
			}
		});
		return body;
	}

	private static void put(Map<String, Object> body, String name, Object value, PayloadCodec payloads) {
		switch (name) {
			case "metadata" -> body.put(name, payloads.json(value));
			case "queue" -> body.put(name, ((Map<?, ?>) value).values().iterator().next());
			case "lockToVersion" -> body.put("version", value);
			// a replay takes the key as it is, where a trigger takes its hash
			case "idempotencyKey" -> body.put(name, InputRules.key(((IdempotencyKey) value).key()));
			default -> body.put(name, value);
		}
	}

	/**
	 * Builds {@link ReplayOptions}.
	 */
	public static final class Builder {

		private final InputValues values;

		private TriggerOptions options;

		private Builder(InputValues values, TriggerOptions options) {
			this.values = values;
			this.options = options;
		}

		/**
		 * Replay with another payload.
		 * @param payload the payload, {@code null} for the JSON value {@code null}
		 * @return this builder
		 */
		public Builder payload(@Nullable Object payload) {
			this.values.setNullable(PAYLOAD, payload);
			return this;
		}

		/**
		 * Replay with other options. Named concurrency limits, the external deployment,
		 * the debounce and whether the run is a test cannot be changed. The idempotency
		 * key of a replay is sent as it is, not hashed.
		 * @param customizer sets the options
		 * @return this builder
		 */
		public Builder options(Consumer<TriggerOptions.Builder> customizer) {
			this.options = this.options.with(customizer);
			return this;
		}

		/**
		 * Replay with other options, replacing all set before.
		 * @param options the options
		 * @return this builder
		 * @see #options(Consumer)
		 */
		public Builder options(TriggerOptions options) {
			this.options = InputRules.notNull("options", options);
			return this;
		}

	}

}

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
import java.util.function.Consumer;

import dev.trigger.spring.options.IdempotencyKey;
import dev.trigger.spring.options.TriggerOptions;
import dev.trigger.spring.payload.PayloadCodec;
import org.jspecify.annotations.Nullable;

/**
 * What shall be different when a run is triggered again. Everything else is as it was.
 *
 * @since 1.0.0
 */
public final class ReplayOptions {

	private static final ReplayOptions NONE = new ReplayOptions(false, null, TriggerOptions.none());

	private final boolean hasPayload;

	private final @Nullable Object payload;

	private final TriggerOptions options;

	private ReplayOptions(boolean hasPayload, @Nullable Object payload, TriggerOptions options) {
		this.hasPayload = hasPayload;
		this.payload = payload;
		this.options = options;
	}

	/**
	 * Return no differences.
	 * @return the empty options
	 */
	public static ReplayOptions none() {
		return NONE;
	}

	/**
	 * Return these options with another payload.
	 * @param payload the payload, {@code null} for the JSON value {@code null}
	 * @return the new options
	 */
	public ReplayOptions withPayload(@Nullable Object payload) {
		return new ReplayOptions(true, payload, this.options);
	}

	/**
	 * Return these options with others of the run. Concurrency limits, an external
	 * deployment, a debounce and whether it is a test can't be changed here.
	 * @param customizer changes the options
	 * @return the new options
	 */
	public ReplayOptions with(Consumer<TriggerOptions.Builder> customizer) {
		return new ReplayOptions(this.hasPayload, this.payload, this.options.with(customizer));
	}

	/**
	 * Return these options with others of the run in place of those that were set.
	 * @param options the options
	 * @return the new options
	 */
	public ReplayOptions withOptions(TriggerOptions options) {
		return new ReplayOptions(this.hasPayload, this.payload, options);
	}

	boolean hasIdempotencyKey() {
		return this.options.idempotencyKey() != null;
	}

	Map<String, Object> toBody(PayloadCodec payloads) {
		Map<String, Object> body = new LinkedHashMap<>();
		if (this.hasPayload) {
			body.put("payload", payloads.json(this.payload));
			// other than a trigger, a replay takes a text as JSON
			body.put("payloadType", "application/json");
		}
		put(body, "metadata", (this.options.metadata() != null) ? payloads.json(this.options.metadata()) : null);
		put(body, "tags", this.options.tags());
		put(body, "queue", this.options.queue());
		put(body, "concurrencyKey", this.options.concurrencyKey());
		put(body, "machine", this.options.machine());
		put(body, "version", this.options.version());
		put(body, "region", this.options.region());
		put(body, "delay", this.options.delay());
		put(body, "ttl", this.options.ttl());
		IdempotencyKey key = this.options.idempotencyKey();
		// a replay takes the key as it is, where a trigger takes its hash
		put(body, "idempotencyKey", (key != null) ? key.key() : null);
		put(body, "idempotencyKeyTTL", this.options.idempotencyKeyTtl());
		put(body, "maxAttempts", this.options.maxAttempts());
		put(body, "maxDuration", this.options.maxDuration());
		put(body, "priority", this.options.priority());
		return body;
	}

	private static void put(Map<String, Object> body, String name, @Nullable Object value) {
		if (value != null) {
			body.put(name, value);
		}
	}

}

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

package dev.trigger.spring.waitpoint;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.function.Consumer;

import dev.trigger.spring.json.InputRules;
import dev.trigger.spring.json.InputValues;
import dev.trigger.spring.options.IdempotencyKey;
import org.jspecify.annotations.Nullable;

/**
 * Options for creating a waitpoint token.
 *
 * @since 1.0.0
 */
public final class WaitpointOptions {

	private static final WaitpointOptions DEFAULTS = new WaitpointOptions(new InputValues());

	private static final String KEY = "idempotencyKey";

	private final InputValues values;

	private WaitpointOptions(InputValues values) {
		this.values = values;
	}

	/**
	 * Return options of which nothing is set.
	 * @return the options
	 */
	public static WaitpointOptions defaults() {
		return DEFAULTS;
	}

	/**
	 * Return the options that a customizer sets.
	 * @param customizer sets the options
	 * @return the options
	 */
	public static WaitpointOptions of(Consumer<Builder> customizer) {
		return DEFAULTS.with(customizer);
	}

	/**
	 * Return these options with changes.
	 * @param customizer changes the options
	 * @return the new options
	 */
	public WaitpointOptions with(Consumer<Builder> customizer) {
		Builder builder = new Builder(this.values.copy());
		customizer.accept(builder);
		return new WaitpointOptions(builder.values.copy());
	}

	boolean hasIdempotencyKey() {
		return this.values.has(KEY);
	}

	Map<String, @Nullable Object> toBody() {
		return this.values.toMap();
	}

	/**
	 * Builds {@link WaitpointOptions}.
	 */
	public static final class Builder {

		private final InputValues values;

		private Builder(InputValues values) {
			this.values = values;
		}

		/**
		 * Let the token time out after a time; the default of the server is 10 minutes.
		 * @param timeout the time; a fraction of a second is rounded up
		 * @return this builder
		 */
		public Builder timeout(Duration timeout) {
			this.values.duration("timeout", "timeout", timeout);
			return this;
		}

		/**
		 * Let the token time out at a time.
		 * @param timeout the time
		 * @return this builder
		 */
		public Builder timeout(Instant timeout) {
			this.values.instant("timeout", "timeout", timeout);
			return this;
		}

		/**
		 * Let the token time out.
		 * @param timeout a duration in the form of the API, such as {@code 1h30m}, or a
		 * time in ISO-8601
		 * @return this builder
		 */
		public Builder timeout(String timeout) {
			this.values.durationOrTime("timeout", timeout);
			return this;
		}

		/**
		 * Create at most one token for a key. Unlike the key of a run it is sent as it
		 * is, not hashed.
		 * @param parts the parts of the key, joined with hyphens to 1 to 2048 characters
		 * without NUL
		 * @return this builder
		 */
		public Builder idempotencyKey(String... parts) {
			this.values.set(KEY, InputRules.key(IdempotencyKey.of(parts).key()));
			return this;
		}

		/**
		 * Create at most one token for a key, which is sent hashed.
		 * @param key the key
		 * @return this builder
		 */
		public Builder idempotencyKey(IdempotencyKey key) {
			this.values.set(KEY, InputRules.notNull(KEY, key).value());
			return this;
		}

		/**
		 * Set the time after which the idempotency key is forgotten; the server's default
		 * is 30 days.
		 * @param ttl the time, at most 36500 days; a fraction of a second is rounded up
		 * @return this builder
		 */
		public Builder idempotencyKeyTtl(Duration ttl) {
			this.values.keyTtl("idempotencyKeyTTL", "idempotencyKeyTtl", ttl);
			return this;
		}

		/**
		 * Set the time after which the idempotency key is forgotten.
		 * @param ttl the time as one number with one unit, such as {@code 90m}
		 * @return this builder
		 */
		public Builder idempotencyKeyTtl(String ttl) {
			this.values.keyTtl("idempotencyKeyTTL", "idempotencyKeyTtl", ttl);
			return this;
		}

		/**
		 * Give the token tags.
		 * @param tags the tags, at most 10
		 * @return this builder
		 */
		public Builder tags(String... tags) {
			this.values.tags("tags", InputRules.list("tags", tags));
			return this;
		}

	}

}

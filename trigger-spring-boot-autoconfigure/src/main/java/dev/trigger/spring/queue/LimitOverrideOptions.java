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

package dev.trigger.spring.queue;

import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;

import dev.trigger.spring.json.InputValues;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * How to override a named concurrency limit. At least one of {@code perKey} and
 * {@code total} is required.
 *
 * @since 1.0.0
 */
public final class LimitOverrideOptions {

	private final InputValues values;

	private LimitOverrideOptions(InputValues values) {
		Assert.isTrue(values.has("perKey") || values.has("total"), "At least one of 'perKey' and 'total' must be set");
		this.values = values;
	}

	/**
	 * Return the options that a customizer sets.
	 * @param customizer sets the options
	 * @return the options
	 */
	public static LimitOverrideOptions of(Consumer<Builder> customizer) {
		Builder builder = new Builder(new InputValues());
		customizer.accept(builder);
		return new LimitOverrideOptions(builder.values.copy());
	}

	/**
	 * Return these options with changes.
	 * @param customizer changes the options
	 * @return the new options
	 */
	public LimitOverrideOptions with(Consumer<Builder> customizer) {
		Builder builder = new Builder(this.values.copy());
		customizer.accept(builder);
		return new LimitOverrideOptions(builder.values.copy());
	}

	Map<String, @Nullable Object> toBody() {
		return this.values.toMap();
	}

	/**
	 * Builds {@link LimitOverrideOptions}.
	 */
	public static final class Builder {

		private final InputValues values;

		private Builder(InputValues values) {
			this.values = values;
		}

		/**
		 * Set the limit of each concurrency key.
		 * @param perKey the number of runs at once
		 * @return this builder
		 */
		public Builder perKey(int perKey) {
			this.values.set("perKey", perKey);
			return this;
		}

		/**
		 * Set the limit of all runs together.
		 * @param total the number of runs at once
		 * @return this builder
		 */
		public Builder total(int total) {
			this.values.set("total", total);
			return this;
		}

		/**
		 * Override the limit of one concurrency key only, for a time.
		 * @param concurrencyKey the key
		 * @param ttl the time; a fraction of a second is rounded up
		 * @return this builder
		 */
		public Builder concurrencyKey(String concurrencyKey, Duration ttl) {
			this.values.text("concurrencyKey", concurrencyKey);
			this.values.duration("ttl", "ttl", ttl);
			return this;
		}

	}

}

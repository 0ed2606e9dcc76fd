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

package dev.trigger.spring.errorgroup;

import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;

import dev.trigger.spring.json.ApiFormat;
import dev.trigger.spring.json.InputRules;
import dev.trigger.spring.json.InputValues;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * How long to ignore a group of errors; for ever unless a limit is set.
 *
 * @since 1.0.0
 */
public final class IgnoreOptions {

	private static final IgnoreOptions FOREVER = new IgnoreOptions(new InputValues());

	private final InputValues values;

	private IgnoreOptions(InputValues values) {
		this.values = values;
	}

	/**
	 * Return options of which nothing is set.
	 * @return the options
	 */
	public static IgnoreOptions forever() {
		return FOREVER;
	}

	/**
	 * Return the options that a customizer sets.
	 * @param customizer sets the options
	 * @return the options
	 */
	public static IgnoreOptions of(Consumer<Builder> customizer) {
		return FOREVER.with(customizer);
	}

	/**
	 * Return these options with changes.
	 * @param customizer changes the options
	 * @return the new options
	 */
	public IgnoreOptions with(Consumer<Builder> customizer) {
		Builder builder = new Builder(this.values.copy());
		customizer.accept(builder);
		return new IgnoreOptions(builder.values.copy());
	}

	Map<String, @Nullable Object> toBody() {
		return this.values.toMap();
	}

	/**
	 * Builds {@link IgnoreOptions}.
	 */
	public static final class Builder {

		private final InputValues values;

		private Builder(InputValues values) {
			this.values = values;
		}

		/**
		 * Ignore the errors for a time.
		 * @param duration the time; a fraction of a millisecond is dropped
		 * @return this builder
		 */
		public Builder duration(Duration duration) {
			Assert.isTrue(!InputRules.notNull("duration", duration).isNegative(), "'duration' must not be negative");
			this.values.set("duration", ApiFormat.millis(duration));
			return this;
		}

		/**
		 * Ignore the errors until they occur more often than a rate.
		 * @param perMinute the number of occurrences per minute
		 * @return this builder
		 */
		public Builder occurrenceRate(double perMinute) {
			this.values.set("occurrenceRate", perMinute);
			return this;
		}

		/**
		 * Ignore the errors until they have occurred a number of times.
		 * @param occurrences the number of occurrences
		 * @return this builder
		 */
		public Builder totalOccurrences(long occurrences) {
			this.values.set("totalOccurrences", occurrences);
			return this;
		}

		/**
		 * Set the reason.
		 * @param reason the reason
		 * @return this builder
		 */
		public Builder reason(String reason) {
			this.values.text("reason", reason);
			return this;
		}

	}

}

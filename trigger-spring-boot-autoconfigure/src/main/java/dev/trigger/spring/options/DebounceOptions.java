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

package dev.trigger.spring.options;

import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;

import dev.trigger.spring.json.ApiFormat;
import dev.trigger.spring.json.InputValues;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * How triggers that closely follow one another are merged into one run. By default the
 * run gets the payload of the first trigger.
 *
 * @since 1.0.0
 */
public final class DebounceOptions {

	private final InputValues values;

	private DebounceOptions(InputValues values) {
		Assert.isTrue(values.has("key"), "A debounce needs a 'key': triggers with the same key are merged");
		Assert.isTrue(values.has("delay"),
				"A debounce needs a 'delay': the time without a trigger after which the run starts");
		this.values = values;
	}

	/**
	 * Return the options that a customizer sets.
	 * @param customizer sets the options, of which the key and the delay are required
	 * @return the options
	 */
	public static DebounceOptions of(Consumer<Builder> customizer) {
		Builder builder = new Builder();
		customizer.accept(builder);
		builder.check();
		return new DebounceOptions(builder.values.copy());
	}

	Map<String, @Nullable Object> toBody() {
		return this.values.toMap();
	}

	/**
	 * Builds {@link DebounceOptions}.
	 */
	public static final class Builder {

		private final InputValues values = new InputValues();

		private Duration delay = Duration.ZERO;

		private @Nullable Duration maxDelay;

		private Builder() {
		}

		/**
		 * A run is put off only as long as its new time lies within the longest one.
		 */
		private void check() {
			Assert.isTrue(
					this.maxDelay == null || ApiFormat.wholeSeconds(this.maxDelay) > ApiFormat.wholeSeconds(this.delay),
					"'maxDelay' must be longer than 'delay', in whole seconds: nothing would be merged otherwise");
		}

		/**
		 * Merge the triggers with the same key.
		 * @param key the key
		 * @return this builder
		 */
		public Builder key(String key) {
			this.values.text("key", key);
			return this;
		}

		/**
		 * Start the run when there has been no trigger for a time.
		 * @param delay the time; a fraction of a second is rounded up
		 * @return this builder
		 */
		public Builder delay(Duration delay) {
			this.values.duration("delay", "delay", delay);
			this.delay = delay;
			return this;
		}

		/**
		 * Give the run the payload of the first trigger, the default.
		 * @return this builder
		 */
		public Builder leading() {
			this.values.set("mode", "leading");
			return this;
		}

		/**
		 * Give the run the payload of the last trigger.
		 * @return this builder
		 */
		public Builder trailing() {
			this.values.set("mode", "trailing");
			return this;
		}

		/**
		 * Start the run after a time at the latest. Without, it does not start as long as
		 * there are triggers.
		 * @param maxDelay the time since the first trigger, longer than the delay; a
		 * fraction of a second is rounded up
		 * @return this builder
		 */
		public Builder maxDelay(Duration maxDelay) {
			this.values.duration("maxDelay", "maxDelay", maxDelay);
			this.maxDelay = maxDelay;
			return this;
		}

	}

}

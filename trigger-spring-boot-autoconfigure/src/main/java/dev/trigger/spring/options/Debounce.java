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

import dev.trigger.spring.json.ApiFormat;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * Makes one run out of many triggers that follow one another closely.
 *
 * @param key triggers with the same key are made into one run
 * @param delay how long it is quiet before the run starts, such as {@code 5s}
 * @param mode {@code leading} to take the payload of the first trigger, {@code trailing}
 * that of the last; leading if {@code null}
 * @param maxDelay after what time the run starts in any case, such as {@code 1m}
 * @since 1.0.0
 */
public record Debounce(String key, String delay, @Nullable String mode, @Nullable String maxDelay) {

	/**
	 * Create a debounce.
	 */
	public Debounce {
		Assert.hasText(key, "'key' must not be empty");
		Assert.hasText(delay, "'delay' must not be empty");
	}

	/**
	 * Return a debounce that takes the payload of the first trigger.
	 * @param key triggers with the same key are made into one run
	 * @param delay how long it is quiet before the run starts, in whole seconds
	 * @return the debounce
	 */
	public static Debounce of(String key, Duration delay) {
		return new Debounce(key, ApiFormat.of(delay), null, null);
	}

	/**
	 * Return this debounce with the payload of the last trigger.
	 * @return the new debounce
	 */
	public Debounce trailing() {
		return new Debounce(this.key, this.delay, "trailing", this.maxDelay);
	}

	/**
	 * Return this debounce with an end to waiting.
	 * @param maxDelay after what time the run starts in any case, in whole seconds
	 * @return the new debounce
	 */
	public Debounce withMaxDelay(Duration maxDelay) {
		return new Debounce(this.key, this.delay, this.mode, ApiFormat.of(maxDelay));
	}

}

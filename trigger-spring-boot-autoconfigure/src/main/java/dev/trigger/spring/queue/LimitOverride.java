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

import dev.trigger.spring.json.ApiFormat;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * A limit in place of that of the code.
 *
 * @param perKey the limit of each key
 * @param total the limit of all keys together
 * @param concurrencyKey the only key that the limit is for, a text or a number
 * @param ttl after what time the limit of one key ends, a text such as {@code 1h} or
 * seconds
 * @since 1.0.0
 */
public record LimitOverride(@Nullable Integer perKey, @Nullable Integer total, @Nullable Object concurrencyKey,
		@Nullable Object ttl) {

	/**
	 * Create an override.
	 */
	public LimitOverride {
		Assert.isTrue(perKey != null || total != null, "At least one of 'perKey' and 'total' must be given");
	}

	/**
	 * Return a limit of each key.
	 * @param perKey how many runs are executed at once
	 * @return the override
	 */
	public static LimitOverride perKey(int perKey) {
		return new LimitOverride(perKey, null, null, null);
	}

	/**
	 * Return a limit of all keys together.
	 * @param total how many runs are executed at once
	 * @return the override
	 */
	public static LimitOverride total(int total) {
		return new LimitOverride(null, total, null, null);
	}

	/**
	 * Return this override for one key only, and for a time.
	 * @param concurrencyKey the key
	 * @param ttl the time, in whole seconds
	 * @return the new override
	 */
	public LimitOverride forKey(String concurrencyKey, Duration ttl) {
		return new LimitOverride(this.perKey, this.total, concurrencyKey, ApiFormat.of(ttl));
	}

}

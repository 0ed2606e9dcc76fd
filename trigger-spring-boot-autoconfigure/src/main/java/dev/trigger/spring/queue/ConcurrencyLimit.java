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

import java.io.Serializable;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * A named concurrency limit.
 *
 * @param id the id; {@code null} for the part of one key
 * @param name the name
 * @param concurrencyKey the key that the limit is about, {@code null} for all
 * @param perKey the limit of each key
 * @param total the limit of all keys together
 * @param running how many runs are executing
 * @param queued how many runs wait
 * @param paused whether no run is started
 * @since 1.0.0
 */
public record ConcurrencyLimit(@Nullable String id, String name, @Nullable String concurrencyKey,
		@Nullable Limit perKey, @Nullable Limit total, @Nullable Integer running, @Nullable Integer queued,
		@Nullable Boolean paused) implements Serializable {

	/**
	 * A limit, and where it comes from.
	 *
	 * @param current the limit in force, {@code null} for none
	 * @param base the limit that the code declares
	 * @param override the limit that overrides it
	 * @param overriddenAt when it was set
	 * @param expiresAt when it ends, for the part of one key
	 */
	public record Limit(@Nullable Integer current, @Nullable Integer base, @Nullable Integer override,
			@Nullable Instant overriddenAt, @Nullable Instant expiresAt) implements Serializable {

	}

}

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
 * A queue.
 *
 * @param id the id, {@code queue_…}
 * @param name the name, or the identifier of the task
 * @param type {@code task} or {@code custom}
 * @param running how many of its runs are executing @param queued how many of its runs
 * wait
 * @param paused whether no run is started
 * @param concurrencyLimit how many of its runs are executed at once, {@code null} for no
 * limit of its own
 * @param concurrency where the limit comes from
 * @since 1.0.0
 */
public record Queue(String id, @Nullable String name, @Nullable String type, @Nullable Integer running,
		@Nullable Integer queued, @Nullable Boolean paused, @Nullable Integer concurrencyLimit,
		@Nullable Concurrency concurrency) implements Serializable {

	/**
	 * Where a limit comes from.
	 *
	 * @param current the limit in force
	 * @param base the limit that the code declares
	 * @param override the limit that overrides it
	 * @param overriddenAt when it was set
	 * @param overriddenBy who set it
	 */
	public record Concurrency(@Nullable Integer current, @Nullable Integer base, @Nullable Integer override,
			@Nullable Instant overriddenAt, @Nullable String overriddenBy) implements Serializable {

	}

}

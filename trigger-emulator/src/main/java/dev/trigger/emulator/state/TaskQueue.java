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

package dev.trigger.emulator.state;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * A queue of an environment.
 *
 * @since 1.0.0
 */
public final class TaskQueue {

	private final String id;

	private final String name;

	private final boolean custom;

	private final @Nullable Integer baseLimit;

	private boolean paused;

	private @Nullable Integer override;

	private @Nullable Double overridePercent;

	private @Nullable Instant overriddenAt;

	/**
	 * Create a queue.
	 * @param id its identifier
	 * @param name the name, without {@code task/}
	 * @param custom whether it is a named queue, not a task's own
	 * @param baseLimit the concurrency limit, {@code null} for none
	 */
	public TaskQueue(String id, String name, boolean custom, @Nullable Integer baseLimit) {
		this.id = id;
		this.name = name;
		this.custom = custom;
		this.baseLimit = baseLimit;
	}

	public String id() {
		return this.id;
	}

	public String name() {
		return this.name;
	}

	public boolean isCustom() {
		return this.custom;
	}

	/**
	 * Return the name that runs know the queue by.
	 * @return the name, with {@code task/} in front for a task's own queue
	 */
	public String runQueue() {
		return this.custom ? this.name : "task/" + this.name;
	}

	public boolean isPaused() {
		return this.paused;
	}

	public void setPaused(boolean paused) {
		this.paused = paused;
	}

	public @Nullable Integer baseLimit() {
		return this.baseLimit;
	}

	public @Nullable Integer overrideLimit() {
		return this.override;
	}

	public @Nullable Double overridePercent() {
		return this.overridePercent;
	}

	public @Nullable Instant overriddenAt() {
		return this.overriddenAt;
	}

	/**
	 * Return the limit that counts.
	 * @return the override or the base limit, {@code null} for none
	 */
	public @Nullable Integer limit() {
		return (this.overriddenAt != null) ? this.override : this.baseLimit;
	}

	/**
	 * Override the limit.
	 * @param limit the limit
	 * @param percent the share of the environment's limit that it came from
	 * @param now when
	 */
	public void override(int limit, @Nullable Double percent, Instant now) {
		this.override = limit;
		this.overridePercent = percent;
		this.overriddenAt = now;
	}

	/**
	 * End the override.
	 */
	public void reset() {
		this.override = null;
		this.overridePercent = null;
		this.overriddenAt = null;
	}

}

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
import java.util.HashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * A named concurrency limit that tasks share.
 *
 * @since 1.0.0
 */
public final class ConcurrencyLimit {

	private final String id;

	private final String name;

	private final Bound perKey;

	private final Bound total;

	private final Map<String, Bound> keys = new HashMap<>();

	private boolean paused;

	/**
	 * Create a limit.
	 * @param id its identifier
	 * @param name its name
	 * @param perKey how many runs of one concurrency key, {@code null} for no limit
	 * @param total how many runs at all, {@code null} for no limit
	 */
	public ConcurrencyLimit(String id, String name, @Nullable Integer perKey, @Nullable Integer total) {
		this.id = id;
		this.name = name;
		this.perKey = new Bound(perKey);
		this.total = new Bound(total);
	}

	public String id() {
		return this.id;
	}

	public String name() {
		return this.name;
	}

	public Bound perKey() {
		return this.perKey;
	}

	public Bound total() {
		return this.total;
	}

	/**
	 * Return the bound of one concurrency key.
	 * @param key the key
	 * @return the bound
	 */
	public Bound key(String key) {
		return this.keys.computeIfAbsent(key, (name) -> new Bound(this.perKey.current()));
	}

	public boolean isPaused() {
		return this.paused;
	}

	public void setPaused(boolean paused) {
		this.paused = paused;
	}

	/**
	 * A bound that can be overridden.
	 */
	public static final class Bound {

		private final @Nullable Integer base;

		private @Nullable Integer override;

		private @Nullable Instant overriddenAt;

		private @Nullable Instant expiresAt;

		Bound(@Nullable Integer base) {
			this.base = base;
		}

		public @Nullable Integer base() {
			return this.base;
		}

		public @Nullable Integer override() {
			return this.override;
		}

		public @Nullable Integer current() {
			return (this.override != null) ? this.override : this.base;
		}

		public @Nullable Instant overriddenAt() {
			return this.overriddenAt;
		}

		public @Nullable Instant expiresAt() {
			return this.expiresAt;
		}

		/**
		 * Override the bound.
		 * @param value the value, {@code null} to end the override
		 * @param now when
		 * @param expiresAt until when
		 */
		public void override(@Nullable Integer value, Instant now, @Nullable Instant expiresAt) {
			this.override = value;
			this.overriddenAt = (value != null) ? now : null;
			this.expiresAt = (value != null) ? expiresAt : null;
		}

	}

}

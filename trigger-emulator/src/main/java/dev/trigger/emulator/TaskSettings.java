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

package dev.trigger.emulator;

import java.time.Duration;

import dev.trigger.emulator.http.Json;
import dev.trigger.emulator.state.BackOff;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * How an emulated task is executed.
 *
 * @since 1.0.0
 */
public final class TaskSettings {

	private int maxAttempts = 3;

	private BackOff backOff = BackOff.fixed(Duration.ZERO);

	private int failFirst;

	private @Nullable Integer concurrencyLimit;

	private @Nullable JsonNode payloadSchema;

	TaskSettings() {
	}

	/**
	 * Set how often a failing run is tried, unless the run specifies it.
	 * @param maxAttempts the number of attempts; 3 is the default, as on the real server
	 * @return these settings
	 */
	public TaskSettings maxAttempts(int maxAttempts) {
		if (maxAttempts < 1) {
			throw new IllegalArgumentException("'maxAttempts' must be at least 1");
		}
		this.maxAttempts = maxAttempts;
		return this;
	}

	/**
	 * Set the pause between two attempts.
	 * @param retryDelay the pause; none is the default
	 * @return these settings
	 */
	public TaskSettings retryDelay(Duration retryDelay) {
		this.backOff = BackOff.fixed(retryDelay);
		return this;
	}

	/**
	 * Let the pauses between attempts grow. {@code TriggerEmulator.advance} passes them
	 * without waiting.
	 * @param first the pause after the first attempt; real servers take 1 second unless
	 * the task specifies it
	 * @param factor the factor by which each pause is longer than the one before; 2 on
	 * real servers
	 * @param longest the longest pause; 10 seconds on real servers
	 * @return these settings
	 */
	public TaskSettings retryBackOff(Duration first, double factor, Duration longest) {
		if (first.isNegative() || longest.compareTo(first) < 0 || !(factor >= 1)) {
			throw new IllegalArgumentException("'first' must not be negative, 'longest' at least as long, and 'factor'"
					+ " at least 1, not " + first + ", " + longest + " and " + factor);
		}
		this.backOff = new BackOff(first, factor, longest);
		return this;
	}

	/**
	 * Let the first attempts of every run fail before the task's function is called.
	 * @param attempts how many; with as many as {@link #maxAttempts(int)} the run fails
	 * @return these settings
	 */
	public TaskSettings failFirst(int attempts) {
		if (attempts < 0) {
			throw new IllegalArgumentException("'attempts' must not be negative");
		}
		this.failFirst = attempts;
		return this;
	}

	/**
	 * Limit how many runs of the task execute at once.
	 * @param concurrencyLimit the limit; none is the default
	 * @return these settings
	 */
	public TaskSettings concurrencyLimit(int concurrencyLimit) {
		this.concurrencyLimit = concurrencyLimit;
		return this;
	}

	/**
	 * Set the schema of the payload, which the API shows with the deployed task. Payloads
	 * are not checked against it, as on the real server.
	 * @param json the JSON schema (draft-07); none is the default
	 * @return these settings
	 * @throws IllegalArgumentException if it is no JSON object
	 */
	public TaskSettings payloadSchema(String json) {
		JsonNode schema = Json.parse(json);
		if (schema == null || !schema.isObject()) {
			throw new IllegalArgumentException("'json' must be a JSON schema, which is an object");
		}
		this.payloadSchema = schema;
		return this;
	}

	int maxAttempts() {
		return this.maxAttempts;
	}

	BackOff backOff() {
		return this.backOff;
	}

	int failFirst() {
		return this.failFirst;
	}

	@Nullable Integer concurrencyLimit() {
		return this.concurrencyLimit;
	}

	@Nullable JsonNode payloadSchema() {
		return this.payloadSchema;
	}

}

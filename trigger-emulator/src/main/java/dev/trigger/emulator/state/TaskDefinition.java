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

import java.time.Duration;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A task that the emulated server knows.
 *
 * @param id the task's identifier
 * @param body what it does, {@code null} when its runs stay in the queue
 * @param scheduled whether it may have schedules
 * @param maxAttempts how often it is tried
 * @param backOff the pauses between attempts
 * @param concurrencyLimit how many of its runs execute at once, {@code null} for no limit
 * @param queueName the named queue that it uses, {@code null} for its own
 * @param payloadSchema the JSON schema of its payload, {@code null} for none
 * @param deployed whether the current version has it; runs of one that it lacks wait for
 * another version
 * @since 1.0.0
 */
public record TaskDefinition(String id, @Nullable Body body, boolean scheduled, int maxAttempts, BackOff backOff,
		@Nullable Integer concurrencyLimit, @Nullable String queueName, @Nullable JsonNode payloadSchema,
		boolean deployed) {

	/**
	 * Create a task with the same pause between all attempts.
	 * @param id the task's identifier
	 * @param body what it does, {@code null} when its runs stay in the queue
	 * @param scheduled whether it may have schedules
	 * @param maxAttempts how often it is tried
	 * @param retryDelay the pause between two attempts
	 * @param concurrencyLimit how many of its runs execute at once, {@code null} for no
	 * limit
	 * @param queueName the named queue that it uses, {@code null} for its own
	 * @param payloadSchema the JSON schema of its payload, {@code null} for none
	 */
	public TaskDefinition(String id, @Nullable Body body, boolean scheduled, int maxAttempts, Duration retryDelay,
			@Nullable Integer concurrencyLimit, @Nullable String queueName, @Nullable JsonNode payloadSchema) {
		this(id, body, scheduled, maxAttempts, BackOff.fixed(retryDelay), concurrencyLimit, queueName, payloadSchema,
				true);
	}

	/**
	 * Create a task without a schema of its payload.
	 * @param id the task's identifier
	 * @param body what it does, {@code null} when its runs stay in the queue
	 * @param scheduled whether it may have schedules
	 * @param maxAttempts how often it is tried
	 * @param retryDelay the pause between two attempts
	 * @param concurrencyLimit how many of its runs execute at once, {@code null} for no
	 * limit
	 */
	public TaskDefinition(String id, @Nullable Body body, boolean scheduled, int maxAttempts, Duration retryDelay,
			@Nullable Integer concurrencyLimit) {
		this(id, body, scheduled, maxAttempts, retryDelay, concurrencyLimit, null, null);
	}

	/**
	 * Return a task that the current version lacks.
	 * @param id the task's identifier
	 * @return the task
	 */
	public static TaskDefinition undeployed(String id) {
		return new TaskDefinition(id, null, false, 1, BackOff.fixed(Duration.ZERO), null, null, null, false);
	}

	/**
	 * What a task does.
	 */
	@FunctionalInterface
	public interface Body {

		/**
		 * Execute one attempt.
		 * @param run the run
		 * @param payload the payload, decoded, or {@code null}
		 * @param attempt the number of the attempt, from 1
		 * @return the output, or {@code null} for none
		 * @throws Exception when the attempt fails
		 */
		@Nullable JsonNode execute(TaskRun run, @Nullable JsonNode payload, int attempt) throws Exception;

	}

}

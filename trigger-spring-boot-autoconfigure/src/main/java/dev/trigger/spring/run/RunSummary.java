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

package dev.trigger.spring.run;

import java.io.Serializable;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

import dev.trigger.spring.http.Durations;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A run in a list, or one that is related to another.
 *
 * @param id the id, {@code run_…}
 * @param status the state of the run
 * @param taskIdentifier the identifier of its task
 * @param idempotencyKey the key that it was triggered with
 * @param version the version of the task that executes it
 * @param isQueued whether it waits in its queue
 * @param isExecuting whether it is being executed
 * @param isWaiting whether it waits for something
 * @param isCompleted whether it is over
 * @param isSuccess whether it is over with success
 * @param isFailed whether it is over without success
 * @param isCancelled whether it was canceled
 * @param isTest whether it is a test
 * @param createdAt when it was triggered
 * @param updatedAt when it last changed
 * @param startedAt when it was started
 * @param finishedAt when it ended
 * @param delayedUntil when its delay ends
 * @param ttl the time to live, such as {@code 10m}
 * @param expiredAt when it expired
 * @param tags the tags
 * @param costInCents the cost of the computing time, in US cents
 * @param baseCostInCents the cost of the invocation, in US cents
 * @param durationMs the computing time, in milliseconds
 * @param metadata the metadata of the run
 * @param taskKind the kind of the task
 * @param region the region in which it is executed
 * @param depth how many runs it is below its root, if it is related to another
 * @param triggerFunction how it was triggered, such as {@code batchTrigger}, if it is
 * related to another
 * @param batchId the batch that it belongs to, if it is related to another
 * @param env the environment, in a list
 * @since 1.0.0
 */
public record RunSummary(String id, @Nullable RunStatus status, @Nullable String taskIdentifier,
		@Nullable String idempotencyKey, @Nullable String version, boolean isQueued, boolean isExecuting,
		boolean isWaiting, boolean isCompleted, boolean isSuccess, boolean isFailed, boolean isCancelled,
		boolean isTest, @Nullable Instant createdAt, @Nullable Instant updatedAt, @Nullable Instant startedAt,
		@Nullable Instant finishedAt, @Nullable Instant delayedUntil, @Nullable String ttl, @Nullable Instant expiredAt,
		List<String> tags, @Nullable BigDecimal costInCents, @Nullable BigDecimal baseCostInCents,
		@Nullable BigDecimal durationMs, @Nullable JsonNode metadata, @Nullable String taskKind,
		@Nullable String region, @Nullable Integer depth, @Nullable String triggerFunction, @Nullable String batchId,
		@Nullable Environment env) implements Serializable {

	/**
	 * Create a summary.
	 */
	public RunSummary {
		tags = (tags != null) ? List.copyOf(tags) : List.of();
	}

	/**
	 * Return the computing time.
	 * @return the duration, zero if the run was not executed yet
	 */
	public Duration duration() {
		return (this.durationMs != null) ? Durations.ofMillis(this.durationMs) : Duration.ZERO;
	}

	@Override
	public String toString() {
		return "RunSummary[id=" + this.id + ", taskIdentifier=" + this.taskIdentifier + ", status=" + this.status + "]";
	}

	/**
	 * The environment of a run.
	 *
	 * @param id the id
	 * @param name the slug, such as {@code prod}
	 * @param user the user whose development environment it is
	 */
	public record Environment(@Nullable String id, @Nullable String name,
			@Nullable String user) implements Serializable {

	}

}

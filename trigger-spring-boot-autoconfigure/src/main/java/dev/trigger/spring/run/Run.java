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

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.trigger.spring.http.Durations;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A run with all of its details.
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
 * @param depth how many runs it is below its root
 * @param triggerFunction how it was triggered, such as {@code batchTrigger}
 * @param batchId the batch that it belongs to
 * @param payload the payload, downloaded if it is too large to travel inline;
 * {@code null} also if it could not be downloaded
 * @param payloadPresignedUrl where it was downloaded from
 * @param output the output, downloaded if it is too large to travel inline; {@code null}
 * also if it could not be downloaded
 * @param outputPresignedUrl where it was downloaded from
 * @param error why it failed
 * @param schedule the schedule that triggered it
 * @param relatedRuns the runs that triggered it, and those that it triggered
 * @param attemptCount how many attempts there were
 * @since 1.0.0
 */
public record Run(String id, @Nullable RunStatus status, @Nullable String taskIdentifier,
		@Nullable String idempotencyKey, @Nullable String version, boolean isQueued, boolean isExecuting,
		boolean isWaiting, boolean isCompleted, boolean isSuccess, boolean isFailed, boolean isCancelled,
		boolean isTest, @Nullable Instant createdAt, @Nullable Instant updatedAt, @Nullable Instant startedAt,
		@Nullable Instant finishedAt, @Nullable Instant delayedUntil, @Nullable String ttl, @Nullable Instant expiredAt,
		List<String> tags, @Nullable BigDecimal costInCents, @Nullable BigDecimal baseCostInCents,
		@Nullable BigDecimal durationMs, @Nullable JsonNode metadata, @Nullable String taskKind,
		@Nullable String region, @Nullable Integer depth, @Nullable String triggerFunction, @Nullable String batchId,
		@Nullable JsonNode payload, @Nullable String payloadPresignedUrl, @Nullable JsonNode output,
		@Nullable String outputPresignedUrl, @Nullable RunError error, @Nullable Schedule schedule,
		@Nullable RelatedRuns relatedRuns, @Nullable Integer attemptCount) implements Serializable {

	/**
	 * Create a run.
	 */
	public Run {
		tags = (tags != null) ? List.copyOf(tags) : List.of();
	}

	/**
	 * Return whether the run is over, with or without success.
	 * @return {@code true} if its state will not change any more
	 */
	@JsonIgnore
	public boolean isFinished() {
		return this.isCompleted || (this.status != null && this.status.isFinished());
	}

	/**
	 * Return the computing time.
	 * @return the duration, zero if the run was not executed yet
	 */
	public Duration duration() {
		return (this.durationMs != null) ? Durations.ofMillis(this.durationMs) : Duration.ZERO;
	}

	Run with(@Nullable JsonNode payload, @Nullable JsonNode output) {
		return new Run(this.id, this.status, this.taskIdentifier, this.idempotencyKey, this.version, this.isQueued,
				this.isExecuting, this.isWaiting, this.isCompleted, this.isSuccess, this.isFailed, this.isCancelled,
				this.isTest, this.createdAt, this.updatedAt, this.startedAt, this.finishedAt, this.delayedUntil,
				this.ttl, this.expiredAt, this.tags, this.costInCents, this.baseCostInCents, this.durationMs,
				this.metadata, this.taskKind, this.region, this.depth, this.triggerFunction, this.batchId, payload,
				this.payloadPresignedUrl, output, this.outputPresignedUrl, this.error, this.schedule, this.relatedRuns,
				this.attemptCount);
	}

	@Override
	public String toString() {
		return "Run[id=" + this.id + ", taskIdentifier=" + this.taskIdentifier + ", status=" + this.status + "]";
	}

	/**
	 * The schedule that triggered a run.
	 *
	 * @param id the id, {@code sched_…}
	 * @param externalId an id that the application chose
	 * @param deduplicationKey the key that identifies it
	 * @param generator the cron expression, in the form of the API
	 */
	public record Schedule(@Nullable String id, @Nullable String externalId, @Nullable String deduplicationKey,
			@Nullable JsonNode generator) implements Serializable {

	}

	/**
	 * The runs that a run is related to.
	 *
	 * @param root the run at the top
	 * @param parent the run that triggered it
	 * @param children the runs that it triggered
	 */
	public record RelatedRuns(@Nullable RunSummary root, @Nullable RunSummary parent,
			List<RunSummary> children) implements Serializable {

		/**
		 * Create related runs.
		 */
		public RelatedRuns {
			children = (children != null) ? List.copyOf(children) : List.of();
		}

	}

}

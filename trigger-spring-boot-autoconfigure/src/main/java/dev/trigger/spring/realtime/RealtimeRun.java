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

package dev.trigger.spring.realtime;

import java.io.Serializable;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.trigger.spring.http.Durations;
import dev.trigger.spring.payload.PayloadContent;
import dev.trigger.spring.run.RunError;
import dev.trigger.spring.run.RunStatus;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The state of a run at one moment, as a feed has it.
 *
 * @param id the id, {@code run_…}
 * @param status the state of the run, in the vocabulary of
 * {@link dev.trigger.spring.run.Run}; one that is not known yet is as the server has it
 * @param taskIdentifier the identifier of its task
 * @param createdAt when it was triggered
 * @param updatedAt when it last changed
 * @param queuedAt when it entered its queue
 * @param startedAt when it was started
 * @param finishedAt when it was over; {@code null} also for a run that was canceled
 * before it started
 * @param delayedUntil when its delay ends
 * @param expiredAt when it expired
 * @param ttl the time to live, such as {@code 10m}
 * @param isTest whether it is a test
 * @param tags the tags
 * @param costInCents the cost of the computing time, in US cents
 * @param baseCostInCents the cost of the invocation, in US cents
 * @param durationMs the computing time, in milliseconds
 * @param metadata data that the run shows of itself
 * @param payload the payload, downloaded if it is too large to travel inline
 * @param output the output, downloaded if it is too large to travel inline
 * @param error why it failed
 * @param streams the names of the streams that it has written to
 * @param columns everything that the server sent, as text by the name of the column
 * @since 1.0.0
 */
public record RealtimeRun(String id, @Nullable RunStatus status, @Nullable String taskIdentifier,
		@Nullable Instant createdAt, @Nullable Instant updatedAt, @Nullable Instant queuedAt,
		@Nullable Instant startedAt, @Nullable Instant finishedAt, @Nullable Instant delayedUntil,
		@Nullable Instant expiredAt, @Nullable String ttl, boolean isTest, List<String> tags,
		@Nullable BigDecimal costInCents, @Nullable BigDecimal baseCostInCents, @Nullable BigDecimal durationMs,
		@Nullable JsonNode metadata, PayloadContent payload, PayloadContent output, @Nullable RunError error,
		List<String> streams, Map<String, @Nullable String> columns) implements Serializable {

	/**
	 * Create a run.
	 */
	public RealtimeRun {
		payload = (payload != null) ? payload : PayloadContent.empty();
		output = (output != null) ? output : PayloadContent.empty();
		tags = List.copyOf(tags);
		streams = List.copyOf(streams);
		columns = Collections.unmodifiableMap(new LinkedHashMap<>(columns));
	}

	/**
	 * Return whether the run is over, with or without success.
	 * @return {@code true} if its state will not change any more
	 */
	public boolean isFinished() {
		return this.status != null && this.status.isOver(this.finishedAt);
	}

	/**
	 * Return whether the run is over with success.
	 * @return {@code true} if it is
	 */
	public boolean isSuccess() {
		return RunStatus.COMPLETED.equals(this.status);
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
		return "RealtimeRun[id=" + this.id + ", taskIdentifier=" + this.taskIdentifier + ", status=" + this.status
				+ "]";
	}

}

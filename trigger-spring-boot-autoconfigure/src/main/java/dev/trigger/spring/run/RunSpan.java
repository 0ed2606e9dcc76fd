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
import java.time.Duration;
import java.time.Instant;
import java.util.List;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.annotation.JsonDeserialize;
import tools.jackson.databind.annotation.JsonSerialize;

/**
 * A span of a run's trace with all of its details.
 *
 * @param spanId the id
 * @param parentId the id of the span above
 * @param runId the id of the run
 * @param message what it is about
 * @param isError whether it ended with an error
 * @param isPartial whether it has not ended yet
 * @param isCancelled whether it was canceled
 * @param level the level, such as {@code TRACE}
 * @param startTime when it started
 * @param duration how long it took
 * @param properties attributes, in the form of the API
 * @param events events within the span, in the form of the API
 * @param entityType what it is about, such as {@code run}
 * @param ai the call of a language model, in the form of the API
 * @param triggeredRuns the runs that were triggered in it
 * @since 1.0.0
 */
public record RunSpan(@Nullable String spanId, @Nullable String parentId, @Nullable String runId,
		@Nullable String message, boolean isError, boolean isPartial, boolean isCancelled, @Nullable String level,
		@Nullable Instant startTime,
		@JsonProperty("durationMs") @JsonSerialize(converter = SpanDuration.ToMillis.class) @JsonDeserialize(
				converter = SpanDuration.FromMillis.class) @Nullable Duration duration,
		@Nullable JsonNode properties, List<JsonNode> events, @Nullable String entityType, @Nullable JsonNode ai,
		List<TriggeredRun> triggeredRuns) implements Serializable {

	/**
	 * Create a span.
	 */
	public RunSpan {
		events = (events != null) ? List.copyOf(events) : List.of();
		triggeredRuns = (triggeredRuns != null) ? List.copyOf(triggeredRuns) : List.of();
	}

	@Override
	public String toString() {
		return "RunSpan[spanId=" + this.spanId + ", runId=" + this.runId + ", message=" + this.message + ", startTime="
				+ this.startTime + ", duration=" + this.duration + ", isError=" + this.isError + "]";
	}

	/**
	 * A run that was triggered in a span.
	 *
	 * @param runId the id of the run
	 * @param taskIdentifier the identifier of its task
	 * @param status its state
	 * @param createdAt when it was triggered
	 */
	public record TriggeredRun(@Nullable String runId, @Nullable String taskIdentifier, @Nullable RunStatus status,
			@Nullable Instant createdAt) implements Serializable {

	}

}

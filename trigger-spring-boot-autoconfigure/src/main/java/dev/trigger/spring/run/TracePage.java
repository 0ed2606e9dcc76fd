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

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.annotation.JsonDeserialize;
import tools.jackson.databind.annotation.JsonSerialize;

/**
 * One page of the spans of a run's trace.
 *
 * @param data the spans
 * @param attemptFailures the attempts that failed
 * @param pagination the position of the page
 * @since 1.0.0
 */
public record TracePage(List<Span> data, List<AttemptFailure> attemptFailures,
		@Nullable Pagination pagination) implements Serializable {

	/**
	 * Create a page.
	 */
	public TracePage {
		data = (data != null) ? List.copyOf(data) : List.of();
		attemptFailures = (attemptFailures != null) ? List.copyOf(attemptFailures) : List.of();
	}

	/**
	 * Return the cursor of the next page.
	 * @return the cursor, {@code null} on the last one
	 */
	public @Nullable String next() {
		return (this.pagination != null) ? this.pagination.next() : null;
	}

	/**
	 * A span.
	 *
	 * @param id the id
	 * @param parentId the id of the span above
	 * @param runId the id of the run
	 * @param message what it is about
	 * @param startTime when it started
	 * @param duration how long it took
	 * @param isError whether it ended with an error
	 * @param isPartial whether it has not ended yet
	 * @param isCancelled whether it was canceled
	 * @param level the level, such as {@code TRACE}
	 * @param attemptNumber the number of the attempt
	 */
	public record Span(@Nullable String id, @Nullable String parentId, @Nullable String runId, @Nullable String message,
			@Nullable Instant startTime,
			@JsonSerialize(converter = SpanDuration.ToMillis.class) @JsonDeserialize(
					converter = SpanDuration.FromMillis.class) @Nullable Duration duration,
			boolean isError, boolean isPartial, boolean isCancelled, @Nullable String level,
			@Nullable Integer attemptNumber) implements Serializable {

	}

	/**
	 * An attempt that failed.
	 *
	 * @param spanId the id of its span
	 * @param attemptNumber the number of the attempt
	 * @param runId the id of the run
	 */
	public record AttemptFailure(@Nullable String spanId, @Nullable Integer attemptNumber,
			@Nullable String runId) implements Serializable {

	}

	/**
	 * The position of a page.
	 *
	 * @param next the cursor of the next page
	 * @param truncated whether spans were left out
	 */
	public record Pagination(@Nullable String next, @Nullable Boolean truncated) implements Serializable {

	}

}

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
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.annotation.JsonDeserialize;
import tools.jackson.databind.annotation.JsonSerialize;

/**
 * The trace of a run.
 *
 * @param traceId the id of the trace
 * @param rootSpan the span at the top
 * @since 1.0.0
 */
public record RunTrace(@Nullable String traceId, @Nullable Span rootSpan) implements Serializable {

	/**
	 * A span of a trace. Spans may be nested hundreds of levels deep.
	 *
	 * @param id the id
	 * @param parentId the id of the span above
	 * @param runId the id of the run
	 * @param data what happened
	 * @param children the spans below
	 */
	@JsonDeserialize(using = SpanDeserializer.class)
	public record Span(@Nullable String id, @Nullable String parentId, @Nullable String runId, @Nullable Data data,
			List<Span> children) implements Serializable {

		/**
		 * Create a span.
		 */
		public Span {
			children = (children != null) ? List.copyOf(children) : List.of();
		}

		/**
		 * Return the span without those below it, which may be many.
		 */
		@Override
		public String toString() {
			return "Span[id=" + this.id + ", data=" + this.data + ", children=" + this.children.size() + "]";
		}

	}

	/**
	 * What happened in a span.
	 *
	 * @param message what it is about
	 * @param taskSlug the identifier of the task
	 * @param taskPath the file of the task
	 * @param events events within the span, in the form of the API
	 * @param startTime when it started
	 * @param duration how long it took
	 * @param isError whether it ended with an error
	 * @param isPartial whether it has not ended yet
	 * @param isCancelled whether it was canceled
	 * @param level the level, such as {@code TRACE}
	 * @param workerVersion the version of the task
	 * @param queueName the queue
	 * @param machinePreset the machine
	 * @param properties attributes, in the form of the API
	 * @param output the output
	 */
	public record Data(@Nullable String message, @Nullable String taskSlug, @Nullable String taskPath,
			List<JsonNode> events, @Nullable Instant startTime,
			@JsonSerialize(converter = SpanDuration.ToNanos.class) @JsonDeserialize(
					converter = SpanDuration.FromNanos.class) @Nullable Duration duration,
			boolean isError, boolean isPartial, boolean isCancelled, @Nullable String level,
			@Nullable String workerVersion, @Nullable String queueName, @Nullable String machinePreset,
			@Nullable JsonNode properties, @Nullable JsonNode output) implements Serializable {

		/**
		 * Create data.
		 */
		public Data {
			events = (events != null) ? List.copyOf(events) : List.of();
		}

		@Override
		public String toString() {
			return "Data[message=" + this.message + ", taskSlug=" + this.taskSlug + ", startTime=" + this.startTime
					+ ", duration=" + this.duration + ", isError=" + this.isError + "]";
		}

	}

}

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

package dev.trigger.emulator.api;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import dev.trigger.emulator.http.JsonBody;
import dev.trigger.emulator.state.TaskRun;
import org.jspecify.annotations.Nullable;

/**
 * A part of what a run went through.
 *
 * @param run the run
 * @param id its identifier
 * @param parentId the identifier of the span around it, {@code null} for none
 * @param message its name
 * @param level {@code TRACE}, or that of a line of a log
 * @param attempt the number of the attempt that it belongs to, 0 for none
 * @param style how it is shown
 * @param start when it began
 * @param end when it ended, {@code null} if nobody has said so
 * @param outcome how it ended
 * @param events what happened in it, oldest first
 * @param properties what else is known of it, empty for nothing
 * @param triggered the runs that it triggered
 */
record RunSpan(TaskRun run, String id, @Nullable String parentId, String message, String level, int attempt,
		JsonBody style, Instant start, @Nullable Instant end, Outcome outcome, List<JsonBody> events,
		JsonBody properties, List<TaskRun> triggered) {

	/**
	 * Return the span as one that ended with a span around it that was canceled.
	 */
	RunSpan canceledWith(RunSpan other) {
		return new RunSpan(this.run, this.id, this.parentId, this.message, this.level, this.attempt, this.style,
				this.start, other.end, Outcome.CANCELED, this.events, this.properties, this.triggered);
	}

	boolean isOpen() {
		return this.outcome == Outcome.OPEN;
	}

	/**
	 * Return how it ended, as each form of a span has it.
	 */
	JsonBody head() {
		return JsonBody.of("message", this.message)
			.with("isError", this.outcome == Outcome.ERROR)
			.with("isPartial", isOpen())
			.with("isCancelled", this.outcome == Outcome.CANCELED)
			.with("level", this.level);
	}

	/**
	 * Return how long it took, which is not known before its end.
	 */
	long nanos() {
		return (this.end != null) ? Math.max(0, Duration.between(this.start, this.end).toNanos()) : 0;
	}

	/**
	 * How a span ended.
	 */
	enum Outcome {

		OPEN, OK, ERROR, CANCELED

	}

}

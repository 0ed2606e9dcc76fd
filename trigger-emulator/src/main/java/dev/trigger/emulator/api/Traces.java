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
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import dev.trigger.emulator.http.JsonBody;
import dev.trigger.emulator.state.RunError;
import dev.trigger.emulator.state.RunStatus;
import dev.trigger.emulator.state.TaskRun;
import dev.trigger.emulator.state.Tokens;
import org.jspecify.annotations.Nullable;

/**
 * Traces made up from what runs went through: a span for each run and one for each of its
 * attempts.
 */
final class Traces {

	private Traces() {
	}

	static String traceId(TaskRun run) {
		return Tokens.hash("trace", run.root().id()).substring(0, 32);
	}

	static JsonBody tree(TaskRun run) {
		List<JsonBody> children = new ArrayList<>();
		for (int attempt = 1; attempt <= run.attempts(); attempt++) {
			children.add(node(run, attempt).with("children", List.of()));
		}
		run.links().children().forEach((child) -> children.add(tree(child)));
		return node(run, 0).with("children", children);
	}

	static List<JsonBody> rows(TaskRun run) {
		List<JsonBody> rows = new ArrayList<>();
		for (int attempt = 0; attempt <= run.attempts(); attempt++) {
			rows.add(outcome(run, attempt).with("id", spanId(run, attempt))
				.maybe("parentId", parentId(run, attempt))
				.with("runId", run.id())
				.with("startTime", run.createdAt())
				.with("duration", nanos(run))
				.maybe("attemptNumber", (attempt > 0) ? attempt : null));
		}
		run.links().children().forEach((child) -> rows.addAll(rows(child)));
		return rows;
	}

	static List<JsonBody> events(TaskRun run) {
		List<JsonBody> events = new ArrayList<>();
		for (int attempt = 0; attempt <= run.attempts(); attempt++) {
			Instant start = run.createdAt();
			events.add(outcome(run, attempt).with("spanId", spanId(run, attempt))
				.with("parentId", parentId(run, attempt))
				.with("runId", run.id())
				.with("style", JsonBody.of("icon", (attempt == 0) ? "task" : "attempt"))
				.with("startTime", start.getEpochSecond() + String.format("%09d", start.getNano()))
				.with("duration", nanos(run))
				.with("events", happened(run, attempt))
				.with("kind", "UNSPECIFIED")
				.with("attemptNumber", (attempt > 0) ? attempt : null));
		}
		return events;
	}

	static @Nullable JsonBody span(TaskRun run, String spanId) {
		for (int attempt = 0; attempt <= run.attempts(); attempt++) {
			if (spanId(run, attempt).equals(spanId)) {
				return outcome(run, attempt).with("spanId", spanId)
					.with("parentId", parentId(run, attempt))
					.with("runId", run.id())
					.with("startTime", run.createdAt())
					.with("durationMs", nanos(run) / 1_000_000)
					.maybe("events", detailed(run, attempt))
					.maybe("triggeredRuns", run.links().children().isEmpty() ? null : triggered(run));
			}
		}
		return null;
	}

	/**
	 * Describe the children of a run. Like properties and events they are absent where
	 * there are none.
	 */
	private static List<JsonBody> triggered(TaskRun run) {
		return run.links()
			.children()
			.stream()
			.map((child) -> JsonBody.of("runId", child.id())
				.with("taskIdentifier", child.taskId())
				.with("status", child.status().databaseName())
				.with("createdAt", child.createdAt()))
			.toList();
	}

	private static JsonBody node(TaskRun run, int attempt) {
		JsonBody data = outcome(run, attempt).with("events", happened(run, attempt))
			.with("startTime", run.createdAt())
			.with("duration", nanos(run))
			.maybe("attemptNumber", (attempt > 0) ? attempt : null);
		return JsonBody.of("id", spanId(run, attempt))
			.maybe("parentId", parentId(run, attempt))
			.with("runId", run.id())
			.with("data", data);
	}

	/**
	 * Describe how a span ended, which each form of it has.
	 */
	private static JsonBody outcome(TaskRun run, int attempt) {
		return JsonBody.of("message", message(run, attempt))
			.with("isError", isError(run, attempt))
			.with("isPartial", isPartial(run, attempt))
			.with("isCancelled", isCanceled(run, attempt))
			.with("level", "TRACE");
	}

	private static String message(TaskRun run, int attempt) {
		return (attempt == 0) ? run.taskId() : "Attempt " + attempt;
	}

	private static String spanId(TaskRun run, int attempt) {
		return Tokens.hash("span", run.id() + attempt).substring(0, 16);
	}

	private static @Nullable String parentId(TaskRun run, int attempt) {
		if (attempt > 0) {
			return spanId(run, 0);
		}
		return (run.parent() != null) ? spanId(run.parent(), 0) : null;
	}

	/**
	 * Return whether an attempt was followed by another one, which only those are that
	 * have failed.
	 */
	private static boolean isRetried(TaskRun run, int attempt) {
		return attempt > 0 && attempt < run.attempts();
	}

	private static boolean isPartial(TaskRun run, int attempt) {
		return !run.status().isFinished() && !isRetried(run, attempt);
	}

	private static boolean isCanceled(TaskRun run, int attempt) {
		return run.status() == RunStatus.CANCELED && !isRetried(run, attempt);
	}

	private static boolean isError(TaskRun run, int attempt) {
		return isRetried(run, attempt) || (run.status().isFinished() && run.status() != RunStatus.COMPLETED
				&& run.status() != RunStatus.CANCELED);
	}

	/**
	 * Return the error with which the last attempt has failed. Nothing else is known of
	 * the earlier ones.
	 */
	private static @Nullable RunError failure(TaskRun run, int attempt) {
		boolean last = run.attempts() > 0 && (attempt == 0 || attempt == run.attempts());
		return (last && isError(run, attempt)) ? run.error() : null;
	}

	/**
	 * Return what happened in a span: an exception in an attempt, of which the run knows
	 * as well. An attempt whose process has ended gets to know it from the run.
	 */
	private static List<JsonBody> happened(TaskRun run, int attempt) {
		RunError error = failure(run, attempt);
		if (error == null) {
			return List.of();
		}
		JsonBody failed = event(run, "attempt_failed",
				JsonBody.of("exception", error.toException())
					.with("attemptNumber", run.attempts())
					.with("runId", run.id()));
		if (attempt == 0) {
			return List.of(failed);
		}
		JsonBody exception = event(run, "exception", JsonBody.of("exception", error.toException()));
		return error.isInternal() ? List.of(exception, failed) : List.of(exception);
	}

	/**
	 * Return what happened in a span as its details have it, which is what the process
	 * that executed an attempt has sent.
	 */
	private static @Nullable List<JsonBody> detailed(TaskRun run, int attempt) {
		RunError error = (attempt > 0) ? failure(run, attempt) : null;
		return (error != null && !error.isInternal()) ? happened(run, attempt) : null;
	}

	private static JsonBody event(TaskRun run, String name, JsonBody properties) {
		return JsonBody.of("name", name).with("time", run.finishedAt()).with("properties", properties);
	}

	private static long nanos(TaskRun run) {
		Instant end = Objects.requireNonNullElse(run.finishedAt(), run.updatedAt());
		return Duration.between(run.createdAt(), end).toNanos();
	}

}

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

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.trigger.emulator.api.RunSpan.Outcome;
import dev.trigger.emulator.http.JsonBody;
import dev.trigger.emulator.state.TaskRun;
import dev.trigger.emulator.state.Tokens;
import org.jspecify.annotations.Nullable;

/**
 * The traces of runs, in the forms that responses have of them.
 */
final class Traces {

	private Traces() {
	}

	static String traceId(TaskRun run) {
		return Tokens.hash("trace", RunSpans.traced(run).id()).substring(0, 32);
	}

	static JsonBody tree(TaskRun run) {
		Map<String, RunSpan> spans = below(run);
		return node(spans.values().iterator().next(), spans);
	}

	private static JsonBody node(RunSpan span, Map<String, RunSpan> spans) {
		RunSpan shown = shown(span, spans);
		JsonBody data = shown.head()
			.with("events", shown.events())
			.with("startTime", shown.start())
			.with("duration", shown.nanos())
			.maybe("attemptNumber", attempt(shown));
		return JsonBody.of("id", shown.id())
			.maybe("parentId", shown.parentId())
			.with("runId", shown.run().id())
			.with("data", data)
			.with("children",
					spans.values()
						.stream()
						.filter((child) -> span.id().equals(child.parentId()))
						.map((child) -> node(child, spans))
						.toList());
	}

	static List<JsonBody> rows(TaskRun run) {
		Map<String, RunSpan> spans = below(run);
		return spans.values()
			.stream()
			.map((span) -> shown(span, spans))
			.map((span) -> span.head()
				.with("id", span.id())
				.maybe("parentId", span.parentId())
				.with("runId", span.run().id())
				.with("startTime", span.start())
				.with("duration", span.nanos())
				.maybe("attemptNumber", attempt(span)))
			.toList();
	}

	static List<JsonBody> events(TaskRun run) {
		Map<String, RunSpan> spans = byId(RunSpans.of(run));
		return spans.values()
			.stream()
			.map((span) -> shown(span, spans))
			.map((span) -> span.head()
				.with("spanId", span.id())
				.with("parentId", span.parentId())
				.with("runId", span.run().id())
				.with("style", span.style())
				.with("startTime", nanos(span.start()))
				.with("duration", span.nanos())
				.with("events", span.events())
				.with("kind", "UNSPECIFIED")
				.with("attemptNumber", attempt(span)))
			.toList();
	}

	/**
	 * Return the details of a span of the trace of a run. Unlike in the trace itself, it
	 * does not matter how the spans around it ended. Members without a value are left
	 * out.
	 */
	static @Nullable JsonBody span(TaskRun run, String spanId) {
		RunSpan span = below(RunSpans.traced(run)).get(spanId);
		if (span == null) {
			return null;
		}
		return span.head()
			.with("spanId", spanId)
			.with("parentId", span.parentId())
			.with("runId", run.id())
			.with("startTime", span.start())
			.with("durationMs", span.nanos() / 1_000_000)
			.maybe("properties", span.properties().isEmpty() ? null : span.properties())
			.maybe("events", span.events().isEmpty() ? null : span.events())
			.maybe("triggeredRuns", span.triggered().isEmpty() ? null : triggered(span.triggered()));
	}

	private static List<JsonBody> triggered(List<TaskRun> runs) {
		return runs.stream()
			.map((child) -> JsonBody.of("runId", child.id())
				.with("taskIdentifier", child.taskId())
				.with("status", child.status().databaseName())
				.with("createdAt", child.createdAt()))
			.toList();
	}

	/**
	 * Return the spans of a run and of those that it triggered.
	 */
	private static Map<String, RunSpan> below(TaskRun run) {
		List<RunSpan> spans = new ArrayList<>();
		collect(run, spans);
		return byId(spans);
	}

	private static void collect(TaskRun run, List<RunSpan> spans) {
		List<RunSpan> own = RunSpans.of(run);
		spans.addAll(own);
		own.forEach((span) -> span.triggered().forEach((child) -> collect(child, spans)));
	}

	private static Map<String, RunSpan> byId(List<RunSpan> spans) {
		Map<String, RunSpan> byId = new LinkedHashMap<>();
		spans.forEach((span) -> byId.put(span.id(), span));
		return byId;
	}

	/**
	 * Return a span as traces show it: an open one was canceled if the nearest span
	 * around it that has ended was.
	 */
	private static RunSpan shown(RunSpan span, Map<String, RunSpan> spans) {
		RunSpan around = span;
		while (around != null && around.isOpen()) {
			around = (around.parentId() != null) ? spans.get(around.parentId()) : null;
		}
		return (around != null && span.isOpen() && around.outcome() == Outcome.CANCELED) ? span.canceledWith(around)
				: span;
	}

	private static @Nullable Integer attempt(RunSpan span) {
		return (span.attempt() > 0) ? (Integer) span.attempt() : null;
	}

	private static String nanos(Instant instant) {
		return instant.getEpochSecond() + String.format("%09d", instant.getNano());
	}

}

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

package dev.trigger.emulator.admin;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import dev.trigger.emulator.http.Json;
import dev.trigger.emulator.http.JsonBody;
import dev.trigger.emulator.http.ResponseException;
import dev.trigger.emulator.http.ServerRequest;
import dev.trigger.emulator.state.EmulatorState;
import dev.trigger.emulator.state.Environment;
import dev.trigger.emulator.state.EnvironmentKind;
import dev.trigger.emulator.state.Payloads;
import dev.trigger.emulator.state.TaskRun;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Runs as the admin API shows them.
 */
final class RunViews {

	private static final int LIMIT = 200;

	private static final int MAX_LIMIT = 10_000;

	private final EmulatorState state;

	RunViews(EmulatorState state) {
		this.state = state;
	}

	JsonBody list(ServerRequest request) {
		int limit = limit(request, LIMIT);
		synchronized (this.state) {
			RunSearch search = RunSearch.of(request);
			List<TaskRun> runs = new ArrayList<>();
			int total = 0;
			for (Environment environment : this.state.accounts().environments()) {
				if (!matches(environment, request.query("environment"), request.query("branch"))) {
					continue;
				}
				total += environment.runs().size();
				environment.runs().stream().filter(search::matches).forEach(runs::add);
			}
			int matching = runs.size();
			boolean details = "true".equals(request.query("details"));
			List<JsonBody> shown = runs.stream()
				.sorted(TaskRun.OLDEST_FIRST.reversed())
				.limit(limit)
				.map((run) -> details ? details(run) : summary(run))
				.toList();
			return JsonBody.of("runs", shown).with("matching", matching).with("total", total);
		}
	}

	JsonBody details(TaskRun run) {
		synchronized (this.state) {
			List<JsonBody> timeline = run.history()
				.changes()
				.stream()
				.map((change) -> JsonBody.of("status", change.status().name()).with("at", change.at()))
				.toList();
			return summary(run).with("payload", Payloads.decode(run, this.state.packets()))
				.with("output", run.output())
				.with("error", (run.error() != null) ? run.error().toJson() : null)
				.with("metadata", run.metadata())
				.with("options", run.command().options())
				.with("statuses", timeline.stream().map((change) -> change.get("status")).toList())
				.with("timeline", timeline)
				.with("updatedAt", run.updatedAt())
				.with("version", run.version())
				.with("usageMs", run.usage().toMillis())
				.with("parent", (run.parent() != null) ? run.parent().id() : null)
				.with("children", run.links().children().stream().map(this::summary).toList());
		}
	}

	TaskRun find(String runId) {
		synchronized (this.state) {
			for (Environment environment : this.state.accounts().environments()) {
				TaskRun run = environment.run(runId);
				if (run != null) {
					return run;
				}
			}
		}
		throw new ResponseException(404, "There is no run " + runId);
	}

	static int limit(ServerRequest request, int fallback) {
		String limit = request.query("limit");
		if (limit == null) {
			return fallback;
		}
		if (!limit.matches("\\d{1,5}") || Integer.parseInt(limit) > MAX_LIMIT) {
			throw new IllegalArgumentException("'limit' must be a whole number from 0 to " + MAX_LIMIT);
		}
		return Integer.parseInt(limit);
	}

	static boolean matches(Environment environment, @Nullable String name, @Nullable String branch) {
		if (name == null || name.isEmpty()) {
			return true;
		}
		if (EnvironmentKind.find(name) != environment.kind()) {
			return false;
		}
		return branch == null || branch.equals((environment.branchName() != null) ? environment.branchName() : "");
	}

	private JsonBody summary(TaskRun run) {
		Instant end = run.finishedAt();
		return JsonBody.of("id", run.id())
			.with("task", run.taskId())
			.with("environment", run.environment().kind().slug())
			.with("branch", run.environment().branchName())
			.with("status", run.status().name())
			.with("finished", run.status().isFinished())
			.with("queue", run.queue())
			.with("tags", run.tags())
			.with("attempts", run.attempts())
			.with("idempotencyKey", run.idempotencyKey())
			.with("batch", run.command().batchId())
			.with("schedule", run.command().scheduleId())
			.with("createdAt", run.createdAt())
			.with("startedAt", run.startedAt())
			.with("finishedAt", end)
			.with("delayedUntil", run.delayedUntil())
			.with("progress", progress(run));
	}

	/**
	 * Return the progress that a run reports by custom: a number from 0 to 100 in its
	 * metadata.
	 */
	private static @Nullable JsonNode progress(TaskRun run) {
		JsonNode progress = run.metadata().path("progress");
		return progress.isNumber() ? progress : null;
	}

	/**
	 * Which runs are looked for.
	 *
	 * @param statuses their statuses, none for all
	 * @param task their task, {@code null} for all
	 * @param text what they contain in lower case, {@code null} for anything
	 */
	private record RunSearch(List<String> statuses, @Nullable String task, @Nullable String text) {

		static RunSearch of(ServerRequest request) {
			String task = given(request, "task");
			String text = given(request, "text");
			return new RunSearch(request.queryList("status"), task,
					(text != null) ? text.toLowerCase(Locale.ROOT) : null);
		}

		private static @Nullable String given(ServerRequest request, String name) {
			String value = request.query(name);
			return (value == null || value.isEmpty()) ? null : value;
		}

		boolean matches(TaskRun run) {
			return (this.statuses.isEmpty() || this.statuses.contains(run.status().name()))
					&& (this.task == null || this.task.equals(run.taskId()))
					&& (this.text == null || contains(run, this.text));
		}

		private static boolean contains(TaskRun run, String text) {
			if (run.id().contains(text) || run.taskId().toLowerCase(Locale.ROOT).contains(text)
					|| run.tags().stream().anyMatch((tag) -> tag.toLowerCase(Locale.ROOT).contains(text))) {
				return true;
			}
			JsonNode payload = run.command().payload();
			return payload != null && Json.string(payload).toLowerCase(Locale.ROOT).contains(text);
		}

	}

}

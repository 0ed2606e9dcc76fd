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
import java.util.Objects;

import dev.trigger.emulator.api.RunSpan.Outcome;
import dev.trigger.emulator.http.Json;
import dev.trigger.emulator.http.JsonBody;
import dev.trigger.emulator.state.FailedAttempt;
import dev.trigger.emulator.state.RunError;
import dev.trigger.emulator.state.RunNote;
import dev.trigger.emulator.state.RunStatus;
import dev.trigger.emulator.state.TaskRun;
import dev.trigger.emulator.state.Tokens;
import org.jspecify.annotations.Nullable;

/**
 * The spans of a run: the run itself, its attempts with the function that they execute,
 * the delays between them, and what triggered other runs. The server writes the span of a
 * run and those of delays; all others come from the process that executes, and stay open
 * if it ends with the attempt.
 */
final class RunSpans {

	private static final String ATTEMPT = "attempt";

	private static final String TRACE = "TRACE";

	private final TaskRun run;

	private final List<RunSpan> spans = new ArrayList<>();

	private final String rootId;

	private RunSpans(TaskRun run) {
		this.run = run;
		this.rootId = id(run, "run");
	}

	/**
	 * Return the spans of a run, those around others first.
	 * @param run the run
	 * @return the spans
	 */
	static List<RunSpan> of(TaskRun run) {
		RunSpans spans = new RunSpans(run);
		spans.addRun();
		for (int attempt = 1; attempt <= run.attempts(); attempt++) {
			spans.addAttempt(attempt);
		}
		return spans.spans;
	}

	/**
	 * Return the run whose trace a run is a part of: that of the topmost one that a
	 * worker has triggered something from.
	 */
	static TaskRun traced(TaskRun run) {
		TaskRun top = run;
		for (TaskRun parent = run.parent(); parent != null && parent.attempts() > 0; parent = parent.parent()) {
			top = parent;
		}
		return top;
	}

	private static String id(TaskRun run, String part) {
		return Tokens.hash("span", run.id() + part).substring(0, 16);
	}

	private void addRun() {
		TaskRun parent = this.run.parent();
		RunStatus status = this.run.status();
		Outcome outcome = !status.isFinished() ? Outcome.OPEN : switch (status) {
			case COMPLETED -> Outcome.OK;
			case CANCELED -> Outcome.CANCELED;
			default -> Outcome.ERROR;
		};
		this.spans
			.add(new RunSpan(this.run, this.rootId,
					(parent != null && parent.attempts() > 0) ? id(parent, trigger(this.run)) : null, this.run.taskId(),
					TRACE, 0, style("task").with("variant", "primary"), this.run.createdAt(), status.isFinished()
							? Objects.requireNonNullElse(this.run.finishedAt(), this.run.updatedAt()) : null,
					outcome, List.of(), error(status), List.of()));
	}

	private JsonBody error(RunStatus status) {
		RunError error = this.run.error();
		if (error == null || status == RunStatus.COMPLETED || status == RunStatus.CANCELED) {
			return new JsonBody();
		}
		return JsonBody.of("error",
				(status == RunStatus.EXPIRED) ? JsonBody.of("message", error.message()) : named(error));
	}

	private static JsonBody named(RunError error) {
		JsonBody exception = error.toException();
		return new JsonBody().maybe("name", exception.get("type"))
			.maybe("message", exception.get("message"))
			.maybe("stackTrace", exception.get("stacktrace"));
	}

	private void addAttempt(int attempt) {
		List<FailedAttempt> failed = this.run.links().failedAttempts();
		FailedAttempt before = (attempt > 1 && attempt - 2 < failed.size()) ? failed.get(attempt - 2) : null;
		Instant start = Objects.requireNonNullElse((before != null) ? before.retryAt() : this.run.startedAt(),
				this.run.createdAt());
		FailedAttempt retried = (attempt <= failed.size()) ? failed.get(attempt - 1) : null;
		Instant end = null;
		RunError error = null;
		if (retried != null) {
			end = retried.failedAt();
			error = retried.error();
		}
		else if (attempt < this.run.attempts()) {
			end = start;
			error = this.run.error();
		}
		else if (this.run.status() == RunStatus.COMPLETED || this.run.status() == RunStatus.FAILED) {
			end = this.run.finishedAt();
			error = this.run.error();
		}
		boolean completed = attempt == this.run.attempts() && this.run.status() == RunStatus.COMPLETED;
		Outcome outcome = (end == null) ? Outcome.OPEN : completed ? Outcome.OK : Outcome.ERROR;
		List<JsonBody> thrown = (error != null) ? List.of(thrown(error, Objects.requireNonNull(end))) : List.of();
		List<JsonBody> events = new ArrayList<>((attempt == 1) ? started(start) : List.of());
		events.addAll(thrown);
		JsonBody properties = (error != null) ? JsonBody.of("error", named(error)) : new JsonBody();
		String id = id(this.run, ATTEMPT + attempt);
		String functionId = id(this.run, "function" + attempt);
		this.spans.add(new RunSpan(this.run, id, this.rootId, "Attempt " + attempt, TRACE, attempt,
				style(ATTEMPT).with("variant", "cold"), start, end, outcome, events, properties, List.of()));
		this.spans.add(new RunSpan(this.run, functionId, id, "run()", TRACE, attempt, style("task-fn-run"), start, end,
				outcome, thrown, properties, List.of()));
		addNotes(attempt, functionId);
		addTriggers(attempt, functionId, (retried != null) ? retried.failedAt() : null);
		if (retried != null && retried.retryAt().isAfter(retried.failedAt())) {
			this.spans.add(new RunSpan(this.run, id(this.run, "delay" + attempt), this.rootId,
					"Retry #" + attempt + " delay", TRACE, 0, style("play"), retried.failedAt(), retried.retryAt(),
					Outcome.OK, List.of(), JsonBody.of("retryAt", Json.instant(retried.retryAt())), List.of()));
		}
	}

	/**
	 * Add the waits and the lines of the log of an attempt.
	 */
	private void addNotes(int attempt, String functionId) {
		List<RunNote> notes = this.run.links().notes();
		for (int i = 0; i < notes.size(); i++) {
			RunNote note = notes.get(i);
			if (note.attempt() == attempt) {
				Outcome outcome = (note.end() == null) ? Outcome.OPEN : note.isFailed() ? Outcome.ERROR : Outcome.OK;
				this.spans.add(new RunSpan(this.run, id(this.run, "note" + i), functionId, note.message(), note.level(),
						attempt, note.style(), note.start(), note.end(), outcome, List.of(), new JsonBody(),
						List.of()));
			}
		}
	}

	/**
	 * Add what triggered other runs during an attempt.
	 */
	private void addTriggers(int attempt, String functionId, @Nullable Instant until) {
		Map<String, List<TaskRun>> triggers = new LinkedHashMap<>();
		for (TaskRun child : this.run.links().children()) {
			boolean later = until != null && child.createdAt().isAfter(until);
			String trigger = id(this.run, trigger(child));
			if (!later && this.spans.stream().noneMatch((span) -> span.id().equals(trigger))) {
				triggers.computeIfAbsent(trigger, (id) -> new ArrayList<>()).add(child);
			}
		}
		triggers.forEach((id, children) -> {
			String function = children.get(0).command().function();
			Instant start = children.get(0).createdAt();
			Instant end = function.endsWith("AndWait") ? end(children) : start;
			this.spans.add(new RunSpan(this.run, id, functionId, function + "()", TRACE, attempt, style("trigger"),
					start, end, (end != null) ? Outcome.OK : Outcome.OPEN, List.of(), new JsonBody(), children));
		});
	}

	/**
	 * Return what the runs of a batch have in common, and other runs for themselves.
	 */
	private static String trigger(TaskRun child) {
		return Objects.requireNonNullElse(child.command().batchId(), child.id());
	}

	private static @Nullable Instant end(List<TaskRun> runs) {
		Instant end = runs.get(0).createdAt();
		for (TaskRun run : runs) {
			if (!run.status().isFinished()) {
				return null;
			}
			Instant over = Objects.requireNonNullElse(run.finishedAt(), run.updatedAt());
			end = over.isAfter(end) ? over : end;
		}
		return end;
	}

	private static JsonBody style(String icon) {
		return JsonBody.of("icon", icon);
	}

	/**
	 * Return how the process of a first attempt started, which it tells with it.
	 */
	private static List<JsonBody> started(Instant at) {
		List<JsonBody> events = new ArrayList<>();
		for (String step : List.of("dequeue", "create_attempt", "fork", "bootstrap")) {
			events.add(event("trigger.dev/start", at, JsonBody.of("duration", 0).with("event", step)));
		}
		events.add(event("trigger.dev/start", at,
				JsonBody.of("entryPoint", "src/trigger/tasks.mjs")
					.with("file", "src/trigger/tasks.ts")
					.with("duration", 0)
					.with("event", "import")));
		return events;
	}

	private static JsonBody thrown(RunError error, Instant at) {
		return event("exception", at, JsonBody.of("exception", error.toException()));
	}

	private static JsonBody event(String name, Instant at, JsonBody properties) {
		return JsonBody.of("name", name).with("time", at).with("properties", properties);
	}

}

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

import java.util.List;

import dev.trigger.emulator.http.Json;
import dev.trigger.emulator.http.JsonBody;
import dev.trigger.emulator.state.EmulatorState;
import dev.trigger.emulator.state.Environment;
import dev.trigger.emulator.state.Payloads;
import dev.trigger.emulator.state.RunEngine;
import dev.trigger.emulator.state.RunStatus;
import dev.trigger.emulator.state.Schedule;
import dev.trigger.emulator.state.TaskDefinition;
import dev.trigger.emulator.state.TaskRun;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Runs as the server reports them.
 */
final class RunJson {

	private RunJson() {
	}

	/**
	 * Return a run with all its details.
	 * @param call the request
	 * @param run the run
	 * @return the JSON
	 */
	static JsonBody details(ApiCall call, TaskRun run) {
		JsonBody body = related(call, run);
		addPayload(call, run, body);
		addOutput(call, run, body);
		body.maybe("error", (run.error() != null) ? run.error().toJson() : null);
		body.maybe("schedule", schedule(run));
		body.with("attemptCount", run.attempts()).with("attempts", List.of());
		JsonBody relatedRuns = new JsonBody();
		if (run.parent() != null) {
			relatedRuns.with("root", related(call, run.root())).with("parent", related(call, run.parent()));
		}
		relatedRuns.with("children", run.links().children().stream().map((child) -> related(call, child)).toList());
		return body.with("relatedRuns", relatedRuns);
	}

	/**
	 * Return a run in a list.
	 * @param call the request
	 * @param run the run
	 * @return the JSON
	 */
	static JsonBody summary(ApiCall call, TaskRun run) {
		Environment environment = run.environment();
		JsonBody env = JsonBody.of("id", environment.id()).with("name", environment.slug());
		if (environment.owner() != null) {
			env.with("user", environment.owner().name());
		}
		JsonBody body = JsonBody.of("id", run.id())
			.with("status", status(call, run))
			.with("taskIdentifier", run.taskId())
			.maybe("idempotencyKey", run.idempotencyKey())
			.maybe("version", run.version())
			.with("createdAt", run.createdAt())
			.with("updatedAt", run.updatedAt())
			.maybe("startedAt", run.startedAt())
			.maybe("finishedAt", finishedAt(run))
			.maybe("delayedUntil", run.delayedUntil())
			.with("isTest", isTest(run))
			.maybe("ttl", RunEngine.ttl(run))
			.maybe("expiredAt", run.expiredAt())
			.with("env", env)
			.with("tags", LocaleOrder.sort(run.tags()))
			.with("costInCents", 0)
			.with("baseCostInCents", 0)
			.with("durationMs", run.usage().toMillis())
			.with("depth", run.depth())
			.maybe("metadata", metadata(run))
			.with("taskKind", kind(call, run))
			.with("region", RunFilter.region(run));
		return flags(call, run, body);
	}

	/**
	 * Return the kind of a run, which is that of its task, whatever triggered it.
	 */
	private static String kind(ApiCall call, TaskRun run) {
		TaskDefinition task = call.state().task(run.taskId());
		boolean scheduled = (task != null) ? task.scheduled() : run.command().scheduleId() != null;
		return scheduled ? "SCHEDULED" : "STANDARD";
	}

	/**
	 * In lists, unlike in details, a run that was canceled before it started has a time.
	 */
	private static @Nullable Instant finishedAt(TaskRun run) {
		return (run.finishedAt() == null && run.status().isFinished()) ? run.updatedAt() : run.finishedAt();
	}

	static String status(ApiCall call, TaskRun run) {
		return call.speaksLatestVersion() ? run.status().name() : run.status().legacyName(run.attempts());
	}

	private static JsonBody related(ApiCall call, TaskRun run) {
		JsonBody body = JsonBody.of("id", run.id())
			.with("taskIdentifier", run.taskId())
			.maybe("idempotencyKey", shownKey(run))
			.maybe("version", run.version())
			.with("status", status(call, run))
			.with("createdAt", run.createdAt())
			.maybe("startedAt", run.startedAt())
			.with("updatedAt", run.updatedAt())
			.maybe("finishedAt", run.finishedAt())
			.maybe("delayedUntil", run.delayedUntil())
			.maybe("ttl", RunEngine.ttl(run))
			.maybe("expiredAt", run.expiredAt())
			.with("costInCents", 0)
			.with("baseCostInCents", 0)
			.with("durationMs", run.usage().toMillis())
			.with("isTest", isTest(run))
			.with("depth", run.depth())
			.with("tags", LocaleOrder.sort(run.tags()));
		return flags(call, run, body).with("triggerFunction", run.command().function())
			.maybe("batchId", run.command().batchId())
			.maybe("metadata", metadata(run))
			.with("region", RunFilter.region(run));
	}

	private static JsonBody flags(ApiCall call, TaskRun run, JsonBody body) {
		RunStatus status = run.status();
		// runs that have expired or timed out count as neither completed nor failed
		boolean completed = status.isFinished() && status != RunStatus.EXPIRED && status != RunStatus.TIMED_OUT;
		boolean waiting = status == RunStatus.WAITING;
		boolean executing = status == RunStatus.EXECUTING || status == RunStatus.DEQUEUED
				|| (waiting && !call.speaksLatestVersion());
		return body.with("isQueued", status.isQueued())
			.with("isExecuting", executing)
			.with("isCompleted", completed)
			.with("isFailed", completed && status != RunStatus.COMPLETED)
			.with("isSuccess", status == RunStatus.COMPLETED)
			.with("isCancelled", status == RunStatus.CANCELED)
			.with("isWaiting", waiting && call.speaksLatestVersion());
	}

	private static void addPayload(ApiCall call, TaskRun run, JsonBody body) {
		JsonNode payload = run.command().payload();
		if (payload == null) {
			return;
		}
		if (run.command().payloadType().equals(Payloads.STORE)) {
			body.with("payloadPresignedUrl",
					call.state().packets().presign("GET", run.environment(), payload.asString(), call.now()));
			return;
		}
		body.with("payload", Payloads.decode(payload, run.command().payloadType()));
	}

	private static void addOutput(ApiCall call, TaskRun run, JsonBody body) {
		JsonNode output = run.output();
		if (output == null || (output.isString() && output.asString().isEmpty())) {
			return;
		}
		if (run.hasStoredOutput()) {
			body.with("outputPresignedUrl",
					call.state()
						.packets()
						.presign("GET", run.environment(), EmulatorState.outputPath(run), call.now()));
			return;
		}
		body.with("output", output);
	}

	private static @Nullable JsonBody schedule(TaskRun run) {
		String scheduleId = run.command().scheduleId();
		Schedule schedule = (scheduleId != null) ? run.environment().find(Schedule.class, scheduleId) : null;
		if (schedule == null) {
			return null;
		}
		return JsonBody.of("id", schedule.id())
			.maybe("externalId", schedule.externalId())
			.maybe("deduplicationKey", schedule.deduplicationKey())
			.with("generator", schedule.generator());
	}

	private static @Nullable JsonNode metadata(TaskRun run) {
		JsonNode metadata = run.metadata();
		return metadata.isNull() ? null : metadata;
	}

	private static @Nullable String shownKey(TaskRun run) {
		JsonNode options = run.command().options().get("idempotencyKeyOptions");
		String key = (options != null) ? Json.text(options, "key") : null;
		return (key != null) ? key : run.idempotencyKey();
	}

	private static boolean isTest(TaskRun run) {
		JsonNode test = run.command().options().get("test");
		return test != null && test.asBoolean(false);
	}

}

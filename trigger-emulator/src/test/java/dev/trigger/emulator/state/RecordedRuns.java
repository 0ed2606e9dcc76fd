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

package dev.trigger.emulator.state;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import dev.trigger.emulator.http.Json;
import dev.trigger.emulator.http.JsonBody;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Puts runs into the state of an emulator as a recorded response shows them, without
 * executing anything.
 */
public final class RecordedRuns {

	private RecordedRuns() {
	}

	/**
	 * Add a run, its parent and its children.
	 * @param environment where
	 * @param json the run as a response of a server shows it, or a part of that
	 * @return the run
	 */
	public static TaskRun add(Environment environment, JsonNode json) {
		JsonNode related = json.path("relatedRuns");
		TaskRun parent = related.has("parent") ? add(environment, related.path("parent"), null) : null;
		TaskRun run = add(environment, json, parent);
		related.path("children").forEach((child) -> add(environment, child, run));
		return run;
	}

	private static TaskRun add(Environment environment, JsonNode json, @Nullable TaskRun parent) {
		String id = json.path("id").asString();
		TaskRun known = environment.run(id);
		if (known != null) {
			return known;
		}
		Instant created = instant(json, "createdAt", Instant.parse("2026-11-24T04:00:00Z"));
		RunStatus status = status(json.path("status").asString("QUEUED"));
		TaskRun run = new TaskRun(environment, id, command(json, parent),
				(status == RunStatus.DELAYED || json.has("delayedUntil")) ? RunStatus.DELAYED : RunStatus.QUEUED,
				created);
		run.setVersion(Json.text(json, "version"));
		if (json.has("delayedUntil")) {
			run.setDelayedUntil(instant(json, "delayedUntil", created));
		}
		if (json.has("startedAt")) {
			run.moveTo(RunStatus.EXECUTING, instant(json, "startedAt", created));
		}
		for (int i = 0; i < json.path("attemptCount").asInt(json.has("startedAt") ? 1 : 0); i++) {
			run.nextAttempt();
		}
		for (JsonNode failed : json.path("failedAttempts")) {
			Instant at = run.updatedAt();
			run.retry(new FailedAttempt(at, failed.path("delayed").asBoolean(false) ? at.plusSeconds(1) : at,
					new RunError("Error", "failed", "Error: failed")));
		}
		for (JsonNode note : json.path("notes")) {
			int attempt = note.path("attempt").asInt(1);
			RunNote noted = note.path("level").asString("TRACE").equals("TRACE")
					? RunNote.wait(note.path("message").asString(), attempt, "subject", run.updatedAt()) : RunNote
						.line(note.path("message").asString(), note.path("level").asString(), attempt, run.updatedAt());
			if (!note.path("isPartial").asBoolean(false)) {
				noted.end(run.updatedAt(), note.path("isError").asBoolean(false));
			}
			run.addNote(noted);
		}
		run.addUsage(Duration.ofMillis(json.path("durationMs").asLong(0)));
		end(environment, run, status, json);
		run.touch(instant(json, "updatedAt", run.updatedAt()));
		environment.add(run);
		return run;
	}

	private static @Nullable JsonNode output(Environment environment, TaskRun run, JsonNode json) {
		return json.has("outputPresignedUrl") ? Json.tree("o".repeat(200_000)) : json.get("output");
	}

	private static void end(Environment environment, TaskRun run, RunStatus status, JsonNode json) {
		if (status.isFinished()) {
			JsonNode error = json.path("error");
			String message = Json.text(error, "message");
			run.finish(
					status, output(environment, run, json), (message != null)
							? new RunError(Json.text(error, "name"), message, Json.text(error, "stackTrace")) : null,
					instant(json, "finishedAt", run.updatedAt()));
		}
		else if (status != run.status()) {
			run.moveTo(status, run.updatedAt());
		}
	}

	private static TriggerCommand command(JsonNode json, @Nullable TaskRun parent) {
		ObjectNode options = Json.object();
		options.set("tags", json.path("tags"));
		for (String name : List.of("ttl", "idempotencyKey", "idempotencyKeyOptions", "metadata")) {
			if (json.has(name)) {
				options.set(name, json.path(name));
			}
		}
		if (json.has("machine")) {
			options.set("machine", json.get("machine"));
		}
		if (json.has("queue")) {
			options.set("queue", Json.tree(JsonBody.of("name", json.get("queue"))));
		}
		if (!json.has("ttl")) {
			// what has none, although all runs of development have one unless it is 0
			options.put("ttl", 0);
		}
		if (json.path("isTest").asBoolean(false)) {
			options.put("test", true);
		}
		if (json.has("payloadType")) {
			options.set("payloadType", json.get("payloadType"));
		}
		if (json.has("payloadPresignedUrl")) {
			options.put("payloadType", Payloads.STORE);
		}
		JsonNode payload = json.has("payloadPresignedUrl") ? Json.tree("payload.json") : json.get("payload");
		String schedule = Json.text(json.path("schedule"), "id");
		if (schedule == null && json.path("taskKind").asString("").equals("SCHEDULED")) {
			schedule = "sched_recorded";
		}
		return new TriggerCommand(json.path("taskIdentifier").asString("hello"), payload, options, parent,
				Json.text(json, "batchId"), schedule, json.path("triggerFunction").asString("trigger"));
	}

	private static RunStatus status(String name) {
		return switch (name) {
			case "FROZEN" -> RunStatus.WAITING;
			case "REATTEMPTING" -> RunStatus.EXECUTING;
			case "WAITING_FOR_DEPLOY" -> RunStatus.PENDING_VERSION;
			case "INTERRUPTED" -> RunStatus.FAILED;
			default -> RunStatus.valueOf(name);
		};
	}

	/**
	 * Return the options of a run in a status, for requests that act on it.
	 * @param id the identifier
	 * @param status the status
	 * @return the run as JSON
	 */
	public static JsonNode json(String id, String status) {
		JsonBody json = JsonBody.of("id", id).with("status", status).with("taskIdentifier", "hello");
		json.with("tags", List.of()).with("createdAt", "2026-11-24T04:00:00.000Z");
		if (status.equals("DELAYED")) {
			json.with("delayedUntil", "2026-12-24T04:00:00.000Z");
		}
		if (!List.of("DELAYED", "QUEUED", "PENDING_VERSION", "EXPIRED").contains(status)) {
			json.with("startedAt", "2026-11-24T04:00:01.000Z");
		}
		return Json.tree(json);
	}

	private static Instant instant(JsonNode json, String name, Instant fallback) {
		Instant instant = TimeSpans.instant(Json.text(json, name));
		return (instant != null) ? instant : fallback;
	}

}

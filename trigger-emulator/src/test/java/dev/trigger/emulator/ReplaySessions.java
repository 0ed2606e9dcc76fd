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

package dev.trigger.emulator;

import java.time.Instant;
import java.util.Objects;

import dev.trigger.emulator.http.Json;
import dev.trigger.emulator.state.EmulatorState;
import dev.trigger.emulator.state.Environment;
import dev.trigger.emulator.state.RecordedRuns;
import dev.trigger.emulator.state.Session;
import dev.trigger.emulator.state.StreamLog;
import dev.trigger.emulator.state.StreamStore;
import dev.trigger.emulator.state.TaskRun;
import dev.trigger.emulator.state.TimeSpans;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Creates in the emulator the sessions that a recorded response is about.
 */
final class ReplaySessions {

	private final EmulatorState state;

	private final Environment environment;

	ReplaySessions(EmulatorState state, Environment environment) {
		this.state = state;
		this.environment = environment;
	}

	/**
	 * Create the sessions.
	 * @param recording the recording
	 * @param name the identifier in the path, empty if there is none
	 */
	void add(Recording recording, String name) {
		JsonNode response = recording.responseOrEmpty();
		ReplayPages
			.oldestFirst(recording, 20,
					(near, distance) -> "session_" + ((distance < 0) ? "0" : "z") + (1000 + distance))
			.forEach(this::add);
		String error = response.path("error").asString("");
		JsonNode body = recording.request().path("body");
		if (name.isEmpty()) {
			if (response.path("isCached").asBoolean(false)) {
				add(response);
			}
			else if (!over(error).isEmpty()) {
				add(named(body.path("externalId").asString("").strip(), error));
			}
			return;
		}
		ObjectNode session = response.has("taskIdentifier") ? ((ObjectNode) response).deepCopy() : named(name, error);
		if (recording.path().endsWith("/close")
				&& Objects.equals(Json.text(session, "closedReason"), Json.text(body, "reason"))) {
			session.remove("closedAt");
		}
		add(session);
		String calling = Json.text(body, "callingRunId");
		if (calling != null && recording.status() == 200) {
			addRun(calling, response.path("swapped").asBoolean(true));
		}
		String[] segments = recording.path().split("/");
		for (JsonNode entry : response.path("records")) {
			JsonNode headers = entry.path("headers");
			StreamLog log = StreamStore.channel(this.state, this.environment,
					session.path("externalId").asString(session.path("id").asString()), segments[5]);
			log.append(entry.get("data"), entry.path("id").asString(),
					headers.valueStream().map((pair) -> pair.valueStream().map(JsonNode::asString).toList()).toList());
		}
	}

	private void addRun(String id, boolean current) {
		TaskRun run = RecordedRuns.add(this.environment, RecordedRuns.json(id, "EXECUTING"));
		if (current) {
			this.environment.all(Session.class).values().forEach((session) -> session.setCurrentRun(run));
		}
	}

	/**
	 * Return why a session is over, by what an error says.
	 */
	private static String over(String error) {
		return error.contains("closed") ? "closed" : error.contains("expired") ? "expired" : "";
	}

	private static ObjectNode named(String name, String error) {
		boolean internal = name.startsWith("session_");
		ObjectNode session = Json.object().put("id", internal ? name : "session_recorded");
		if (!internal) {
			session.put("externalId", name);
		}
		switch (over(error)) {
			case "closed" -> session.put("closedAt", "2026-11-24T03:00:00.000Z");
			case "expired" -> session.put("expiresAt", "2026-11-24T03:00:00.000Z");
			default -> {
			}
		}
		return session.put("currentRunId", "run_ofsession");
	}

	private void add(JsonNode json) {
		Session session = new Session(json.path("id").asString(), json.path("type").asString("chat"),
				json.path("taskIdentifier").asString("hello"),
				json.has("triggerConfig") ? json.get("triggerConfig") : Json.object(), at(json, "createdAt"));
		session.setExternalId(Json.text(json, "externalId"));
		session.setTags(json.path("tags").valueStream().map(JsonNode::asString).toList());
		session.setMetadata(json.hasNonNull("metadata") ? json.get("metadata") : null);
		session.setExpiresAt(TimeSpans.instant(Json.text(json, "expiresAt")));
		String run = Json.text(json, "currentRunId");
		if (run != null) {
			session.setCurrentRun(RecordedRuns.add(this.environment, RecordedRuns.json(run, "EXECUTING")));
		}
		if (json.hasNonNull("closedAt")) {
			session.close(Json.text(json, "closedReason"), at(json, "closedAt"));
		}
		this.environment.all(Session.class).put(session.id(), session);
	}

	private Instant at(JsonNode json, String name) {
		return ReplaySetup.instant(json, name, this.state.now());
	}

}

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

import java.util.List;
import java.util.Map;

import dev.trigger.emulator.http.Json;
import dev.trigger.emulator.http.JsonBody;
import dev.trigger.emulator.state.Environment;
import dev.trigger.emulator.state.RecordedRuns;
import dev.trigger.emulator.state.TaskRun;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Adds to the emulator the runs that the rows of a recorded feed show.
 */
final class RecordedRow {

	private static final Map<String, String> STATUSES = Map.of("PENDING", "QUEUED", "COMPLETED_SUCCESSFULLY",
			"COMPLETED", "COMPLETED_WITH_ERRORS", "FAILED", "WAITING_TO_RESUME", "WAITING");

	private RecordedRow() {
	}

	/**
	 * Add the run of a row.
	 */
	static void add(Environment environment, JsonNode row) {
		ObjectNode run = Json.object();
		run.put("id", row.path("friendlyId").asString());
		run.put("taskIdentifier", row.path("taskIdentifier").asString());
		String status = row.path("status").asString();
		run.put("status", STATUSES.getOrDefault(status, status));
		Map.of("createdAt", "createdAt", "updatedAt", "updatedAt", "startedAt", "startedAt", "delayUntil",
				"delayedUntil", "completedAt", "finishedAt")
			.forEach((column, name) -> {
				if (row.hasNonNull(column)) {
					run.put(name, row.path(column).asString() + "Z");
				}
			});
		run.put("isTest", row.path("isTest").asString("f").equals("t"));
		run.put("durationMs", Long.parseLong(row.path("usageDurationMs").asString("0")));
		run.put("payloadType", row.path("payloadType").asString());
		run.set("tags", Json.tree(elements(Json.text(row, "runTags"))));
		copyJson(row, "metadata", run);
		copyJson(row, "error", run);
		copyJson(row, "output", run);
		copyJson(row, "payload", run);
		if (run.path("error").has("raw")) {
			run.set("error", Json.tree(JsonBody.of("message", run.path("error").path("raw"))));
		}
		else if (run.path("error") instanceof ObjectNode error && error.has("code")) {
			error.put("name", error.path("code").asString());
			error.put("message", error.path("message").asString(""));
		}
		for (String name : List.of("ttl", "expiredAt")) {
			if (row.hasNonNull(name)) {
				run.put(name, row.path(name).asString());
			}
		}
		TaskRun added = RecordedRuns.add(environment, run);
		elements(Json.text(row, "realtimeStreams")).forEach((stream) -> added.addStream(stream, added.updatedAt()));
	}

	private static void copyJson(JsonNode row, String column, ObjectNode run) {
		String text = Json.text(row, column);
		if (text != null) {
			JsonNode value = Json.parse(text);
			run.set(column, (value != null) ? value : Json.tree(text));
		}
	}

	private static List<String> elements(@Nullable String array) {
		if (array == null || array.equals("{}")) {
			return List.of();
		}
		return List.of(array.substring(2, array.length() - 2).split("\",\""))
			.stream()
			.map((element) -> element.replace("\\\"", "\""))
			.toList();
	}

}

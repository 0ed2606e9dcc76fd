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

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import dev.trigger.emulator.http.Json;
import dev.trigger.emulator.http.JsonBody;
import dev.trigger.emulator.state.Environment;
import dev.trigger.emulator.state.ErrorState;
import dev.trigger.emulator.state.RecordedRuns;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Creates in the emulator the failed runs of the groups of errors that a recorded
 * response is about. Their identifiers are those of the emulator, and so replaced in the
 * request.
 */
final class ReplayErrors {

	private final TriggerEmulator emulator;

	private final Environment environment;

	ReplayErrors(TriggerEmulator emulator, Environment environment) {
		this.emulator = emulator;
		this.environment = environment;
	}

	void add(JsonNode response, Recording recording, Map<String, String> replacements) {
		String path = recording.path();
		boolean one = path.contains("/error_");
		List<JsonNode> groups = new ArrayList<>(
				ReplayPages.oldestFirst(recording, 25, (near, distance) -> near + distance));
		if (one) {
			groups.add(response);
		}
		for (int i = 0; i < groups.size(); i++) {
			String message = groups.get(i).path("errorMessage").asString("boom");
			boolean known = groups.subList(0, i)
				.stream()
				.anyMatch((other) -> message.equals(other.path("errorMessage").asString("")));
			ObjectNode run = (ObjectNode) RecordedRuns.json("run_failed" + i, "FAILED");
			run.put("taskIdentifier", groups.get(i).path("taskIdentifier").asString("fail-task"));
			run.put("version", "20261124.1");
			run.set("error", Json.tree(JsonBody.of("name", groups.get(i).path("errorType").asString("Error"))
				.with("message", known ? message + i : message)));
			RecordedRuns.add(this.environment, run);
		}
		TestClient client = new TestClient(this.emulator.apiUrl()).token(this.environment.apiKey());
		JsonNode listed = client.get("/api/v1/errors?page%5Bsize%5D=100").json().path("data");
		if (!groups.isEmpty() && (!one || recording.method().equals("GET"))) {
			listed.forEach((group) -> decide(group.path("id").asString(), groups.get(0)));
		}
		if (one) {
			String recorded = path.replaceAll(".*/(error_[^/]+).*", "$1");
			replacements.put(recorded, listed.path(0).path("id").asString(recorded));
		}
	}

	private void decide(String id, JsonNode group) {
		String status = group.path("status").asString("unresolved");
		if (status.equals("unresolved")) {
			return;
		}
		Instant last = Instant.parse("2026-11-24T03:00:00Z");
		Instant at = ReplaySetup.instant(group, status.equals("resolved") ? "resolvedAt" : "ignoredAt", last);
		ObjectNode decision = Json.object();
		copy(group, "resolvedInVersion", decision, "resolvedInVersion");
		copy(group, "ignoredReason", decision, "reason");
		copy(group, "ignoredUntilOccurrenceRate", decision, "occurrenceRate");
		copy(group, "ignoredUntilTotalOccurrences", decision, "totalOccurrences");
		if (group.hasNonNull("ignoredUntil")) {
			decision.put("duration", Duration.between(at, ReplaySetup.instant(group, "ignoredUntil", at)).toMillis());
		}
		this.environment.all(ErrorState.class).put(id, new ErrorState(status, at, decision));
	}

	private static void copy(JsonNode from, String name, ObjectNode to, String as) {
		if (from.hasNonNull(name)) {
			to.set(as, from.get(name));
		}
	}

}

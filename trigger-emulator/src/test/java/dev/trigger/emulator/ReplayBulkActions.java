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
import java.util.List;

import dev.trigger.emulator.http.Json;
import dev.trigger.emulator.http.JsonBody;
import dev.trigger.emulator.state.BulkAction;
import dev.trigger.emulator.state.Environment;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Creates in the emulator the bulk actions that a recorded response shows.
 */
final class ReplayBulkActions {

	private static final Instant CREATED = Instant.parse("2026-11-24T04:00:00Z");

	private ReplayBulkActions() {
	}

	static void add(Environment environment, @Nullable String id, Recording recording) {
		JsonNode response = recording.responseOrEmpty();
		ReplayPages
			.oldestFirst(recording, 25, (near, distance) -> "bulk_" + ((distance < 0) ? "0" : "z") + (1000 + distance))
			.forEach((action) -> add(environment, action));
		if (id != null) {
			String error = response.path("error").asString("");
			String status = error.contains("completed") ? "COMPLETED"
					: error.contains("aborted") ? "ABORTED" : "PENDING";
			add(environment,
					response.has("counts") ? response : Json.tree(JsonBody.of("id", id).with("status", status)));
		}
	}

	private static void add(Environment environment, JsonNode json) {
		BulkAction action = new BulkAction(json.path("id").asString(), Json.text(json, "name"),
				json.path("type").asString("CANCEL"), List.of(), ReplaySetup.instant(json, "createdAt", CREATED));
		switch (json.path("status").asString("")) {
			case "COMPLETED" -> action.perform((run) -> true, ReplaySetup.instant(json, "completedAt", CREATED));
			case "ABORTED" -> action.abort();
			default -> {
			}
		}
		environment.all(BulkAction.class).put(action.id(), action);
	}

}

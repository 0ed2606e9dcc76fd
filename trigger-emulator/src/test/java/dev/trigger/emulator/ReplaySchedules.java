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

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import dev.trigger.emulator.http.Json;
import dev.trigger.emulator.http.JsonBody;
import dev.trigger.emulator.state.Cron;
import dev.trigger.emulator.state.EmulatorState;
import dev.trigger.emulator.state.Environment;
import dev.trigger.emulator.state.Schedule;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Creates in the emulator the schedules that a recorded response shows.
 */
final class ReplaySchedules {

	private final EmulatorState state;

	private final Environment environment;

	ReplaySchedules(EmulatorState state, Environment environment) {
		this.state = state;
		this.environment = environment;
	}

	void add(@Nullable String id, JsonNode response, Recording recording) {
		String path = recording.path();
		List<JsonNode> oldestFirst = new ArrayList<>();
		response.path("data").forEach((schedule) -> oldestFirst.add(0, schedule));
		int missing = oldestFirst.isEmpty() ? 0
				: response.path("pagination").path("count").asInt(0) - oldestFirst.size();
		int newer = newer(ReplayEntities.query(recording), oldestFirst.size());
		for (int i = 0; i < missing; i++) {
			ObjectNode model = (ObjectNode) oldestFirst.get((i < newer) ? oldestFirst.size() - 1 : 0);
			oldestFirst.add((i < newer) ? oldestFirst.size() : 0, model.deepCopy().put("id", "sched_more" + i));
		}
		oldestFirst.forEach(this::schedule);
		if (id != null && response.path("id").asString(id).equals(id)) {
			schedule((response.has("generator")) ? response
					: Json.tree(JsonBody.of("id", id)
						.with("task", "scheduled-task")
						.with("generator", JsonBody.of("expression", "0 0 * * *"))
						.with("timezone", "UTC")
						.with("type", response.path("type").asString("IMPERATIVE"))
						.with("active", true)));
		}
		else if (response.has("generator") && path.endsWith("/" + Json.text(response, "deduplicationKey"))) {
			schedule(response);
		}
		else if (recording.request().path("method").asString("").equals("DELETE") && response.has("id")) {
			schedule(Json.tree(JsonBody.of("id", response.path("id"))
				.with("task", "scheduled-task")
				.with("deduplicationKey", path.substring(path.lastIndexOf('/') + 1))));
		}
	}

	/**
	 * Return how many things the pages before a recorded one have.
	 */
	private static int newer(Map<String, String> query, int shown) {
		return (ReplayPages.number(query.get("page"), 1) - 1) * ReplayPages.number(query.get("perPage"), shown);
	}

	/**
	 * Create the schedule that triggered a recorded run.
	 */
	void of(JsonNode run) {
		if (run.path("schedule").has("generator")) {
			schedule(((ObjectNode) run.path("schedule")).deepCopy().put("task", run.path("taskIdentifier").asString()));
		}
	}

	private void schedule(JsonNode json) {
		Schedule.Settings settings = new Schedule.Settings(json.path("task").asString(),
				Cron.parse(json.path("generator").path("expression").asString("0 0 * * *")),
				json.path("timezone").asString("UTC"), Json.text(json, "externalId"), Json.text(json, "window"));
		Schedule schedule = new Schedule(this.state, this.environment, json.path("id").asString(),
				json.path("type").asString("").equals("DECLARATIVE"), Json.text(json, "deduplicationKey"), settings);
		schedule.setActive(json.path("active").asBoolean(true));
		this.environment.all(Schedule.class).put(schedule.id(), schedule);
	}

}

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

import java.time.Duration;
import java.util.Set;

import dev.trigger.emulator.http.Json;
import dev.trigger.emulator.state.EmulatorState;
import dev.trigger.emulator.state.RunWaits;
import dev.trigger.emulator.state.StreamStore;
import dev.trigger.emulator.state.TaskRun;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.IntNode;

/**
 * One step of a task that is described by JSON.
 */
@FunctionalInterface
interface ScriptStep {

	/**
	 * Take the step.
	 * @param state the world
	 * @param run the run that executes
	 * @param values what placeholders stand for
	 * @throws Exception when the step fails
	 */
	void execute(EmulatorState state, TaskRun run, JsonNode values) throws Exception;

	static ScriptStep read(String place, JsonNode json) {
		JsonInput input = new JsonInput(place, json, Set.of("wait", "metadata", "progress", "stream"));
		if (json.size() != 1) {
			throw new IllegalArgumentException(
					"'" + place + "' must have exactly one of wait, metadata, progress and stream");
		}
		if (json.has("wait")) {
			Duration duration = input.duration("wait", Duration.ZERO);
			return (state, run, values) -> RunWaits.await(state, run, () -> false, state.now().plus(duration));
		}
		if (json.has("metadata")) {
			JsonNode metadata = json.get("metadata");
			if (!metadata.isObject()) {
				throw new IllegalArgumentException("'" + place + ".metadata' must be an object");
			}
			return (state, run, values) -> Template.fill(metadata, values)
				.properties()
				.forEach((entry) -> put(state, run, entry.getKey(), entry.getValue()));
		}
		return json.has("stream") ? stream(place + ".stream", json.get("stream"))
				: progress(place + ".progress", json.get("progress"));
	}

	private static ScriptStep progress(String place, JsonNode json) {
		JsonInput input = new JsonInput(place, json, Set.of("name", "to", "by", "every"));
		String name = input.text("name", "progress");
		int end = input.number("to", 100, 1, 1_000_000);
		int step = input.number("by", 10, 1, end);
		Duration pause = input.duration("every", Duration.ofMillis(500));
		return (state, run, values) -> {
			for (int value = 0; value < end; value += step) {
				put(state, run, name, IntNode.valueOf(value));
				RunWaits.sleep(state, run, pause);
			}
			put(state, run, name, IntNode.valueOf(end));
		};
	}

	private static ScriptStep stream(String place, JsonNode json) {
		JsonInput input = new JsonInput(place, json, Set.of("name", "parts", "every"));
		String name = input.text("name", "stream");
		Duration pause = input.duration("every", Duration.ofMillis(100));
		JsonNode parts = json.path("parts");
		if (!parts.isArray()) {
			throw new IllegalArgumentException("'" + place + ".parts' must be an array");
		}
		return (state, run, values) -> {
			for (JsonNode part : parts) {
				StreamStore.append(state, run, name, Template.fill(part, values), null);
				RunWaits.sleep(state, run, pause);
			}
		};
	}

	private static void put(EmulatorState state, TaskRun run, String name, JsonNode value) {
		synchronized (state) {
			run.change(run.content().withMetadata(name, Json.tree(value)), state.now());
			state.changed();
		}
	}

}

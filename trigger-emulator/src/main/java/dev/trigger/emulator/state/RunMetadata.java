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

import dev.trigger.emulator.http.Json;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Changes metadata of runs, one operation at a time.
 *
 * @since 1.0.0
 */
public final class RunMetadata {

	/**
	 * From here on not every number is a long.
	 */
	private static final double MAX_LONG = 0x1p63;

	private RunMetadata() {
	}

	/**
	 * Change one entry of the metadata of a run.
	 * @param state the state
	 * @param run the run
	 * @param type {@code set}, {@code delete}, {@code update}, {@code append},
	 * {@code remove} or {@code increment}
	 * @param key the name of the entry
	 * @param value the value
	 */
	public static void change(EmulatorState state, TaskRun run, String type, String key, JsonNode value) {
		synchronized (state) {
			ObjectNode metadata = copy(run);
			apply(metadata, type, key, value);
			run.change(run.content().withMetadata(metadata), state.now());
			state.changed();
		}
	}

	/**
	 * Return the metadata of a run to be changed.
	 * @param run the run
	 * @return a copy, empty if the run has none
	 */
	public static ObjectNode copy(TaskRun run) {
		return (run.metadata() instanceof ObjectNode object) ? object.deepCopy() : Json.object();
	}

	/**
	 * Apply an operation.
	 * @param metadata what to change
	 * @param type the kind of operation
	 * @param key the name of the entry
	 * @param value the value
	 * @return {@code false} for an unknown kind of operation
	 */
	public static boolean apply(ObjectNode metadata, String type, String key, JsonNode value) {
		String name = key.startsWith("$.") ? key.substring(2) : key;
		switch (type) {
			case "set" -> metadata.set(name, value);
			case "delete" -> metadata.remove(name);
			case "update" -> value.properties().forEach((member) -> metadata.set(member.getKey(), member.getValue()));
			case "append" -> array(metadata, name).add(value);
			case "remove" -> remove(array(metadata, name), value);
			case "increment" -> metadata.set(name, Json.tree(number(metadata.path(name), value)));
			default -> {
				return false;
			}
		}
		return true;
	}

	private static Number number(JsonNode current, JsonNode value) {
		double sum = current.asDouble(0) + value.asDouble(0);
		return (sum == Math.rint(sum) && Math.abs(sum) < MAX_LONG) ? (Number) (long) sum : (Number) sum;
	}

	private static ArrayNode array(ObjectNode metadata, String name) {
		JsonNode current = metadata.get(name);
		if (current instanceof ArrayNode array) {
			return array;
		}
		ArrayNode array = metadata.putArray(name);
		if (current != null && !current.isNull()) {
			array.add(current);
		}
		return array;
	}

	private static void remove(ArrayNode array, JsonNode value) {
		for (int i = array.size() - 1; i >= 0; i--) {
			if (array.get(i).equals(value)) {
				array.remove(i);
			}
		}
	}

}

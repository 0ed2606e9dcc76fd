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
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
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
	 * @param type {@code set}, {@code delete}, {@code update} (of everything),
	 * {@code append}, {@code remove} or {@code increment}
	 * @param key the name of the entry
	 * @param value the value
	 */
	public static void change(EmulatorState state, TaskRun run, String type, String key, JsonNode value) {
		synchronized (state) {
			ObjectNode metadata = copy(run);
			if (apply(metadata, type, key, value)) {
				run.change(run.content().withMetadata(metadata), state.now());
				state.changed();
			}
		}
	}

	/**
	 * Return what operations make of the metadata of a run.
	 * @param run the run, which stays as it is
	 * @param operations the operations, each with its type, key and value
	 * @return the metadata, {@code null} if no operation applies
	 */
	public static @Nullable ObjectNode changed(TaskRun run, JsonNode operations) {
		ObjectNode metadata = copy(run);
		boolean applied = false;
		for (JsonNode operation : operations) {
			applied |= apply(metadata, operation.path("type").asString(), operation.path("key").asString(""),
					operation.path("value"));
		}
		return applied ? metadata : null;
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
	 * Set several entries of the metadata of a run at once.
	 * @param state the state
	 * @param run the run
	 * @param entries the entries
	 */
	public static void merge(EmulatorState state, TaskRun run, ObjectNode entries) {
		synchronized (state) {
			ObjectNode metadata = copy(run);
			metadata.setAll(entries);
			run.change(run.content().withMetadata(metadata), state.now());
			state.changed();
		}
	}

	/**
	 * Apply an operation.
	 * @param metadata what to change
	 * @param type the kind of operation
	 * @param key the name of the entry, or the path of a value that begins with
	 * {@code "$."}
	 * @param value the value
	 * @return {@code false} for one that takes something off what is no list
	 */
	private static boolean apply(ObjectNode metadata, String type, String key, JsonNode value) {
		MetadataPlace place = MetadataPlace.find(metadata, key);
		JsonNode current = place.get();
		switch (type) {
			case "set" -> place.set(value);
			case "delete" -> metadata.remove(key);
			case "update" -> metadata.removeAll().setAll((ObjectNode) value);
			case "append" -> place.set(appended(current, value));
			case "remove" -> {
				if (!(current instanceof ArrayNode array)) {
					return false;
				}
				remove(array, value);
			}
			case "increment" -> place.set(Json.tree(sum(current, value)));
			default -> throw new IllegalArgumentException("Unknown kind of operation: " + type);
		}
		return true;
	}

	private static Number sum(@Nullable JsonNode current, JsonNode value) {
		double sum = value.asDouble(0) + ((current != null && current.isNumber()) ? current.asDouble() : 0);
		return (sum == Math.rint(sum) && Math.abs(sum) < MAX_LONG) ? (Number) (long) sum : (Number) sum;
	}

	/**
	 * Return a list with one more element. What is no list becomes its first one.
	 */
	private static ArrayNode appended(@Nullable JsonNode current, JsonNode value) {
		ArrayNode list = (current instanceof ArrayNode array) ? array.deepCopy() : JsonNodeFactory.instance.arrayNode();
		if (current != null && !current.isArray()) {
			list.add(current);
		}
		return list.add(value);
	}

	private static void remove(ArrayNode array, JsonNode value) {
		for (int i = array.size() - 1; i >= 0; i--) {
			if (array.get(i).equals(value)) {
				array.remove(i);
			}
		}
	}

}

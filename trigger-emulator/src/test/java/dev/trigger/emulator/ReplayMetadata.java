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

import dev.trigger.emulator.http.Json;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the metadata of a run was before recorded operations.
 */
final class ReplayMetadata {

	private ReplayMetadata() {
	}

	/**
	 * Take operations back. What can't be told stays as it is after them.
	 * @param after the metadata after the operations
	 * @param operations the operations
	 * @return metadata from which they lead there
	 */
	static ObjectNode before(JsonNode after, JsonNode operations) {
		ObjectNode metadata = (ObjectNode) after.deepCopy();
		List<JsonNode> latestFirst = operations.valueStream().toList();
		for (int i = latestFirst.size() - 1; i >= 0; i--) {
			takeBack(latestFirst.get(i), metadata);
		}
		return metadata;
	}

	private static void takeBack(JsonNode operation, ObjectNode metadata) {
		String path = operation.path("key").asString("").replaceFirst("^\\$\\.", "");
		ObjectNode holder = metadata;
		String[] names = path.split("\\.");
		for (int i = 0; i < names.length - 1; i++) {
			if (!(holder.get(names[i]) instanceof ObjectNode inner)) {
				return;
			}
			holder = inner;
		}
		String name = names[names.length - 1];
		JsonNode value = holder.path(name);
		switch (operation.path("type").asString("")) {
			case "increment" -> {
				if (value.isNumber()) {
					holder.set(name, Json.tree(value.doubleValue() - operation.path("value").asDouble(0)));
				}
			}
			case "append" -> {
				if (value instanceof ArrayNode list && !list.isEmpty()) {
					list.remove(list.size() - 1);
				}
			}
			default -> {
			}
		}
	}

}

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
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

import dev.trigger.emulator.http.Json;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Completes a recorded page of a list: where its cursors say that there is more before or
 * after it, there is.
 */
final class ReplayPages {

	private ReplayPages() {
	}

	/**
	 * Return the items that the list must have had.
	 * @param recording the recording
	 * @param size the size of a page unless the request names one
	 * @param filler returns the identifier of an item that was not recorded, by that of
	 * the nearest one and its distance, negative for older ones
	 * @return the items, oldest first
	 */
	static List<JsonNode> oldestFirst(Recording recording, int size, BiFunction<String, Integer, String> filler) {
		JsonNode response = recording.responseOrEmpty();
		List<JsonNode> items = new ArrayList<>();
		response.path("data").forEach(items::add);
		if (items.isEmpty()) {
			return items;
		}
		Map<String, String> query = ReplayEntities.query(recording);
		boolean backward = query.containsKey("page[before]");
		Collections.reverse(items);
		JsonNode oldest = items.get(0);
		JsonNode newest = items.get(items.size() - 1);
		int missing = number(query.get("page[size]"), size) - items.size() + 1;
		if (response.path("pagination").has("next") || backward) {
			for (int i = 1; i <= missing; i++) {
				items.add(0, copy(oldest, filler, -i));
			}
		}
		if (backward && response.path("pagination").has("previous")) {
			for (int i = 1; i <= missing; i++) {
				items.add(copy(newest, filler, i));
			}
		}
		return items;
	}

	/**
	 * Read a number of a request.
	 * @param text the text, or {@code null}
	 * @param otherwise the number if the text is none
	 * @return the number
	 */
	static int number(@Nullable String text, int otherwise) {
		return (text != null && text.matches("\\d{1,4}")) ? Integer.parseInt(text) : otherwise;
	}

	private static JsonNode copy(JsonNode item, BiFunction<String, Integer, String> filler, int distance) {
		ObjectNode copy = ((ObjectNode) item).deepCopy();
		copy.put("id", filler.apply(item.path("id").asString(), distance));
		if (item.has("createdAt")) {
			copy.put("createdAt", Json.instant(Instant.parse(item.path("createdAt").asString()).plusSeconds(distance)));
		}
		return copy;
	}

}

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

package dev.trigger.spring.contract;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Says what a subscriber has to get of responses of a feed.
 */
final class RecordedFeed {

	private final Map<String, ObjectNode> rows = new LinkedHashMap<>();

	private final Map<String, @Nullable ObjectNode> emitted = new LinkedHashMap<>();

	private final Map<String, ObjectNode> changed = new LinkedHashMap<>();

	private final List<JsonNode> runs = new ArrayList<>();

	private final boolean ends;

	private boolean ended;

	/**
	 * Create a feed.
	 * @param ends whether it ends with a final status
	 */
	RecordedFeed(boolean ends) {
		this.ends = ends;
	}

	void accept(RecordedResponse response) {
		for (JsonNode message : response.messages()) {
			String control = message.path("headers").path("control").asString("");
			if (control.equals("must-refetch")) {
				this.rows.clear();
				this.changed.clear();
			}
			else if (message.has("key")) {
				change(message);
			}
		}
		if (response.isUpToDate()) {
			this.changed.forEach(this::emit);
			this.changed.clear();
		}
	}

	private void change(JsonNode message) {
		String key = message.get("key").asString();
		String operation = message.path("headers").path("operation").asString("");
		if (operation.equals("delete")) {
			this.rows.remove(key);
			this.changed.remove(key);
			return;
		}
		ObjectNode value = (ObjectNode) message.path("value").deepCopy();
		ObjectNode known = this.rows.get(key);
		if (known != null && operation.equals("update")) {
			ObjectNode merged = known.deepCopy();
			merged.setAll(value);
			value = merged;
		}
		this.rows.put(key, value);
		this.changed.remove(key);
		this.changed.put(key, value);
	}

	private void emit(String key, ObjectNode row) {
		if (!this.ended && !row.equals(this.emitted.put(key, row))) {
			this.runs.add(RecordedRow.toRun(row));
			this.ended = this.ends && RecordedRow.isFinal(row);
		}
	}

	List<JsonNode> runs() {
		return this.runs;
	}

	boolean hasEnded() {
		return this.ended;
	}

}

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
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Says what a reader has to get of a response with server-sent events.
 */
final class RecordedStream {

	private RecordedStream() {
	}

	/**
	 * Return the parts.
	 * @param response the response
	 * @return the value and the id of each part
	 */
	static List<String> parts(RecordedResponse response) {
		boolean batches = response.json().path("headers").path("x-stream-version").asString("").equals("v2");
		List<String> parts = new ArrayList<>();
		Set<String> seen = new HashSet<>();
		for (String event : response.text().split("\n\n")) {
			String name = "";
			String id = "";
			String data = null;
			for (String line : event.split("\n")) {
				if (line.startsWith("event:")) {
					name = line.substring(6).strip();
				}
				else if (line.startsWith("id:")) {
					id = line.substring(3).strip();
				}
				else if (line.startsWith("data:")) {
					data = ((data != null) ? data + "\n" : "") + line.substring(5).strip();
				}
			}
			if (data != null && !batches) {
				parts.add(part(id, json(data)));
			}
			else if (data != null && name.equals("batch")) {
				Contract.json(data).path("records").forEach((item) -> addRecord(item, seen, parts));
			}
		}
		return parts;
	}

	private static void addRecord(JsonNode item, Set<String> seen, List<String> parts) {
		boolean command = item.path("headers").path(0).path(0).asString("x").isEmpty();
		JsonNode body = json(item.path("body").asString("{}"));
		if (!command && (!body.has("id") || seen.add(body.get("id").asString()))) {
			parts.add(part(item.path("seq_num").asString(), body.path("data")));
		}
	}

	static String part(String id, JsonNode value) {
		return id + " " + (value.isMissingNode() ? "null" : value);
	}

	private static JsonNode json(String text) {
		try {
			return Contract.json(text);
		}
		catch (JacksonException ex) {
			return JsonNodeFactory.instance.stringNode(text);
		}
	}

}

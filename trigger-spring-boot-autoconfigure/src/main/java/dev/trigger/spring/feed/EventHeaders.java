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

package dev.trigger.spring.feed;

import java.util.AbstractMap;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import tools.jackson.databind.JsonNode;

/**
 * The headers of a record: pairs of a name and a value.
 *
 * @since 1.0.0
 */
public final class EventHeaders {

	private EventHeaders() {
	}

	/**
	 * Read headers.
	 * @param pairs an array of arrays
	 * @return the headers in their order; what is no pair is left out
	 */
	public static List<Map.Entry<String, String>> read(JsonNode pairs) {
		List<Map.Entry<String, String>> headers = new ArrayList<>();
		for (JsonNode pair : pairs) {
			if (pair.isArray() && pair.size() >= 2) {
				// an entry of Map.entry can't be serialized
				headers.add(new AbstractMap.SimpleImmutableEntry<>(pair.get(0).asString(""), pair.get(1).asString("")));
			}
		}
		return headers;
	}

}

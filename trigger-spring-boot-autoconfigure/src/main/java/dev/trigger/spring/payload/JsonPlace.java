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

package dev.trigger.spring.payload;

import java.util.List;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A place in a tree of JSON, whose value can be replaced.
 *
 * @param container the object or array that holds the value
 * @param name the name or index of the value
 * @param depth how many objects and arrays are around the value, 0 for the root
 */
record JsonPlace(JsonNode container, String name, int depth) {

	private static final int MAX_INDEX_DIGITS = 9;

	/**
	 * Return the place of a whole tree.
	 */
	static JsonPlace root(JsonNode value) {
		return new JsonPlace(JsonNodeFactory.instance.arrayNode(1).add(value), "0", 0);
	}

	/**
	 * Follow a path of names and indices to a place inside.
	 * @return the place, {@code null} if there is none
	 */
	@Nullable JsonPlace follow(List<String> path) {
		JsonPlace place = this;
		for (String name : path) {
			JsonNode container = place.value();
			if (child(container, name) == null) {
				return null;
			}
			place = new JsonPlace(container, name, place.depth + 1);
		}
		return place;
	}

	JsonNode value() {
		JsonNode value = child(this.container, this.name);
		return (value != null) ? value : JsonNodeFactory.instance.missingNode();
	}

	/**
	 * Replace the value; one that is missing disappears from an object, and becomes
	 * {@code null} in an array, as JavaScript has it.
	 */
	void set(JsonNode value) {
		if (this.container instanceof ObjectNode object) {
			if (value.isMissingNode()) {
				object.remove(this.name);
			}
			else {
				object.set(this.name, value);
			}
		}
		else if (this.container instanceof ArrayNode array) {
			boolean absent = value.isMissingNode() && this.depth > 0;
			array.set(Integer.parseInt(this.name), absent ? JsonNodeFactory.instance.nullNode() : value);
		}
	}

	private static @Nullable JsonNode child(JsonNode container, String name) {
		if (container.isObject()) {
			return container.get(name);
		}
		return (container.isArray() && isIndex(name)) ? container.get(Integer.parseInt(name)) : null;
	}

	private static boolean isIndex(String name) {
		return !name.isEmpty() && name.length() <= MAX_INDEX_DIGITS
				&& name.chars().allMatch((character) -> character >= '0' && character <= '9');
	}

}

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

package dev.trigger.spring.contracts;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Whether two schemas say the same about which payloads are valid, apart from the order
 * of their keywords. It follows references.
 */
final class SchemaEquality {

	private static final Set<String> VALUES = Set.of("const", "enum");

	/**
	 * What has schemas by names, which are no keywords.
	 */
	private static final Set<String> MAPS = Set.of("dependencies", "dependentSchemas", "patternProperties",
			"properties");

	private final JsonNode before;

	private final JsonNode after;

	/**
	 * By the places of references. A pair that is being compared counts as equal: a
	 * schema may contain itself.
	 */
	private final Map<List<JsonNode>, Boolean> known = new HashMap<>();

	/**
	 * Create a comparison.
	 * @param before what the references of the first schema refer to
	 * @param after what the references of the second schema refer to
	 */
	SchemaEquality(JsonNode before, JsonNode after) {
		this.before = before;
		this.after = after;
	}

	/**
	 * Return whether two values of a keyword say the same.
	 */
	boolean test(String keyword, JsonNode from, JsonNode to) {
		return VALUES.contains(keyword) ? from.equals(to)
				: MAPS.contains(keyword) ? compare(from, to, true) : test(from, to);
	}

	/**
	 * Return whether two schemas say the same.
	 */
	boolean test(JsonNode from, JsonNode to) {
		JsonNode target = Schemas.resolve(this.before, from);
		JsonNode other = Schemas.resolve(this.after, to);
		if (target == from && other == to) {
			return compare(from, to, false);
		}
		List<JsonNode> pair = List.of(from, to);
		Boolean present = this.known.putIfAbsent(pair, true);
		if (present == null) {
			this.known.put(pair, testBesideReferences(from, to) && compare(target, other, false));
		}
		return this.known.getOrDefault(pair, false);
	}

	/**
	 * Return whether what stands beside references is the same.
	 */
	boolean testBesideReferences(JsonNode from, JsonNode to) {
		return compare(besideReference(from), besideReference(to), false);
	}

	private static JsonNode besideReference(JsonNode schema) {
		return schema.has("$ref") ? schema : JsonNodeFactory.instance.objectNode();
	}

	private boolean compare(JsonNode from, JsonNode to, boolean map) {
		if (from.isArray() && to.isArray()) {
			if (from.size() != to.size()) {
				return false;
			}
			for (int i = 0; i < from.size(); i++) {
				if (!test(from.path(i), to.path(i))) {
					return false;
				}
			}
			return true;
		}
		if (!from.isObject() || !to.isObject()) {
			return from.equals(to);
		}
		Set<String> names = new TreeSet<>(from.propertyNames());
		names.addAll(to.propertyNames());
		if (!map) {
			names.removeAll(Schemas.ANNOTATIONS);
		}
		for (String name : names) {
			boolean same = map ? test(from.path(name), to.path(name)) : test(name, from.path(name), to.path(name));
			if (!same) {
				return false;
			}
		}
		return true;
	}

}

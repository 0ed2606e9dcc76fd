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

package dev.trigger.spring.contracts.generator;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Schemas at and beyond the limits of class files, which are too large to be kept.
 */
final class LargeSchemas {

	private static final Map<String, Object> TEXT = Map.of("type", "string");

	private static final Map<String, Object> INTEGER = Map.of("type", "integer");

	private LargeSchemas() {
	}

	static JsonNode all() {
		Map<String, Object> schemas = new TreeMap<>();
		schemas.put("properties-500", object(names(500), TEXT));
		schemas.put("properties-253", object(names(253), TEXT));
		schemas.put("properties-254", object(names(254), TEXT));
		schemas.put("longs-126", object(names(126), INTEGER));
		schemas.put("longs-127", object(names(127), INTEGER));
		schemas.put("enum-2000", Map.of("enum", names(2000).toList()));
		schemas.put("enum-huge", Map.of("enum", List.of("x".repeat(70_000), "small")));
		schemas.put("literal-huge", object(Stream.of("kind"), Map.of("const", "x".repeat(70_000))));
		schemas.put("description-huge", Map.of("description", "A huge text. ".repeat(20_000), "type", "object",
				"properties", Map.of("a", Map.of("type", "string", "description", "huge".repeat(50_000)))));
		schemas.put("name-huge", object(Stream.of("n".repeat(40_000)), TEXT));
		schemas.put("pattern-huge", object(Stream.of("p"), Map.of("type", "string", "pattern", "a".repeat(70_000))));
		schemas.put("t".repeat(300), object(Stream.of("a"), TEXT));
		Map<String, Object> deep = TEXT;
		for (int i = 0; i < 200; i++) {
			deep = object(Stream.of("a"), deep);
		}
		schemas.put("depth-200", deep);
		schemas.put("references-doubling", doubling());
		return JsonMapper.shared().valueToTree(schemas);
	}

	/**
	 * Each of 30 definitions has two alternatives, which both refer to the next one: a
	 * billion ways.
	 */
	private static Map<String, Object> doubling() {
		Map<String, Object> definitions = new TreeMap<>();
		for (int i = 0; i < 30; i++) {
			List<Object> next = List.of(Map.of("$ref", "#/definitions/a" + (i + 1)),
					Map.of("$ref", "#/definitions/b" + (i + 1)));
			definitions.put("a" + i, Map.of("anyOf", next));
			definitions.put("b" + i, Map.of("anyOf", next));
		}
		definitions.put("a30", TEXT);
		definitions.put("b30", INTEGER);
		return Map.of("$ref", "#/definitions/a0", "definitions", definitions);
	}

	private static Stream<String> names(int count) {
		return IntStream.range(0, count).mapToObj((i) -> "name" + i);
	}

	private static Map<String, Object> object(Stream<String> names, Object property) {
		Map<String, Object> properties = names.collect(Collectors.toMap((name) -> name, (name) -> property));
		return Map.of("type", "object", "properties", properties, "required", properties.keySet(),
				"additionalProperties", false);
	}

}

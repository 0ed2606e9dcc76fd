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

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Combines the schemas of {@code allOf}, as far as they are of objects.
 */
final class SchemaMerger {

	private static final Set<String> MERGED = Set.of("$comment", "$schema", "additionalProperties", "default",
			"description", "examples", "properties", "required", "title", "type");

	private final SchemaReader schemas;

	SchemaMerger(SchemaReader schemas) {
		this.schemas = schemas;
	}

	/**
	 * Combine a schema with those in its {@code allOf}.
	 * @return a schema that says the same, {@code null} if there is none that could be
	 * expressed
	 */
	@Nullable JsonNode merge(JsonNode schema, String pointer) {
		ObjectNode rest = ((ObjectNode) schema).deepCopy();
		rest.remove("allOf");
		List<JsonNode> parts = new ArrayList<>();
		schema.path("allOf").forEach((part) -> parts.add(this.schemas.resolve(part)));
		parts.removeIf(Schemas::isEverything);
		if (parts.size() == 1 && isAnnotated(rest)) {
			return annotated(parts.get(0), rest);
		}
		if (!rest.isEmpty()) {
			parts.add(rest);
		}
		ObjectNode merged = JsonNodeFactory.instance.objectNode();
		merged.put("type", "object");
		ObjectNode properties = merged.putObject("properties");
		ArrayNode required = merged.putArray("required");
		for (JsonNode part : parts) {
			if (!part.isObject() || !MERGED.containsAll(part.propertyNames()) || !isObject(part)) {
				return null;
			}
			for (String name : part.path("properties").propertyNames()) {
				JsonNode property = part.path("properties").path(name);
				if (properties.has(name) && !properties.path(name).equals(property)) {
					return null;
				}
				properties.set(name, property);
			}
			part.path("required").forEach(required::add);
			copy(part, merged, "description", "title");
		}
		return close(parts, merged) ? merged : null;
	}

	private static boolean isObject(JsonNode part) {
		return part.path("type").asString("object").equals("object");
	}

	/**
	 * Whether a part refuses the properties of another decides whether there is any valid
	 * value.
	 */
	private static boolean close(List<JsonNode> parts, ObjectNode merged) {
		for (JsonNode part : parts) {
			JsonNode additional = part.path("additionalProperties");
			if (Schemas.isNothing(additional)) {
				if (!part.path("properties").propertyNames().containsAll(merged.path("properties").propertyNames())) {
					return false;
				}
				merged.put("additionalProperties", false);
			}
			else if (!Schemas.isEverything(additional)) {
				return false;
			}
		}
		return true;
	}

	private static boolean isAnnotated(JsonNode rest) {
		return Set.of("$comment", "$schema", "default", "definitions", "$defs", "description", "examples", "title")
			.containsAll(rest.propertyNames());
	}

	private static JsonNode annotated(JsonNode part, ObjectNode rest) {
		if (!part.isObject() || Schemas.isRef(part)) {
			return part;
		}
		ObjectNode annotated = ((ObjectNode) part).deepCopy();
		copy(rest, annotated, "description", "title", "default");
		return annotated;
	}

	private static void copy(JsonNode from, ObjectNode to, String... keywords) {
		for (String keyword : keywords) {
			if (from.has(keyword)) {
				to.set(keyword, from.path(keyword));
			}
		}
	}

}

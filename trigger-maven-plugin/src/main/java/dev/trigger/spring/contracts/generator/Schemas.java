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

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Reads keywords of schemas.
 */
final class Schemas {

	/**
	 * Longest text that becomes a literal. Class files have a limit of 65,535 bytes.
	 */
	static final int MAX_LITERAL = 4000;

	private Schemas() {
	}

	static @Nullable String text(JsonNode schema, String keyword) {
		JsonNode value = schema.path(keyword);
		return value.isString() ? value.stringValue() : null;
	}

	static List<String> texts(JsonNode node) {
		List<String> texts = new ArrayList<>();
		if (node.isString()) {
			texts.add(node.stringValue());
		}
		else if (node.isArray()) {
			for (JsonNode element : node) {
				if (element.isString() && !texts.contains(element.stringValue())) {
					texts.add(element.stringValue());
				}
			}
		}
		return texts;
	}

	/**
	 * Return the values that a schema lists, empty if it lists none.
	 */
	static List<JsonNode> values(JsonNode schema) {
		if (schema.has("const")) {
			return List.of(schema.path("const"));
		}
		List<JsonNode> values = new ArrayList<>();
		schema.path("enum").forEach(values::add);
		return values;
	}

	static boolean isRef(JsonNode schema) {
		return schema.path("$ref").isString();
	}

	static boolean isEverything(JsonNode schema) {
		return schema.isMissingNode() || (schema.isBoolean() && schema.booleanValue())
				|| (schema.isObject() && schema.isEmpty());
	}

	static boolean isNothing(JsonNode schema) {
		return schema.isBoolean() && !schema.booleanValue();
	}

	/**
	 * Escape a name for a JSON pointer.
	 */
	static String escape(String name) {
		return name.replace("~", "~0").replace("/", "~1");
	}

}

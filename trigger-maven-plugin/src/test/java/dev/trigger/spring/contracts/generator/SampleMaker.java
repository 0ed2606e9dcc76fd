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

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Makes values that a schema allows, most of the time.
 */
final class SampleMaker {

	private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

	private final JsonNode root;

	private final Random random;

	SampleMaker(JsonNode root, Random random) {
		this.root = root;
		this.random = random;
	}

	JsonNode make() {
		return make(this.root, 0);
	}

	private JsonNode make(JsonNode schema, int depth) {
		if (schema.has("$ref") && depth < 60) {
			String reference = schema.path("$ref").stringValue();
			return make(reference.startsWith("#") ? this.root.at(reference.substring(1)) : NODES.missingNode(),
					depth + 1);
		}
		if (schema.has("const")) {
			return schema.path("const");
		}
		for (String keyword : List.of("enum", "anyOf", "oneOf")) {
			JsonNode choices = schema.path(keyword);
			if (!choices.isEmpty() && !schema.has("properties")) {
				// the last ones when it gets deep: recursion ends there, if anywhere
				JsonNode choice = choices.path((depth > 10) ? 0 : this.random.nextInt(choices.size()));
				return keyword.equals("enum") ? choice : make(choice, depth + 1);
			}
		}
		if (schema.has("allOf")) {
			ObjectNode merged = NODES.objectNode();
			for (JsonNode part : schema.path("allOf")) {
				JsonNode value = make(part, depth + 1);
				if (!value.isObject()) {
					return value;
				}
				merged.setAll((ObjectNode) value);
			}
			return merged;
		}
		JsonNode type = schema.path("type");
		String name = type.isArray() ? type.path(this.random.nextInt(type.size())).asString()
				: type.asString(schema.has("properties") ? "object" : "any");
		return switch (name) {
			case "string" -> text(schema);
			case "integer" -> integer(schema);
			case "number" -> number(schema);
			case "boolean" -> NODES.booleanNode(this.random.nextBoolean());
			case "null" -> NODES.nullNode();
			case "array" -> array(schema, depth);
			case "object" -> object(schema, depth);
			default -> anything(depth);
		};
	}

	private JsonNode anything(int depth) {
		return switch (this.random.nextInt((depth > 10) ? 4 : 6)) {
			case 0 -> NODES.stringNode(letters(this.random.nextInt(5)));
			case 1 -> NODES.numberNode(this.random.nextInt());
			case 2 -> NODES.booleanNode(true);
			case 3 -> NODES.numberNode(new BigDecimal("0.1"));
			case 4 -> NODES.arrayNode().add(anything(depth + 1));
			default -> NODES.objectNode().set(letters(3), anything(depth + 1));
		};
	}

	private JsonNode text(JsonNode schema) {
		return NODES.stringNode(switch (schema.path("format").asString("")) {
			case "date-time" -> Instant.ofEpochMilli(this.random.nextLong(4_000_000_000_000L)).toString();
			case "date" -> LocalDate.ofEpochDay(this.random.nextInt(40_000)).toString();
			case "uuid" -> new UUID(this.random.nextLong(), this.random.nextLong()).toString();
			case "uri" -> "https://example.com/" + letters(4) + "?q=%C3%BC#" + letters(2);
			case "email" -> letters(4) + "@example.com";
			case "ipv4" -> "192.0.2." + this.random.nextInt(256);
			case "time" -> "12:00:00Z";
			default ->
				(schema.path("pattern").asString("").equals("^\\d{5}$")) ? "" + (10_000 + this.random.nextInt(90_000))
						: letters(schema.path("minLength").asInt(0) + this.random.nextInt(4));
		});
	}

	private String letters(int length) {
		StringBuilder text = new StringBuilder();
		for (int i = 0; i < length; i++) {
			text.append((char) ('a' + this.random.nextInt(26)));
		}
		return text.toString();
	}

	private JsonNode integer(JsonNode schema) {
		BigInteger low = schema.path("minimum").isNumber() ? schema.path("minimum").bigIntegerValue()
				: BigInteger.valueOf(schema.path("exclusiveMinimum").asLong(-1000) + 1);
		BigInteger high = schema.path("maximum").isNumber() ? schema.path("maximum").bigIntegerValue()
				: low.add(BigInteger.valueOf(Long.MAX_VALUE / 4));
		BigInteger value = new BigInteger(high.subtract(low).bitLength(), this.random);
		return NODES.numberNode(low.add(value.mod(high.subtract(low).add(BigInteger.ONE))));
	}

	private JsonNode number(JsonNode schema) {
		double value = schema.path("exclusiveMaximum").isNumber() ? this.random.nextDouble()
				: this.random.nextInt(3) * this.random.nextDouble() * 1000;
		return NODES.numberNode(BigDecimal.valueOf(value));
	}

	private JsonNode array(JsonNode schema, int depth) {
		ArrayNode array = NODES.arrayNode();
		if (schema.path("items").isArray()) {
			schema.path("items").forEach((item) -> array.add(make(item, depth + 1)));
			return array;
		}
		int size = schema.path("minItems").asInt(0) + ((depth > 6) ? 0 : this.random.nextInt(3));
		for (int i = 0; i < size; i++) {
			array.add(make(schema.path("items"), depth + 1));
		}
		return array;
	}

	private JsonNode object(JsonNode schema, int depth) {
		ObjectNode object = NODES.objectNode();
		List<String> required = new ArrayList<>();
		schema.path("required").forEach((name) -> required.add(name.asString()));
		schema.path("properties").properties().forEach((property) -> {
			if (required.contains(property.getKey()) || (depth < 8 && this.random.nextBoolean())) {
				object.set(property.getKey(), make(property.getValue(), depth + 1));
			}
		});
		JsonNode additional = schema.path("additionalProperties");
		boolean map = schema.path("properties").isEmpty() && !schema.has("additionalProperties");
		if (additional.isObject() || map) {
			for (int i = this.random.nextInt(3) + schema.path("minProperties").asInt(0); i > 0; i--) {
				object.set(letters(1) + i, make(additional, depth + 1));
			}
		}
		required.stream().filter((name) -> !object.has(name)).forEach((name) -> object.set(name, anything(depth)));
		return object;
	}

}

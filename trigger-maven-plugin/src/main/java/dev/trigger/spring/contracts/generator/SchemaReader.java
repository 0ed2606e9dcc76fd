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
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

import dev.trigger.spring.contracts.generator.Shape.Choice;
import dev.trigger.spring.contracts.generator.Shape.Items;
import dev.trigger.spring.contracts.generator.Shape.Tuple;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads a schema (draft-07) as shapes. A part that Java has no type for becomes
 * {@link Scalar#ANY}, and is reported with its place.
 */
final class SchemaReader {

	/**
	 * How deep schemas may be nested. Deeper types have no names that anyone would write.
	 */
	private static final int MAX_DEPTH = 40;

	/**
	 * Keywords that limit a value by something else than its type. The value can be
	 * written, but nobody checks the limit.
	 */
	private static final List<String> UNCHECKED = List.of("not", "if", "dependencies", "dependentRequired",
			"dependentSchemas", "contains", "propertyNames", "unevaluatedProperties");

	/**
	 * How many parts a schema may have, with those that it refers to more than once.
	 */
	private static final int MAX_PARTS = 20_000;

	private final JsonNode root;

	private final Consumer<String> warnings;

	private final Map<String, Slot> definitions = new HashMap<>();

	private final Map<Shape, String> definitionNames = new IdentityHashMap<>();

	private final Set<String> open = new HashSet<>();

	private final ObjectReader objects = new ObjectReader(this);

	private final UnionReader unions = new UnionReader(this);

	private int count;

	SchemaReader(JsonNode root, Consumer<String> warnings) {
		this.root = root;
		this.warnings = warnings;
	}

	Slot read() {
		return read(this.root, "#", 0);
	}

	/**
	 * Return the name under which a schema is defined that others refer to.
	 */
	@Nullable String definitionName(Shape shape) {
		return this.definitionNames.get(shape);
	}

	/**
	 * Read a schema as a shape of its own, also if others refer to it.
	 */
	Slot readOwn(JsonNode schema, String pointer, int depth) {
		if (!Schemas.isRef(schema)) {
			return read(schema, pointer, depth);
		}
		String reference = schema.path("$ref").stringValue();
		JsonNode target = resolve(reference);
		if (target == null) {
			return reference(reference, pointer, depth);
		}
		if (!this.open.add(reference)) {
			return Slot.ANY;
		}
		Slot slot = readOwn(target, reference, depth + 1);
		this.open.remove(reference);
		return slot;
	}

	Slot read(JsonNode schema, String pointer, int depth) {
		if (Schemas.isEverything(schema)) {
			return Slot.ANY;
		}
		if (++this.count > MAX_PARTS) {
			return any(pointer, "is one of more than " + MAX_PARTS + " parts");
		}
		if (!schema.isObject()) {
			return any(pointer, Schemas.isNothing(schema) ? "allows no value" : "is no schema");
		}
		if (depth > MAX_DEPTH) {
			return any(pointer, "is nested more than " + MAX_DEPTH + " levels deep");
		}
		if (Schemas.isRef(schema)) {
			return reference(schema.path("$ref").stringValue(), pointer, depth);
		}
		for (String keyword : UNCHECKED) {
			if (schema.has(keyword)) {
				warn(pointer + "/" + keyword, "is not expressed: values are not checked against it");
			}
		}
		if (schema.has("allOf")) {
			JsonNode merged = new SchemaMerger(this).merge(schema, pointer);
			return (merged != null) ? read(merged, pointer, depth + 1) : any(pointer + "/allOf", "can't be combined");
		}
		if (schema.has("enum") || schema.has("const")) {
			return values(schema, pointer);
		}
		for (String keyword : List.of("anyOf", "oneOf")) {
			if (schema.path(keyword).isArray()) {
				return this.unions.read(schema, keyword, pointer, depth);
			}
		}
		return typed(schema, pointer, depth);
	}

	private Slot reference(String reference, String pointer, int depth) {
		JsonNode target = resolve(reference);
		if (target == null) {
			return any(pointer + "/$ref", "refers to something outside of the schema, or to nothing");
		}
		Slot known = this.definitions.get(reference);
		if (known != null) {
			return known;
		}
		if (!this.open.add(reference) || reference.equals("#")) {
			return Slot.ANY;
		}
		Slot slot = read(target, reference, depth + 1);
		this.open.remove(reference);
		this.definitions.put(reference, slot);
		this.definitionNames.putIfAbsent(slot.shape(), reference.substring(reference.lastIndexOf('/') + 1));
		return slot;
	}

	/**
	 * Return the schema that a reference leads to, {@code null} if it is none of this
	 * document.
	 */
	@Nullable JsonNode resolve(String reference) {
		if (!reference.equals("#") && !reference.startsWith("#/")) {
			return null;
		}
		JsonNode target = this.root.at(reference.substring(1).replace("%25", "%").replace("%20", " "));
		return target.isMissingNode() ? null : target;
	}

	/**
	 * Follow references until there is a schema.
	 */
	JsonNode resolve(JsonNode schema) {
		JsonNode resolved = schema;
		for (int i = 0; i < MAX_DEPTH && Schemas.isRef(resolved); i++) {
			JsonNode target = resolve(resolved.path("$ref").stringValue());
			if (target == null) {
				return resolved;
			}
			resolved = target;
		}
		return resolved;
	}

	private Slot values(JsonNode schema, String pointer) {
		List<JsonNode> values = new ArrayList<>(Schemas.values(schema));
		boolean nullable = values.removeIf(JsonNode::isNull);
		if (values.isEmpty()) {
			return nullable ? new Slot(Scalar.ANY, true) : any(pointer + "/enum", "allows no value");
		}
		if (values.stream().allMatch(JsonNode::isString)) {
			List<String> texts = values.stream().map(JsonNode::stringValue).distinct().toList();
			return new Slot(new Choice(texts, Schemas.text(schema, "description")), nullable);
		}
		if (values.stream().allMatch((value) -> value.isIntegralNumber() && value.canConvertToLong())) {
			return new Slot(Scalar.INTEGER, nullable);
		}
		if (values.stream().allMatch(JsonNode::isNumber)) {
			return new Slot(Scalar.NUMBER, nullable);
		}
		if (values.stream().allMatch(JsonNode::isBoolean)) {
			return new Slot(Scalar.BOOLEAN, nullable);
		}
		return any(pointer + "/enum", "has values of several types").orNull(nullable);
	}

	private Slot typed(JsonNode schema, String pointer, int depth) {
		List<String> types = new ArrayList<>(Schemas.texts(schema.path("type")));
		boolean nullable = types.remove("null");
		if (types.contains("number")) {
			types.remove("integer");
		}
		if (types.isEmpty() && nullable) {
			return new Slot(Scalar.ANY, true);
		}
		if (types.isEmpty()) {
			String type = schema.has("properties") ? "object" : schema.has("items") ? "array" : null;
			if (type == null) {
				return Slot.ANY;
			}
			warn(pointer, "has no type: taken for an " + type);
			types.add(type);
		}
		if (types.size() > 1) {
			List<JsonNode> alternatives = types.stream().map((type) -> ofType(schema, type)).toList();
			return this.unions.read(alternatives, pointer, depth, Schemas.text(schema, "description")).orNull(nullable);
		}
		return ofType(schema, types.get(0), pointer, depth).orNull(nullable);
	}

	private static JsonNode ofType(JsonNode schema, String type) {
		ObjectNode copy = ((ObjectNode) schema).deepCopy();
		copy.put("type", type);
		copy.remove("description");
		return copy;
	}

	private Slot ofType(JsonNode schema, String type, String pointer, int depth) {
		return switch (type) {
			case "string" -> Slot.of(text(schema));
			case "integer" -> Slot.of(integer(schema));
			case "number" -> Slot.of(Scalar.NUMBER);
			case "boolean" -> Slot.of(Scalar.BOOLEAN);
			case "array" -> array(schema, pointer, depth);
			case "object" -> this.objects.read(schema, pointer, depth);
			default -> any(pointer + "/type", "is none of draft-07");
		};
	}

	private static Scalar text(JsonNode schema) {
		String format = Schemas.text(schema, "format");
		if (format == null) {
			return Scalar.TEXT;
		}
		return switch (format) {
			case "date-time" -> Scalar.INSTANT;
			case "date" -> Scalar.DATE;
			case "uuid" -> Scalar.UUID;
			case "uri" -> Scalar.URI;
			default -> Scalar.TEXT;
		};
	}

	private static Scalar integer(JsonNode schema) {
		for (String bound : List.of("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum")) {
			JsonNode value = schema.path(bound);
			if (value.isNumber() && !value.canConvertToLong()) {
				return Scalar.BIG_INTEGER;
			}
		}
		return Scalar.INTEGER;
	}

	private Slot array(JsonNode schema, String pointer, int depth) {
		JsonNode prefix = schema.path("prefixItems").isArray() ? schema.path("prefixItems") : schema.path("items");
		if (!prefix.isArray()) {
			return Slot.of(new Items(read(schema.path("items"), pointer + "/items", depth + 1)));
		}
		int size = prefix.size();
		boolean fixed = schema.path("minItems").asInt(0) >= size
				&& (schema.path("maxItems").asInt(-1) == size || Schemas.isNothing(schema.path("additionalItems")));
		if (!fixed || size == 0 || size > 100) {
			warn(pointer + "/items", "has elements of several types in a number that is not fixed");
			return Slot.of(new Items(Slot.ANY));
		}
		List<Slot> slots = new ArrayList<>();
		for (int i = 0; i < size; i++) {
			slots.add(read(prefix.path(i), pointer + "/items/" + i, depth + 1));
		}
		return Slot.of(new Tuple(slots));
	}

	/**
	 * Return a place for any value, since the schema says what Java can't.
	 */
	Slot any(String pointer, String reason) {
		warn(pointer, reason + ": any JSON is accepted");
		return Slot.ANY;
	}

	void warn(String pointer, String reason) {
		this.warnings.accept(pointer + " " + reason);
	}

}

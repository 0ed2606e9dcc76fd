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
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.trigger.spring.contracts.generator.Shape.Choice;
import dev.trigger.spring.contracts.generator.Shape.Items;
import dev.trigger.spring.contracts.generator.Shape.Kind;
import dev.trigger.spring.contracts.generator.Shape.Literal;
import dev.trigger.spring.contracts.generator.Shape.Member;
import dev.trigger.spring.contracts.generator.Shape.Struct;
import dev.trigger.spring.contracts.generator.Shape.Union;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads schemas with alternatives. What a value is must tell which one it belongs to.
 */
final class UnionReader {

	/**
	 * Keywords that may stand beside the alternatives, since they add nothing to them.
	 */
	private static final Set<String> BESIDE = Set.of("$comment", "$schema", "$id", "default", "definitions", "$defs",
			"description", "discriminator", "examples", "title", "type", "not", "if", "then", "else");

	private final SchemaReader schemas;

	UnionReader(SchemaReader schemas) {
		this.schemas = schemas;
	}

	Slot read(JsonNode schema, String keyword, String pointer, int depth) {
		ObjectNode rest = ((ObjectNode) schema).deepCopy();
		rest.remove(keyword);
		if (!BESIDE.containsAll(rest.propertyNames())) {
			if (isUnchecked(schema.path(keyword))) {
				this.schemas.warn(pointer + "/" + keyword, "is not expressed: values are not checked against it");
				return this.schemas.read(rest, pointer, depth + 1);
			}
			return this.schemas.any(pointer + "/" + keyword, "stands beside other keywords");
		}
		List<JsonNode> alternatives = new ArrayList<>();
		schema.path(keyword).forEach(alternatives::add);
		return read(alternatives, pointer + "/" + keyword, depth, Schemas.text(schema, "description"));
	}

	/**
	 * Return whether alternatives only say which combinations of properties are allowed.
	 */
	private static boolean isUnchecked(JsonNode alternatives) {
		for (JsonNode alternative : alternatives) {
			if (!Set.of("required", "not", "description", "title").containsAll(alternative.propertyNames())) {
				return false;
			}
		}
		return true;
	}

	Slot read(List<JsonNode> schemas, String pointer, int depth, @Nullable String description) {
		boolean nullable = false;
		Map<JsonNode, Integer> distinct = new LinkedHashMap<>();
		for (int i = 0; i < schemas.size(); i++) {
			JsonNode schema = this.schemas.resolve(schemas.get(i));
			if (isNull(schema)) {
				nullable = true;
			}
			else if (!Schemas.isNothing(schema)) {
				distinct.putIfAbsent(schema, i);
			}
		}
		List<Shape> shapes = new ArrayList<>();
		for (int i : distinct.values()) {
			String place = pointer + "/" + i;
			// an alternative is a type of its own, even if it is defined for others, too
			Slot slot = (distinct.size() == 1) ? this.schemas.read(schemas.get(i), place, depth + 1)
					: this.schemas.readOwn(schemas.get(i), place, depth + 1);
			nullable |= slot.nullable();
			flatten(slot.shape(), shapes);
		}
		if (shapes.isEmpty()) {
			return nullable ? new Slot(Scalar.ANY, true) : this.schemas.any(pointer, "allows no value");
		}
		return combine(shapes, pointer, description).orNull(nullable);
	}

	private static boolean isNull(JsonNode schema) {
		return schema.path("type").asString("").equals("null")
				|| (schema.has("const") && schema.path("const").isNull());
	}

	private static void flatten(Shape shape, List<Shape> shapes) {
		if (shape instanceof Union union) {
			shapes.addAll(union.alternatives());
		}
		else {
			shapes.add(shape);
		}
	}

	private Slot combine(List<Shape> shapes, String pointer, @Nullable String description) {
		if (shapes.size() == 1) {
			return Slot.of(shapes.get(0));
		}
		if (shapes.contains(Scalar.ANY)) {
			return Slot.ANY;
		}
		Map<Kind, List<Shape>> byKind = new LinkedHashMap<>();
		for (Shape shape : shapes) {
			Kind kind = shape.kind();
			if (kind == null) {
				return this.schemas.any(pointer, "has alternatives that can't be told apart");
			}
			byKind.computeIfAbsent(kind, (key) -> new ArrayList<>()).add(shape);
		}
		List<Shape> merged = new ArrayList<>();
		for (List<Shape> alike : byKind.values()) {
			List<Shape> distinct = merge(alike, pointer, description);
			if (distinct.isEmpty()) {
				return this.schemas.any(pointer, "has alternatives that can't be told apart");
			}
			merged.addAll(distinct);
		}
		return Slot.of((merged.size() == 1) ? merged.get(0) : new Union(discriminator(merged), merged, description));
	}

	/**
	 * Make alternatives of the same kind one, or leave them if each can be recognized.
	 * @return the alternatives, empty if that is not possible
	 */
	private List<Shape> merge(List<Shape> alike, String pointer, @Nullable String description) {
		Shape first = alike.get(0);
		if (alike.stream().allMatch(first::equals)) {
			return List.of(first);
		}
		if (first.kind() == Kind.TEXT) {
			return List.of(texts(alike, description));
		}
		if (first.kind() == Kind.NUMBER) {
			return List.of(alike.contains(Scalar.NUMBER) ? Scalar.NUMBER : Scalar.BIG_INTEGER);
		}
		if (first.kind() == Kind.ARRAY) {
			this.schemas.warn(pointer, "has several kinds of lists: their elements may be any JSON");
			return List.of(new Items(Slot.ANY));
		}
		return areDistinct(alike) ? alike : List.of();
	}

	private static Shape texts(List<Shape> alike, @Nullable String description) {
		Set<String> values = new LinkedHashSet<>();
		for (Shape shape : alike) {
			if (!(shape instanceof Choice choice)) {
				return Scalar.TEXT;
			}
			values.addAll(choice.values());
		}
		return new Choice(List.copyOf(values), description);
	}

	private static boolean areDistinct(List<Shape> objects) {
		for (int i = 0; i < objects.size(); i++) {
			for (int j = i + 1; j < objects.size(); j++) {
				if (!(objects.get(i) instanceof Struct one) || !(objects.get(j) instanceof Struct other)
						|| !(isDistinct(one, other) || isDistinct(other, one))) {
					return false;
				}
			}
		}
		return true;
	}

	private static boolean isDistinct(Struct one, Struct other) {
		for (Literal literal : one.literals()) {
			Literal same = other.literal(literal.name());
			if (!other.allows(literal.name()) || (same != null && !isSame(literal.value(), same.value()))) {
				return true;
			}
		}
		for (Member member : one.members()) {
			if (member.required()
					&& (!other.allows(member.name()) || isDistinct(member, other.member(member.name())))) {
				return true;
			}
		}
		return false;
	}

	private static boolean isSame(JsonNode value, JsonNode other) {
		return (value.isNumber() && other.isNumber()) ? value.doubleValue() == other.doubleValue()
				: value.equals(other);
	}

	private static boolean isDistinct(Member member, @Nullable Member other) {
		return other != null && other.required() && member.kind() != null && other.kind() != null
				&& member.kind() != other.kind();
	}

	/**
	 * Return the property whose text says which alternative a value is.
	 */
	private static @Nullable String discriminator(List<Shape> shapes) {
		if (!(shapes.get(0) instanceof Struct first)) {
			return null;
		}
		for (Literal literal : first.literals()) {
			Set<String> values = new HashSet<>();
			for (Shape shape : shapes) {
				Literal same = (shape instanceof Struct struct) ? struct.literal(literal.name()) : null;
				// Jackson treats an empty value as none
				if (same != null && same.value().isString() && !same.value().stringValue().isBlank()) {
					values.add(same.value().stringValue());
				}
			}
			if (values.size() == shapes.size()) {
				return literal.name();
			}
		}
		return null;
	}

}

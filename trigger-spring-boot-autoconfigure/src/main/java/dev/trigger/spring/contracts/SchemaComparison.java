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

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Finds the differences between two schemas of a payload, and whether a payload that the
 * first one allows may be refused by the second. What it does not understand counts as
 * such a change.
 */
final class SchemaComparison {

	/**
	 * What says nothing about which payloads are valid.
	 */
	private static final Set<String> ANNOTATIONS = Set.of("$comment", "$id", "$schema", "default", "deprecated",
			"description", "examples", "readOnly", "title", "writeOnly", "$defs", "definitions", "$ref");

	/**
	 * What has a comparison of its own.
	 */
	private static final Set<String> COMPARED = Set.of("additionalProperties", "allOf", "anyOf", "const", "enum",
			"items", "oneOf", "properties", "required", "type");

	private static final Set<String> LOWER_BOUNDS = Set.of("exclusiveMinimum", "minItems", "minLength", "minProperties",
			"minimum");

	private static final Set<String> UPPER_BOUNDS = Set.of("exclusiveMaximum", "maxItems", "maxLength", "maxProperties",
			"maximum");

	private static final int MAX_DEPTH = 64;

	private final String task;

	private final JsonNode before;

	private final JsonNode after;

	private final Consumer<ContractChange> changes;

	/**
	 * The pairs that are compared already, since a schema may contain itself.
	 */
	private final Set<String> references = new HashSet<>();

	private int count;

	SchemaComparison(String task, JsonNode before, JsonNode after, Consumer<ContractChange> changes) {
		this.task = task;
		this.before = before;
		this.after = after;
		this.changes = changes;
	}

	void compare() {
		compare("", this.before, this.after, 0);
	}

	private void compare(String path, JsonNode rawBefore, JsonNode rawAfter, int depth) {
		int found = this.count;
		compareParts(path, rawBefore, rawAfter, depth);
		if (found == this.count && !meaning(rawBefore).equals(meaning(rawAfter))) {
			add(path, "changed", true);
		}
	}

	/**
	 * Return a schema without what says nothing about which payloads are valid.
	 */
	private static JsonNode meaning(JsonNode schema) {
		if (schema.isObject()) {
			ObjectNode meaning = JsonNodeFactory.instance.objectNode();
			schema.properties().forEach((entry) -> {
				if (!ANNOTATIONS.contains(entry.getKey())) {
					meaning.set(entry.getKey(), meaning(entry.getValue()));
				}
			});
			return meaning;
		}
		if (schema.isArray()) {
			ArrayNode meaning = JsonNodeFactory.instance.arrayNode();
			schema.forEach((element) -> meaning.add(meaning(element)));
			return meaning;
		}
		return schema;
	}

	private void compareParts(String path, JsonNode rawBefore, JsonNode rawAfter, int depth) {
		String reference = rawBefore.path("$ref").asString("") + " " + rawAfter.path("$ref").asString("");
		if (!reference.isBlank() && !this.references.add(reference)) {
			return;
		}
		JsonNode old = resolve(this.before, rawBefore);
		JsonNode now = resolve(this.after, rawAfter);
		if (depth > MAX_DEPTH || !old.isObject() || !now.isObject()) {
			if (!old.equals(now)) {
				add(path, "changed", !isEverything(now));
			}
			return;
		}
		compareTypes(path, old, now);
		compareValues(path, old, now);
		compareProperties(path, old, now, depth);
		compareElements(path, old, now, depth);
		compareAlternatives(path, old, now, depth);
		compareRest(path, old, now);
	}

	private static JsonNode resolve(JsonNode root, JsonNode schema) {
		JsonNode resolved = schema;
		for (int i = 0; i < 10 && resolved.path("$ref").isString(); i++) {
			String reference = resolved.path("$ref").stringValue();
			if (!reference.startsWith("#") || (reference.length() > 1 && reference.charAt(1) != '/')) {
				return resolved;
			}
			JsonNode target = root.at(reference.substring(1));
			if (target.isMissingNode()) {
				return resolved;
			}
			resolved = target;
		}
		return resolved;
	}

	private static boolean isEverything(JsonNode schema) {
		return (schema.isObject() && schema.isEmpty()) || (schema.isBoolean() && schema.booleanValue())
				|| schema.isMissingNode();
	}

	private void compareTypes(String path, JsonNode old, JsonNode now) {
		SortedSet<String> from = texts(old.path("type"));
		SortedSet<String> to = texts(now.path("type"));
		if (!from.equals(to)) {
			boolean wider = to.isEmpty() || (!from.isEmpty() && from.stream()
				.allMatch((type) -> to.contains(type) || (type.equals("integer") && to.contains("number"))));
			add(path, "type changed from " + names(from) + " to " + names(to), !wider);
		}
	}

	private static String names(Collection<String> types) {
		return types.isEmpty() ? "anything" : String.join(" or ", types);
	}

	private void compareValues(String path, JsonNode old, JsonNode now) {
		List<JsonNode> from = values(old);
		List<JsonNode> to = values(now);
		if (!isLimited(old) && !isLimited(now)) {
			return;
		}
		if (!isLimited(now)) {
			add(path, "not limited to certain values any more", false);
			return;
		}
		if (!isLimited(old)) {
			add(path, "limited to " + list(to), true);
			return;
		}
		List<JsonNode> removed = from.stream().filter((value) -> !to.contains(value)).toList();
		List<JsonNode> added = to.stream().filter((value) -> !from.contains(value)).toList();
		if (!removed.isEmpty()) {
			add(path, "value removed: " + list(removed), true);
		}
		if (!added.isEmpty()) {
			add(path, "value added: " + list(added), false);
		}
	}

	private static boolean isLimited(JsonNode schema) {
		return schema.has("enum") || schema.has("const");
	}

	private static List<JsonNode> values(JsonNode schema) {
		List<JsonNode> values = new ArrayList<>();
		schema.path("enum").forEach(values::add);
		if (schema.has("const")) {
			values.add(schema.path("const"));
		}
		return values;
	}

	private static String list(List<JsonNode> values) {
		return values.stream().map(SchemaComparison::text).collect(Collectors.joining(", "));
	}

	private void compareProperties(String path, JsonNode old, JsonNode now, int depth) {
		Set<String> wasRequired = texts(old.path("required"));
		Set<String> isRequired = texts(now.path("required"));
		SortedSet<String> names = new TreeSet<>(old.path("properties").propertyNames());
		names.addAll(now.path("properties").propertyNames());
		names.addAll(wasRequired);
		names.addAll(isRequired);
		for (String name : names) {
			JsonNode from = old.path("properties").path(name);
			JsonNode to = now.path("properties").path(name);
			String place = path.isEmpty() ? name : path + "." + name;
			boolean newlyRequired = isRequired.contains(name) && !wasRequired.contains(name);
			if (from.isMissingNode() && !to.isMissingNode()) {
				add(place, newlyRequired ? "added, and required" : "added, and optional",
						newlyRequired || !isUnsaid(old, to));
				continue;
			}
			if (!from.isMissingNode() && to.isMissingNode()) {
				add(place, "removed", !isEverything(now.path("additionalProperties")) || now.has("patternProperties"));
			}
			if (newlyRequired) {
				add(place, "now required", true);
			}
			else if (!isRequired.contains(name) && wasRequired.contains(name)) {
				add(place, "now optional", false);
			}
			if (!from.isMissingNode() && !to.isMissingNode()) {
				compare(place, from, to, depth + 1);
			}
		}
		JsonNode from = old.path("additionalProperties");
		JsonNode to = now.path("additionalProperties");
		if (isClosed(old) != isClosed(now)) {
			add(path, isClosed(now) ? "other properties are refused now" : "other properties are allowed now",
					isClosed(now));
		}
		else if (from.isObject() && to.isObject()) {
			compare(path + "{}", from, to, depth + 1);
		}
		else if (!from.equals(to) && !(isEverything(from) && isEverything(to))) {
			add(path + "{}", "changed", !isEverything(to));
		}
	}

	/**
	 * Return whether a schema had no values for a property that it did not name. One that
	 * neither allows nor forbids others has none: nothing is generated for them.
	 */
	private static boolean isUnsaid(JsonNode schema, JsonNode property) {
		JsonNode additional = schema.path("additionalProperties");
		return isEverything(property) || (!schema.has("patternProperties")
				&& (additional.isMissingNode() || isClosed(schema) || additional.equals(property)));
	}

	private static boolean isClosed(JsonNode schema) {
		JsonNode additional = schema.path("additionalProperties");
		return additional.isBoolean() && !additional.booleanValue();
	}

	private void compareElements(String path, JsonNode old, JsonNode now, int depth) {
		JsonNode from = old.path("items");
		JsonNode to = now.path("items");
		if (from.isObject() && to.isObject()) {
			compare(path + "[]", from, to, depth + 1);
		}
		else if (from.isArray() && to.isArray() && from.size() == to.size()) {
			for (int i = 0; i < from.size(); i++) {
				compare(path + "[" + i + "]", from.path(i), to.path(i), depth + 1);
			}
		}
		else if (!from.equals(to)) {
			add(path + "[]", "changed", !isEverything(to));
		}
	}

	private void compareAlternatives(String path, JsonNode old, JsonNode now, int depth) {
		for (String keyword : List.of("anyOf", "oneOf", "allOf")) {
			JsonNode from = old.path(keyword);
			JsonNode to = now.path(keyword);
			if (from.equals(to)) {
				continue;
			}
			if (keyword.equals("allOf") || from.isMissingNode() || to.isMissingNode()) {
				add(path, "'" + keyword + "' changed", !to.isMissingNode());
				continue;
			}
			List<JsonNode> rest = new ArrayList<>();
			to.forEach(rest::add);
			List<JsonNode> unmatched = new ArrayList<>();
			from.forEach((alternative) -> {
				if (!rest.remove(alternative)) {
					unmatched.add(alternative);
				}
			});
			for (JsonNode alternative : unmatched) {
				JsonNode match = match(alternative, rest);
				if (match == null) {
					add(path, "alternative removed: " + name(alternative), true);
				}
				else {
					rest.remove(match);
					compare(path + "<" + name(alternative) + ">", alternative, match, depth + 1);
				}
			}
			rest.forEach((alternative) -> add(path, "alternative added: " + name(alternative), false));
		}
	}

	/**
	 * Find what an alternative has become: that with the same literal, or else the only
	 * one of the same type.
	 */
	private @Nullable JsonNode match(JsonNode alternative, List<JsonNode> others) {
		JsonNode old = resolve(this.before, alternative);
		List<JsonNode> candidates = others.stream()
			.filter((other) -> resolve(this.after, other).path("type").equals(old.path("type")))
			.toList();
		for (JsonNode candidate : candidates) {
			JsonNode now = resolve(this.after, candidate);
			for (String name : old.path("properties").propertyNames()) {
				JsonNode literal = old.path("properties").path(name).path("const");
				if (!literal.isMissingNode() && literal.equals(now.path("properties").path(name).path("const"))) {
					return candidate;
				}
			}
		}
		boolean literals = old.path("properties")
			.properties()
			.stream()
			.anyMatch((entry) -> entry.getValue().has("const"));
		return (candidates.size() == 1 && !literals) ? candidates.get(0) : null;
	}

	private String name(JsonNode alternative) {
		JsonNode schema = alternative.has("$ref") ? resolve(this.before, alternative) : alternative;
		for (String name : schema.path("properties").propertyNames()) {
			JsonNode literal = schema.path("properties").path(name).path("const");
			if (!literal.isMissingNode()) {
				return name + "=" + text(literal);
			}
		}
		if (schema.has("const")) {
			return text(schema.path("const"));
		}
		return names(texts(schema.path("type")));
	}

	private void compareRest(String path, JsonNode old, JsonNode now) {
		SortedSet<String> keywords = new TreeSet<>(old.propertyNames());
		keywords.addAll(now.propertyNames());
		keywords.removeAll(ANNOTATIONS);
		keywords.removeAll(COMPARED);
		for (String keyword : keywords) {
			JsonNode from = old.path(keyword);
			JsonNode to = now.path(keyword);
			if (!from.equals(to)) {
				add(path, "'" + keyword + "' changed from " + text(from) + " to " + text(to),
						isTighter(keyword, from, to));
			}
		}
		for (String keyword : List.of("description", "default")) {
			if (!old.path(keyword).equals(now.path(keyword))) {
				add(path,
						keyword.equals("default")
								? "default changed from " + text(old.path(keyword)) + " to " + text(now.path(keyword))
								: "description changed",
						false);
			}
		}
	}

	private static boolean isTighter(String keyword, JsonNode from, JsonNode to) {
		if (to.isMissingNode()) {
			return false;
		}
		if (from.isNumber() && to.isNumber()) {
			int order = to.decimalValue().compareTo(from.decimalValue());
			return (LOWER_BOUNDS.contains(keyword) && order > 0) || (UPPER_BOUNDS.contains(keyword) && order < 0)
					|| (!LOWER_BOUNDS.contains(keyword) && !UPPER_BOUNDS.contains(keyword));
		}
		return true;
	}

	private static String text(JsonNode node) {
		String text = (node instanceof MissingNode) ? "none" : node.toString();
		return (text.length() > 100) ? text.substring(0, 100) + "…" : text;
	}

	private static SortedSet<String> texts(JsonNode node) {
		SortedSet<String> texts = new TreeSet<>();
		if (node.isString()) {
			texts.add(node.stringValue());
		}
		node.forEach((element) -> {
			if (element.isString()) {
				texts.add(element.stringValue());
			}
		});
		return texts;
	}

	private void add(String path, String description, boolean breaking) {
		this.count++;
		this.changes.accept(new ContractChange(this.task, path, description, breaking));
	}

}

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
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Finds the differences between two schemas of a payload, and whether a payload that the
 * first one allows may be refused by the second. What it does not understand counts as
 * such a change.
 */
final class SchemaComparison {

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
	private final Set<List<Object>> references = new HashSet<>();

	private final SchemaEquality equality;

	private int count;

	SchemaComparison(String task, JsonNode before, JsonNode after, Consumer<ContractChange> changes) {
		this.task = task;
		this.before = before;
		this.after = after;
		this.changes = changes;
		this.equality = new SchemaEquality(before, after);
	}

	void compare() {
		compare("", this.before, this.after, 0);
	}

	private void compare(String path, JsonNode rawBefore, JsonNode rawAfter, int depth) {
		JsonNode old = Schemas.resolve(this.before, rawBefore);
		JsonNode now = Schemas.resolve(this.after, rawAfter);
		if (old != rawBefore || now != rawAfter) {
			if (!this.equality.testBesideReferences(rawBefore, rawAfter)) {
				add(path, "changed", true);
			}
			if (!this.references.add(List.of(key(rawBefore, old), key(rawAfter, now)))) {
				return;
			}
		}
		int found = this.count;
		compareParts(path, old, now, depth);
		if (found == this.count && !this.equality.test(old, now)) {
			add(path, "changed", true);
		}
	}

	private void compareParts(String path, JsonNode old, JsonNode now, int depth) {
		if (depth > MAX_DEPTH || !old.isObject() || !now.isObject()) {
			if (!old.equals(now)) {
				add(path, "changed", !Schemas.isEverything(now));
			}
			return;
		}
		compareTypes(path, old, now);
		compareValues(path, old, now);
		compareProperties(path, old, now, depth);
		compareElements(path, old, now, depth);
		compareAlternatives(path, old, now, depth);
		compareAll(path, old.path("allOf"), now.path("allOf"), depth);
		compareRest(path, old, now);
	}

	/**
	 * Return the reference to a schema, or the schema itself if it stands in its place.
	 */
	private static Object key(JsonNode raw, JsonNode resolved) {
		return (raw != resolved) ? raw.path("$ref").stringValue() : resolved;
	}

	private void compareTypes(String path, JsonNode old, JsonNode now) {
		SortedSet<String> from = Schemas.texts(old.path("type"));
		SortedSet<String> to = Schemas.texts(now.path("type"));
		if (!from.equals(to)) {
			boolean wider = to.isEmpty() || (!from.isEmpty() && from.stream()
				.allMatch((type) -> to.contains(type) || (type.equals("integer") && to.contains("number"))));
			add(path, "type changed from " + Schemas.names(from) + " to " + Schemas.names(to), !wider);
		}
	}

	private void compareValues(String path, JsonNode old, JsonNode now) {
		List<JsonNode> from = Schemas.values(old);
		List<JsonNode> to = Schemas.values(now);
		if (!Schemas.isLimited(old) && !Schemas.isLimited(now)) {
			return;
		}
		if (!Schemas.isLimited(now)) {
			add(path, "not limited to certain values any more", false);
			return;
		}
		if (!Schemas.isLimited(old)) {
			add(path, "limited to " + Schemas.list(to), true);
			return;
		}
		List<JsonNode> removed = from.stream().filter((value) -> !to.contains(value)).toList();
		List<JsonNode> added = to.stream().filter((value) -> !from.contains(value)).toList();
		if (!removed.isEmpty()) {
			add(path, "value removed: " + Schemas.list(removed), true);
		}
		if (!added.isEmpty()) {
			add(path, "value added: " + Schemas.list(added), false);
		}
	}

	private void compareProperties(String path, JsonNode old, JsonNode now, int depth) {
		Set<String> wasRequired = Schemas.texts(old.path("required"));
		Set<String> isRequired = Schemas.texts(now.path("required"));
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
						newlyRequired || !Schemas.isUnsaid(old, to));
				continue;
			}
			if (!from.isMissingNode() && to.isMissingNode()) {
				add(place, "removed", !Schemas.isEverything(now.path("additionalProperties"))
						|| now.has("patternProperties") || this.after.findValue("unevaluatedProperties") != null);
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
		if (Schemas.isClosed(old) != Schemas.isClosed(now)) {
			add(path, Schemas.isClosed(now) ? "other properties are refused now" : "other properties are allowed now",
					Schemas.isClosed(now));
		}
		else if (from.isObject() && to.isObject()) {
			compare(path + "{}", from, to, depth + 1);
		}
		else if (!from.equals(to) && !(Schemas.isEverything(from) && Schemas.isEverything(to))) {
			add(path + "{}", "changed", !Schemas.isEverything(to));
		}
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
			add(path + "[]", "changed", !Schemas.isEverything(to));
		}
	}

	private void compareAlternatives(String path, JsonNode old, JsonNode now, int depth) {
		for (String keyword : List.of("anyOf", "oneOf")) {
			JsonNode from = old.path(keyword);
			JsonNode to = now.path(keyword);
			boolean overlapping = keyword.equals("oneOf") && !Schemas.excludeEachOther(this.after, to);
			if (from.isMissingNode() != to.isMissingNode()) {
				add(path, "'" + keyword + "' changed", !to.isMissingNode());
				continue;
			}
			List<JsonNode> rest = new ArrayList<>();
			to.forEach(rest::add);
			List<JsonNode> unmatched = new ArrayList<>();
			from.forEach((alternative) -> {
				if (rest.remove(alternative)) {
					// the alternative may be a reference to a definition that has changed
					compareAlternative(path, alternative, alternative, depth);
				}
				else {
					unmatched.add(alternative);
				}
			});
			for (JsonNode alternative : unmatched) {
				JsonNode match = match(alternative, rest);
				if (match == null) {
					add(path, "alternative removed: " + name(this.before, alternative), true);
				}
				else {
					rest.remove(match);
					compareAlternative(path, alternative, match, depth);
				}
			}
			rest.forEach(
					(alternative) -> add(path, "alternative added: " + name(this.after, alternative), overlapping));
			if (overlapping && rest.isEmpty() && !this.equality.test(keyword, from, to)) {
				add(path, "'oneOf' changed, of whose alternatives only one may match", true);
			}
		}
	}

	private void compareAlternative(String path, JsonNode from, JsonNode to, int depth) {
		compare(path + "<" + name(this.before, from) + ">", from, to, depth + 1);
	}

	private void compareAll(String path, JsonNode from, JsonNode to, int depth) {
		if (from.size() != to.size()) {
			add(path, "'allOf' changed", !to.isEmpty());
			return;
		}
		for (int i = 0; i < from.size(); i++) {
			compare(path, from.path(i), to.path(i), depth + 1);
		}
	}

	/**
	 * Find what an alternative has become: that with the same literal, or else the only
	 * one of the same type.
	 */
	private @Nullable JsonNode match(JsonNode alternative, List<JsonNode> others) {
		JsonNode old = Schemas.resolve(this.before, alternative);
		List<JsonNode> candidates = others.stream()
			.filter((other) -> Schemas.resolve(this.after, other).path("type").equals(old.path("type")))
			.toList();
		for (JsonNode candidate : candidates) {
			JsonNode now = Schemas.resolve(this.after, candidate);
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

	private static String name(JsonNode root, JsonNode alternative) {
		JsonNode schema = Schemas.resolve(root, alternative);
		for (String name : schema.path("properties").propertyNames()) {
			JsonNode literal = schema.path("properties").path(name).path("const");
			if (!literal.isMissingNode()) {
				return name + "=" + Schemas.text(literal);
			}
		}
		if (schema.has("const")) {
			return Schemas.text(schema.path("const"));
		}
		return Schemas.names(Schemas.texts(schema.path("type")));
	}

	private void compareRest(String path, JsonNode old, JsonNode now) {
		SortedSet<String> keywords = new TreeSet<>(old.propertyNames());
		keywords.addAll(now.propertyNames());
		keywords.removeAll(Schemas.ANNOTATIONS);
		keywords.removeAll(COMPARED);
		for (String keyword : keywords) {
			JsonNode from = old.path(keyword);
			JsonNode to = now.path(keyword);
			if (!this.equality.test(keyword, from, to)) {
				add(path, "'" + keyword + "' changed from " + Schemas.text(from) + " to " + Schemas.text(to),
						isTighter(keyword, from, to));
			}
		}
		for (String keyword : List.of("description", "default")) {
			if (!old.path(keyword).equals(now.path(keyword))) {
				add(path, keyword.equals("default") ? "default changed from " + Schemas.text(old.path(keyword)) + " to "
						+ Schemas.text(now.path(keyword)) : "description changed", false);
			}
		}
	}

	private static boolean isTighter(String keyword, JsonNode from, JsonNode to) {
		if (to.isMissingNode()) {
			return !Schemas.LIMITS.contains(keyword);
		}
		if (from.isNumber() && to.isNumber()) {
			int order = to.decimalValue().compareTo(from.decimalValue());
			return (LOWER_BOUNDS.contains(keyword) && order > 0) || (UPPER_BOUNDS.contains(keyword) && order < 0)
					|| (!LOWER_BOUNDS.contains(keyword) && !UPPER_BOUNDS.contains(keyword));
		}
		return true;
	}

	private void add(String path, String description, boolean breaking) {
		this.count++;
		this.changes.accept(new ContractChange(this.task, path, description, breaking));
	}

}

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
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/**
 * Reads the keywords of a JSON schema.
 */
final class Schemas {

	/**
	 * What says nothing about which payloads are valid. What a reference refers to is
	 * looked at where it is used.
	 */
	static final Set<String> ANNOTATIONS = Set.of("$comment", "$id", "$schema", "default", "deprecated", "description",
			"examples", "readOnly", "title", "writeOnly", "$defs", "definitions", "$ref");

	/**
	 * What only refuses payloads, so that more are valid without it.
	 */
	static final Set<String> LIMITS = Set.of("additionalItems", "contains", "contentEncoding", "contentMediaType",
			"dependencies", "dependentRequired", "dependentSchemas", "else", "exclusiveMaximum", "exclusiveMinimum",
			"format", "if", "maxContains", "maxItems", "maxLength", "maxProperties", "maximum", "minItems", "minLength",
			"minProperties", "minimum", "multipleOf", "not", "pattern", "propertyNames", "then", "unevaluatedItems",
			"unevaluatedProperties", "uniqueItems");

	private Schemas() {
	}

	static JsonNode resolve(JsonNode root, JsonNode schema) {
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

	static boolean isEverything(JsonNode schema) {
		return (schema.isObject() && schema.isEmpty()) || (schema.isBoolean() && schema.booleanValue())
				|| schema.isMissingNode();
	}

	static boolean isLimited(JsonNode schema) {
		return schema.has("enum") || schema.has("const");
	}

	static List<JsonNode> values(JsonNode schema) {
		List<JsonNode> values = new ArrayList<>();
		schema.path("enum").forEach(values::add);
		if (schema.has("const")) {
			values.add(schema.path("const"));
		}
		return values;
	}

	/**
	 * Return whether a schema had no values for a property that it did not name. One that
	 * neither allows nor forbids others has none: nothing is generated for them.
	 */
	static boolean isUnsaid(JsonNode schema, JsonNode property) {
		JsonNode additional = schema.path("additionalProperties");
		return isEverything(property) || (!schema.has("patternProperties")
				&& (additional.isMissingNode() || isClosed(schema) || additional.equals(property)));
	}

	static boolean isClosed(JsonNode schema) {
		JsonNode additional = schema.path("additionalProperties");
		return additional.isBoolean() && !additional.booleanValue();
	}

	/**
	 * Return whether no value can match two alternatives, because of their types, their
	 * values or those of a property.
	 */
	static boolean excludeEachOther(JsonNode root, JsonNode alternatives) {
		List<JsonNode> all = new ArrayList<>();
		for (JsonNode alternative : alternatives) {
			JsonNode schema = resolve(root, alternative);
			if (!all.stream().allMatch((other) -> excludeEachOther(root, schema, other))) {
				return false;
			}
			all.add(schema);
		}
		return true;
	}

	private static boolean excludeEachOther(JsonNode root, JsonNode one, JsonNode other) {
		return haveOtherValues(one, other)
				|| Stream.concat(texts(one.path("required")).stream(), texts(other.path("required")).stream())
					.anyMatch((name) -> haveOtherValues(resolve(root, one.path("properties").path(name)),
							resolve(root, other.path("properties").path(name))));
	}

	private static boolean haveOtherValues(JsonNode one, JsonNode other) {
		if (isLimited(one) && isLimited(other)) {
			return Collections.disjoint(values(one), values(other));
		}
		Set<String> types = texts(one.path("type"));
		Set<String> others = texts(other.path("type"));
		boolean numbers = Stream.of(types, others)
			.allMatch((names) -> names.contains("number") || names.contains("integer"));
		return !types.isEmpty() && !others.isEmpty() && !numbers && Collections.disjoint(types, others);
	}

	static SortedSet<String> texts(JsonNode node) {
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

	static String text(JsonNode node) {
		String text = (node instanceof MissingNode) ? "none" : node.toString();
		return (text.length() > 100) ? text.substring(0, 100) + "…" : text;
	}

	static String names(Collection<String> types) {
		return types.isEmpty() ? "anything" : String.join(" or ", types);
	}

	static String list(List<JsonNode> values) {
		return values.stream().map(Schemas::text).collect(Collectors.joining(", "));
	}

}

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

package dev.trigger.emulator.api;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import dev.trigger.emulator.http.Json;
import dev.trigger.emulator.http.JsonBody;
import dev.trigger.emulator.state.TimeSpans;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The schema of a request body, checked as the server's validation library (zod) does:
 * with its rules for unions, and in its words.
 */
final class BodySchema {

	private static final JsonNode SCHEMAS = QueryTable.resource("request-schemas.json");

	/**
	 * Texts that the server has in place of those of the library, by the member's name.
	 */
	private static final Map<String, String> TOO_LONG = Map.of("idempotencyKey",
			"idempotencyKey must be %d characters or less", "tags", "Tags must be less than %d characters");

	private final JsonNode schema;

	private BodySchema(JsonNode schema) {
		this.schema = schema;
	}

	/**
	 * Find a schema. Routes do so when they are created, since the file of all schemas is
	 * not to be read by a thread that serves a request.
	 * @param title its title
	 * @return the schema
	 */
	static BodySchema of(String title) {
		return new BodySchema(SCHEMAS.path(title));
	}

	/**
	 * Return the schema of the elements of a list.
	 * @return another schema
	 */
	BodySchema elements() {
		return new BodySchema(this.schema.path("items"));
	}

	/**
	 * Return the schema of a member of an object.
	 * @param name the member's name
	 * @return another schema
	 */
	BodySchema member(String name) {
		return new BodySchema(this.schema.path("properties").path(name));
	}

	/**
	 * Note what is wrong with a body.
	 * @param body the body
	 * @param issues where to note it
	 * @param path where the body is, if it is part of another one
	 */
	void check(JsonNode body, Issues issues, Object... path) {
		check(this.schema, body, issues, path);
	}

	private static Outcome check(JsonNode schema, @Nullable JsonNode value, Issues issues, Object... path) {
		if (schema.has("anyOf")) {
			return union(schema.path("anyOf"), value, issues, path);
		}
		if (schema.has("oneOf")) {
			return discriminated(schema.path("oneOf"), value, issues, path);
		}
		if (schema.has("x-coerce")) {
			return date(value, issues, path);
		}
		JsonNode type = schema.path("type");
		if (type.isArray()) {
			return types(type, value, issues, path);
		}
		return switch (type.asString("")) {
			case "object" -> object(schema, value, issues, path);
			case "array" -> array(schema, value, issues, path);
			case "string" -> string(schema, value, issues, path);
			case "integer", "number" -> number(schema, value, issues, path);
			case "boolean" ->
				(value != null && value.isBoolean()) ? Outcome.VALID : wrongType("boolean", value, issues, path);
			default -> Outcome.VALID;
		};
	}

	private static Outcome wrongType(String expected, @Nullable JsonNode value, Issues issues, Object... path) {
		issues.wrongType(expected, value, path);
		return Outcome.ABORTED;
	}

	private static Outcome object(JsonNode schema, @Nullable JsonNode value, Issues issues, Object... path) {
		if (value == null || !value.isObject()) {
			return wrongType("object", value, issues, path);
		}
		List<String> required = schema.path("required").valueStream().map(JsonNode::asString).toList();
		Outcome outcome = Outcome.VALID;
		for (Map.Entry<String, JsonNode> member : schema.path("properties").properties()) {
			JsonNode given = value.get(member.getKey());
			if (given != null || required.contains(member.getKey())) {
				outcome = outcome.and(check(member.getValue(), given, issues, Issues.path(path, member.getKey())));
			}
		}
		return outcome;
	}

	private static Outcome array(JsonNode schema, @Nullable JsonNode value, Issues issues, Object... path) {
		if (value == null || !value.isArray()) {
			return wrongType("array", value, issues, path);
		}
		Outcome outcome = Outcome.VALID;
		int most = schema.path("maxItems").asInt(Integer.MAX_VALUE);
		int least = schema.path("minItems").asInt(0);
		if (value.size() > most) {
			outcome = size("too_big", "maximum", most, "array", "Array must contain at most " + most + " element(s)",
					issues, path);
		}
		if (value.size() < least) {
			outcome = size("too_small", "minimum", least, "array",
					"Array must contain at least " + least + " element(s)", issues, path);
		}
		for (int i = 0; i < value.size(); i++) {
			outcome = outcome.and(check(schema.path("items"), value.get(i), issues, Issues.path(path, i)));
		}
		return outcome;
	}

	private static Outcome string(JsonNode schema, @Nullable JsonNode value, Issues issues, Object... path) {
		List<String> options = schema.path("enum").valueStream().map(JsonNode::asString).toList();
		if (schema.has("const")) {
			if (schema.get("const").equals(value)) {
				return Outcome.VALID;
			}
			issues.invalid(JsonBody.of("code", "invalid_literal")
				.with("expected", schema.get("const"))
				.maybe("received", value)
				.with("path", List.of(path))
				.with("message", "Invalid literal value, expected " + schema.get("const")));
			return Outcome.ABORTED;
		}
		if (value == null || !value.isString()) {
			return wrongType(options.isEmpty() ? "string" : Issues.alternatives(options), value, issues, path);
		}
		String text = value.asString();
		if (!options.isEmpty() && !options.contains(text)) {
			issues.wrongEnum(text, options, path);
			return Outcome.DIRTY;
		}
		int least = schema.path("minLength").asInt(0);
		int most = schema.path("maxLength").asInt(Integer.MAX_VALUE);
		if (text.length() < least) {
			return size("too_small", "minimum", least, "string",
					"String must contain at least " + least + " character(s)", issues, path);
		}
		if (text.length() > most) {
			return size("too_big", "maximum", most, "string", tooLong(path).formatted(most), issues, path);
		}
		if (schema.has("pattern") && !text.matches(schema.path("pattern").asString())) {
			issues.custom("Invalid", path);
			return Outcome.DIRTY;
		}
		return Outcome.VALID;
	}

	private static String tooLong(Object... path) {
		for (int i = path.length - 1; i >= 0; i--) {
			if (path[i] instanceof String name) {
				return TOO_LONG.getOrDefault(name, "String must contain at most %d character(s)");
			}
		}
		return "String must contain at most %d character(s)";
	}

	private static Outcome number(JsonNode schema, @Nullable JsonNode value, Issues issues, Object... path) {
		if (value == null || !value.isNumber()) {
			return wrongType("number", value, issues, path);
		}
		double number = value.doubleValue();
		Outcome outcome = Outcome.VALID;
		if (schema.path("type").asString("").equals("integer") && number != Math.rint(number)) {
			issues.fraction(path);
			outcome = Outcome.DIRTY;
		}
		if (schema.has("minimum") && number < schema.path("minimum").doubleValue()) {
			issues.tooSmall(schema.path("minimum").longValue(), true, path);
			outcome = Outcome.DIRTY;
		}
		if (schema.has("exclusiveMinimum") && number <= schema.path("exclusiveMinimum").doubleValue()) {
			issues.tooSmall(schema.path("exclusiveMinimum").longValue(), false, path);
			outcome = Outcome.DIRTY;
		}
		if (schema.has("maximum") && number > schema.path("maximum").doubleValue()) {
			long most = schema.path("maximum").longValue();
			issues.tooBig(most, "Number must be less than or equal to " + most, path);
			outcome = Outcome.DIRTY;
		}
		return outcome;
	}

	/**
	 * Check what becomes a date: everything but objects, lists, and texts that are none.
	 */
	private static Outcome date(@Nullable JsonNode value, Issues issues, Object... path) {
		boolean valid = value != null && (value.isNumber() || value.isBoolean() || value.isNull()
				|| (value.isString() && TimeSpans.instant(value.asString()) != null));
		if (valid) {
			return Outcome.VALID;
		}
		issues.invalidDate(path);
		return Outcome.ABORTED;
	}

	private static Outcome types(JsonNode types, @Nullable JsonNode value, Issues issues, Object... path) {
		List<JsonNode> schemas = new ArrayList<>();
		types.forEach((type) -> schemas.add(Json.tree(JsonBody.of("type", type))));
		return union(Json.tree(schemas), value, issues, path);
	}

	/**
	 * Check a union: the first alternative that is met wins; else the first whose type is
	 * right tells what is wrong; else all do.
	 */
	private static Outcome union(JsonNode schemas, @Nullable JsonNode value, Issues issues, Object... path) {
		List<Issues> aborted = new ArrayList<>();
		Issues dirty = null;
		for (JsonNode schema : schemas) {
			Issues found = new Issues();
			Outcome outcome = check(schema, value, found, path);
			if (outcome == Outcome.VALID) {
				return outcome;
			}
			if (outcome == Outcome.DIRTY && dirty == null) {
				dirty = found;
			}
			aborted.add(found);
		}
		if (dirty != null) {
			dirty.list().forEach(issues::invalid);
			return Outcome.DIRTY;
		}
		issues.union(aborted, path);
		return Outcome.ABORTED;
	}

	private static Outcome discriminated(JsonNode schemas, @Nullable JsonNode value, Issues issues, Object... path) {
		String discriminator = null;
		for (Map.Entry<String, JsonNode> member : schemas.path(0).path("properties").properties()) {
			discriminator = member.getValue().has("const") ? member.getKey() : discriminator;
		}
		if (discriminator == null) {
			return union(schemas, value, issues, path);
		}
		if (value == null || !value.isObject()) {
			return wrongType("object", value, issues, path);
		}
		List<String> options = new ArrayList<>();
		for (JsonNode schema : schemas) {
			JsonNode option = schema.path("properties").path(discriminator).path("const");
			if (option.equals(value.get(discriminator))) {
				return check(schema, value, issues, path);
			}
			options.add(option.asString());
		}
		issues.invalid(JsonBody.of("code", "invalid_union_discriminator")
			.with("options", options)
			.with("path", List.of(Issues.path(path, discriminator)))
			.with("message", "Invalid discriminator value. Expected " + Issues.alternatives(options)));
		return Outcome.ABORTED;
	}

	private static Outcome size(String code, String name, long bound, String type, String message, Issues issues,
			Object... path) {
		issues.invalid(JsonBody.of("code", code)
			.with(name, bound)
			.with("type", type)
			.with("inclusive", true)
			.with("exact", false)
			.with("message", message)
			.with("path", List.of(path)));
		return Outcome.DIRTY;
	}

	/**
	 * What came of a check.
	 */
	private enum Outcome {

		/**
		 * Nothing is wrong.
		 */
		VALID,

		/**
		 * The type is right, but not the content.
		 */
		DIRTY,

		/**
		 * The type is wrong.
		 */
		ABORTED;

		Outcome and(Outcome other) {
			return (compareTo(other) >= 0) ? this : other;
		}

	}

}

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

import java.util.List;

import dev.trigger.emulator.http.Json;
import dev.trigger.emulator.http.JsonBody;
import dev.trigger.emulator.state.JavaScriptDate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Checks values that have no parts: texts, numbers, booleans, literals and dates.
 */
final class ScalarSchema {

	private ScalarSchema() {
	}

	/**
	 * Check a value by the type that its schema names.
	 * @param schema the schema
	 * @param value the value, {@code null} if it is missing
	 * @param issues where to note what is wrong
	 * @param path where the value is
	 * @return what came of it; a schema without a known type allows everything
	 */
	static SchemaOutcome check(JsonNode schema, @Nullable JsonNode value, Issues issues, Object... path) {
		return switch (schema.path("type").asString("")) {
			case "string" -> string(schema, value, issues, path);
			case "integer", "number" -> number(schema, value, issues, path);
			case "never" -> SchemaOutcome.wrongType("never", value, issues, path);
			case "boolean" -> (value != null && value.isBoolean()) ? SchemaOutcome.VALID
					: SchemaOutcome.wrongType("boolean", value, issues, path);
			default -> SchemaOutcome.VALID;
		};
	}

	private static SchemaOutcome string(JsonNode schema, @Nullable JsonNode value, Issues issues, Object... path) {
		List<String> options = schema.path("enum").valueStream().map(JsonNode::asString).toList();
		if (value == null || !value.isString()) {
			if (options.isEmpty()) {
				return SchemaOutcome.wrongType("string", value, issues, path);
			}
			issues.noEnum(options, value, path);
			return SchemaOutcome.ABORTED;
		}
		String text = schema.has("x-trim") ? value.asString().strip() : value.asString();
		if (!options.isEmpty() && !options.contains(text)) {
			issues.wrongEnum(text, options, path);
			return SchemaOutcome.ABORTED;
		}
		int least = schema.path("minLength").asInt(0);
		int most = schema.path("maxLength").asInt(Integer.MAX_VALUE);
		if (text.length() < least) {
			return SchemaOutcome.size("too_small", "minimum", least, "string",
					schema.path("x-too-short").asString("String must contain at least " + least + " character(s)"),
					issues, path);
		}
		if (text.length() > most) {
			return SchemaOutcome.size("too_big", "maximum", most, "string",
					schema.path("x-too-long").asString("String must contain at most " + most + " character(s)"), issues,
					path);
		}
		if (schema.has("pattern") && !text.matches(schema.path("pattern").asString())) {
			issues.custom("Invalid", path);
			return SchemaOutcome.DIRTY;
		}
		return SchemaOutcome.VALID;
	}

	static SchemaOutcome literal(JsonNode expected, @Nullable JsonNode value, Issues issues, Object... path) {
		if (expected.equals(value)) {
			return SchemaOutcome.VALID;
		}
		issues.invalid(new JsonBody().maybe("received", value)
			.with("code", "invalid_literal")
			.with("expected", expected)
			.with("path", List.of(path))
			.with("message", "Invalid literal value, expected " + expected));
		return SchemaOutcome.ABORTED;
	}

	private static SchemaOutcome number(JsonNode schema, @Nullable JsonNode value, Issues issues, Object... path) {
		if (value == null || !value.isNumber()) {
			return SchemaOutcome.wrongType("number", value, issues, path);
		}
		double number = Json.number(value);
		SchemaOutcome outcome = SchemaOutcome.VALID;
		if (schema.path("type").asString("").equals("integer") && !NodeJson.isInteger(number)) {
			issues.fraction(path);
			outcome = SchemaOutcome.DIRTY;
		}
		if (schema.has("minimum") && number < schema.path("minimum").doubleValue()) {
			issues.tooSmall(schema.path("minimum").longValue(), true, path);
			outcome = SchemaOutcome.DIRTY;
		}
		if (schema.has("exclusiveMinimum") && number <= schema.path("exclusiveMinimum").doubleValue()) {
			issues.tooSmall(schema.path("exclusiveMinimum").longValue(), false, path);
			outcome = SchemaOutcome.DIRTY;
		}
		if (schema.has("maximum") && number > schema.path("maximum").doubleValue()) {
			long most = schema.path("maximum").longValue();
			issues.tooBig(most, "Number must be less than or equal to " + most, path);
			outcome = SchemaOutcome.DIRTY;
		}
		return outcome;
	}

	/**
	 * Check what becomes a date: everything but objects, lists, and texts that are none.
	 */
	static SchemaOutcome date(@Nullable JsonNode value, Issues issues, Object... path) {
		if (value != null && JavaScriptDate.read(value) != null) {
			return SchemaOutcome.VALID;
		}
		issues.invalidDate(path);
		return SchemaOutcome.ABORTED;
	}

}

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
import java.util.Arrays;
import java.util.List;

import dev.trigger.emulator.http.EmulatorResponse;
import dev.trigger.emulator.http.Json;
import dev.trigger.emulator.http.JsonBody;
import dev.trigger.emulator.http.ResponseException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What is wrong with a request, in the words of the server's validation.
 */
final class Issues {

	private final List<JsonBody> issues = new ArrayList<>();

	void wrongType(String expected, @Nullable JsonNode actual, Object... path) {
		String received = type(actual);
		String message = (actual == null) ? "Required" : "Expected " + expected + ", received " + received;
		this.issues.add(JsonBody.of("code", "invalid_type")
			.with("expected", expected)
			.with("received", received)
			.with("path", List.of(path))
			.with("message", message));
	}

	void noEnum(List<String> options, @Nullable JsonNode actual, Object... path) {
		String expected = alternatives(options);
		String received = type(actual);
		this.issues.add(JsonBody.of("expected", expected)
			.with("received", received)
			.with("code", "invalid_type")
			.with("path", List.of(path))
			.with("message", (actual == null) ? "Required" : "Expected " + expected + ", received " + received));
	}

	void notANumber(Object... path) {
		this.issues.add(JsonBody.of("code", "invalid_type")
			.with("expected", "number")
			.with("received", "nan")
			.with("path", List.of(path))
			.with("message", "Expected number, received nan"));
	}

	void fraction(Object... path) {
		this.issues.add(JsonBody.of("code", "invalid_type")
			.with("expected", "integer")
			.with("received", "float")
			.with("message", "Expected integer, received float")
			.with("path", List.of(path)));
	}

	/**
	 * Note that a value meets no alternative.
	 * @param alternatives what is wrong by each of them
	 * @param path where the value is
	 */
	void union(List<Issues> alternatives, Object... path) {
		List<JsonBody> errors = new ArrayList<>();
		for (Issues alternative : alternatives) {
			errors.add(JsonBody.of("issues", alternative.issues).with("name", "ZodError"));
		}
		this.issues.add(JsonBody.of("code", "invalid_union")
			.with("unionErrors", errors)
			.with("path", List.of(path))
			.with("message", "Invalid input"));
	}

	void tooLong(int maximum, String path) {
		tooLong(maximum, "String must contain at most " + maximum + " character(s)", path);
	}

	void tooLong(int maximum, String message, String path) {
		size("too_big", "maximum", maximum, "string", true, message, path);
	}

	void noMatch(String message, Object... path) {
		this.issues.add(JsonBody.of("validation", "regex")
			.with("code", "invalid_string")
			.with("message", message)
			.with("path", List.of(path)));
	}

	void custom(String message, Object... path) {
		this.issues.add(JsonBody.of("code", "custom").with("message", message).with("path", List.of(path)));
	}

	void invalidDate(Object... path) {
		this.issues
			.add(JsonBody.of("code", "invalid_date").with("path", List.of(path)).with("message", "Invalid date"));
	}

	void tooBig(long maximum, String message, Object... path) {
		size("too_big", "maximum", maximum, "number", true, message, path);
	}

	void tooSmall(long minimum, boolean inclusive, Object... path) {
		String message = "Number must be greater than " + (inclusive ? "or equal to " : "") + minimum;
		size("too_small", "minimum", minimum, "number", inclusive, message, path);
	}

	void tooSmall(long minimum, String message, Object... path) {
		size("too_small", "minimum", minimum, "number", true, message, path);
	}

	void wrongEnum(String received, List<String> options, Object... path) {
		String expected = alternatives(options);
		this.issues.add(JsonBody.of("received", received)
			.with("code", "invalid_enum_value")
			.with("options", options)
			.with("path", List.of(path))
			.with("message", "Invalid enum value. Expected " + expected + ", received '" + received + "'"));
	}

	void invalid(JsonBody issue) {
		this.issues.add(issue);
	}

	List<JsonBody> list() {
		return this.issues;
	}

	boolean isEmpty() {
		return this.issues.isEmpty();
	}

	/**
	 * Respond as the newer routes do about a body.
	 */
	void refuse() {
		if (!this.issues.isEmpty()) {
			throw new ResponseException(400,
					"Validation error: " + String.join("; ", this.issues.stream().map(Issues::sentence).toList()));
		}
	}

	/**
	 * Respond as the older routes do about a body.
	 * @param error the text under {@code error}
	 */
	void refuseWithIssues(String error) {
		if (!this.issues.isEmpty()) {
			throw new ResponseException(
					EmulatorResponse.json(400, JsonBody.of("error", error).with("issues", this.issues)));
		}
	}

	/**
	 * Respond about a query.
	 */
	void refuseQuery() {
		refuseWithDetails("Query Error");
	}

	/**
	 * Respond about what stands in a path.
	 */
	void refuseParameters() {
		refuseWithDetails("Params Error");
	}

	/**
	 * Respond about headers.
	 */
	void refuseHeaders() {
		refuseWithDetails("Headers Error");
	}

	private void refuseWithDetails(String error) {
		if (!this.issues.isEmpty()) {
			throw new ResponseException(
					EmulatorResponse.json(400, JsonBody.of("error", error).with("details", this.issues)));
		}
	}

	/**
	 * Write the issues as indented text, which some routes have for a message.
	 * @return the text
	 */
	String pretty() {
		return pretty(Json.tree(this.issues), "");
	}

	private static String pretty(JsonNode node, String indent) {
		List<String> parts = new ArrayList<>();
		String inner = indent + "  ";
		if (node.isObject()) {
			node.properties()
				.forEach((member) -> parts.add(Json.string(member.getKey()) + ": " + pretty(member.getValue(), inner)));
		}
		else {
			node.forEach((element) -> parts.add(pretty(element, inner)));
		}
		if (parts.isEmpty()) {
			return Json.string(node);
		}
		String text = "\n" + inner + String.join(",\n" + inner, parts) + "\n" + indent;
		return node.isObject() ? "{" + text + "}" : "[" + text + "]";
	}

	/**
	 * Note that something is too large or too small.
	 * @param code the code of the issue
	 * @param name what the bound is called
	 * @param bound the bound
	 * @param type what has a size, such as {@code string}
	 * @param inclusive whether the bound itself is allowed
	 * @param message the message
	 * @param path where it is
	 */
	void size(String code, String name, long bound, String type, boolean inclusive, String message, Object... path) {
		this.issues.add(JsonBody.of("code", code)
			.with(name, bound)
			.with("type", type)
			.with("inclusive", inclusive)
			.with("exact", false)
			.with("message", message)
			.with("path", List.of(path)));
	}

	static String alternatives(List<String> options) {
		return String.join(" | ", options.stream().map((option) -> "'" + option + "'").toList());
	}

	private static String sentence(JsonBody issue) {
		if (issue.get("unionErrors") instanceof List<?> alternatives) {
			return String.join(", or ", alternatives.stream().map(Issues::sentences).distinct().toList());
		}
		StringBuilder path = new StringBuilder();
		List<?> elements = (issue.get("path") instanceof List<?> list) ? list : List.of();
		for (Object element : elements) {
			if (element instanceof Integer index) {
				path.append('[').append(index).append(']');
			}
			else {
				path.append(path.isEmpty() ? "" : ".").append(element);
			}
		}
		return issue.get("message") + (path.isEmpty() ? "" : " at \"" + path + "\"");
	}

	private static String sentences(Object alternative) {
		List<String> sentences = new ArrayList<>();
		if (alternative instanceof JsonBody body && body.get("issues") instanceof List<?> issues) {
			issues.forEach((issue) -> sentences.add(sentence((JsonBody) issue)));
		}
		return String.join("; ", sentences);
	}

	static String type(@Nullable JsonNode node) {
		if (node == null) {
			return "undefined";
		}
		return switch (node.getNodeType()) {
			case ARRAY -> "array";
			case BOOLEAN -> "boolean";
			case NULL -> "null";
			case NUMBER -> "number";
			case OBJECT -> "object";
			default -> "string";
		};
	}

	static Object[] path(Object[] parent, Object... more) {
		Object[] path = Arrays.copyOf(parent, parent.length + more.length);
		System.arraycopy(more, 0, path, parent.length, more.length);
		return path;
	}

}

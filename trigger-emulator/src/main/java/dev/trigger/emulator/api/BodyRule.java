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
import java.util.Set;
import java.util.regex.Pattern;

import dev.trigger.emulator.http.Json;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The rules of request bodies that are more than types and sizes. The file of schemas
 * names them under {@code x-rule}.
 */
final class BodyRule {

	private static final Set<String> UNSAFE_KEYS = Set.of("__proto__", "constructor", "prototype");

	/**
	 * Addresses as the validation library knows them: no dot at the start, none after
	 * another one, and a domain with a name for its top.
	 */
	private static final Pattern EMAIL = Pattern
		.compile("(?i)(?!\\.|.*\\.\\.)[\\w'+.-]*[\\w+-]@(?:[a-z0-9][a-z0-9-]*\\.)+[a-z]{2,}");

	private BodyRule() {
	}

	/**
	 * Check a value whose type is right.
	 * @param schema the schema with the rule
	 * @param value the value
	 * @return what is wrong with it, or {@code null}
	 */
	static @Nullable String violation(JsonNode schema, JsonNode value) {
		JsonNode rule = schema.path("x-rule");
		String message = rule.path("message").asString("");
		return switch (rule.path("kind").asString("")) {
			case "exactly-one" -> (given(rule.path("names"), value) != 1) ? message : null;
			case "any-member" -> schema.path("properties")
				.propertyNames()
				.stream()
				.noneMatch((name) -> value.has(name) && isFilled(value.get(name))) ? message : null;
			case "not-starting-with" ->
				value.asString("").strip().startsWith(rule.path("text").asString()) ? message : null;
			case "other-than" -> value.asString("").equals(rule.path("text").asString()) ? message : null;
			case "force-by-name" ->
				value.path("force").asBoolean(false) && value.path("externalId").asString("").isBlank() ? message
						: null;
			case "metadata-key" ->
				List.of(value.asString("").split("[.\\[\\]'\"$]+")).stream().anyMatch(UNSAFE_KEYS::contains) ? message
						: null;
			case "stored-payload" -> isStoredWithoutPath(value) ? message : null;
			case "email" -> EMAIL.matcher(value.asString("")).matches() ? null : message;
			case "schedule-window" -> ScheduleWindow.violation(value.asString(""));
			default -> throw new IllegalArgumentException("Unknown rule: " + rule);
		};
	}

	/**
	 * Return where a violation is reported.
	 * @param rule the rule
	 * @param path where the value is
	 * @return the path
	 */
	static Object[] path(JsonNode rule, Object... path) {
		return switch (rule.path("kind").asString("")) {
			case "stored-payload" -> Issues.path(path, "payload");
			case "force-by-name" -> Issues.path(path, "force");
			default -> path;
		};
	}

	private static int given(JsonNode names, JsonNode value) {
		int given = 0;
		for (JsonNode name : names) {
			given += value.has(name.asString()) ? 1 : 0;
		}
		return given;
	}

	private static boolean isFilled(JsonNode value) {
		if (value.isArray()) {
			return value.valueStream().anyMatch(BodyRule::isFilled);
		}
		return !value.isString() || !value.asString().isBlank();
	}

	private static boolean isStoredWithoutPath(JsonNode value) {
		JsonNode payload = value.path("payload");
		return "application/store".equals(Json.text(value.path("options"), "payloadType"))
				&& (!payload.isString() || payload.asString().isEmpty());
	}

}

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
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The schema of a request body, checked as the server's validation library (zod) does:
 * with its rules for unions, and in its words. What a value without parts has to be, is
 * known to {@link ScalarSchema}.
 */
final class BodySchema {

	private static final JsonNode SCHEMAS = QueryTable.resource("request-schemas.json");

	private final JsonNode schema;

	private BodySchema(JsonNode schema) {
		this.schema = schema;
	}

	/**
	 * Find a schema. Routes do so when they are created, since the file of all schemas is
	 * not to be read by a thread that serves a request.
	 * @param operation the operation whose body it describes
	 * @return the schema
	 */
	static BodySchema of(String operation) {
		JsonNode schema = SCHEMAS.get(operation);
		if (schema == null) {
			throw new IllegalArgumentException("No schema of " + operation);
		}
		return new BodySchema(schema);
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
	 * Return the body of a request, refused in the way of the newer routes when it is
	 * wrong.
	 * @param call the request
	 * @return the body
	 */
	JsonNode read(ApiCall call) {
		JsonNode body = call.json();
		issues(body).refuse();
		return body;
	}

	/**
	 * Return the body of a request, refused in the way of the older routes when it is
	 * wrong.
	 * @param call the request
	 * @return the body
	 */
	JsonNode readOlder(ApiCall call) {
		JsonNode body = call.jsonOrBreak();
		issues(body).refuseWithIssues("Invalid request body");
		return body;
	}

	/**
	 * Return the body of a request on one of the older routes that reports what is no
	 * JSON itself.
	 * @param call the request
	 * @return the body
	 */
	JsonNode readReported(ApiCall call) {
		JsonNode body = call.jsonOr(500, "Internal Server Error");
		issues(body).refuseWithIssues("Invalid request body");
		return body;
	}

	Issues issues(JsonNode body) {
		Issues issues = new Issues();
		check(body, issues);
		return issues;
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

	private static SchemaOutcome check(JsonNode schema, @Nullable JsonNode value, Issues issues, Object... path) {
		if (value != null && value.isNull() && schema.has("x-nullable")) {
			return SchemaOutcome.VALID;
		}
		SchemaOutcome outcome = checkType(schema, value, issues, path);
		if (outcome != SchemaOutcome.ABORTED && value != null && schema.has("x-rule")) {
			String message = BodyRule.violation(schema, value);
			if (message != null) {
				issues.custom(message, BodyRule.path(schema.path("x-rule"), path));
				outcome = outcome.and(SchemaOutcome.DIRTY);
			}
		}
		return outcome;
	}

	private static SchemaOutcome checkType(JsonNode schema, @Nullable JsonNode value, Issues issues, Object... path) {
		if (schema.has("anyOf")) {
			return union(schema.path("anyOf"), value, issues, path);
		}
		if (schema.has("oneOf")) {
			return discriminated(schema.path("oneOf"), value, issues, path);
		}
		if (schema.has("const")) {
			return ScalarSchema.literal(schema.get("const"), value, issues, path);
		}
		if (schema.has("x-coerce")) {
			return ScalarSchema.date(value, issues, path);
		}
		JsonNode type = schema.path("type");
		if (type.isArray()) {
			return types(type, value, issues, path);
		}
		return switch (type.asString("")) {
			case "object" -> object(schema, value, issues, path);
			case "array" -> array(schema, value, issues, path);
			default -> (value == null && schema.isEmpty()) ? SchemaOutcome.wrongType("unknown", value, issues, path)
					: ScalarSchema.check(schema, value, issues, path);
		};
	}

	private static SchemaOutcome object(JsonNode schema, @Nullable JsonNode value, Issues issues, Object... path) {
		if (value == null || !value.isObject()) {
			return SchemaOutcome.wrongType("object", value, issues, path);
		}
		List<String> required = schema.path("required").valueStream().map(JsonNode::asString).toList();
		SchemaOutcome outcome = SchemaOutcome.VALID;
		if (schema.has("additionalProperties")) {
			for (Map.Entry<String, JsonNode> member : value.properties()) {
				outcome = outcome.and(check(schema.get("additionalProperties"), member.getValue(), issues,
						Issues.path(path, member.getKey())));
			}
		}
		for (Map.Entry<String, JsonNode> member : schema.path("properties").properties()) {
			JsonNode given = value.get(member.getKey());
			if (given != null || required.contains(member.getKey())) {
				outcome = outcome.and(check(member.getValue(), given, issues, Issues.path(path, member.getKey())));
			}
		}
		return outcome;
	}

	private static SchemaOutcome array(JsonNode schema, @Nullable JsonNode value, Issues issues, Object... path) {
		if (value == null || !value.isArray()) {
			return SchemaOutcome.wrongType("array", value, issues, path);
		}
		SchemaOutcome outcome = SchemaOutcome.VALID;
		int most = schema.path("maxItems").asInt(Integer.MAX_VALUE);
		int least = schema.path("minItems").asInt(0);
		if (value.size() > most) {
			outcome = SchemaOutcome.size("too_big", "maximum", most, "array",
					schema.path("x-too-long").asString("Array must contain at most " + most + " element(s)"), issues,
					path);
		}
		if (value.size() < least) {
			outcome = SchemaOutcome.size("too_small", "minimum", least, "array",
					schema.path("x-too-short").asString("Array must contain at least " + least + " element(s)"), issues,
					path);
		}
		for (int i = 0; i < value.size(); i++) {
			outcome = outcome.and(check(schema.path("items"), value.get(i), issues, Issues.path(path, i)));
		}
		return outcome;
	}

	private static SchemaOutcome types(JsonNode types, @Nullable JsonNode value, Issues issues, Object... path) {
		List<JsonNode> schemas = new ArrayList<>();
		types.forEach((type) -> schemas.add(Json.tree(JsonBody.of("type", type))));
		return union(Json.tree(schemas), value, issues, path);
	}

	/**
	 * Check a union: the first alternative that is met wins; else the first whose type is
	 * right tells what is wrong; else all do.
	 */
	private static SchemaOutcome union(JsonNode schemas, @Nullable JsonNode value, Issues issues, Object... path) {
		List<Issues> aborted = new ArrayList<>();
		Issues dirty = null;
		for (JsonNode schema : schemas) {
			Issues found = new Issues();
			SchemaOutcome outcome = check(schema, value, found, path);
			if (outcome == SchemaOutcome.VALID) {
				return outcome;
			}
			if (outcome == SchemaOutcome.DIRTY && dirty == null) {
				dirty = found;
			}
			aborted.add(found);
		}
		if (dirty != null) {
			dirty.list().forEach(issues::invalid);
			return SchemaOutcome.DIRTY;
		}
		issues.union(aborted, path);
		return SchemaOutcome.ABORTED;
	}

	private static SchemaOutcome discriminated(JsonNode schemas, @Nullable JsonNode value, Issues issues,
			Object... path) {
		String discriminator = null;
		for (Map.Entry<String, JsonNode> member : schemas.path(0).path("properties").properties()) {
			discriminator = member.getValue().has("const") ? member.getKey() : discriminator;
		}
		if (discriminator == null) {
			return union(schemas, value, issues, path);
		}
		if (value == null || !value.isObject()) {
			return SchemaOutcome.wrongType("object", value, issues, path);
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
		return SchemaOutcome.ABORTED;
	}

}

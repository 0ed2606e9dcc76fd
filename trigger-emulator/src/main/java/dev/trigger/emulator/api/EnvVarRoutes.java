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
import java.util.Locale;
import java.util.Map;
import java.util.Set;

import dev.trigger.emulator.http.EmulatorResponse;
import dev.trigger.emulator.http.Json;
import dev.trigger.emulator.http.JsonBody;
import dev.trigger.emulator.http.ResponseException;
import dev.trigger.emulator.state.EnvVar;
import dev.trigger.emulator.state.Environment;
import tools.jackson.databind.JsonNode;

/**
 * Environment variables.
 */
final class EnvVarRoutes {

	private static final String PATH = "/api/v1/projects/{projectRef}/envvars/{env}";

	/**
	 * Names that nobody can set.
	 */
	private static final Set<String> RESERVED = Set.of("TRIGGER_SECRET_KEY", "TRIGGER_API_URL");

	/**
	 * What a worker is given besides the variables of its environment.
	 */
	private static final Map<String, String> BUILT_IN = Map.of("TRIGGER_REALTIME_STREAM_VERSION", "v1",
			"TRIGGER_OTEL_SPAN_ATTRIBUTE_COUNT_LIMIT", "1024", "TRIGGER_OTEL_LOG_ATTRIBUTE_COUNT_LIMIT", "1024",
			"TRIGGER_OTEL_SPAN_ATTRIBUTE_VALUE_LENGTH_LIMIT", "131072", "TRIGGER_OTEL_LOG_ATTRIBUTE_VALUE_LENGTH_LIMIT",
			"131072", "TRIGGER_OTEL_SPAN_EVENT_COUNT_LIMIT", "10", "TRIGGER_OTEL_LINK_COUNT_LIMIT", "2",
			"TRIGGER_OTEL_ATTRIBUTE_PER_LINK_COUNT_LIMIT", "10", "TRIGGER_OTEL_ATTRIBUTE_PER_EVENT_COUNT_LIMIT", "10",
			"TRIGGER_WAIT_UNTIL_TIMEOUT_MS", "600000");

	private static final BodySchema CREATE = BodySchema.of("envvars.create");

	private static final BodySchema UPDATE = BodySchema.of("envvars.update");

	private static final BodySchema UPLOAD = BodySchema.of("envvars.upload");

	private static final String NOT_FOUND = "Environment variable not found";

	private final Authenticator authenticator;

	EnvVarRoutes(Authenticator authenticator) {
		this.authenticator = authenticator;
	}

	void addTo(Router router) {
		RouteAccess access = RouteAccess.SECRET_KEY_OR_PERSONAL_TOKEN;
		router.get("envvars.list", PATH, this::list).access(access);
		router.post("envvars.create", PATH, this::create).access(access).anyAction();
		router.post("envvars.upload", PATH + "/import", this::upload).access(access).anyAction();
		router.get("envvars.retrieve", PATH + "/{name}", this::retrieve).access(access);
		router.put("envvars.update", PATH + "/{name}", this::update).access(access);
		router.post("envvars.update", PATH + "/{name}", this::update).access(access);
		router.delete("envvars.del", PATH + "/{name}", this::delete).access(access);
		router.get("projects.envvars", "/api/v1/projects/{projectRef}/envvars", this::asWorkerSees);
	}

	private EmulatorResponse list(ApiCall call) {
		return EmulatorResponse
			.ok(target(call).effectiveVariables().values().stream().map(EnvVarRoutes::withSecret).toList());
	}

	private EmulatorResponse create(ApiCall call) {
		Environment environment = target(call);
		JsonNode body = CREATE.readOlder(call);
		String name = body.path("name").asString();
		JsonNode variables = Json.object().put(name, body.path("value").asString());
		requireValid(variables);
		write(environment, variables, body.path("isSecret").asBoolean(false));
		return success();
	}

	private EmulatorResponse upload(ApiCall call) {
		Environment environment = target(call);
		JsonNode body = call.jsonOrBreak();
		JsonNode variables = body.path("variables");
		if (!UPLOAD.issues(body).isEmpty()) {
			throw new ResponseException(400, "Invalid body");
		}
		requireValid(variables);
		boolean secret = body.path("isSecret").asBoolean(false);
		if (!body.path("override").asBoolean(false)) {
			refuseExisting(environment, variables);
		}
		write(environment, variables, secret);
		if (environment.parent() != null) {
			write(environment.parent(), body.path("parentVariables"), secret);
		}
		return success();
	}

	private static void refuseExisting(Environment environment, JsonNode variables) {
		List<JsonBody> errors = new ArrayList<>();
		for (Map.Entry<String, JsonNode> variable : variables.properties()) {
			if (environment.variables().containsKey(variable.getKey())) {
				errors.add(JsonBody.of("key", variable.getKey())
					.with("error", "Variable already set in " + title(environment) + "."));
			}
		}
		if (!errors.isEmpty()) {
			throw new ResponseException(EmulatorResponse.json(400,
					JsonBody
						.of("error",
								"Some of the variables are already set for these environments."
										+ " Set override to true to override them.")
						.with("variableErrors", errors)));
		}
	}

	private static String title(Environment environment) {
		String type = environment.kind().name();
		return type.charAt(0) + type.substring(1).toLowerCase(Locale.ROOT);
	}

	private static boolean isValid(Map.Entry<String, JsonNode> variable) {
		return !variable.getKey().isBlank() && !variable.getValue().asString("").isBlank()
				&& !RESERVED.contains(variable.getKey());
	}

	private static void write(Environment environment, JsonNode variables, boolean secret) {
		variables.properties()
			.stream()
			.filter(EnvVarRoutes::isValid)
			.forEach((variable) -> environment.variables()
				.put(variable.getKey(), new EnvVar(variable.getKey(), variable.getValue().asString(), secret)));
	}

	private EmulatorResponse retrieve(ApiCall call) {
		EnvVar variable = target(call).effectiveVariables().get(call.variable("name"));
		if (variable == null) {
			throw new ResponseException(404, NOT_FOUND);
		}
		return EmulatorResponse.ok(withSecret(variable));
	}

	private EmulatorResponse update(ApiCall call) {
		Environment environment = target(call);
		JsonNode body = Json.parse(call.request().bodyText());
		if (body == null) {
			throw new ResponseException(500, "Internal Server Error");
		}
		EnvVar existing = existing(environment, call.variable("name"), UPDATE.issues(body));
		String value = body.path("value").asString();
		environment.variables().put(existing.name(), new EnvVar(existing.name(), value, existing.isSecret()));
		return success();
	}

	private EmulatorResponse delete(ApiCall call) {
		Environment environment = target(call);
		environment.variables().remove(existing(environment, call.variable("name"), new Issues()).name());
		return success();
	}

	private static EnvVar existing(Environment environment, String name, Issues issues) {
		if (environment.project().all().stream().noneMatch((other) -> other.variables().containsKey(name))) {
			throw new ResponseException(404, NOT_FOUND);
		}
		issues.refuseWithIssues("Invalid request body");
		EnvVar variable = environment.variables().get(name);
		if (variable == null) {
			throw new ResponseException(400, "Environment variable value not found");
		}
		return variable;
	}

	private EmulatorResponse asWorkerSees(ApiCall call) {
		Environment environment = call.environment();
		if (!environment.project().ref().equals(call.variable("projectRef"))) {
			throw new ResponseException(404, "Project not found");
		}
		JsonBody variables = new JsonBody();
		variables.with("OTEL_EXPORTER_OTLP_ENDPOINT", call.state().apiUrl() + "/otel");
		environment.effectiveVariables()
			.values()
			.forEach((variable) -> variables.with(variable.name(), variable.value()));
		BUILT_IN.forEach(variables::with);
		for (String name : List.of("TRIGGER_API_URL", "TRIGGER_STREAM_URL")) {
			variables.with(name, call.state().apiUrl());
		}
		variables.with("TRIGGER_OTEL_EXPORTER_OTLP_ENDPOINT", call.state().apiUrl() + "/otel");
		return EmulatorResponse.ok(JsonBody.of("variables", variables));
	}

	private Environment target(ApiCall call) {
		return EnvironmentTarget.find(this.authenticator, call);
	}

	private static void requireValid(JsonNode variables) {
		if (variables.properties().stream().noneMatch(EnvVarRoutes::isValid)) {
			boolean reserved = variables.properties().stream().map(Map.Entry::getKey).anyMatch(RESERVED::contains);
			throw new ResponseException(400, "You must set at least one valid variable."
					+ (reserved ? " All the variables submitted are not allowed." : ""));
		}
	}

	private static JsonBody withSecret(EnvVar variable) {
		return JsonBody.of("name", variable.name())
			.with("value", variable.isSecret() ? "<redacted>" : variable.value())
			.with("isSecret", variable.isSecret());
	}

	private static EmulatorResponse success() {
		return EmulatorResponse.ok(JsonBody.of("success", true));
	}

}

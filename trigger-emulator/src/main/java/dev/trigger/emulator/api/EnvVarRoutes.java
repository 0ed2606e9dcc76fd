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
import org.jspecify.annotations.Nullable;
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
		EmulatorResponse refusal = write(environment, variables, secret(body), true);
		return (refusal != null) ? refusal : success();
	}

	private EmulatorResponse upload(ApiCall call) {
		Environment environment = target(call);
		JsonNode body = EnvVarFile.isSentWith(call.request()) ? EnvVarFile.read(call.request()) : call.jsonOrBreak();
		JsonNode variables = body.path("variables");
		if (!UPLOAD.issues(body).isEmpty()) {
			throw new ResponseException(400, "Invalid body");
		}
		boolean override = body.path("override").asBoolean(false);
		EmulatorResponse refusal = write(environment, variables, secret(body), override);
		Environment parent = environment.parent();
		if (parent != null && body.has("parentVariables")) {
			// it is refused only if neither the branch nor its parent takes variables
			EmulatorResponse other = write(parent, body.path("parentVariables"), secret(body), override);
			refusal = (other != null) ? refusal : null;
		}
		return (refusal != null) ? refusal : success();
	}

	private static @Nullable Boolean secret(JsonNode body) {
		return body.path("isSecret").isBoolean() ? (Boolean) body.path("isSecret").booleanValue() : null;
	}

	private static @Nullable EmulatorResponse taken(Environment environment, JsonNode variables) {
		List<JsonBody> errors = new ArrayList<>();
		for (Map.Entry<String, JsonNode> variable : variables.properties()) {
			if (isValid(variable) && environment.variables().containsKey(variable.getKey())) {
				errors.add(JsonBody.of("key", variable.getKey())
					.with("error", "Variable already set in " + title(environment) + "."));
			}
		}
		return errors.isEmpty() ? null
				: EmulatorResponse.json(400,
						JsonBody
							.of("error",
									"Some of the variables are already set for these environments."
											+ " Set override to true to override them.")
							.with("variableErrors", errors));
	}

	private static String title(Environment environment) {
		String type = environment.kind().name();
		return type.charAt(0) + type.substring(1).toLowerCase(Locale.ROOT);
	}

	private static boolean isValid(Map.Entry<String, JsonNode> variable) {
		return !variable.getKey().isBlank() && !variable.getValue().asString("").isBlank()
				&& !RESERVED.contains(variable.getKey());
	}

	/**
	 * Write the valid ones of some variables.
	 * @return why they are refused, or {@code null} when they are written
	 */
	private static @Nullable EmulatorResponse write(Environment environment, JsonNode variables,
			@Nullable Boolean secret, boolean override) {
		EmulatorResponse refusal = invalid(variables);
		if (refusal == null && !override) {
			refusal = taken(environment, variables);
		}
		if (refusal == null) {
			variables.properties()
				.stream()
				.filter(EnvVarRoutes::isValid)
				.forEach((variable) -> put(environment, variable.getKey(), variable.getValue().asString(), secret));
		}
		return refusal;
	}

	/**
	 * Set a value. What is not said about its secrecy stays, or is as in the parent.
	 */
	private static void put(Environment environment, String name, String value, @Nullable Boolean secret) {
		Environment parent = environment.parent();
		EnvVar old = environment.variables().get(name);
		EnvVar above = (parent != null) ? parent.variables().get(name) : null;
		boolean inherited = (old != null) ? old.isSecret() : above != null && above.isSecret();
		environment.variables().put(name, new EnvVar(name, value, (secret != null) ? secret : inherited));
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
		String name = call.variable("name");
		requireKnown(environment, name);
		JsonNode body = UPDATE.readReported(call);
		String value = body.path("value").asString();
		// a blank value changes nothing, and what has no value here gets one
		if (!value.isBlank()) {
			EnvVar old = environment.variables().get(name);
			environment.variables().put(name, new EnvVar(name, value, old != null && old.isSecret()));
		}
		return success();
	}

	private EmulatorResponse delete(ApiCall call) {
		Environment environment = target(call);
		String name = call.variable("name");
		requireKnown(environment, name);
		if (environment.variables().remove(name) == null) {
			throw new ResponseException(400, "Environment variable value not found");
		}
		return success();
	}

	private static void requireKnown(Environment environment, String name) {
		if (environment.project().all().stream().noneMatch((other) -> other.variables().containsKey(name))) {
			throw new ResponseException(404, NOT_FOUND);
		}
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

	private static @Nullable EmulatorResponse invalid(JsonNode variables) {
		if (variables.properties().stream().anyMatch(EnvVarRoutes::isValid)) {
			return null;
		}
		boolean reserved = variables.properties().stream().map(Map.Entry::getKey).anyMatch(RESERVED::contains);
		return EmulatorResponse.error(400, "You must set at least one valid variable."
				+ (reserved ? " All the variables submitted are not allowed." : ""));
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

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

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.trigger.emulator.http.EmulatorResponse;
import dev.trigger.emulator.http.Json;
import dev.trigger.emulator.http.JsonBody;
import dev.trigger.emulator.http.ResponseException;
import dev.trigger.emulator.http.ServerRequest;
import dev.trigger.emulator.state.EmulatorState;
import dev.trigger.emulator.state.Environment;
import dev.trigger.emulator.state.TaskRun;
import dev.trigger.emulator.state.User;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A request on its way to a handler: routed and authenticated.
 */
final class ApiCall {

	/**
	 * The actions that are allowed with the scope for "write" as well.
	 */
	private static final Set<String> WRITING = Set.of("trigger", "batchTrigger", "update");

	private final EmulatorState state;

	private final ServerRequest request;

	private final Map<String, String> variables;

	private final Identity identity;

	ApiCall(EmulatorState state, ServerRequest request, Map<String, String> variables, Identity identity) {
		this.state = state;
		this.request = request;
		this.variables = variables;
		this.identity = identity;
	}

	EmulatorState state() {
		return this.state;
	}

	ServerRequest request() {
		return this.request;
	}

	Instant now() {
		return this.state.now();
	}

	String variable(String name) {
		String value = this.variables.get(name);
		if (value == null) {
			throw new IllegalStateException("No path variable " + name);
		}
		return value;
	}

	/**
	 * Return a part of the path that is one of a few words.
	 * @param name the name of the part
	 * @param options the words
	 * @return the word
	 */
	String oneOf(String name, List<String> options) {
		String value = variable(name);
		if (!options.contains(value)) {
			Issues issues = new Issues();
			issues.wrongEnum(value, options, name);
			issues.refuseParameters();
		}
		return value;
	}

	@Nullable String query(String name) {
		return this.request.query(name);
	}

	boolean hasQuery(String name) {
		String value = query(name);
		return value != null && !value.isEmpty();
	}

	boolean hasUser() {
		return this.identity.user() != null;
	}

	User user() {
		User user = this.identity.user();
		if (user == null) {
			throw new IllegalStateException("The route takes no personal access token");
		}
		return user;
	}

	Environment environment() {
		Environment environment = this.identity.environment();
		if (environment == null) {
			throw new IllegalStateException("The route has no environment");
		}
		return environment;
	}

	/**
	 * Return the run that the address names.
	 * @param error what a response of 404 says if there is none
	 * @return the run
	 */
	TaskRun run(String error) {
		TaskRun run = environment().run(variable("runId"));
		if (run == null) {
			throw new ResponseException(404, error);
		}
		return run;
	}

	@Nullable JsonNode claims() {
		return this.identity.claims();
	}

	/**
	 * Refuse a public access token that lacks a scope.
	 * @param action the action, such as {@code read}
	 * @param resources the resources, such as {@code runs} or {@code runs:run_1}; one is
	 * enough
	 */
	void authorize(String action, String... resources) {
		if (!can(action, resources)) {
			throw unauthorized();
		}
	}

	/**
	 * Return whether the caller may do something. A public access token may with one of
	 * its scopes, and "write" is enough to trigger and to update; others may everything.
	 * @param action the action, such as {@code read}
	 * @param resources the resources; one is enough
	 * @return {@code true} if so
	 */
	boolean can(String action, String... resources) {
		JsonNode claims = this.identity.claims();
		if (claims == null) {
			return true;
		}
		List<String> actions = WRITING.contains(action) ? List.of(action, "write") : List.of(action);
		for (JsonNode scope : claims.path("scopes")) {
			for (String resource : resources) {
				if (actions.stream().anyMatch((candidate) -> allows(scope.asString(), candidate, resource))) {
					return true;
				}
			}
		}
		return false;
	}

	static ResponseException unauthorized() {
		return new ResponseException(EmulatorResponse.json(403,
				JsonBody.of("error", "Unauthorized")
					.with("code", "unauthorized")
					.with("param", "access_token")
					.with("type", "authorization")));
	}

	/**
	 * Return the body of a request that must be JSON.
	 * @return the tree
	 */
	JsonNode json() {
		if (this.request.body().length == 0) {
			throw new ResponseException(400, "Request body is empty");
		}
		JsonNode body = Json.parse(this.request.bodyText());
		// servers take a body that is false in JavaScript for one that is not JSON
		if (body == null || Json.isFalsy(body)) {
			throw new ResponseException(400, "Invalid JSON");
		}
		return body;
	}

	/**
	 * Return the body of a request on one of the older routes, which break on what is no
	 * JSON.
	 * @return the tree
	 */
	JsonNode jsonOrBreak() {
		return jsonOr(EmulatorResponse.text(500, "Unexpected Server Error"));
	}

	/**
	 * Return the body of a request on a route that has an error of its own for what is no
	 * JSON.
	 * @param status the status of the error
	 * @param error its text
	 * @return the tree
	 */
	JsonNode jsonOr(int status, String error) {
		return jsonOr(EmulatorResponse.error(status, error));
	}

	private JsonNode jsonOr(EmulatorResponse refusal) {
		JsonNode body = Json.parse(this.request.bodyText());
		if (body == null) {
			throw new ResponseException(refusal);
		}
		return body;
	}

	/**
	 * Return the body of a request on a route that takes what is no JSON for none.
	 * @return the tree, an empty object when there is none
	 */
	JsonNode lenientJson() {
		JsonNode body = Json.parse(this.request.bodyText());
		return (body != null) ? body : Json.object();
	}

	/**
	 * Return the body of a request that may be missing.
	 * @return the tree, an empty object when there is no body
	 */
	JsonNode optionalJson() {
		return (this.request.body().length == 0) ? Json.object() : json();
	}

	/**
	 * Return whether the caller uses the newest vocabulary of statuses.
	 * @return {@code true} with {@code x-trigger-api-version: 2025-07-16}
	 */
	boolean speaksLatestVersion() {
		return "2025-07-16".equals(this.request.header("x-trigger-api-version"));
	}

	static ResponseException notFound(boolean shouldRetry) {
		return new ResponseException(
				EmulatorResponse.error(404, "Not found").header("x-should-retry", String.valueOf(shouldRetry)));
	}

	/**
	 * Return whether a scope allows something.
	 * @param scope the scope, such as {@code read:runs}
	 * @param action the action
	 * @param resource the resource, with its identifier or without
	 * @return {@code true} if so
	 */
	static boolean allows(String scope, String action, String resource) {
		String[] granted = scope.split(":", 3);
		String type = (granted.length > 1) ? granted[1] : "";
		if (granted[0].equals("admin") && type.isEmpty()) {
			return true;
		}
		if (!List.of(action, "*").contains(granted[0])) {
			return false;
		}
		String[] wanted = resource.split(":", 2);
		return type.equals("all") || type.equals(wanted[0])
				&& (granted.length < 3 || granted[2].isEmpty() || wanted.length > 1 && granted[2].equals(wanted[1]));
	}

}

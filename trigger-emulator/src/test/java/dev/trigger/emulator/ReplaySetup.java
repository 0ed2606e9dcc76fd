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

package dev.trigger.emulator;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.trigger.emulator.http.Json;
import dev.trigger.emulator.http.JsonBody;
import dev.trigger.emulator.state.Environment;
import dev.trigger.emulator.state.EnvironmentKind;
import dev.trigger.emulator.state.TimeSpans;
import dev.trigger.emulator.state.Tokens;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Derives the state that a recorded request needs from the request and its response: what
 * a successful response shows must exist, and what an error says is missing must not.
 */
final class ReplaySetup {

	private final RecordedServer server;

	private final Recording recording;

	private final ReplayEntities entities;

	private final ReplaySchedules schedules;

	private final ReplayEnvironments environments;

	private final Map<String, String> replacements = new LinkedHashMap<>();

	private final String operation;

	private final JsonNode response;

	private final Environment environment;

	ReplaySetup(RecordedServer server, Recording recording) {
		this.server = server;
		this.recording = recording;
		this.operation = operation(server, recording);
		this.response = recording.responseOrEmpty();
		this.environment = environment();
		this.entities = new ReplayEntities(server, this.environment);
		this.schedules = new ReplaySchedules(server.emulator().state(), this.environment);
		this.environments = new ReplayEnvironments(server, this.environment);
	}

	/**
	 * Return the operation, also for methods that the catalogue does not name.
	 */
	private static String operation(RecordedServer server, Recording recording) {
		String operation = recording.operation();
		for (String method : List.of("POST", "PUT", "GET", "DELETE")) {
			if (operation == null) {
				operation = server.operation(method, recording.path());
			}
		}
		return Objects.requireNonNullElse(operation, "");
	}

	void prepare() {
		ReplayOrganizations.name(this);
		if (this.recording.status() == 429) {
			Instant now = this.server.emulator().now();
			this.server.emulator().faults().onAnyOperation().rateLimitedUntil(now.plusSeconds(5));
		}
		if (this.operation.startsWith("schedules.")) {
			scheduledTask();
		}
		if (!isMissing() || this.operation.equals("projects.workers.retrieve")) {
			furnish();
		}
		if (this.operation.equals("tasks.trigger") && this.response.path("isCached").asBoolean(false)) {
			triggers().known();
		}
		else if (isRepetition()) {
			ReplayRequest.send(this);
		}
	}

	private void furnish() {
		String area = this.operation.contains(".") ? this.operation.substring(0, this.operation.indexOf('.')) : "";
		switch (area) {
			case "runs" -> new ReplayRuns(this, this.environment, this.entities).add();
			case "tasks" -> triggers().triggered();
			case "batch" -> this.entities.batch(id("batch_"), this.response);
			case "idempotencyKeys" -> triggers().keyed();
			case "schedules" -> schedules();
			case "wait" -> waitpoints();
			case "queues" -> queues();
			case "deployments" ->
				new ReplayDeployments(this.environment, now()).add(id("deployment_"), segment(4), this.recording);
			case "envvars" -> this.environments.variables(segment(7), this.recording);
			case "errors" -> new ReplayErrors(this.server.emulator(), this.environment).add(this.response,
					this.recording, this.replacements);
			case "projects" -> new ReplayProjects(this, this.environment, this.entities, this.environments).add();
			case "orgs" -> new ReplayOrganizations(this).add();
			case "streams" -> new ReplayFeeds(this, this.environment, this.entities).streams();
			case "query" -> this.response.path("results")
				.forEach((row) -> this.entities.row(row,
						this.recording.request().path("body").path("query").asString("")));
			case "realtime" -> new ReplayFeeds(this, this.environment, this.entities).feed();
			case "prompts" -> new ReplayPrompts(this.environment, now()).add(this.recording, segment(4));
			case "sessions" ->
				new ReplaySessions(this.server.emulator().state(), this.environment).add(this.recording, segment(4));
			default -> {
			}
		}
		if (this.operation.equals("projects.envvars")) {
			this.environments.workerVariables(this.response.path("variables"));
		}
	}

	/**
	 * Return whether the response is about something that does not exist, or that the
	 * caller may not see.
	 */
	private boolean isMissing() {
		if (this.operation.equals("wait.retrieveToken") && this.recording.status() == 500) {
			// servers break on a token that is not there
			return true;
		}
		return List.of(401, 403, 404).contains(this.recording.status()) && !isRefusedByScope()
				&& !"Target not found".equals(this.recording.responseText())
				&& !this.response.path("error")
					.asString("")
					.matches(
							".*value not found.*|.*hash doesn't match.*|callingRunId.*|Version .*|No version found|Span not found|Parent run .*")
				&& !(this.operation.startsWith("runs.wait")
						&& this.response.path("error").asString("").equals("Session not found"));
	}

	/**
	 * What a token has no scope for is there: else the response would be another one.
	 * There always are deployments.
	 */
	private boolean isRefusedByScope() {
		return this.recording.status() == 403 && Json.text(this.response, "code") != null
				&& this.recording.credentialKind().equals("public-jwt") && !this.operation.startsWith("deployments.");
	}

	private boolean isRepetition() {
		return this.response.path("isCached").asBoolean(false)
				|| this.response.path("error").asString("").contains("already been created with the same")
				|| this.response.path("itemsDeduplicated").asInt(0) > 0;
	}

	/**
	 * The recordings are of another key: where the hash in a path was right, it is
	 * replaced by the one that is right here.
	 */
	private void waitpoints() {
		String id = id("waitpoint_");
		this.entities.waitpoints(id, this.response, this.recording);
		if (id != null && this.operation.equals("wait.completeTokenByCallback") && this.recording.status() == 200) {
			this.replacements.put(segment(7), Tokens.hash(this.environment.apiKey(), id));
		}
	}

	private ReplayTriggers triggers() {
		return new ReplayTriggers(this, this.environment, this.environments);
	}

	private void scheduledTask() {
		String error = this.response.path("error").asString("");
		String task = this.recording.request().path("body").path("task").asString("");
		if (!error.contains("not found in project") && !task.isEmpty()) {
			triggers().task(task, !error.contains("is not a scheduled task"));
		}
		if (this.operation.equals("schedules.update") && this.recording.status() == 404) {
			// an unknown schedule would be created: this one is of another environment
			EnvironmentKind other = (this.environment.kind() == EnvironmentKind.STAGING) ? EnvironmentKind.PRODUCTION
					: EnvironmentKind.STAGING;
			new ReplaySchedules(this.server.emulator().state(), this.environment.project().environment(other))
				.add(id("sched_"), Json.object(), this.recording);
		}
	}

	private void schedules() {
		this.schedules.add(id("sched_"), this.response.path("error").asString("").contains("declarative")
				? Json.tree(JsonBody.of("type", "DECLARATIVE")) : this.response, this.recording);
	}

	private void queues() {
		String error = this.response.path("error").asString("");
		this.entities.queues(segment(4), this.response, this.operation.endsWith("reset")
				|| this.operation.equals("queues.resetConcurrencyLimit") && !error.contains("not overridden"));
	}

	private Environment environment() {
		createBranch();
		Environment environment = this.server.environment(this.recording.credentialKind(),
				this.recording.headers().get("x-trigger-branch"));
		return this.recording.credentialKind().startsWith("pat") ? pathEnvironment() : environment;
	}

	/**
	 * Create the branch that a request names and was not refused for.
	 */
	private void createBranch() {
		String branch = this.recording.headers().get("x-trigger-branch");
		Environment target = this.recording.credentialKind().startsWith("pat") ? pathEnvironment()
				: this.server.environment(this.recording.credentialKind(), branch);
		if (branch != null && !branch.isEmpty() && !branch.equals("default") && this.recording.status() < 400
				&& target.parent() == null
				&& List.of(EnvironmentKind.PREVIEW, EnvironmentKind.DEVELOPMENT).contains(target.kind())) {
			this.server.emulator().state().accounts().addBranch(target, branch.replaceFirst("^refs/heads/", ""));
		}
		if (this.recording.status() == 401 && branch != null && branch.equals(target.branchName())) {
			// one that is there no more
			target.archive(now());
		}
	}

	/**
	 * Return the environment that a personal access token names in the path or the query.
	 */
	Environment pathEnvironment() {
		String[] segments = this.recording.path().split("/");
		for (int i = segments.length - 1; i > 3; i--) {
			EnvironmentKind kind = EnvironmentKind.find(segments[i]);
			if (kind != null) {
				return this.server.environment("secret-" + kind.slug(),
						this.recording.headers().get("x-trigger-branch"));
			}
		}
		for (Map.Entry<String, String> parameter : this.recording.query()) {
			EnvironmentKind kind = EnvironmentKind.find(parameter.getValue());
			if (parameter.getKey().equals("filter[env]") && kind != null) {
				return this.server.environment("secret-" + kind.slug(),
						this.recording.headers().get("x-trigger-branch"));
			}
		}
		return this.server.environment("secret-prod", null);
	}

	@Nullable String id(String prefix) {
		for (String segment : this.recording.path().split("/")) {
			if (segment.matches(prefix + "([a-z0-9]{15,}|id\\d{4})")) {
				return segment;
			}
		}
		return null;
	}

	String segment(int index) {
		String[] segments = this.recording.path().split("/");
		return (index < segments.length) ? segments[index] : "";
	}

	private Instant now() {
		return this.server.emulator().now();
	}

	String operation() {
		return this.operation;
	}

	RecordedServer server() {
		return this.server;
	}

	Recording recording() {
		return this.recording;
	}

	Map<String, String> replacements() {
		return this.replacements;
	}

	String replace(String text) {
		String replaced = text;
		for (Map.Entry<String, String> entry : this.replacements.entrySet()) {
			replaced = replaced.replace(entry.getKey(), entry.getValue());
		}
		return replaced;
	}

	/**
	 * Return a public access token that may do what the response shows it may.
	 */
	String publicToken() {
		boolean refused = this.recording.status() == 403;
		String scope = refused ? "read:runs:run_other" : "admin";
		return Tokens.sign(JsonBody.of("sub", this.environment.id()).with("pub", true).with("scopes", List.of(scope)),
				this.environment.apiKey(), this.server.emulator().now(), Duration.ofHours(1));
	}

	static Instant instant(JsonNode json, String name, Instant fallback) {
		return Objects.requireNonNullElse(TimeSpans.instant(Json.text(json, name)), fallback);
	}

}

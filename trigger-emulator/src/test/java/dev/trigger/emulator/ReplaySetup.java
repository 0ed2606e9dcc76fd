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
import java.util.stream.IntStream;

import dev.trigger.emulator.http.Json;
import dev.trigger.emulator.http.JsonBody;
import dev.trigger.emulator.state.Environment;
import dev.trigger.emulator.state.EnvironmentKind;
import dev.trigger.emulator.state.RecordedRuns;
import dev.trigger.emulator.state.TaskDefinition;
import dev.trigger.emulator.state.TimeSpans;
import dev.trigger.emulator.state.Tokens;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Derives the state that a recorded request needs from the request and its response: what
 * a successful response shows must exist, and what an error says is missing must not.
 */
final class ReplaySetup {

	private static final Pattern TAGS = Pattern.compile("trying to set (\\d+)");

	private static final Pattern PARENT = Pattern.compile("parent run has a status of (\\w+)");

	private final RecordedServer server;

	private final Recording recording;

	private final ReplayEntities entities;

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
		organization();
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
			known();
		}
		else if (isRepetition()) {
			ReplayRequest.send(this);
		}
	}

	private void furnish() {
		String area = this.operation.contains(".") ? this.operation.substring(0, this.operation.indexOf('.')) : "";
		switch (area) {
			case "runs" -> runs();
			case "tasks" -> triggered();
			case "batch" -> this.entities.batch(id("batch_"), this.response);
			case "idempotencyKeys" -> keyedRun();
			case "schedules" -> schedules();
			case "wait" -> waitpoints();
			case "queues" -> queues();
			case "deployments" ->
				new ReplayDeployments(this.environment, now()).add(id("deployment_"), segment(4), this.recording);
			case "envvars" -> this.environments.variables(segment(7), this.recording);
			case "errors" -> new ReplayErrors(this.server.emulator(), this.environment).add(this.response,
					this.recording, this.replacements);
			case "projects" -> projects();
			case "query" -> this.response.path("results")
				.forEach((row) -> this.entities.row(row,
						this.recording.request().path("body").path("query").asString("")));
			case "realtime" -> this.response.forEach((message) -> {
				if (message.has("value")) {
					RecordedRow.add(this.environment, message.path("value"));
				}
			});
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
		return List.of(401, 403, 404).contains(this.recording.status()) && !isRefusedByScope() && !this.response
			.path("error")
			.asString("")
			.matches(
					".*value not found.*|.*hash doesn't match.*|callingRunId.*|Version .*|No version found|Span not found|Parent run .*");
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

	private void runs() {
		if (this.operation.startsWith("runs.bulk")) {
			this.entities.bulkActions(id("bulk_"), this.response, this.recording);
			return;
		}
		if (this.operation.equals("runs.list")) {
			this.entities.runs(this.response, this.recording, this.replacements);
			return;
		}
		String id = id("run_");
		if (id == null) {
			return;
		}
		JsonNode shown = this.response.has("relatedRuns") ? this.response : Json.object();
		String error = this.response.path("error").asString("");
		ObjectNode traces = ReplayTraces.of(this.response).run(id);
		String status = switch (this.operation) {
			case "runs.reschedule" -> error.contains("not delayed") ? "QUEUED" : "DELAYED";
			case "runs.updateMetadata" -> error.contains("completed run") ? "COMPLETED" : "EXECUTING";
			case "runs.cancel", "runs.addTags" -> "EXECUTING";
			case "runs.trace", "runs.events", "runs.span" -> traces.path("status").asString();
			case "runs.result" -> Json.text(this.response.path("error"), "code") != null ? "CANCELED" : "COMPLETED";
			default -> "COMPLETED";
		};
		ObjectNode run = (ObjectNode) (shown.path("id").asString("").equals(id) ? shown.deepCopy()
				: RecordedRuns.json(id, status));
		if (this.operation.equals("runs.reschedule")) {
			run.put("status", status);
		}
		if (List.of("runs.trace", "runs.events", "runs.span").contains(this.operation)) {
			run.setAll(traces);
			if (traces.path("attemptCount").asInt(0) == 0) {
				run.remove("startedAt");
			}
		}
		if (error.contains("completed run")) {
			// the metadata of a run can be changed for an hour after its end
			run.put("finishedAt", Json.instant(this.server.emulator().now().minusSeconds(7_200)));
		}
		Matcher tags = TAGS.matcher(error);
		if (tags.find()) {
			int before = Integer.parseInt(tags.group(1)) - this.recording.request().path("body").path("tags").size();
			run.set("tags", Json.tree(IntStream.range(0, before).mapToObj((i) -> "before" + i).toList()));
		}
		JsonNode shownMetadata = this.response.path("metadata");
		String metadata = shownMetadata.isString() ? shownMetadata.asString() : null;
		if (this.operation.equals("runs.retrieveMetadata") && metadata != null) {
			run.set("metadata", Json.mapper().readTree(metadata));
		}
		if (this.operation.equals("runs.updateMetadata") && shownMetadata.isObject()) {
			run.set("metadata",
					ReplayMetadata.before(shownMetadata, this.recording.request().path("body").path("operations")));
		}
		RecordedRuns.add(this.environment, run);
		this.entities.scheduleOf(run);
		if (this.operation.equals("runs.span") && this.recording.status() == 200) {
			this.replacements.put(segment(6), span(id));
		}
	}

	/**
	 * Return the identifier that the recorded span of a run has here.
	 */
	private String span(String runId) {
		JsonNode events = new TestClient(this.server.emulator().apiUrl()).token(this.environment.apiKey())
			.get("/api/v1/runs/" + runId + "/events")
			.json()
			.path("events");
		return events.valueStream()
			.filter((event) -> event.path("message").equals(this.response.path("message")))
			.findFirst()
			.orElse(events.path(0))
			.path("spanId")
			.asString();
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

	/**
	 * Add the run that an idempotency key leads to, whatever else the request asks for.
	 */
	private void known() {
		JsonNode options = this.recording.request().path("body").path("options");
		ObjectNode run = (ObjectNode) RecordedRuns.json(this.response.path("id").asString(), "COMPLETED");
		run.put("idempotencyKey", options.path("idempotencyKey")
			.asString(String.valueOf(this.recording.headers().get("idempotency-key"))));
		run.put("taskIdentifier", segment(4));
		RecordedRuns.add(this.environment, run);
	}

	private void keyedRun() {
		ObjectNode run = (ObjectNode) RecordedRuns.json("run_keyed", "COMPLETED");
		run.put("idempotencyKey", segment(4));
		run.put("taskIdentifier", this.recording.request().path("body").path("taskIdentifier").asString("hello"));
		RecordedRuns.add(this.environment, run);
	}

	/**
	 * Add the parent that a run would have, and the run that was there before.
	 */
	private void triggered() {
		JsonNode body = this.recording.request().path("body");
		String taskId = body.path("task").asString(segment(4));
		JsonNode options = body.path("options");
		String error = this.response.path("error").asString("");
		if (!error.contains("not found on locked version")) {
			task(taskId, false);
		}
		String version = Json.text(options, "lockToVersion");
		if (version != null && this.recording.status() != 500 && !error.contains("no worker found")
				&& !version.equals(this.environment.currentVersion())) {
			this.environments.deployed(this.environment, version);
		}
		Matcher parent = PARENT.matcher(error);
		if (parent.find()) {
			String status = switch (parent.group(1)) {
				case "COMPLETED_SUCCESSFULLY" -> "COMPLETED";
				case "COMPLETED_WITH_ERRORS" -> "FAILED";
				default -> parent.group(1);
			};
			RecordedRuns.add(this.environment, RecordedRuns.json(options.path("parentRunId").asString(), status));
		}
		if (this.response.path("error").asString("").startsWith("Parent run not found")
				&& options.deepCopy() instanceof ObjectNode known) {
			known.remove("parentRunId");
			this.server.trigger(this.environment, taskId, known);
		}
	}

	private void scheduledTask() {
		String error = this.response.path("error").asString("");
		String task = this.recording.request().path("body").path("task").asString("");
		if (!error.contains("not found in project") && !task.isEmpty()) {
			task(task, !error.contains("is not a scheduled task"));
		}
		if (this.operation.equals("schedules.update") && this.recording.status() == 404) {
			// an unknown schedule would be created: this one is of another environment
			EnvironmentKind other = (this.environment.kind() == EnvironmentKind.STAGING) ? EnvironmentKind.PRODUCTION
					: EnvironmentKind.STAGING;
			new ReplayEntities(this.server, this.environment.project().environment(other)).schedules(id("sched_"),
					Json.object(), this.recording);
		}
	}

	private void schedules() {
		this.entities.schedules(id("sched_"), this.response.path("error").asString("").contains("declarative")
				? Json.tree(JsonBody.of("type", "DECLARATIVE")) : this.response, this.recording);
	}

	private void task(String id, boolean scheduled) {
		this.server.emulator().state().register(new TaskDefinition(id, null, scheduled, 3, Duration.ZERO, null));
	}

	private void queues() {
		String error = this.response.path("error").asString("");
		this.entities.queues(segment(4), this.response, this.operation.endsWith("reset")
				|| this.operation.equals("queues.resetConcurrencyLimit") && !error.contains("not overridden"));
	}

	private void projects() {
		if (this.operation.equals("projects.runs.list")) {
			this.entities.runs(this.response, this.recording, this.replacements);
		}
		if (this.operation.startsWith("projects.branches")) {
			this.environments.branches(this.recording);
		}
		for (JsonNode task : this.response.path("worker").path("tasks")) {
			this.server.emulator()
				.state()
				.register(new TaskDefinition(task.path("slug").asString(), null,
						task.path("triggerSource").asString("").equals("SCHEDULED"), 3, Duration.ZERO, limit(task),
						Json.text(task.path("queueConfig"), "name"),
						task.path("payloadSchema").isNull() ? null : task.path("payloadSchema")));
		}
		for (JsonNode task : this.response.path("tasks")) {
			this.server.emulator()
				.state()
				.register(new TaskDefinition(task.path("id").asString(), null, false, 3, Duration.ZERO, limit(task),
						Json.text(task.path("queueConfig"), "name"), null));
		}
		if (this.operation.equals("projects.runtimes")) {
			this.environments.runtimes(this.response);
		}
		if (this.operation.equals("projects.workers.retrieve") && this.recording.status() == 404) {
			this.environment.setCurrentVersion(null);
		}
		if (this.operation.contains("ackgroundWorkers") || this.operation.contains("workers")) {
			String version = Objects.requireNonNullElse(Json.text(this.response, "version"),
					this.response.path("worker").path("version").asString(""));
			if (!version.isEmpty()) {
				this.environments.deployed(pathEnvironment(), version);
			}
		}
	}

	private static @Nullable Integer limit(JsonNode task) {
		JsonNode limit = task.path("queueConfig").path("concurrencyLimit");
		return limit.isNumber() ? (Integer) limit.intValue() : null;
	}

	/**
	 * The recordings hide the names of organizations: the one that works is ours.
	 */
	private void organization() {
		Matcher matcher = Pattern.compile("/orgs/([^/?]+)").matcher(this.recording.path());
		boolean known = !this.response.path("error").asString("").equals("Organization not found")
				&& !(this.response.isArray() && this.response.isEmpty());
		if (matcher.find() && known) {
			this.replacements.put("/orgs/" + matcher.group(1),
					"/orgs/" + this.server.emulator().project().organization().slug());
		}
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
	}

	/**
	 * Return the environment that a personal access token names in the path or the query.
	 */
	private Environment pathEnvironment() {
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

	private @Nullable String id(String prefix) {
		for (String segment : this.recording.path().split("/")) {
			if (segment.matches(prefix + "([a-z0-9]{15,}|id\\d{4})")) {
				return segment;
			}
		}
		return null;
	}

	private String segment(int index) {
		String[] segments = this.recording.path().split("/");
		return (index < segments.length) ? segments[index] : "";
	}

	private Instant now() {
		return this.server.emulator().now();
	}

	RecordedServer server() {
		return this.server;
	}

	Recording recording() {
		return this.recording;
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

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
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

import dev.trigger.emulator.TestClient.Reply;
import dev.trigger.emulator.http.Json;
import dev.trigger.emulator.http.JsonBody;
import dev.trigger.emulator.state.Deployment;
import dev.trigger.emulator.state.EnvVar;
import dev.trigger.emulator.state.Environment;
import dev.trigger.emulator.state.EnvironmentKind;
import dev.trigger.emulator.state.TaskRun;
import org.jspecify.annotations.Nullable;

/**
 * Brings the emulator into the state that a recording was made in.
 */
final class RecordingSetup {

	private static final Pattern ID = Pattern
		.compile("(run|batch|sched|waitpoint|queue|bulk|deployment|error)_[a-z0-9]{15,}");

	private final RecordedWorld state;

	private final Recording recording;

	private final Map<String, String> ids = new LinkedHashMap<>();

	private final String name;

	RecordingSetup(RecordedWorld state, Recording recording) {
		this.state = state;
		this.recording = recording;
		this.name = recording.name();
	}

	void prepare() {
		String area = this.name.substring(0, this.name.indexOf('/'));
		switch (area) {
			case "runs-list", "branch-header" -> runs();
			case "envvars" -> variables();
			case "schedules" -> schedules();
			case "rate-limit" -> rateLimit();
			case "waitpoints" -> waitpoints();
			case "queues" -> queues();
			case "deployments" -> deployments();
			case "branches" -> branches();
			default -> byName();
		}
		Matcher matcher = ID.matcher(this.recording.path() + " " + this.recording.query() + " " + given());
		while (matcher.find()) {
			if (!this.ids.containsKey(matcher.group())) {
				this.ids.put(matcher.group(), make(matcher.group(1)));
			}
		}
	}

	private void byName() {
		switch (this.name) {
			case "misc/double-space-bearer" -> {
				runs();
				cancel(this.state.trigger(environment(), "hello", new JsonBody()));
			}
			case "sdk/045-pat.runs.list-project" -> {
				runs();
				this.state.trigger(environment(), "hello", JsonBody.of("tags", "sdk"));
			}
			case "auth/list-schedules--secret-dev" -> schedule();
			case "misc/idempotency-reset-ok" ->
				this.state.trigger(environment(), "hello", JsonBody.of("idempotencyKey", "rst-1795493961"));
			case "misc/errors-dev" -> error();
			case "sdk/041-deployments.list" -> deployment();
			case "batches/v3-create-cached" -> setupClient().post("/api/v3/batches", given());
			default -> {
			}
		}
	}

	TestClient client() {
		String kind = this.recording.credentialKind();
		if (kind.equals("public-jwt")) {
			List<String> scopes = new ArrayList<>(List.of("read:runs:" + this.state.publicRun().id()));
			this.ids.values()
				.stream()
				.filter((id) -> id.startsWith("waitpoint_"))
				.forEach((id) -> scopes.add("write:waitpoints:" + id));
			return new TestClient(this.state.emulator().apiUrl())
				.token(this.state.publicToken(scopes.toArray(String[]::new)));
		}
		TestClient client = this.state.client(kind);
		return kind.equals("none") ? client : client.header("x-trigger-api-version", "2025-07-16");
	}

	String path() {
		return replaceIds(this.recording.path());
	}

	List<Map.Entry<String, String>> query() {
		return this.recording.query()
			.stream()
			.map((parameter) -> Map.entry(parameter.getKey(), replaceIds(parameter.getValue())))
			.toList();
	}

	@Nullable String body() {
		return switch (this.name) {
			case "trigger/metadata-too-big" ->
				Json.string(JsonBody.of("options", JsonBody.of("metadata", JsonBody.of("m", "m".repeat(300_000)))));
			case "trigger/payload-600kb" -> Json.string(JsonBody.of("payload", "p".repeat(600_000)));
			case "batches/v2-too-many" -> Json.string(JsonBody.of("items",
					IntStream.range(0, 1001).mapToObj((i) -> JsonBody.of("task", "hello")).toList()));
			default -> given();
		};
	}

	private @Nullable String given() {
		String body = this.recording.body();
		return (body != null) ? replaceIds(body) : null;
	}

	String replaceIds(String text) {
		String replaced = text.replace("acme-org-9ad8", this.state.emulator().project().organization().slug());
		for (Map.Entry<String, String> id : this.ids.entrySet()) {
			replaced = replaced.replace(id.getKey(), id.getValue());
		}
		return replaced;
	}

	private Environment environment() {
		return this.state.environment(this.recording.credentialKind(),
				this.recording.headers().get("x-trigger-branch"));
	}

	private TestClient setupClient() {
		Environment environment = environment();
		TestClient client = new TestClient(this.state.emulator().apiUrl()).token(environment.apiKey());
		return (environment.branchName() != null) ? client.header("x-trigger-branch", environment.branchName())
				: client;
	}

	private String make(String type) {
		return switch (type) {
			case "run" -> this.name.equals("auth/get-run--public-jwt-run") ? this.state.publicRun().id() : run().id();
			case "batch" -> batch();
			case "sched" -> schedule();
			case "waitpoint" -> waitpoint();
			case "queue" -> queue();
			case "bulk" -> bulkAction();
			case "deployment" -> deployment();
			case "error" -> error();
			default -> type + "_unknown";
		};
	}

	private TaskRun run() {
		Environment environment = environment();
		JsonBody options = JsonBody.of("tags", List.of("a", "b"));
		if (this.name.contains("idempotency") || this.name.startsWith("sdk/")) {
			options.with("idempotencyKey", "key").with("metadata", JsonBody.of("a", 1));
		}
		if (this.name.contains("delayed") || this.name.contains("reschedule") || this.name.startsWith("sdk/")) {
			options.with("delay", "1h");
		}
		if (this.name.contains("completed") || this.name.contains("metadata") || this.name.contains("get-v3-with")) {
			options.with("metadata", JsonBody.of("k", "v"));
		}
		if (this.name.contains("tags-add-too-many")) {
			options.with("tags", List.of("alpha", "beta", "gamma", "delta"));
		}
		if (this.name.contains("large-payload")) {
			return large(environment);
		}
		if (this.name.contains("parent")) {
			TaskRun parent = this.state.finished(environment, "worker-task", options);
			this.state.finished(environment, "worker-task",
					JsonBody.of("parentRunId", parent.id()).with("tags", "child"));
			return parent;
		}
		if (this.name.contains("failed")) {
			return this.state.finished(environment, "failing-worker-task", options);
		}
		if (this.name.contains("executing") || this.name.contains("waiting") || this.name.contains("cancelled-dev")
				|| this.name.contains("already-cancelled")) {
			return slow(environment, options);
		}
		boolean worked = this.name.contains("completed") || this.name.contains("metadata")
				|| this.name.contains("tags");
		TaskRun run = worked ? this.state.finished(environment, "worker-task", options)
				: this.state.trigger(environment, "hello", options);
		if (this.name.contains("cancelled")) {
			cancel(run);
		}
		return run;
	}

	private TaskRun slow(Environment environment, JsonBody options) {
		options.with("metadata", JsonBody.of("tokenId", "waitpoint"));
		TaskRun run = this.state.trigger(environment, "slow-worker-task", options);
		await(() -> run.status().name().equals("EXECUTING"));
		if (this.name.contains("cancelled")) {
			cancel(run);
		}
		return run;
	}

	private TaskRun large(Environment environment) {
		Reply reply = setupClient().post("/api/v1/tasks/worker-task/trigger",
				JsonBody.of("payload", "p".repeat(600_000)));
		this.state.emulator().awaitRun(reply.json().path("id").asString());
		return environment.run(reply.json().path("id").asString());
	}

	private void cancel(TaskRun run) {
		synchronized (this.state.emulator().state()) {
			this.state.emulator().state().engine().cancel(run);
		}
	}

	private void await(BooleanSupplier condition) {
		try {
			assert this.state.emulator().state().await(condition, Duration.ofSeconds(5));
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private String batch() {
		if (this.name.contains("v3-") || this.name.contains("get-other-env")) {
			Environment prod = this.state.environment("secret-prod", null);
			return new TestClient(this.state.emulator().apiUrl()).token(prod.apiKey())
				.post("/api/v3/batches", JsonBody.of("runCount", 2).with("idempotencyKey", "v3b"))
				.json()
				.path("id")
				.asString();
		}
		String task = this.name.contains("completed") ? "worker-task" : "hello";
		Reply reply = setupClient().post("/api/v2/tasks/batch", JsonBody.of("items", List
			.of(JsonBody.of("task", task).with("options", JsonBody.of("tags", "bt")), JsonBody.of("task", task))));
		this.state.emulator().awaitIdle();
		return reply.json().path("id").asString();
	}

	private String schedule() {
		boolean otherEnvironment = this.name.contains("other-env");
		Environment environment = otherEnvironment ? this.state.emulator()
			.project()
			.environment((environment().kind() == EnvironmentKind.DEVELOPMENT) ? EnvironmentKind.PRODUCTION
					: EnvironmentKind.DEVELOPMENT)
				: environment();
		TestClient client = new TestClient(this.state.emulator().apiUrl()).token(environment.apiKey());
		Reply reply = client.post("/api/v1/schedules",
				JsonBody.of("task", "scheduled-task")
					.with("cron", "*/30 * * * *")
					.with("deduplicationKey", "dk")
					.with("externalId", "e2"));
		String id = reply.json().path("id").asString();
		if (this.name.contains("deactivated")) {
			client.post("/api/v1/schedules/" + id + "/deactivate", "{}");
		}
		return id;
	}

	private String waitpoint() {
		TestClient client = setupClient();
		JsonBody options = this.name.contains("timed-out") ? JsonBody.of("timeout", 60)
				: JsonBody.of("timeout", "1h").with("tags", List.of("wp1", "wp2"));
		String id = client.post("/api/v1/waitpoints/tokens", options).json().path("id").asString();
		if (this.name.contains("get-completed") || this.name.contains("twice")) {
			client.post("/api/v1/waitpoints/tokens/" + id + "/complete", JsonBody.of("data", JsonBody.of("n", 1)));
		}
		return id;
	}

	private void waitpoints() {
		TestClient client = setupClient();
		client.post("/api/v1/waitpoints/tokens", JsonBody.of("timeout", 60));
		client.post("/api/v1/waitpoints/tokens", JsonBody.of("timeout", 60));
		this.state.emulator().advance(Duration.ofMillis(1));
		client.post("/api/v1/waitpoints/tokens", JsonBody.of("tags", "one"));
		client.post("/api/v1/waitpoints/tokens", JsonBody.of("tags", "two"));
	}

	private String queue() {
		TestClient client = setupClient();
		String id = client.get("/api/v1/queues/limited-queue?type=custom").json().path("id").asString();
		if (this.name.endsWith("/reset") || this.name.contains("overridden") && !this.name.contains("not-")) {
			client.post("/api/v1/queues/" + id + "/concurrency/override", JsonBody.of("concurrencyLimit", 0));
		}
		return id;
	}

	private void queues() {
		this.state.emulator().queue("limited-queue", 2);
		if (this.name.contains("reset-task")) {
			setupClient().post("/api/v1/queues/hello/concurrency/override",
					JsonBody.of("type", "task").with("concurrencyLimit", 1));
		}
	}

	private String deployment() {
		TestClient client = setupClient();
		String id = client.post("/api/v1/deployments", JsonBody.of("contentHash", "abc")).json().path("id").asString();
		if (this.name.equals("deployments/cancel")) {
			client.post("/api/v1/deployments/" + id + "/fail", JsonBody.of("error", JsonBody.of("name", "x")));
		}
		return id;
	}

	private void deployments() {
		Environment prod = this.state.environment("secret-prod", null);
		Map<String, Deployment> deployments = prod.all(Deployment.class);
		deployments.clear();
		for (int i = 1; i <= 2; i++) {
			Deployment deployment = new Deployment("deployment_" + i, "20261124." + i, "code" + i, "hash", "MANAGED",
					"node", null, this.state.emulator().now());
			deployments.put(deployment.id(), deployment.deployed(this.state.emulator().now()));
			this.state.emulator().advance(Duration.ofMillis(1));
		}
		prod.setCurrentVersion(this.name.contains("promote-back") ? "20261124.1" : "20261124.2");
	}

	private void branches() {
		Environment preview = this.state.emulator().project().environment(EnvironmentKind.PREVIEW);
		Environment branch = this.state.emulator().state().addBranch(preview, "rec/tmp");
		if (this.name.contains("again") || this.name.contains("use-archived")) {
			branch.archive(this.state.emulator().now());
		}
	}

	private String error() {
		Environment environment = environment();
		this.state.finished(environment, "failing-worker-task", new JsonBody());
		return setupClient().get("/api/v1/errors").json().path("data").get(0).path("id").asString();
	}

	private String bulkAction() {
		TaskRun run = this.state.trigger(environment(), "hello", new JsonBody());
		String id = setupClient()
			.post("/api/v1/bulk-actions", JsonBody.of("action", "cancel").with("runIds", List.of(run.id())))
			.json()
			.path("id")
			.asString();
		this.state.emulator().advance(Duration.ofSeconds(1));
		return id;
	}

	private void runs() {
		for (Environment environment : this.state.emulator().project().all()) {
			for (int i = 0; i < 26; i++) {
				this.state.trigger(environment, "hello",
						JsonBody.of("tags", List.of("t0", "t1"))
							.with("test", true)
							.with("lockToVersion", RecordedWorld.VERSION));
			}
			for (int i = 0; i < 2; i++) {
				cancel(this.state.trigger(environment, "hello", new JsonBody()));
			}
			boolean dev = environment.kind() == EnvironmentKind.DEVELOPMENT;
			JsonBody options = JsonBody.of("ttl", "10m").with("metadata", Map.of("k", "v"));
			if (dev) {
				this.state.trigger(environment, "hello", JsonBody.of("delay", "1h"));
			}
			this.state.finished(environment, "worker-task", options);
			if (!dev) {
				this.state.trigger(environment, "hello", JsonBody.of("delay", "1h"));
			}
		}
		if (this.name.contains("runs-list/page-")) {
			page();
		}
	}

	private void page() {
		for (Map.Entry<String, String> parameter : this.recording.query()) {
			if (parameter.getKey().equals("page[after]")) {
				this.ids.put(parameter.getValue(), cursor("/api/v1/runs?page%5Bsize%5D=1", "next"));
			}
			if (parameter.getKey().equals("page[before]")) {
				String next = cursor("/api/v1/runs?page%5Bsize%5D=2", "next");
				this.ids.put(parameter.getValue(),
						cursor("/api/v1/runs?page%5Bsize%5D=2&page%5Bafter%5D=" + next, "previous"));
			}
		}
	}

	private String cursor(String path, String name) {
		return setupClient().get(path).json().path("pagination").path(name).asString();
	}

	private void variables() {
		Environment prod = this.state.emulator().project().environment(EnvironmentKind.PRODUCTION);
		for (Environment environment : List.of(prod, this.state.environment("secret-preview", RecordedWorld.BRANCH))) {
			environment.variables().put("FOO", new EnvVar("FOO", "value", false));
			environment.variables().put("SECRET_ONE", new EnvVar("SECRET_ONE", "hidden", true));
		}
	}

	private void schedules() {
		if (this.name.contains("list-")) {
			schedule();
			TestClient client = setupClient();
			for (String key : List.of("a", "b")) {
				client.post("/api/v1/schedules",
						JsonBody.of("task", "scheduled-task").with("cron", "0 0 * * *").with("deduplicationKey", key));
			}
		}
	}

	private void rateLimit() {
		if (this.name.contains("429-trigger")) {
			this.state.emulator()
				.faults()
				.onAnyOperation()
				.rateLimitedUntil(this.state.emulator().now().plusSeconds(5));
		}
	}

}

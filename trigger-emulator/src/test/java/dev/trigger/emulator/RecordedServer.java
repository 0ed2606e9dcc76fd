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

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.trigger.emulator.http.Json;
import dev.trigger.emulator.http.JsonBody;
import dev.trigger.emulator.state.Deployment;
import dev.trigger.emulator.state.EmulatorState;
import dev.trigger.emulator.state.Environment;
import dev.trigger.emulator.state.EnvironmentKind;
import dev.trigger.emulator.state.Project;
import dev.trigger.emulator.state.TaskDefinition;
import dev.trigger.emulator.state.TaskRun;
import dev.trigger.emulator.state.Tokens;
import dev.trigger.emulator.state.TriggerCommand;
import dev.trigger.emulator.state.User;
import org.jspecify.annotations.Nullable;

/**
 * An emulator furnished like the server that the recordings were made with.
 */
final class RecordedServer implements AutoCloseable {

	static final String PROJECT = "proj_acmeacmeacmeacmeacme";

	static final String VERSION = "20261124.1";

	static final String BRANCH = "feature/one";

	private static final Instant RECORDED_AT = Instant.parse("2026-11-24T04:00:00Z");

	private final TriggerEmulator emulator;

	private final Map<String, String> tokens = new LinkedHashMap<>();

	private final Environment prod;

	private @Nullable TaskRun publicRun;

	RecordedServer() {
		this.emulator = TriggerEmulator.builder()
			.clock(Clock.offset(Clock.systemUTC(), Duration.between(Instant.now(), RECORDED_AT)))
			.projectRef(PROJECT)
			.previewBranches(BRANCH, "feature-two")
			.rateLimit(100_000, 100_000, Duration.ofSeconds(10))
			.start();
		EmulatorState state = this.emulator.state();
		synchronized (state) {
			addStrangers(state);
		}
		this.prod = this.emulator.project().environment(EnvironmentKind.PRODUCTION);
		state.register(new TaskDefinition("hello", null, false, 3, Duration.ZERO, null));
		addTokens();
	}

	private void addStrangers(EmulatorState state) {
		User owner = state.accounts().userByToken(this.emulator.personalAccessToken());
		Project project = this.emulator.project();
		state.accounts().addBranch(project.environment(EnvironmentKind.DEVELOPMENT), "dev-branch");
		Project second = state.accounts()
			.addProject(project.organization(), "proj_secondsecondsecondse", "acme-two", owner, Map.of());
		User stranger = state.accounts().addUser("other", "tr_pat_" + "o".repeat(40));
		Project other = state.accounts()
			.addProject(state.accounts().addOrganization("Other"), "proj_otherotherotherother", "other", stranger,
					Map.of());
		stranger.join(other.organization());
		other.environment(EnvironmentKind.PRODUCTION).all(Deployment.class).clear();
		User revoked = state.accounts().addUser("revoked", "tr_pat_" + "r".repeat(40)).join(project.organization());
		revoked.revoke();
		this.tokens.put("pat-other-user", stranger.accessToken());
		this.tokens.put("pat-revoked", revoked.accessToken());
		this.tokens.put("revoked-pat", revoked.accessToken());
		this.tokens.put("secret-other-org", other.environment(EnvironmentKind.PRODUCTION).apiKey());
		this.tokens.put("secret-prod-other-org", other.environment(EnvironmentKind.PRODUCTION).apiKey());
		this.tokens.put("secret-prod-second-project", second.environment(EnvironmentKind.PRODUCTION).apiKey());
		this.tokens.put("secret-dev-second-project", second.environment(EnvironmentKind.DEVELOPMENT).apiKey());
	}

	private void addTokens() {
		this.tokens.put("pat", this.emulator.personalAccessToken());
		for (EnvironmentKind kind : EnvironmentKind.values()) {
			this.tokens.put("secret-" + kind.slug(), this.emulator.secretKey(kind.slug()));
		}
		this.tokens.put("secret-preview-nobranch", this.emulator.secretKey("preview"));
		this.tokens.put("secret-preview-branch", this.emulator.secretKey("preview"));
		this.tokens.put("secret-branch-own", this.emulator.project().branch(EnvironmentKind.PREVIEW, BRANCH).ownKey());
		this.tokens.put("public-key-prod", "pk_prod_0123456789abcdefghij");
		this.tokens.put("bad-dev-key", "tr_dev_doesnotexist000000000");
		this.tokens.put("bad-prod-key", "tr_prod_doesnotexist00000000");
		this.tokens.put("secret-unknown", "tr_prod_doesnotexist00000000");
		this.tokens.put("bad-pat", "tr_pat_doesnotexist0000000000000000000000000000");
		this.tokens.put("garbage", "garbage");
		this.tokens.put("bearer-empty", "");
	}

	TriggerEmulator emulator() {
		return this.emulator;
	}

	/**
	 * A client with a kind of credential, as the recordings name it.
	 */
	TestClient client(String credentialKind) {
		TestClient client = new TestClient(this.emulator.apiUrl());
		if (credentialKind.equals("none")) {
			return client;
		}
		if (credentialKind.equals("malformed")) {
			return client.header("authorization", "NotBearer something");
		}
		if (credentialKind.equals("secret-preview-branch")) {
			client = client.header("x-trigger-branch", BRANCH);
		}
		return client.token(credentialKind.equals("public-jwt-run") ? publicToken("read:runs:" + publicRun().id())
				: this.tokens.get(credentialKind));
	}

	@Nullable String operation(String method, String path) {
		return this.emulator.operation(method, path);
	}

	/**
	 * The environment that a credential leads to.
	 */
	Environment environment(String credentialKind, @Nullable String branch) {
		String token = this.tokens.get(credentialKind);
		Environment environment = (token != null) ? this.emulator.state().accounts().keys().environment(token) : null;
		if (environment == null) {
			return this.prod;
		}
		Environment found = (branch != null)
				? environment.project().branch(environment.kind(), branch.replaceFirst("^refs/heads/", "")) : null;
		return (found != null) ? found : environment;
	}

	String publicToken(String... scopes) {
		return Tokens.sign(JsonBody.of("sub", this.prod.id()).with("pub", true).with("scopes", List.of(scopes)),
				this.prod.apiKey(), this.emulator.now(), Duration.ofHours(1));
	}

	/**
	 * The run that the public access tokens are for. It is there once it is asked for,
	 * since it would be in all lists.
	 */
	TaskRun publicRun() {
		if (this.publicRun == null) {
			this.publicRun = trigger(this.prod, "hello",
					JsonBody.of("tags", List.of("a", "b")).with("metadata", Map.of("k", "v")));
		}
		return this.publicRun;
	}

	TaskRun trigger(Environment environment, String taskId, Object options) {
		EmulatorState state = this.emulator.state();
		synchronized (state) {
			return state.engine()
				.trigger(environment,
						TriggerCommand.of(taskId, Json.object().put("n", 1), Json.tree(options))
							.byRun(environment.run(Json.tree(options).path("parentRunId").asString(""))))
				.run();
		}
	}

	@Override
	public void close() {
		this.emulator.close();
	}

}

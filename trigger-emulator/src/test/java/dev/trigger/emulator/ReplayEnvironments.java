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

import dev.trigger.emulator.http.Json;
import dev.trigger.emulator.http.JsonBody;
import dev.trigger.emulator.state.Deployment;
import dev.trigger.emulator.state.EmulatorState;
import dev.trigger.emulator.state.EnvVar;
import dev.trigger.emulator.state.Environment;
import dev.trigger.emulator.state.EnvironmentKind;
import dev.trigger.emulator.state.Project;
import tools.jackson.databind.JsonNode;

/**
 * Makes environments of the emulator what a recorded response shows: versions, variables
 * and branches.
 */
final class ReplayEnvironments {

	private final RecordedServer server;

	private final EmulatorState state;

	private final Environment environment;

	ReplayEnvironments(RecordedServer server, Environment environment) {
		this.server = server;
		this.state = server.emulator().state();
		this.environment = environment;
	}

	void deployed(Environment environment, String version) {
		environment.setCurrentVersion(version);
		if (environment.kind() != EnvironmentKind.DEVELOPMENT) {
			Deployment deployment = new Deployment("deployment_worker", version, "abcdefgh", "hash", "MANAGED", "node",
					null, this.state.now());
			environment.all(Deployment.class).put(deployment.id(), deployment.deployed(this.state.now()));
		}
	}

	void runtimes(JsonNode response) {
		for (JsonNode row : response) {
			if (row.path("deployment").isNull()) {
				Project project = this.state.accounts().project(row.path("project").path("externalRef").asString());
				if (project != null) {
					project.environment(EnvironmentKind.PRODUCTION).setCurrentVersion(null);
				}
			}
		}
	}

	void variables(String name, Recording recording) {
		JsonNode response = recording.responseOrEmpty();
		Environment target = response.path("error").asString("").contains("value not found")
				? this.environment.project()
					.environment((this.environment.kind() == EnvironmentKind.STAGING) ? EnvironmentKind.PRODUCTION
							: EnvironmentKind.STAGING)
				: this.environment;
		response.forEach((variable) -> {
			if (variable.has("name")) {
				variable(target, variable);
			}
		});
		if (response.has("name")) {
			variable(target, response);
		}
		else if (!name.isEmpty()) {
			variable(target, Json.tree(JsonBody.of("name", name).with("value", "value")));
		}
		response.path("variableErrors")
			.forEach((error) -> variable(target, Json.tree(JsonBody.of("name", error.path("key").asString("")))));
	}

	/**
	 * Create the variables that a worker sees, but for those that every worker has.
	 */
	void workerVariables(JsonNode variables) {
		variables.properties().forEach((variable) -> {
			if (!variable.getKey().matches("(TRIGGER|OTEL)_.*")) {
				variable(this.environment,
						Json.tree(JsonBody.of("name", variable.getKey()).with("value", variable.getValue())));
			}
		});
	}

	private static void variable(Environment environment, JsonNode json) {
		String name = json.path("name").asString();
		boolean secret = json.path("isSecret").asBoolean(json.path("value").asString("").equals("<redacted>"));
		environment.variables().put(name, new EnvVar(name, json.path("value").asString("value"), secret));
	}

	void branches(Recording recording) {
		JsonNode response = recording.responseOrEmpty();
		Environment preview = this.server.environment("secret-preview", null);
		response.path("branches").forEach((json) -> {
			Environment branch = this.state.accounts().addBranch(preview, json.path("name").asString());
			branch.setGit(json.get("git"));
		});
		String name = recording.request().path("body").path("branch").asString("");
		if (recording.path().endsWith("/archive") && !name.isEmpty()) {
			Environment parent = recording.request().path("body").path("env").asString("").equals("development")
					? this.server.environment("secret-dev", null) : preview;
			Environment branch = this.state.accounts().addBranch(parent, name);
			branch.setGit(response.path("branch").get("git"));
			if (response.path("error").asString("").contains("already archived")) {
				branch.archive(this.state.now());
			}
		}
	}

}

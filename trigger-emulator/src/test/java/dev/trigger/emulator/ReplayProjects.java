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
import java.util.Map;
import java.util.Objects;

import dev.trigger.emulator.http.Json;
import dev.trigger.emulator.state.Accounts;
import dev.trigger.emulator.state.Deployment;
import dev.trigger.emulator.state.Environment;
import dev.trigger.emulator.state.Project;
import dev.trigger.emulator.state.RecordedRuns;
import dev.trigger.emulator.state.TaskDefinition;
import dev.trigger.emulator.state.User;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Adds the projects, branches, tasks and versions that recorded requests about projects
 * need.
 */
final class ReplayProjects {

	private final ReplaySetup setup;

	private final Environment environment;

	private final ReplayEntities entities;

	private final ReplayEnvironments environments;

	private final JsonNode response;

	ReplayProjects(ReplaySetup setup, Environment environment, ReplayEntities entities,
			ReplayEnvironments environments) {
		this.setup = setup;
		this.environment = environment;
		this.entities = entities;
		this.environments = environments;
		this.response = setup.recording().responseOrEmpty();
	}

	/**
	 * Add what the recorded response shows.
	 */
	void add() {
		String ref = this.setup.segment(4);
		Accounts accounts = this.setup.server().emulator().state().accounts();
		if (this.setup.recording().status() == 200 && ref.startsWith("proj_") && accounts.project(ref) == null) {
			Project ours = this.setup.server().emulator().project();
			User owner = accounts.userByToken(this.setup.server().emulator().personalAccessToken());
			accounts.addProject(ours.organization(), ref, "recorded", owner, Map.of());
		}
		if (this.setup.operation().equals("projects.runs.list")) {
			this.entities.runs(this.response, this.setup.recording(), this.setup.replacements());
		}
		if (this.response.has("sha")) {
			commit();
		}
		if (this.setup.operation().startsWith("projects.branches")) {
			this.environments.branches(this.setup.recording());
		}
		for (JsonNode task : this.response.path("worker").path("tasks")) {
			this.setup.server()
				.emulator()
				.state()
				.register(new TaskDefinition(task.path("slug").asString(), null,
						task.path("triggerSource").asString("").equals("SCHEDULED"), 3, Duration.ZERO, limit(task),
						Json.text(task.path("queueConfig"), "name"),
						task.path("payloadSchema").isNull() ? null : task.path("payloadSchema")));
		}
		for (JsonNode task : this.response.path("tasks")) {
			this.setup.server()
				.emulator()
				.state()
				.register(new TaskDefinition(task.path("id").asString(), null, false, 3, Duration.ZERO, limit(task),
						Json.text(task.path("queueConfig"), "name"), null));
		}
		if (this.setup.operation().equals("projects.runtimes")) {
			this.environments.runtimes(this.response);
		}
		if (this.setup.operation().equals("projects.workers.retrieve") && this.setup.recording().status() == 404) {
			this.environment.setCurrentVersion(null);
		}
		if (this.setup.operation().contains("ackgroundWorkers") || this.setup.operation().contains("workers")) {
			String version = Objects.requireNonNullElse(Json.text(this.response, "version"),
					this.response.path("worker").path("version").asString(""));
			if (!version.isEmpty()) {
				this.environments.deployed(this.setup.pathEnvironment(), version);
			}
		}
	}

	/**
	 * Add the deployment of a run whose commit is shown.
	 */
	private void commit() {
		Environment target = this.setup.pathEnvironment();
		Deployment deployment = new Deployment("deployment_committed", this.response.path("version").asString(),
				this.response.path("shortCode").asString(), "hash", "MANAGED", "node",
				((ObjectNode) this.response.path("git").deepCopy()).put("commitSha", "sha"),
				this.setup.server().emulator().now());
		deployment.deployed(this.setup.server().emulator().now());
		target.all(Deployment.class).clear();
		target.all(Deployment.class).put(deployment.id(), deployment);
		ObjectNode run = (ObjectNode) RecordedRuns.json(this.response.path("runId").asString(), "COMPLETED");
		RecordedRuns.add(target, run.put("version", deployment.version()));
	}

	private static @Nullable Integer limit(JsonNode task) {
		JsonNode limit = task.path("queueConfig").path("concurrencyLimit");
		return limit.isNumber() ? (Integer) limit.intValue() : null;
	}

}

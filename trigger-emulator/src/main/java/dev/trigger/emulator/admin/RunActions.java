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

package dev.trigger.emulator.admin;

import java.util.Set;

import dev.trigger.emulator.http.EmulatorResponse;
import dev.trigger.emulator.http.JsonBody;
import dev.trigger.emulator.http.ResponseException;
import dev.trigger.emulator.http.ServerRequest;
import dev.trigger.emulator.state.EmulatorState;
import dev.trigger.emulator.state.Environment;
import dev.trigger.emulator.state.EnvironmentKind;
import dev.trigger.emulator.state.Project;
import dev.trigger.emulator.state.TaskRun;
import tools.jackson.databind.JsonNode;

/**
 * What the admin API does with runs.
 */
final class RunActions {

	private final EmulatorState state;

	private final ApiForwarder api;

	private final RunViews views;

	RunActions(EmulatorState state, ApiForwarder api) {
		this.state = state;
		this.api = api;
		this.views = new RunViews(state);
	}

	void addTo(AdminRoutes routes) {
		routes.add("GET", "runs", (request, variable) -> EmulatorResponse.ok(this.views.list(request)));
		routes.add("GET", "runs/*",
				(request, runId) -> EmulatorResponse.ok(this.views.details(this.views.find(runId))));
		routes.add("POST", "runs/*/cancel", this::cancel);
		routes.add("POST", "runs/*/replay", this::replay);
		routes.add("POST", "tasks/*/trigger", this::trigger);
	}

	private EmulatorResponse cancel(ServerRequest request, String runId) {
		TaskRun run = this.views.find(runId);
		return this.api.post(request, run.environment(), "/api/v2/runs/" + runId + "/cancel", new JsonBody());
	}

	private EmulatorResponse replay(ServerRequest request, String runId) {
		TaskRun run = this.views.find(runId);
		return this.api.post(request, run.environment(), "/api/v1/runs/" + runId + "/replay", new JsonBody());
	}

	private EmulatorResponse trigger(ServerRequest request, String taskId) {
		JsonNode body = AdminApi.body(request);
		JsonInput input = new JsonInput("body", body, Set.of("environment", "branch", "payload", "options"));
		Environment environment = environment(this.state, input.text("environment", "dev"), input.text("branch", ""));
		JsonBody command = new JsonBody();
		if (body.has("payload")) {
			command.with("payload", body.get("payload"));
		}
		if (body.has("options")) {
			command.with("options", body.get("options"));
		}
		return this.api.post(request, environment, "/api/v1/tasks/" + ApiForwarder.segment(taskId) + "/trigger",
				command);
	}

	/**
	 * Find an environment of the first project.
	 * @param state the world
	 * @param name its name
	 * @param branch the name of its branch, empty for none
	 * @return the environment or branch
	 */
	static Environment environment(EmulatorState state, String name, String branch) {
		EnvironmentKind kind = EnvironmentKind.of(name);
		synchronized (state) {
			Project project = state.accounts()
				.projects()
				.stream()
				.findFirst()
				.orElseThrow(() -> new IllegalArgumentException("The project is deleted: reset the emulator"));
			if (branch.isEmpty()) {
				if (kind == EnvironmentKind.PREVIEW) {
					throw new IllegalArgumentException("'branch' must name the preview branch");
				}
				return project.environment(kind);
			}
			Environment found = project.branch(kind, branch);
			if (found == null) {
				throw new ResponseException(404, "There is no branch " + branch + " of " + name);
			}
			return found;
		}
	}

}

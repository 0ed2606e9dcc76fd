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

import java.util.List;

import dev.trigger.emulator.http.EmulatorResponse;
import dev.trigger.emulator.http.Json;
import dev.trigger.emulator.http.JsonBody;
import dev.trigger.emulator.http.ResponseException;
import dev.trigger.emulator.state.Deployment;
import dev.trigger.emulator.state.Environment;
import dev.trigger.emulator.state.Project;
import dev.trigger.emulator.state.TaskRun;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Where the code of runs comes from. No project here has a repository, nor is one
 * connected to Vercel.
 */
final class RepositoryRoutes {

	private static final List<String> GIT = List.of("source", "commitMessage", "commitAuthorName", "commitRef",
			"remoteUrl", "ghUsername", "pullRequestNumber", "pullRequestTitle", "pullRequestState");

	private final Authenticator authenticator;

	RepositoryRoutes(Authenticator authenticator) {
		this.authenticator = authenticator;
	}

	void addTo(Router router) {
		String environment = "/api/v1/projects/{projectRef}/{env}";
		router.get("projects.runs.commit", environment + "/runs/{runId}/commit", this::commit)
			.access(RouteAccess.PERSONAL_TOKEN_TERSE)
			.forActors();
		router.get("projects.repositorySnapshot", environment + "/repo/snapshot", this::snapshot)
			.access(RouteAccess.PERSONAL_TOKEN_TERSE)
			.forActors();
		router
			.get("orgs.projects.vercel", "/api/v1/orgs/{orgSlug}/projects/{projectSlug}/vercel/projects",
					RepositoryRoutes::vercel)
			.access(RouteAccess.PERSONAL_TOKEN_TERSE)
			.cors();
	}

	private EmulatorResponse commit(ApiCall call) {
		Environment environment = EnvironmentTarget.strict(this.authenticator, call);
		String runId = call.variable("runId");
		Deployment deployment = deployment(environment, runId);
		JsonBody body = JsonBody.of("runId", runId)
			.with("version", deployment.version())
			.with("sha", deployment.commitSha());
		JsonNode git = deployment.git();
		body.with("dirty", git != null && git.path("dirty").asBoolean(false))
			.with("shortCode", deployment.shortCode())
			.maybe("deployedAt", deployment.deployedAt());
		if (git != null) {
			JsonBody shown = new JsonBody();
			GIT.forEach((name) -> shown.maybe(name, git.get(name)));
			body.with("git", shown);
		}
		return EmulatorResponse.ok(body);
	}

	private EmulatorResponse snapshot(ApiCall call) {
		Environment environment = EnvironmentTarget.strict(this.authenticator, call);
		String runId = call.query("runId");
		if (runId != null && !runId.isEmpty()) {
			deployment(environment, runId);
		}
		throw new ResponseException(404, "No connected repository for this project.");
	}

	private static Deployment deployment(Environment environment, String runId) {
		TaskRun run = environment.run(runId);
		Deployment deployment = (run != null) ? deployment(environment, run) : null;
		if (deployment == null || deployment.commitSha() == null) {
			throw new ResponseException(404, "That run has no deployed commit (it may be a dev run).");
		}
		return deployment;
	}

	private static @Nullable Deployment deployment(Environment environment, TaskRun run) {
		return environment.all(Deployment.class)
			.values()
			.stream()
			.filter((deployment) -> deployment.version().equals(run.version()))
			.findFirst()
			.orElse(null);
	}

	private static EmulatorResponse vercel(ApiCall call) {
		boolean known = ProjectRoutes.visible(call)
			.stream()
			.anyMatch((project) -> isNamed(project, call.variable("orgSlug"), call.variable("projectSlug")));
		if (!known) {
			throw new ResponseException(404, "Project not found");
		}
		return EmulatorResponse.ok(JsonBody.of("connected", false)
			.with("vercelProject", null)
			.with("config", null)
			.with("syncEnvVarsMapping", null));
	}

	private static boolean isNamed(Project project, String organization, String slug) {
		return project.organization().slug().equals(organization) && project.slug().equals(slug);
	}

}

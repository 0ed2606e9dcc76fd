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

import dev.trigger.emulator.http.EmulatorResponse;
import dev.trigger.emulator.http.JsonBody;
import dev.trigger.emulator.http.ResponseException;
import dev.trigger.emulator.state.Environment;
import dev.trigger.emulator.state.EnvironmentKind;
import dev.trigger.emulator.state.Project;

/**
 * The environments of a project.
 */
final class EnvironmentRoutes {

	private final Authenticator authenticator;

	EnvironmentRoutes(Authenticator authenticator) {
		this.authenticator = authenticator;
	}

	void addTo(Router router) {
		String project = "/api/v1/projects/{projectRef}";
		RouteAccess terse = RouteAccess.PERSONAL_TOKEN_TERSE;
		router.get("projects.environments.list", project + "/environments", this::list)
			.access(RouteAccess.PERSONAL_TOKEN)
			.ofTenant()
			.cors();
		router.get("projects.environments.retrieve", project + "/{env}", this::retrieve)
			.first(EnvironmentTarget::refuseUnknown)
			.access(RouteAccess.SECRET_KEY_OR_PERSONAL_TOKEN)
			.branchOptional();
		router.post("projects.environments.jwt", project + "/{env}/jwt", this::jwt)
			.access(terse)
			.forActors()
			.anyAction();
		router.post("projects.environments.pause", project + "/{env}/pause", (call) -> pause(call, true))
			.first(EnvironmentTarget::refuseUnknown)
			.access(terse)
			.others(OtherMethods.REFUSED_IN_CAPITALS);
		router.post("projects.environments.resume", project + "/{env}/resume", (call) -> pause(call, false))
			.first(EnvironmentTarget::refuseUnknown)
			.access(terse)
			.others(OtherMethods.REFUSED_IN_CAPITALS);
		router.post("projects.environments.regenerateApiKey", project + "/{env}/regenerate-api-key", this::regenerate)
			.first(EnvironmentTarget::refuseUnknown)
			.access(terse)
			.others(OtherMethods.REFUSED_IN_CAPITALS);
		router.get("projects.workers.retrieve", project + "/{env}/workers/{tagName}", this::worker)
			.access(terse)
			.forActors();
		router
			.get("projects.backgroundWorkers.retrieve", project + "/background-workers/{env}/{version}",
					this::backgroundWorker)
			.access(RouteAccess.SECRET_KEY_OR_PERSONAL_TOKEN_TERSE);
	}

	private EmulatorResponse list(ApiCall call) {
		call.authorize("read", "environments");
		Project project = this.authenticator.project(call.user(), call.variable("projectRef"));
		return EmulatorResponse.ok(project.environments()
			.values()
			.stream()
			.map((environment) -> JsonBody.of("id", environment.id())
				.with("slug", environment.slug())
				.with("type", environment.kind().name())
				.with("isBranchableEnvironment", environment.kind().isBranchable())
				.with("branchName", environment.branchName())
				.with("paused", environment.isPaused()))
			.toList());
	}

	private EmulatorResponse retrieve(ApiCall call) {
		Environment environment = target(call);
		return EmulatorResponse.ok(JsonBody.of("apiKey", environment.apiKey())
			.with("name", environment.project().name())
			.with("apiUrl", call.state().apiUrl())
			.with("projectId", environment.project().id())
			.with("defaultRuntime", "node-24"));
	}

	private EmulatorResponse jwt(ApiCall call) {
		Environment environment = target(call);
		if (!call.can("read", "apiKeys")) {
			throw new ResponseException(403, "You don't have permission to access this environment's API keys.");
		}
		return TokenRoutes.jwt(call, environment);
	}

	private EmulatorResponse pause(ApiCall call, boolean paused) {
		target(call).setPaused(paused);
		call.state().engine().dispatch();
		return EmulatorResponse.ok(JsonBody.of("paused", paused).with("state", paused ? "paused" : "resumed"));
	}

	private EmulatorResponse regenerate(ApiCall call) {
		return EmulatorResponse.ok(JsonBody.of("apiKey", call.state().accounts().keys().regenerate(target(call))));
	}

	private EmulatorResponse worker(ApiCall call) {
		Environment environment = target(call);
		String version = environment.currentVersion();
		boolean anyTag = environment.kind() == EnvironmentKind.DEVELOPMENT;
		if ((!anyTag && !call.variable("tagName").equals("current")) || version == null) {
			throw new ResponseException(404, "Worker not found");
		}
		Project project = environment.project();
		String runs = call.state().apiUrl() + "/orgs/" + project.organization().slug() + "/projects/" + project.slug()
				+ "/env/" + environment.slug() + "/runs?versions=" + version;
		return EmulatorResponse.ok(JsonBody.of("worker", WorkerJson.tagged(call.state(), environment, version))
			.with("urls", JsonBody.of("runs", runs)));
	}

	private EmulatorResponse backgroundWorker(ApiCall call) {
		Environment environment = EnvironmentTarget.find(this.authenticator, call);
		if (!Versions.known(environment, call.variable("version"))) {
			throw new ResponseException(404, "Background worker not found");
		}
		return EmulatorResponse.ok(WorkerJson.details(call.state(), environment, call.variable("version")));
	}

	private Environment target(ApiCall call) {
		return EnvironmentTarget.strict(this.authenticator, call);
	}

}

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

import java.util.ArrayList;
import java.util.List;

import dev.trigger.emulator.http.EmulatorResponse;
import dev.trigger.emulator.http.JsonBody;
import dev.trigger.emulator.http.ResponseException;
import dev.trigger.emulator.state.Deployment;
import dev.trigger.emulator.state.Environment;
import dev.trigger.emulator.state.EnvironmentKind;
import dev.trigger.emulator.state.Organization;
import dev.trigger.emulator.state.Project;
import tools.jackson.databind.JsonNode;

/**
 * Projects.
 */
final class ProjectRoutes {

	private static final String REGION = "local-dev";

	private static final BodySchema REGION_BODY = BodySchema.of("projects.setDefaultRegion");

	private static final BodySchema RENAME = BodySchema.of("projects.rename");

	private final Authenticator authenticator;

	ProjectRoutes(Authenticator authenticator) {
		this.authenticator = authenticator;
	}

	void addTo(Router router) {
		String project = "/api/v1/projects/{projectRef}";
		RouteAccess access = RouteAccess.PERSONAL_TOKEN;
		router
			.get("projects.list", "/api/v1/projects",
					(call) -> EmulatorResponse.ok(visible(call).stream().map(ProjectRoutes::json).toList()))
			.access(access);
		router.get("projects.runtimes", "/api/v1/projects/runtimes", this::runtimes).access(access);
		router
			.get("projects.retrieve", project,
					(call) -> EmulatorResponse.ok(json(project(call)).with("defaultRuntime", "node-24")))
			.access(access);
		router.patch("projects.rename", project, this::rename)
			.access(access)
			.ofTenant()
			.others(OtherMethods.REFUSED)
			.allow("PATCH, DELETE");
		router.delete("projects.del", project, this::delete)
			.access(access)
			.ofTenant()
			.others(OtherMethods.REFUSED)
			.allow("PATCH, DELETE");
		router.post("projects.init", project + "/init", this::initialize)
			.access(access)
			.ofTenant()
			.others(OtherMethods.REFUSED);
		router.put("projects.setDefaultRegion", project + "/default-region", this::setDefaultRegion)
			.first(REGION_BODY::read)
			.access(access)
			.ofTenant()
			.others(OtherMethods.REFUSED);
		router.get("projects.devStatus", project + "/dev-status", this::devStatus)
			.access(RouteAccess.PERSONAL_TOKEN_TERSE);
	}

	private EmulatorResponse rename(ApiCall call) {
		call.authorize("manage", "project");
		Project project = project(call);
		JsonNode body = call.jsonOr(400, "Invalid request body");
		if (!RENAME.issues(body).isEmpty()) {
			throw new ResponseException(400, "Invalid request body");
		}
		project.setName(body.path("name").asString().strip());
		return EmulatorResponse.ok(JsonBody.of("id", project.id()).with("name", project.name()));
	}

	private EmulatorResponse delete(ApiCall call) {
		call.authorize("manage", "project");
		Project project = project(call);
		project.delete();
		return EmulatorResponse.ok(JsonBody.of("id", project.id()));
	}

	private EmulatorResponse initialize(ApiCall call) {
		call.authorize("manage", "project");
		Project project = project(call);
		return EmulatorResponse.ok(JsonBody.of("id", project.id()).with("initializedAt", project.createdAt()));
	}

	private EmulatorResponse runtimes(ApiCall call) {
		List<JsonBody> runtimes = new ArrayList<>();
		for (Project project : visible(call)) {
			Environment prod = project.environment(EnvironmentKind.PRODUCTION);
			Deployment current = prod.all(Deployment.class)
				.values()
				.stream()
				.filter((deployment) -> deployment.version().equals(prod.currentVersion()))
				.findFirst()
				.orElse(null);
			runtimes.add(JsonBody
				.of("organization",
						JsonBody.of("title", project.organization().title())
							.with("slug", project.organization().slug()))
				.with("project",
						JsonBody.of("name", project.name())
							.with("slug", project.slug())
							.with("externalRef", project.ref()))
				.with("environment", JsonBody.of("slug", prod.slug()))
				.with("deployment", (current != null) ? runtime(current) : null));
		}
		return EmulatorResponse.ok(runtimes);
	}

	private static JsonBody runtime(Deployment deployment) {
		return JsonBody.of("runtime", deployment.runtime())
			.with("runtimeVersion", "24.18.0")
			.with("nodeMajor", 24)
			.with("deployedAt", deployment.deployedAt())
			.with("shortCode", deployment.shortCode());
	}

	private EmulatorResponse setDefaultRegion(ApiCall call) {
		call.authorize("manage", "project");
		Project project = project(call);
		String region = REGION_BODY.read(call).path("region").asString();
		if (!REGION.equals(region)) {
			throw new ResponseException(
					EmulatorResponse.json(400, JsonBody.of("error", "Region '" + region + "' not found")
						.with("availableRegions", List.of(REGION))));
		}
		project.setDefaultRegion(region);
		return EmulatorResponse.ok(JsonBody.of("id", "worker_group_" + region).with("name", region));
	}

	private EmulatorResponse devStatus(ApiCall call) {
		project(call);
		return EmulatorResponse.ok(JsonBody.of("isConnected", !call.state().deployedTasks().isEmpty()));
	}

	private Project project(ApiCall call) {
		return this.authenticator.project(call.user(), call.variable("projectRef"));
	}

	static List<Project> visible(ApiCall call) {
		return call.state()
			.accounts()
			.projects()
			.stream()
			.filter((project) -> call.user().isMemberOf(project.organization()))
			.toList();
	}

	static JsonBody json(Project project) {
		return JsonBody.of("id", project.id())
			.with("externalRef", project.ref())
			.with("name", project.name())
			.with("slug", project.slug())
			.with("createdAt", project.createdAt())
			.with("defaultRegion", project.defaultRegion())
			.with("organization", json(project.organization()));
	}

	static JsonBody json(Organization organization) {
		return JsonBody.of("id", organization.id())
			.with("title", organization.title())
			.with("slug", organization.slug())
			.with("createdAt", organization.createdAt());
	}

}

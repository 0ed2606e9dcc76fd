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
import java.util.Map;

import dev.trigger.emulator.http.EmulatorResponse;
import dev.trigger.emulator.http.Json;
import dev.trigger.emulator.http.JsonBody;
import dev.trigger.emulator.http.ResponseException;
import dev.trigger.emulator.state.Deployment;
import dev.trigger.emulator.state.Environment;
import dev.trigger.emulator.state.EnvironmentKind;
import dev.trigger.emulator.state.Organization;
import dev.trigger.emulator.state.Project;
import dev.trigger.emulator.state.User;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Projects and organizations.
 */
final class ProjectRoutes {

	private static final String REGION = "local-dev";

	private static final BodySchema NEW_CHANNEL = BodySchema.of("projects.alertChannels.create");

	private static final BodySchema REGION_BODY = BodySchema.of("projects.setDefaultRegion");

	private static final BodySchema NEW_PROJECT = BodySchema.of("orgs.projects.create");

	private static final BodySchema NEW_ORGANIZATION = BodySchema.of("orgs.create");

	private static final BodySchema RENAME = BodySchema.of("projects.rename");

	private final Authenticator authenticator;

	ProjectRoutes(Authenticator authenticator) {
		this.authenticator = authenticator;
	}

	void addTo(Router router) {
		String project = "/api/v1/projects/{projectRef}";
		RouteAccess access = RouteAccess.PERSONAL_TOKEN;
		router.get("projects.list", "/api/v1/projects", (call) -> list(call, null)).access(access);
		router.get("projects.runtimes", "/api/v1/projects/runtimes", this::runtimes).access(access);
		router
			.get("projects.retrieve", project,
					(call) -> EmulatorResponse.ok(json(project(call)).with("defaultRuntime", "node-24")))
			.access(access);
		router.patch("projects.rename", project, this::rename)
			.access(access)
			.others(OtherMethods.REFUSED)
			.allow("PATCH, DELETE");
		router.delete("projects.del", project, ProjectRoutes::unsupported)
			.access(access)
			.others(OtherMethods.REFUSED)
			.allow("PATCH, DELETE");
		router.post("projects.init", project + "/init", this::initialize).access(access).others(OtherMethods.REFUSED);
		router.put("projects.setDefaultRegion", project + "/default-region", this::setDefaultRegion)
			.access(access)
			.others(OtherMethods.REFUSED);
		router.get("projects.devStatus", project + "/dev-status", this::devStatus)
			.access(RouteAccess.PERSONAL_TOKEN_TERSE);
		router.post("projects.alertChannels.create", project + "/alertChannels", this::createAlertChannel)
			.access(RouteAccess.PERSONAL_TOKEN_TERSE)
			.anyAction();
		router.get("orgs.list", "/api/v1/orgs", this::organizations).access(access);
		router.post("orgs.create", "/api/v1/orgs", ProjectRoutes::createOrganization)
			.access(access)
			.others(OtherMethods.REFUSED);
		router.get("orgs.members", "/api/v1/orgs/{orgSlug}/members", this::members).access(access);
		router.get("orgs.projects", "/api/v1/orgs/{orgSlug}/projects", (call) -> list(call, call.variable("orgSlug")))
			.access(access);
		router.post("orgs.projects.create", "/api/v1/orgs/{orgSlug}/projects", this::create)
			.access(access)
			.others(OtherMethods.REFUSED);
		// the real server has these, but not for reading, and responds to reads
		// accordingly
		router.patch("orgs.update", "/api/v1/orgs/{orgSlug}", ProjectRoutes::unsupported)
			.access(access)
			.others(OtherMethods.REFUSED)
			.allow("PATCH, DELETE");
		router.delete("orgs.del", "/api/v1/orgs/{orgSlug}", ProjectRoutes::unsupported)
			.access(access)
			.others(OtherMethods.REFUSED)
			.allow("PATCH, DELETE");
		router.post("orgs.invites.create", "/api/v1/orgs/{orgSlug}/invites", ProjectRoutes::unsupported)
			.access(access)
			.others(OtherMethods.REFUSED);
	}

	private static EmulatorResponse unsupported(ApiCall call) {
		throw new ResponseException(501, "The emulator does not change organizations");
	}

	/**
	 * Servers keep people from making organizations by the API, unless they are told
	 * otherwise.
	 */
	private static EmulatorResponse createOrganization(ApiCall call) {
		NEW_ORGANIZATION.read(call);
		throw new ResponseException(404, "Not found");
	}

	private EmulatorResponse rename(ApiCall call) {
		Project project = project(call);
		JsonNode body = call.jsonOr(400, "Invalid request body");
		if (!RENAME.issues(body).isEmpty()) {
			throw new ResponseException(400, "Invalid request body");
		}
		project.setName(body.path("name").asString().strip());
		return EmulatorResponse.ok(JsonBody.of("id", project.id()).with("name", project.name()));
	}

	private EmulatorResponse initialize(ApiCall call) {
		Project project = project(call);
		return EmulatorResponse.ok(JsonBody.of("id", project.id()).with("initializedAt", project.createdAt()));
	}

	private EmulatorResponse list(ApiCall call, @Nullable String organization) {
		return EmulatorResponse.ok(visible(call).stream()
			.filter((project) -> organization == null || isCalled(project.organization(), organization))
			.map(ProjectRoutes::json)
			.toList());
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

	private EmulatorResponse createAlertChannel(ApiCall call) {
		JsonNode body = NEW_CHANNEL.readReported(call);
		JsonNode data = body.path("channelData");
		boolean email = body.path("channel").asString().equals("email");
		if (data.path(email ? "email" : "url").asString("").isEmpty()) {
			throw new ResponseException(422, email ? "Email is required" : "webhook url is required");
		}
		if (visible(call).stream().noneMatch((project) -> project.ref().equals(call.variable("projectRef")))) {
			throw new ResponseException(422, "Project not found");
		}
		JsonBody channelData = JsonBody.of(email ? "email" : "url", data.path(email ? "email" : "url"));
		if (!email) {
			WebhookUrls.refuseUnsafe(data.path("url").asString());
			String secret = Json.text(data, "secret");
			channelData.with("secret", (secret != null) ? secret : call.state().ids().random(64));
		}
		return EmulatorResponse.ok(JsonBody.of("id", "alert_channel_" + call.state().ids().random(21))
			.with("name", body.path("name"))
			.with("alertTypes", body.path("alertTypes"))
			.with("channel", body.path("channel"))
			.with("channelData", channelData)
			.maybe("deduplicationKey", body.get("deduplicationKey")));
	}

	private EmulatorResponse organizations(ApiCall call) {
		return EmulatorResponse.ok(call.state()
			.accounts()
			.organizations()
			.stream()
			.filter(call.user()::isMemberOf)
			.map(ProjectRoutes::json)
			.toList());
	}

	private EmulatorResponse members(ApiCall call) {
		organization(call);
		User user = call.user();
		JsonBody member = JsonBody.of("id", user.id())
			.with("role", "ADMIN")
			.with("user",
					JsonBody.of("id", user.id())
						.with("name", user.name())
						.with("email", user.email())
						.with("avatarUrl", null));
		return EmulatorResponse.ok(JsonBody.of("members", List.of(member)).with("invites", List.of()));
	}

	private EmulatorResponse create(ApiCall call) {
		String name = NEW_PROJECT.read(call).path("name").asString().strip();
		Project project = call.state()
			.accounts()
			.addProject(organization(call), "proj_" + call.state().ids().random(20), name, call.user(), Map.of());
		call.state().accounts().forgetOnReset(project);
		return EmulatorResponse.ok(json(project));
	}

	private Project project(ApiCall call) {
		return this.authenticator.project(call.user(), call.variable("projectRef"));
	}

	private static Organization organization(ApiCall call) {
		return call.state()
			.accounts()
			.organizations()
			.stream()
			.filter((organization) -> isCalled(organization, call.variable("orgSlug"))
					&& call.user().isMemberOf(organization))
			.findFirst()
			.orElseThrow(() -> new ResponseException(404, "Organization not found"));
	}

	private static boolean isCalled(Organization organization, String name) {
		return organization.slug().equals(name) || organization.id().equals(name);
	}

	private static List<Project> visible(ApiCall call) {
		return call.state()
			.accounts()
			.projects()
			.stream()
			.filter((project) -> call.user().isMemberOf(project.organization()))
			.toList();
	}

	private static JsonBody json(Project project) {
		return JsonBody.of("id", project.id())
			.with("externalRef", project.ref())
			.with("name", project.name())
			.with("slug", project.slug())
			.with("createdAt", project.createdAt())
			.with("defaultRegion", project.defaultRegion())
			.with("organization", json(project.organization()));
	}

	private static JsonBody json(Organization organization) {
		return JsonBody.of("id", organization.id())
			.with("title", organization.title())
			.with("slug", organization.slug())
			.with("createdAt", organization.createdAt());
	}

}

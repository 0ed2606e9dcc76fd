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

import java.util.regex.Pattern;

import dev.trigger.emulator.http.EmulatorResponse;
import dev.trigger.emulator.http.Json;
import dev.trigger.emulator.http.JsonBody;
import dev.trigger.emulator.http.ResponseException;
import dev.trigger.emulator.state.Environment;
import dev.trigger.emulator.state.EnvironmentKind;
import dev.trigger.emulator.state.Project;
import tools.jackson.databind.JsonNode;

/**
 * The branches of a project.
 */
final class BranchRoutes {

	private static final String PATH = "/api/v1/projects/{projectRef}/branches";

	private static final String NO_PARENT = "API keys must belong to the parent Preview environment.";

	private static final BodySchema CREATE = BodySchema.of("projects.branches.create");

	private static final BodySchema ARCHIVE = BodySchema.of("projects.branches.archive");

	private static final Pattern FORBIDDEN = Pattern
		.compile("[ ~^:?*\\[\\\\\\x00-\\x1f\\x7f]|^/|/$|//|\\.\\.|@\\{|\\.lock$|^$");

	private final Authenticator authenticator;

	BranchRoutes(Authenticator authenticator) {
		this.authenticator = authenticator;
	}

	void addTo(Router router) {
		router.get("projects.branches.list", PATH, this::list).access(RouteAccess.PERSONAL_TOKEN_TERSE);
		router.post("projects.branches.create", PATH, this::create)
			.access(RouteAccess.PERSONAL_TOKEN_OR_PREVIEW_KEY)
			.others(OtherMethods.REFUSED_PLAINLY);
		router.post("projects.branches.archive", PATH + "/archive", this::archive)
			.access(RouteAccess.PERSONAL_TOKEN_OR_PREVIEW_KEY)
			.others(OtherMethods.REFUSED_PLAINLY);
	}

	private EmulatorResponse list(ApiCall call) {
		Project project = this.authenticator.project(call.user(), call.variable("projectRef"));
		return EmulatorResponse.ok(JsonBody.of("branches",
				project.branches()
					.stream()
					.filter((branch) -> branch.kind() == EnvironmentKind.PREVIEW && !branch.isArchived())
					.map((branch) -> JsonBody.of("id", branch.id())
						.with("name", branch.branchName())
						.with("createdAt", branch.createdAt())
						.with("updatedAt", branch.createdAt())
						.maybe("git", branch.git())
						.with("isPaused", branch.isPaused()))
					.toList()));
	}

	private EmulatorResponse create(ApiCall call) {
		Project project = project(call);
		JsonNode body = json(call);
		refusePlainly(CREATE, body);
		JsonNode env = body.path("env");
		if (!call.hasUser() && env.asString().equals("development")) {
			throw new ResponseException(400, "API keys can only create Preview branches.");
		}
		if (!mayBranch(call)) {
			throw new ResponseException(403, NO_PARENT);
		}
		String given = body.path("branch").asString();
		if (env.asString().equals("development") && given.equals("default")) {
			throw new ResponseException(400, "Cannot create dev branch with name 'default'.");
		}
		String name = name(given);
		EnvironmentKind kind = env.asString().equals("preview") ? EnvironmentKind.PREVIEW : EnvironmentKind.DEVELOPMENT;
		Environment branch = call.state().accounts().addBranch(project.environment(kind), name);
		if (body.has("git")) {
			branch.setGit(body.get("git"));
		}
		return EmulatorResponse.ok(JsonBody.of("id", branch.id()));
	}

	private static String name(String given) {
		String name = EnvironmentTarget.branchName(given);
		if (name == null) {
			throw new ResponseException(400, "Branch name has an invalid format");
		}
		if (FORBIDDEN.matcher(name).find()) {
			throw new ResponseException(400, "Invalid branch name, contains disallowed character sequences");
		}
		return name;
	}

	/**
	 * Refuse a body with the issues as indented text.
	 */
	private static void refusePlainly(BodySchema schema, JsonNode body) {
		Issues issues = schema.issues(body);
		if (!issues.isEmpty()) {
			throw new ResponseException(400, issues.pretty());
		}
	}

	/**
	 * Of the keys only that of the preview environment itself may change its branches.
	 */
	private static boolean mayBranch(ApiCall call) {
		return call.hasUser()
				|| (call.environment().kind() == EnvironmentKind.PREVIEW && call.environment().parent() == null);
	}

	private EmulatorResponse archive(ApiCall call) {
		JsonNode body = json(call);
		refusePlainly(ARCHIVE, body);
		EnvironmentKind kind = body.path("env").asString("preview").equals("preview") ? EnvironmentKind.PREVIEW
				: EnvironmentKind.DEVELOPMENT;
		if (!mayBranch(call) || (!call.hasUser() && kind != EnvironmentKind.PREVIEW)) {
			throw new ResponseException(403, NO_PARENT);
		}
		Project project = archived(call);
		String name = body.path("branch").asString();
		Environment branch = project.branch(kind, name);
		if (branch == null) {
			boolean archived = project.branches()
				.stream()
				.anyMatch((other) -> other.kind() == kind && name.equals(other.branchName()));
			throw archived ? new ResponseException(400, "Branch already archived")
					: new ResponseException(404, "Branch not found");
		}
		branch.archive(call.now());
		return EmulatorResponse.ok(JsonBody.of("success", true)
			.with("branch", json(call, branch))
			.with("organization",
					JsonBody.of("id", project.organization().id())
						.with("slug", project.organization().slug())
						.with("maximumConcurrencyLimit", Environment.DEFAULT_CONCURRENCY))
			.with("project", JsonBody.of("id", project.id()).with("slug", project.slug())));
	}

	private static JsonBody json(ApiCall call, Environment branch) {
		return JsonBody.of("id", branch.id())
			.with("slug", branch.slug())
			.with("apiKey", branch.ownKey())
			.with("pkApiKey", "pk_" + branch.kind().slug() + "_" + branch.shortcode())
			.with("type", branch.kind().name())
			.with("isBranchableEnvironment", false)
			.with("branchName", branch.branchName())
			.with("parentEnvironmentId", (branch.parent() != null) ? branch.parent().id() : null)
			.with("git", branch.git())
			.with("archivedAt", branch.archivedAt())
			.with("shortcode", branch.shortcode())
			.with("maximumConcurrencyLimit", branch.concurrencyLimit())
			.with("concurrencyLimitBurstFactor", "2")
			.with("paused", branch.isPaused())
			.with("pauseSource", null)
			.with("autoEnableInternalSources", true)
			.with("organizationId", branch.project().organization().id())
			.with("projectId", branch.project().id())
			.with("orgMemberId", WhoamiRoutes.memberId(branch))
			.with("createdAt", branch.createdAt())
			.with("updatedAt", call.now())
			.with("builtInEnvironmentVariableOverrides", null)
			.with("tunnelId", null)
			.with("currentSessionId", null);
	}

	private Project project(ApiCall call) {
		String ref = call.variable("projectRef");
		if (call.hasUser()) {
			return this.authenticator.project(call.user(), ref);
		}
		Project project = call.environment().project();
		if (!project.ref().equals(ref)) {
			throw new ResponseException(404, "Project not found");
		}
		return project;
	}

	/**
	 * Return the project whose branch is archived. Without the project there is no
	 * branch.
	 */
	private Project archived(ApiCall call) {
		try {
			return project(call);
		}
		catch (ResponseException ex) {
			throw call.hasUser() ? new ResponseException(404, "Branch not found") : ex;
		}
	}

	private static JsonNode json(ApiCall call) {
		String text = call.request().bodyText();
		JsonNode body = Json.parse(text);
		if (body == null) {
			throw new ResponseException(400, JsonFault.explain(text));
		}
		return body;
	}

}

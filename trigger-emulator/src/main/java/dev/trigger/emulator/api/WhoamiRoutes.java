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
import dev.trigger.emulator.state.Environment;
import dev.trigger.emulator.state.Organization;
import dev.trigger.emulator.state.Project;
import dev.trigger.emulator.state.User;
import org.jspecify.annotations.Nullable;

/**
 * Who a credential belongs to.
 */
final class WhoamiRoutes {

	void addTo(Router router) {
		router.get("whoami.v1", "/api/v1/whoami", (call) -> EmulatorResponse.ok(environment(call.environment())))
			.terse("Invalid or Missing API key");
		router.get("whoami.v2", "/api/v2/whoami", this::user).access(RouteAccess.PERSONAL_TOKEN_TERSE);
		// what the command line shows to its user: the emulator has no news
		router
			.get("platformNotifications.retrieve", "/api/v1/platform-notifications",
					(call) -> EmulatorResponse.ok(JsonBody.of("notification", null)))
			.access(RouteAccess.PERSONAL_TOKEN_TERSE);
	}

	private EmulatorResponse user(ApiCall call) {
		User user = call.user();
		JsonBody body = JsonBody.of("userId", user.id())
			.with("email", user.email())
			.with("dashboardUrl", call.state().apiUrl());
		String projectRef = call.query("projectRef");
		Project project = (projectRef != null) ? call.state().accounts().project(projectRef) : null;
		if (project != null && user.isMemberOf(project.organization())) {
			body.with("project",
					JsonBody
						.of("url",
								call.state().apiUrl() + "/orgs/" + project.organization().slug() + "/projects/"
										+ project.slug())
						.with("name", project.name())
						.with("orgTitle", project.organization().title()));
		}
		return EmulatorResponse.ok(body);
	}

	private static JsonBody environment(Environment environment) {
		User owner = environment.owner();
		JsonBody body = JsonBody.of("id", environment.id())
			.with("slug", environment.slug())
			.with("type", environment.kind().name())
			.with("apiKey", environment.apiKey())
			.with("organizationId", environment.project().organization().id())
			.with("projectId", environment.project().id())
			.with("orgMemberId", memberId(environment))
			.with("parentEnvironmentId", (environment.parent() != null) ? environment.parent().id() : null)
			.with("branchName", environment.branchName())
			.with("archivedAt", environment.archivedAt())
			.with("paused", environment.isPaused())
			.with("shortcode", environment.shortcode())
			.with("maximumConcurrencyLimit", environment.concurrencyLimit())
			.with("concurrencyLimitBurstFactor", 2)
			.with("builtInEnvironmentVariableOverrides", null)
			.with("createdAt", environment.createdAt())
			.with("updatedAt", environment.createdAt())
			.with("project", project(environment.project()))
			.with("organization", organization(environment.project().organization()))
			.with("orgMember", member(owner))
			.with("parentEnvironment", null);
		return body.maybe("userId", (owner != null) ? owner.id() : null);
	}

	static @Nullable String memberId(Environment environment) {
		User owner = environment.owner();
		Organization.Member member = (owner != null) ? environment.project().organization().member(owner) : null;
		return (member != null) ? member.id() : null;
	}

	private static JsonBody project(Project project) {
		return JsonBody.of("id", project.id())
			.with("slug", project.slug())
			.with("name", project.name())
			.with("externalRef", project.ref())
			.with("engine", "V2")
			.with("deletedAt", null)
			.with("defaultWorkerGroupId", null)
			.with("organizationId", project.organization().id())
			.with("builderProjectId", null)
			.with("defaultRuntime", "node-24");
	}

	private static JsonBody organization(Organization organization) {
		return JsonBody.of("id", organization.id())
			.with("slug", organization.slug())
			.with("title", organization.title())
			.with("streamBasinName", null)
			.with("maximumConcurrencyLimit", Environment.DEFAULT_CONCURRENCY)
			.with("runsEnabled", true)
			.with("maximumDevQueueSize", null)
			.with("maximumDeployedQueueSize", null)
			.with("featureFlags", null)
			.with("apiRateLimiterConfig", null)
			.with("batchRateLimitConfig", null)
			.with("batchQueueConcurrencyConfig", null);
	}

	private static @Nullable JsonBody member(@Nullable User owner) {
		if (owner == null) {
			return null;
		}
		return JsonBody.of("userId", owner.id())
			.with("user", JsonBody.of("id", owner.id()).with("displayName", owner.name()).with("name", owner.name()));
	}

}

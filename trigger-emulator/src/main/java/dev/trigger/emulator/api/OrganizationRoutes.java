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
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

import dev.trigger.emulator.http.EmulatorResponse;
import dev.trigger.emulator.http.Json;
import dev.trigger.emulator.http.JsonBody;
import dev.trigger.emulator.http.ResponseException;
import dev.trigger.emulator.state.Organization;
import dev.trigger.emulator.state.Project;
import dev.trigger.emulator.state.User;
import tools.jackson.databind.JsonNode;

/**
 * Organizations with their members, invites and projects.
 */
final class OrganizationRoutes {

	private static final String PATH = "/api/v1/orgs";

	private static final String ONE = PATH + "/{orgSlug}";

	private static final BodySchema NEW_ORGANIZATION = BodySchema.of("orgs.create");

	private static final BodySchema NEW_PROJECT = BodySchema.of("orgs.projects.create");

	private static final BodySchema NEW_INVITES = BodySchema.of("orgs.invites.create");

	private static final BodySchema RENAME = BodySchema.of("orgs.update");

	void addTo(Router router) {
		RouteAccess access = RouteAccess.PERSONAL_TOKEN;
		router.get("orgs.list", PATH, OrganizationRoutes::list).access(access);
		router.post("orgs.create", PATH, OrganizationRoutes::create)
			.first(NEW_ORGANIZATION::read)
			.access(access)
			.others(OtherMethods.REFUSED);
		router.patch("orgs.update", ONE, OrganizationRoutes::rename)
			.access(access)
			.ofTenant()
			.others(OtherMethods.REFUSED)
			.allow("PATCH, DELETE");
		router.delete("orgs.del", ONE, OrganizationRoutes::delete)
			.access(access)
			.ofTenant()
			.others(OtherMethods.REFUSED)
			.allow("PATCH, DELETE");
		router.get("orgs.members", ONE + "/members", OrganizationRoutes::members).access(access).ofTenant();
		router.delete("orgs.members.del", ONE + "/members/{memberId}", OrganizationRoutes::removeMember)
			.access(access)
			.ofTenant()
			.others(OtherMethods.REFUSED);
		router.post("orgs.invites.create", ONE + "/invites", OrganizationRoutes::invite)
			.first(NEW_INVITES::read)
			.access(access)
			.ofTenant()
			.others(OtherMethods.REFUSED);
		router.delete("orgs.invites.del", ONE + "/invites/{inviteId}", OrganizationRoutes::revokeInvite)
			.access(access)
			.ofTenant()
			.others(OtherMethods.REFUSED);
		router.get("orgs.projects", ONE + "/projects", OrganizationRoutes::projects).access(access);
		router.post("orgs.projects.create", ONE + "/projects", OrganizationRoutes::createProject)
			.first(NEW_PROJECT::read)
			.access(access)
			.ofTenant()
			.others(OtherMethods.REFUSED);
	}

	private static EmulatorResponse list(ApiCall call) {
		return EmulatorResponse.ok(call.state()
			.accounts()
			.organizations()
			.stream()
			.filter(call.user()::isMemberOf)
			.map(ProjectRoutes::json)
			.toList());
	}

	/**
	 * Servers keep people from making organizations by the API, unless they are told
	 * otherwise.
	 */
	private static EmulatorResponse create(ApiCall call) {
		throw new ResponseException(404, "Not found");
	}

	private static EmulatorResponse rename(ApiCall call) {
		call.authorize("manage", "organization");
		Organization organization = find(call);
		JsonNode body = call.jsonOr(400, "Invalid request body");
		if (!RENAME.issues(body).isEmpty()) {
			throw new ResponseException(400, "Invalid request body");
		}
		organization.setTitle(body.path("title").asString().strip());
		return EmulatorResponse.ok(JsonBody.of("id", organization.id())
			.with("title", organization.title())
			.with("slug", organization.slug()));
	}

	private static EmulatorResponse delete(ApiCall call) {
		call.authorize("manage", "organization");
		Organization organization = find(call);
		call.state()
			.accounts()
			.projects()
			.stream()
			.filter((project) -> project.organization() == organization)
			.forEach(Project::delete);
		organization.delete();
		return EmulatorResponse.ok(JsonBody.of("id", organization.id()));
	}

	private static EmulatorResponse members(ApiCall call) {
		call.authorize("read", "members");
		Organization organization = find(call);
		return EmulatorResponse
			.ok(JsonBody.of("members", organization.members().stream().map((member) -> json(member)).toList())
				.with("invites", organization.invites().stream().map((invite) -> json(invite)).toList()));
	}

	private static JsonBody json(Organization.Member member) {
		return JsonBody.of("id", member.id())
			.with("role", member.role())
			.with("user", json(member.user()).with("avatarUrl", null));
	}

	private static JsonBody json(Organization.Invite invite) {
		return JsonBody.of("id", invite.id())
			.with("email", invite.email())
			.with("updatedAt", invite.updatedAt())
			.with("inviter", json(invite.inviter()));
	}

	private static JsonBody json(User user) {
		return JsonBody.of("id", user.id()).with("name", user.name()).with("email", user.email());
	}

	private static EmulatorResponse removeMember(ApiCall call) {
		call.authorize("manage", "members");
		Organization organization = find(call);
		Organization.Member member = organization.members()
			.stream()
			.filter((candidate) -> candidate.id().equals(call.variable("memberId")))
			.findFirst()
			.orElseThrow(() -> new ResponseException(404, "Member not found in this organization"));
		if (organization.members().size() == 1) {
			throw new ResponseException(400, "Cannot remove the last member of an organization");
		}
		organization.remove(member);
		return EmulatorResponse.ok(JsonBody.of("id", member.id()).with("user", json(member.user())));
	}

	private static EmulatorResponse invite(ApiCall call) {
		JsonNode body = NEW_INVITES.read(call);
		call.authorize("manage", "members");
		Organization organization = find(call);
		List<JsonBody> invited = new ArrayList<>();
		List<String> alreadyInvited = new ArrayList<>();
		List<String> alreadyMembers = new ArrayList<>();
		for (String email : new LinkedHashSet<>(Json.texts(body.path("emails")))) {
			Organization.Invite invite = isMember(organization, email) ? null
					: organization.invite(email, call.user(), call.now());
			if (invite != null) {
				invited.add(JsonBody.of("id", invite.id()).with("email", email));
			}
			else {
				(isMember(organization, email) ? alreadyMembers : alreadyInvited).add(email);
			}
		}
		return EmulatorResponse.json(invited.isEmpty() ? 200 : 201,
				JsonBody.of("invited", invited)
					.with("alreadyInvited", alreadyInvited)
					.with("alreadyMembers", alreadyMembers));
	}

	private static boolean isMember(Organization organization, String email) {
		return organization.members().stream().anyMatch((member) -> member.user().email().equals(email));
	}

	private static EmulatorResponse revokeInvite(ApiCall call) {
		call.authorize("manage", "members");
		Organization organization = find(call);
		Organization.Invite invite = organization.invites()
			.stream()
			.filter((candidate) -> candidate.id().equals(call.variable("inviteId")))
			.findFirst()
			.orElseThrow(() -> new ResponseException(404, "Invite not found"));
		organization.revoke(invite);
		return EmulatorResponse.ok(JsonBody.of("id", invite.id()).with("email", invite.email()));
	}

	private static EmulatorResponse projects(ApiCall call) {
		Organization organization = call.state().accounts().organization(call.variable("orgSlug"));
		return EmulatorResponse.ok(ProjectRoutes.visible(call)
			.stream()
			.filter((project) -> project.organization() == organization)
			.map(ProjectRoutes::json)
			.toList());
	}

	private static EmulatorResponse createProject(ApiCall call) {
		String name = NEW_PROJECT.read(call).path("name").asString().strip();
		Project project = call.state()
			.accounts()
			.addProject(find(call), "proj_" + call.state().ids().random(20), name, call.user(), Map.of());
		call.state().accounts().forgetOnReset(project);
		return EmulatorResponse.ok(ProjectRoutes.json(project));
	}

	private static Organization find(ApiCall call) {
		Organization organization = call.state().accounts().organization(call.variable("orgSlug"));
		if (organization == null || !call.user().isMemberOf(organization)) {
			throw new ResponseException(404, "Organization not found");
		}
		return organization;
	}

}

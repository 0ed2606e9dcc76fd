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

import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.trigger.emulator.state.Organization;
import dev.trigger.emulator.state.User;
import tools.jackson.databind.JsonNode;

/**
 * Adds the invites and members that recorded requests about organizations need.
 */
final class ReplayOrganizations {

	private final ReplaySetup setup;

	private final Recording recording;

	private final TriggerEmulator emulator;

	private final Organization organization;

	ReplayOrganizations(ReplaySetup setup) {
		this.setup = setup;
		this.recording = setup.recording();
		this.emulator = setup.server().emulator();
		this.organization = this.emulator.project().organization();
	}

	/**
	 * The recordings hide the names of organizations: the one that works is ours.
	 */
	static void name(ReplaySetup setup) {
		JsonNode response = setup.recording().responseOrEmpty();
		Matcher matcher = Pattern.compile("/orgs/([^/?]+)").matcher(setup.recording().path());
		boolean known = !response.path("error").asString("").equals("Organization not found")
				&& !(response.isArray() && response.isEmpty());
		if (matcher.find() && known) {
			setup.replacements()
				.put("/orgs/" + matcher.group(1), "/orgs/" + setup.server().emulator().project().organization().slug());
		}
	}

	/**
	 * Add what the recorded response shows.
	 */
	void add() {
		JsonNode response = this.recording.responseOrEmpty();
		response.path("invites").forEach((invite) -> invite(invite.path("email").asString()));
		response.path("alreadyInvited").forEach((email) -> invite(email.asString()));
		response.path("alreadyMembers").forEach((email) -> join(email.asString()));
		String id = this.setup.segment(6);
		if (this.recording.path().endsWith("/vercel/projects") && this.recording.status() == 200) {
			this.setup.replacements().put("/projects/" + id + "/", "/projects/" + this.emulator.project().slug() + "/");
		}
		boolean removes = this.recording.method().equals("DELETE") && !id.isEmpty() && this.recording.status() == 200;
		if (removes && this.setup.segment(5).equals("invites")) {
			this.setup.replacements().put("/" + id, "/" + invite(response.path("email").asString()));
		}
		if (removes && this.setup.segment(5).equals("members")) {
			this.setup.replacements().put("/" + id, "/" + join("member@example.com"));
		}
	}

	private String invite(String email) {
		User inviter = this.emulator.state().accounts().userByToken(this.emulator.personalAccessToken());
		this.organization.invite(email, inviter, this.emulator.now());
		return this.organization.invites()
			.stream()
			.filter((invite) -> invite.email().equals(email))
			.findFirst()
			.orElseThrow()
			.id();
	}

	private String join(String email) {
		User user = this.emulator.state()
			.accounts()
			.addUser(email.substring(0, email.indexOf('@')), "tr_pat_" + "m".repeat(40))
			.join(this.organization);
		return Objects.requireNonNull(this.organization.member(user)).id();
	}

}

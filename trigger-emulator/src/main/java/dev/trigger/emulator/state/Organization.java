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

package dev.trigger.emulator.state;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * An organization, with its members and those who are invited.
 *
 * @since 1.0.0
 */
public final class Organization {

	private final Ids ids;

	private final String id;

	private final String firstTitle;

	private String title;

	private final String slug;

	private final Instant createdAt;

	/**
	 * Those who have joined, also those who were removed.
	 */
	private final List<Member> joined = new ArrayList<>();

	private final List<Member> members = new ArrayList<>();

	private final Map<String, Invite> invites = new LinkedHashMap<>();

	private boolean deleted;

	Organization(Ids ids, String title, String slug, Instant createdAt) {
		this.ids = ids;
		this.id = ids.cuid(createdAt);
		this.firstTitle = title;
		this.title = title;
		this.slug = slug;
		this.createdAt = createdAt;
	}

	public String id() {
		return this.id;
	}

	public String title() {
		return this.title;
	}

	public void setTitle(String title) {
		this.title = title;
	}

	/**
	 * Return the name in URLs.
	 * @return the slug
	 */
	public String slug() {
		return this.slug;
	}

	public Instant createdAt() {
		return this.createdAt;
	}

	/**
	 * Return the members.
	 * @return a copy, in the order in which they joined
	 */
	public List<Member> members() {
		return List.copyOf(this.members);
	}

	/**
	 * Return a user's membership.
	 * @param user the user
	 * @return the membership, {@code null} if the user is no member
	 */
	public @Nullable Member member(User user) {
		return this.members.stream().filter((member) -> member.user() == user).findFirst().orElse(null);
	}

	void add(User user) {
		Member member = new Member(this.ids.cuid(this.createdAt), this.members.isEmpty() ? "ADMIN" : "MEMBER", user);
		this.joined.add(member);
		this.members.add(member);
	}

	/**
	 * Remove a member.
	 * @param member the member
	 */
	public void remove(Member member) {
		this.members.remove(member);
	}

	/**
	 * Return the invites that nobody has accepted.
	 * @return a copy, oldest first
	 */
	public List<Invite> invites() {
		return List.copyOf(this.invites.values());
	}

	/**
	 * Invite somebody.
	 * @param email the address
	 * @param inviter who invites
	 * @param now when
	 * @return the invite, {@code null} if there is one already
	 */
	public @Nullable Invite invite(String email, User inviter, Instant now) {
		if (this.invites.containsKey(email)) {
			return null;
		}
		Invite invite = new Invite(this.ids.cuid(now), email, inviter, now);
		this.invites.put(email, invite);
		return invite;
	}

	/**
	 * Revoke an invite.
	 * @param invite the invite
	 */
	public void revoke(Invite invite) {
		this.invites.remove(invite.email());
	}

	public void delete() {
		this.deleted = true;
	}

	public boolean isDeleted() {
		return this.deleted;
	}

	/**
	 * Forget what was changed about the organization.
	 */
	void restore() {
		this.title = this.firstTitle;
		this.deleted = false;
		this.invites.clear();
		this.members.clear();
		this.members.addAll(this.joined);
	}

	/**
	 * A user as a member of an organization.
	 *
	 * @param id the identifier of the membership
	 * @param role such as {@code ADMIN}
	 * @param user the user
	 */
	public record Member(String id, String role, User user) {

	}

	/**
	 * An invite that nobody has accepted.
	 *
	 * @param id the identifier
	 * @param email the address of who is invited
	 * @param inviter who invites
	 * @param updatedAt when it was sent
	 */
	public record Invite(String id, String email, User inviter, Instant updatedAt) {

	}

}

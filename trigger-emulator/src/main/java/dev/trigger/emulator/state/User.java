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

/**
 * A user with a personal access token.
 *
 * @since 1.0.0
 */
public final class User {

	private final String id;

	private final String name;

	private final String accessToken;

	private boolean revoked;

	User(String id, String name, String accessToken) {
		this.id = id;
		this.name = name;
		this.accessToken = accessToken;
	}

	public String id() {
		return this.id;
	}

	public String name() {
		return this.name;
	}

	public String email() {
		return this.name + "@example.com";
	}

	public String accessToken() {
		return this.accessToken;
	}

	/**
	 * Revoke the token.
	 */
	public void revoke() {
		this.revoked = true;
	}

	public boolean isRevoked() {
		return this.revoked;
	}

	/**
	 * Add the user to an organization.
	 * @param organization the organization
	 * @return this user
	 */
	public User join(Organization organization) {
		organization.add(this);
		return this;
	}

	public boolean isMemberOf(Organization organization) {
		return !organization.isDeleted() && organization.member(this) != null;
	}

}

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

package dev.trigger.spring.auth;

/**
 * The kinds of credential that the Trigger.dev API accepts.
 *
 * @since 1.0.0
 */
public enum AuthMode {

	/**
	 * A secret key ({@code tr_dev_}, {@code tr_stg_}, {@code tr_prod_},
	 * {@code tr_preview_}): one environment of one project.
	 */
	SECRET_KEY("secret key", "trigger.secret-key"),

	/**
	 * A personal access token ({@code tr_pat_}): a user with all its projects. Calls need
	 * a project ref and often an environment.
	 */
	PERSONAL_ACCESS_TOKEN("personal access token", "trigger.access-token"),

	/**
	 * A public access token (a JWT): a few scopes of one environment, for a limited time.
	 */
	PUBLIC_ACCESS_TOKEN("public access token", "trigger.access-token"),

	/**
	 * No credential at all: the endpoint is open, or the URL itself is the credential.
	 */
	NONE("no credential", "");

	private final String description;

	private final String property;

	AuthMode(String description, String property) {
		this.description = description;
		this.property = property;
	}

	/**
	 * Return the name of this mode for messages.
	 * @return the description, such as {@code secret key}
	 */
	public String description() {
		return this.description;
	}

	/**
	 * Return the configuration property that sets a credential of this mode.
	 * @return the property, empty for {@link #NONE}
	 */
	public String property() {
		return this.property;
	}

}

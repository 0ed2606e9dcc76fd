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

/**
 * Which credentials a route takes, and so how it refuses the others.
 */
enum RouteAccess {

	/**
	 * Anybody.
	 */
	OPEN,

	/**
	 * A secret key.
	 */
	SECRET_KEY,

	/**
	 * A secret key or a public access token; the handler asks for the scope.
	 */
	SECRET_KEY_OR_PUBLIC_TOKEN,

	/**
	 * A secret key, on the older routes that do not say what is wrong.
	 */
	SECRET_KEY_TERSE,

	/**
	 * A secret key of the project in the path, or a personal access token.
	 */
	SECRET_KEY_OR_PERSONAL_TOKEN,

	/**
	 * The same, on a route that does not say what is wrong.
	 */
	SECRET_KEY_OR_PERSONAL_TOKEN_TERSE,
	/**
	 * A personal access token, refused with "PAT".
	 */
	PERSONAL_TOKEN,

	/**
	 * A personal access token, refused with "Access Token".
	 */
	PERSONAL_TOKEN_TERSE,

	/**
	 * A personal access token or the secret key of the parent preview environment.
	 */
	PERSONAL_TOKEN_OR_PREVIEW_KEY;

	/**
	 * Return whether a request without any credential, which the rate limit let pass, is
	 * refused with another text than one with an invalid key.
	 * @return {@code true} if so
	 */
	boolean namesMissingKeys() {
		return this == SECRET_KEY || this == SECRET_KEY_OR_PUBLIC_TOKEN || this == SECRET_KEY_OR_PERSONAL_TOKEN
				|| this == PERSONAL_TOKEN_OR_PREVIEW_KEY;
	}

}

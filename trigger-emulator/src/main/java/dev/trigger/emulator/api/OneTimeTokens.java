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

import dev.trigger.emulator.http.ResponseException;
import tools.jackson.databind.JsonNode;

/**
 * Public access tokens that work once.
 */
final class OneTimeTokens {

	private OneTimeTokens() {
	}

	/**
	 * Use the token of a request up, if it is one that works once.
	 * @param call the request
	 * @param what what the token is used for, such as {@code create batch}
	 */
	static void use(ApiCall call, String what) {
		JsonNode claims = call.claims();
		if (claims != null && claims.path("otu").asBoolean(false)
				&& !call.state().accounts().useOnce(String.valueOf(Authenticator.token(call.request())))) {
			throw new ResponseException(422,
					"Cannot " + what + " with a one-time use token as it has already been used.");
		}
	}

}

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

import java.time.Duration;

import dev.trigger.emulator.http.EmulatorResponse;
import dev.trigger.emulator.http.JsonBody;
import dev.trigger.emulator.state.EmulatorState;
import dev.trigger.emulator.state.Tokens;
import dev.trigger.emulator.state.User;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * User-actor tokens: short-lived ones, made of a personal access token, with which an
 * agent acts as its user. They are taken wherever that token is, but for making more of
 * them.
 */
final class UserActorTokens {

	static final String PREFIX = "tr_uat_";

	private static final BodySchema BODY = BodySchema.of("auth.userActorToken");

	private static final long DEFAULT_SECONDS = Duration.ofHours(1).toSeconds();

	void addTo(Router router) {
		router.post("auth.userActorToken", "/api/v1/auth/user-actor-token", this::create)
			.access(RouteAccess.PERSONAL_TOKEN);
	}

	private EmulatorResponse create(ApiCall call) {
		JsonNode body = call.lenientJson();
		BODY.issues(body).refuseWithIssues("Invalid request body");
		long seconds = body.path("ttlSeconds").asLong(DEFAULT_SECONDS);
		User user = call.user();
		JsonBody claims = JsonBody.of("sub", user.id())
			.with("act", JsonBody.of("client", body.path("client").asString("personal-access-token")))
			.maybe("cap", body.get("cap"));
		String token = Tokens.sign(claims, user.accessToken(), call.now(), Duration.ofSeconds(seconds));
		return EmulatorResponse.ok(JsonBody.of("token", PREFIX + token).with("expiresInSeconds", seconds));
	}

	/**
	 * Find the user for whom a token acts.
	 * @param state the state
	 * @param token a credential of any kind
	 * @return the user, {@code null} unless it is a valid user-actor token
	 */
	static @Nullable User user(EmulatorState state, String token) {
		if (!token.startsWith(PREFIX)) {
			return null;
		}
		String signed = token.substring(PREFIX.length());
		JsonNode claims = Tokens.claims(signed);
		if (claims == null || claims.path("exp").asLong(0) <= state.now().getEpochSecond()) {
			return null;
		}
		User user = state.accounts().userById(claims.path("sub").asString(""));
		return (user != null && Tokens.isSignedWith(signed, user.accessToken())) ? user : null;
	}

}

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
import java.util.List;

import dev.trigger.emulator.http.EmulatorResponse;
import dev.trigger.emulator.http.Json;
import dev.trigger.emulator.http.JsonBody;
import dev.trigger.emulator.state.EmulatorState;
import dev.trigger.emulator.state.Tokens;
import dev.trigger.emulator.state.User;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * User-actor tokens: short-lived ones, made of a personal access token, with which an
 * agent acts as its user. They are taken on the newer routes for that token, and can do
 * what their cap says, or read if they have none.
 */
final class UserActorTokens {

	static final String PREFIX = "tr_uat_";

	private static final BodySchema BODY = BodySchema.of("auth.userActorToken");

	/**
	 * What a token without a cap may do.
	 */
	private static final JsonNode READING = Json.tree(List.of("read:all"));

	private static final long DEFAULT_SECONDS = Duration.ofHours(1).toSeconds();

	void addTo(Router router) {
		router.post("auth.userActorToken", "/api/v1/auth/user-actor-token", this::create)
			.access(RouteAccess.PERSONAL_TOKEN)
			.anyAction();
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
	 * Return the user that a token acts for, and its scopes.
	 * @param state the state
	 * @param token a credential of any kind
	 * @return the identity, with the claims of the token and its {@code scopes};
	 * {@code null} unless it is a valid user-actor token
	 */
	static @Nullable Identity identity(EmulatorState state, String token) {
		if (!token.startsWith(PREFIX)) {
			return null;
		}
		String signed = token.substring(PREFIX.length());
		if (!(Tokens.claims(signed) instanceof ObjectNode claims)
				|| claims.path("exp").asLong(0) <= state.now().getEpochSecond()) {
			return null;
		}
		User user = state.accounts().userById(claims.path("sub").asString(""));
		if (user == null || user.isRevoked() || !Tokens.isSignedWith(signed, user.accessToken())) {
			return null;
		}
		claims.set("scopes", claims.has("cap") ? claims.get("cap") : READING);
		return new Identity(null, user, claims);
	}

	/**
	 * Return the scopes of a public access token that is made with a user-actor token:
	 * those that are asked for and that it has itself, or all of its own.
	 * @param call the request
	 * @param body its body
	 * @return the scopes
	 */
	static List<String> scopes(ApiCall call, JsonNode body) {
		JsonNode cap = (call.claims() != null) ? call.claims().path("cap") : READING;
		List<String> own = Json.texts(cap.isEmpty() ? READING : cap);
		List<String> asked = Json.texts(body.path("claims").path("scopes"));
		return asked.isEmpty() ? own : asked.stream().filter((scope) -> isWithin(scope, own)).toList();
	}

	private static boolean isWithin(String scope, List<String> own) {
		String[] parts = scope.split(":", 3);
		if (parts.length == 1 || parts[1].isEmpty()) {
			return scope.equals("admin") && own.contains("admin");
		}
		String resource = (parts.length == 3 && !parts[2].isEmpty()) ? parts[1] + ":" + parts[2] : parts[1];
		return own.stream().anyMatch((candidate) -> ApiCall.allows(candidate, parts[0], resource));
	}

}

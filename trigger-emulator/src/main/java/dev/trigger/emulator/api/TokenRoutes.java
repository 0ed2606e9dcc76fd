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
import java.time.Instant;
import java.util.List;

import dev.trigger.emulator.http.EmulatorResponse;
import dev.trigger.emulator.http.Json;
import dev.trigger.emulator.http.JsonBody;
import dev.trigger.emulator.http.ResponseException;
import dev.trigger.emulator.state.Environment;
import dev.trigger.emulator.state.Tokens;
import tools.jackson.databind.JsonNode;

/**
 * Public access tokens: the claims to sign, and tokens that the server signs.
 */
final class TokenRoutes {

	/**
	 * A larger number is a time, not a span, where user-actor tokens are exchanged.
	 */
	private static final double LARGEST_SPAN = 1e9;

	private static final Duration LONGEST = Duration.ofDays(30);

	private static final String INVALID = "Invalid request body";

	private static final BodySchema JWT = BodySchema.of("auth.jwt");

	private static final BodySchema PUBLIC_TOKEN = BodySchema.of("auth.publicTokens");

	void addTo(Router router) {
		router
			.post("auth.jwtClaims", "/api/v1/auth/jwt/claims",
					(call) -> EmulatorResponse.ok(TokenHeaders.claims(call.environment())))
			.terse("Invalid or Missing API key")
			.unlimited()
			.anyAction();
		router.post("auth.jwt", "/api/v1/auth/jwt", (call) -> jwt(call, call.environment()))
			.terse("Invalid or Missing API key")
			.anyAction();
		router.post("auth.publicTokens", "/api/v1/auth/public-tokens", this::publicToken).anyAction();
	}

	/**
	 * Sign a token with the scopes that a request asks for. For a user-actor token these
	 * are no more than its own, for no longer than it is valid itself.
	 * @param call the request
	 * @param environment the environment that the token is for
	 * @return the token
	 */
	static EmulatorResponse jwt(ApiCall call, Environment environment) {
		JsonNode body = JWT.readReported(call);
		JsonBody claims = TokenHeaders.claims(environment);
		JsonNode actor = call.claims();
		if (actor != null) {
			claims.with("scopes", UserActorTokens.scopes(call, body));
		}
		else if (body.has("claims")) {
			claims.with("scopes", body.path("claims").has("scopes") ? body.path("claims").get("scopes") : List.of());
		}
		if (call.hasUser()) {
			String client = (actor != null) ? actor.path("act").path("client").asString() : "personal-access-token";
			claims.with("act", JsonBody.of("sub", call.user().id()).with("client", client));
		}
		Instant expiresAt = (actor != null) ? actorExpiration(call, actor, body)
				: TokenExpiration.of(body, Duration.ofHours(1), call.now());
		if (expiresAt == null) {
			throw new ResponseException(500, "Internal Server Error");
		}
		return sign(call, environment, claims, expiresAt);
	}

	private static Instant actorExpiration(ApiCall call, JsonNode actor, JsonNode body) {
		Instant end = Instant.ofEpochSecond(actor.path("exp").asLong());
		JsonNode given = body.path("expirationTime");
		Instant asked = TokenExpiration.of(body, Duration.ofHours(1), call.now());
		if (given.isNumber() && Json.number(given) <= LARGEST_SPAN) {
			asked = call.now().plusSeconds(given.asLong());
		}
		if (asked == null) {
			asked = call.now().plus(Duration.ofHours(1));
		}
		return asked.isBefore(end) ? asked : end;
	}

	private EmulatorResponse publicToken(ApiCall call) {
		JsonNode body = call.jsonOr(400, INVALID);
		PUBLIC_TOKEN.issues(body).refuseWithIssues(INVALID);
		Instant expiresAt = TokenExpiration.of(body, Duration.ofMinutes(15), call.now());
		if (expiresAt == null) {
			throw new ResponseException(400, "Invalid expiration time");
		}
		if (expiresAt.getEpochSecond() <= call.now().getEpochSecond()) {
			throw new ResponseException(400, "Expiration time must be in the future");
		}
		if (expiresAt.getEpochSecond() - call.now().getEpochSecond() > LONGEST.toSeconds()) {
			throw new ResponseException(400, "Expiration time cannot exceed 30 days");
		}
		JsonBody claims = TokenHeaders.claims(call.environment())
			.with("scopes", body.get("scopes"))
			.maybe("otu", body.path("oneTimeUse").asBoolean(false) ? true : null)
			.maybe("realtime", body.get("realtime"));
		return sign(call, call.environment(), claims, expiresAt);
	}

	private static EmulatorResponse sign(ApiCall call, Environment environment, JsonBody claims, Instant expiresAt) {
		return EmulatorResponse.ok(JsonBody.of("token",
				Tokens.sign(claims, environment.apiKey(), call.now(), Duration.between(call.now(), expiresAt))));
	}

}

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

import dev.trigger.emulator.http.EmulatorResponse;
import dev.trigger.emulator.http.JsonBody;
import dev.trigger.emulator.state.TimeSpans;
import dev.trigger.emulator.state.Tokens;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Public access tokens: the claims to sign, and tokens that the server signs.
 */
final class TokenRoutes {

	private static final Duration LIFETIME = Duration.ofMinutes(15);

	void addTo(Router router) {
		router
			.post("auth.jwtClaims", "/api/v1/auth/jwt/claims",
					(call) -> EmulatorResponse.ok(TokenHeaders.claims(call.environment())))
			.terse("Invalid or Missing API key")
			.unlimited()
			.anyAction();
		router.post("auth.jwt", "/api/v1/auth/jwt", this::jwt).terse("Invalid or Missing API key").anyAction();
		router.post("auth.publicTokens", "/api/v1/auth/public-tokens", this::publicToken).anyAction();
	}

	private EmulatorResponse jwt(ApiCall call) {
		JsonNode body = call.jsonOrBreak();
		JsonBody claims = TokenHeaders.claims(call.environment());
		body.path("claims").properties().forEach((claim) -> claims.with(claim.getKey(), claim.getValue()));
		String token = Tokens.sign(claims, call.environment().apiKey(), call.now(),
				lifetime(body.get("expirationTime"), call.now()));
		return EmulatorResponse.ok(JsonBody.of("token", token));
	}

	private EmulatorResponse publicToken(ApiCall call) {
		Issues issues = new Issues();
		Input input = new Input(call.json(), issues);
		JsonNode scopes = input.node().path("scopes");
		if (!scopes.isArray()) {
			issues.wrongType("array", input.get("scopes"), "scopes");
		}
		issues.refuse();
		JsonBody claims = TokenHeaders.claims(call.environment());
		claims.maybe("otu", input.get("oneTimeUse")).with("scopes", scopes).maybe("realtime", input.get("realtime"));
		String token = Tokens.sign(claims, call.environment().apiKey(), call.now(),
				lifetime(input.get("expirationTime"), call.now()));
		return EmulatorResponse.ok(JsonBody.of("token", token));
	}

	private static Duration lifetime(@Nullable JsonNode expiration, Instant now) {
		if (expiration == null || expiration.isNull()) {
			return LIFETIME;
		}
		if (expiration.isNumber()) {
			return Duration.between(now, Instant.ofEpochSecond(expiration.longValue()));
		}
		Duration lifetime = TimeSpans.parse(expiration.asString());
		return (lifetime != null) ? lifetime : LIFETIME;
	}

}

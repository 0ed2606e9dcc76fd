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

package dev.trigger.spring.token;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * What a token shall be, whoever signs it.
 *
 * @param scopes the scopes
 * @param oneTimeUse whether the token can be used only once, {@code null} if it does not
 * trigger anything
 * @param lifetime how long the token lives
 * @param expiresAt when the token expires, instead of a lifetime
 * @param skipColumns the columns that a realtime subscription leaves out
 */
record TokenSpec(List<String> scopes, @Nullable Boolean oneTimeUse, @Nullable Duration lifetime,
		@Nullable Instant expiresAt, List<String> skipColumns) {

	private static final Duration DEFAULT_LIFETIME = Duration.ofMinutes(15);

	private static final String ISSUER = "https://id.trigger.dev";

	private static final String AUDIENCE = "https://api.trigger.dev";

	static TokenSpec of(PublicTokenRequest request) {
		return new TokenSpec(request.scopes(), null, request.lifetime(), request.expiresAt(), request.skipColumns());
	}

	static TokenSpec of(String action, TaskTokenRequest request) {
		return new TokenSpec(scopes(action + ":tasks", request.tasks()), !request.multipleUse(), request.lifetime(),
				request.expiresAt(), request.skipColumns());
	}

	/**
	 * Return the scopes for some ids. No ids are refused: they would mean all of them.
	 */
	static List<String> scopes(String prefix, List<String> ids) {
		Assert.notEmpty(ids, () -> "The scope '" + prefix + "' needs at least one id");
		for (String id : ids) {
			Assert.hasText(id, () -> "An id in the scope '" + prefix + "' must not be blank");
		}
		return ids.stream().map((id) -> prefix + ":" + id).toList();
	}

	static void check(List<String> scopes, @Nullable Duration lifetime, @Nullable Instant expiresAt) {
		for (String scope : scopes) {
			for (String part : scope.split(":", 3)) {
				Assert.hasText(part, () -> "The scope '" + scope + "' must not have a blank part");
			}
		}
		Assert.isTrue(lifetime == null || expiresAt == null, "Give either 'lifetime' or 'expiresAt', not both");
		Assert.isTrue(lifetime == null || (!lifetime.isZero() && !lifetime.isNegative()),
				"'lifetime' must be positive");
	}

	/**
	 * Return the claims in the order that makes the official SDK's token, byte for byte.
	 */
	Map<String, Object> claims(Map<String, ?> serverClaims, long now) {
		Map<String, Object> claims = new LinkedHashMap<>(serverClaims);
		if (this.oneTimeUse != null) {
			claims.put("otu", this.oneTimeUse);
			putRealtime(claims);
		}
		if (!this.scopes.isEmpty()) {
			claims.put("scopes", this.scopes);
		}
		if (this.oneTimeUse == null) {
			putRealtime(claims);
		}
		claims.put("iss", ISSUER);
		claims.put("aud", AUDIENCE);
		claims.put("exp", expiration(now));
		claims.put("iat", now);
		return claims;
	}

	private long expiration(long now) {
		if (this.expiresAt != null) {
			return this.expiresAt.getEpochSecond();
		}
		return now + wholeSeconds((this.lifetime != null) ? this.lifetime : DEFAULT_LIFETIME);
	}

	/**
	 * Return the body that asks the server for a token.
	 */
	Map<String, Object> request() {
		Map<String, Object> request = new LinkedHashMap<>();
		request.put("scopes", this.scopes);
		if (this.expiresAt != null) {
			request.put("expirationTime", this.expiresAt.getEpochSecond());
		}
		else if (this.lifetime != null) {
			request.put("expirationTime", inOneUnit(wholeSeconds(this.lifetime)));
		}
		if (this.oneTimeUse != null) {
			request.put("oneTimeUse", this.oneTimeUse);
		}
		putRealtime(request);
		return request;
	}

	private void putRealtime(Map<String, Object> target) {
		if (!this.skipColumns.isEmpty()) {
			target.put("realtime", Map.of("skipColumns", this.skipColumns));
		}
	}

	private static long wholeSeconds(Duration lifetime) {
		return lifetime.getSeconds() + ((lifetime.getNano() > 0) ? 1 : 0);
	}

	/**
	 * The server reads a lifetime of one number and one unit only.
	 */
	private static String inOneUnit(long seconds) {
		if (seconds % 3600 == 0) {
			return (seconds / 3600) + "h";
		}
		return (seconds % 60 == 0) ? (seconds / 60) + "m" : seconds + "s";
	}

}

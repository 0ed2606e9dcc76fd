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

import dev.trigger.spring.json.ApiFormat;
import dev.trigger.spring.json.InputRules;
import dev.trigger.spring.json.InputValues;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * What a token allows and until when, whoever signs it.
 *
 * @param scopes the scopes, {@code null} if none were given at all
 * @param oneTimeUse whether the token can be used only once, {@code null} if it does not
 * trigger anything
 * @param lifetime how long the token lives
 * @param expiresAt when the token expires, instead of a lifetime
 * @param skipColumns the columns that a realtime subscription leaves out
 */
record TokenClaims(@Nullable List<String> scopes, @Nullable Boolean oneTimeUse, @Nullable Duration lifetime,
		@Nullable Instant expiresAt, List<String> skipColumns) {

	private static final Duration DEFAULT_LIFETIME = Duration.ofMinutes(15);

	/**
	 * The longest lifetime: the largest instant that JavaScript has, which the server
	 * makes of an expiration, is not far beyond.
	 */
	private static final Duration MAX_LIFETIME = Duration.ofDays(36500);

	private static final String ISSUER = "https://id.trigger.dev";

	private static final String AUDIENCE = "https://api.trigger.dev";

	private static final String LIFETIME = "lifetime";

	private static final String EXPIRES_AT = "expiresAt";

	private static final String SKIP_COLUMNS = "skipColumns";

	@SuppressWarnings("unchecked")
	static TokenClaims of(@Nullable List<String> scopes, @Nullable Boolean oneTimeUse, InputValues values) {
		Object skipColumns = values.get(SKIP_COLUMNS);
		return new TokenClaims(scopes, oneTimeUse, (Duration) values.get(LIFETIME), (Instant) values.get(EXPIRES_AT),
				(skipColumns != null) ? (List<String>) skipColumns : List.of());
	}

	static void expiresAfter(InputValues values, Duration lifetime) {
		Assert.isTrue(!InputRules.notNull(LIFETIME, lifetime).isZero() && !lifetime.isNegative(),
				"'lifetime' must be positive");
		Assert.isTrue(lifetime.compareTo(MAX_LIFETIME) <= 0,
				() -> "'lifetime' must not be longer than " + MAX_LIFETIME.toDays() + " days");
		values.remove(EXPIRES_AT);
		values.set(LIFETIME, lifetime);
	}

	static void expiresAt(InputValues values, Instant expiresAt) {
		values.set(EXPIRES_AT, expiresAt);
		values.remove(LIFETIME);
	}

	static void skipColumns(InputValues values, String... columns) {
		values.list(SKIP_COLUMNS, "columns", columns);
	}

	/**
	 * Return the scopes for some ids. No ids are refused: they would mean all of them.
	 */
	static List<String> scopes(String prefix, String... ids) {
		Assert.notEmpty(ids, () -> "The scope '" + prefix + "' needs at least one id");
		for (String id : ids) {
			Assert.hasText(id, () -> "An id in the scope '" + prefix + "' must not be blank");
		}
		return List.of(ids).stream().map((id) -> prefix + ":" + id).toList();
	}

	static List<String> check(List<String> scopes) {
		for (String scope : scopes) {
			for (String part : scope.split(":", 3)) {
				Assert.hasText(part, () -> "The scope '" + scope + "' must not have a blank part");
			}
		}
		return scopes;
	}

	/**
	 * Refuse an instant of expiration that is over or too late.
	 * @param now the time, in seconds since the epoch
	 */
	void checkExpiration(long now) {
		Assert.isTrue(this.expiresAt == null || this.expiresAt.getEpochSecond() > now,
				() -> "'expiresAt' must be in the future, not " + this.expiresAt);
		Assert.isTrue(this.expiresAt == null || this.expiresAt.getEpochSecond() - now <= MAX_LIFETIME.toSeconds(),
				() -> "'expiresAt' must not be more than " + MAX_LIFETIME.toDays() + " days from now, not "
						+ this.expiresAt);
	}

	boolean allowsNothing() {
		return this.scopes == null || this.scopes.isEmpty();
	}

	/**
	 * Return the claims in the order that yields the official SDK's token, byte for byte.
	 */
	Map<String, Object> claims(Map<String, ?> serverClaims, long now) {
		Map<String, Object> claims = new LinkedHashMap<>(serverClaims);
		if (this.oneTimeUse != null) {
			claims.put("otu", this.oneTimeUse);
			putRealtime(claims);
		}
		if (this.scopes != null) {
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
		return now + ApiFormat.wholeSeconds((this.lifetime != null) ? this.lifetime : DEFAULT_LIFETIME);
	}

	/**
	 * Return the body of the request for a token that the server signs.
	 */
	Map<String, Object> toBody() {
		Map<String, Object> body = new LinkedHashMap<>();
		body.put("scopes", (this.scopes != null) ? this.scopes : List.of());
		if (this.expiresAt != null) {
			body.put("expirationTime", this.expiresAt.getEpochSecond());
		}
		else if (this.lifetime != null) {
			body.put("expirationTime", inOneUnit(ApiFormat.wholeSeconds(this.lifetime)));
		}
		if (this.oneTimeUse != null) {
			body.put("oneTimeUse", this.oneTimeUse);
		}
		putRealtime(body);
		return body;
	}

	private void putRealtime(Map<String, Object> target) {
		if (!this.skipColumns.isEmpty()) {
			target.put("realtime", Map.of("skipColumns", this.skipColumns));
		}
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

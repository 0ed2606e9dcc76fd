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

package dev.trigger.spring.contract;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.trigger.spring.token.PublicTokenOptions;
import dev.trigger.spring.token.TaskTokenOptions;
import dev.trigger.spring.token.TokenResource;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Calls of {@code PublicTokenOperations}.
 */
class TokenCalls implements Calls {

	private static final Pattern LIFETIME = Pattern
		.compile(
				"(\\d+(?:\\.\\d+)?) ?(?:(s|secs?|seconds?)|(m|mins?|minutes?)|"
						+ "(h|hrs?|hours?)|(d|days?)|(w|weeks?)|(y|yrs?|years?))(?: from now)?",
				Pattern.CASE_INSENSITIVE);

	private static final long[] UNIT_SECONDS = { 1, 60, 3_600, 86_400, 7 * 86_400, 31_557_600 };

	@Override
	public void register(CallRegistry registry) {
		registry.add("auth.createPublicToken", "[{\"scopes\":{\"read\":{\"runs\":true}}}]",
				(client, args) -> client.publicTokens().createPublicToken(request(args.get(0))));
		registry.add("auth.createTriggerPublicToken", "[\"t\"]",
				(client, args) -> client.publicTokens().createTriggerToken(request(args.get(0), args.get(1))));
		registry.add("auth.createBatchTriggerPublicToken", "[\"t\"]",
				(client, args) -> client.publicTokens().createBatchTriggerToken(request(args.get(0), args.get(1))));
		registry
			.add("auth.jwtClaims", "[]",
					(client, args) -> client.publicTokens().createPublicToken(PublicTokenOptions.none()))
			.json(TokenCalls::claims);
	}

	/**
	 * Return what a token has of the claims that the server told.
	 */
	private static JsonNode claims(String token) {
		byte[] json = Base64.getUrlDecoder().decode(token.split("\\.")[1]);
		ObjectNode claims = (ObjectNode) Contract.json(new String(json, StandardCharsets.UTF_8));
		return claims.remove(List.of("iss", "aud", "exp", "iat"));
	}

	private static PublicTokenOptions request(Argument options) {
		return PublicTokenOptions.of((token) -> {
			options.get("scopes").ifPresent((scopes) -> token.scopes(List.of()));
			for (String action : names(options.get("scopes"))) {
				Argument permission = options.get("scopes").get(action);
				if (!permission.isBoolean()) {
					names(permission).forEach((resource) -> add(token, action, resource, permission.get(resource)));
				}
				else if (permission.bool()) {
					token.scope(action);
				}
			}
			lifetime(options, token::expiresAfter, token::expiresAt);
			token.skipColumns(skipColumns(options));
		});
	}

	private static void add(PublicTokenOptions.Builder token, String action, String resource, Argument which) {
		if (which.isBoolean()) {
			if (which.bool()) {
				token.scope(action + ":" + resource);
			}
			return;
		}
		switch (action) {
			case "read" -> token.read(new TokenResource(resource), which.array());
			case "write" -> token.write(new TokenResource(resource), which.array());
			case "trigger" -> token.trigger(which.array());
			case "batchTrigger" -> token.batchTrigger(which.array());
			default -> which.strings().forEach((id) -> token.scope(action + ":" + resource + ":" + id));
		}
	}

	private static List<String> names(Argument argument) {
		return argument.isPresent() ? argument.names() : List.of();
	}

	private static TaskTokenOptions request(Argument tasks, Argument options) {
		return TaskTokenOptions.of((token) -> {
			token.tasks(tasks.array());
			if (options.get("multipleUse").bool(false)) {
				token.multipleUse();
			}
			lifetime(options, token::expiresAfter, token::expiresAt);
			token.skipColumns(skipColumns(options));
		});
	}

	private static String[] skipColumns(Argument options) {
		return options.get("realtime").get("skipColumns").array();
	}

	private static void lifetime(Argument options, Consumer<Duration> expiresAfter, Consumer<Instant> expiresAt) {
		Duration lifetime = lifetime(options);
		if (lifetime != null) {
			expiresAfter.accept(lifetime);
		}
		Instant instant = expiresAt(options);
		if (instant != null) {
			expiresAt.accept(instant);
		}
	}

	private static @Nullable Duration lifetime(Argument options) {
		Argument expiration = options.get("expirationTime");
		if (!expiration.isString()) {
			return null;
		}
		Matcher matcher = LIFETIME.matcher(expiration.string());
		if (!matcher.matches()) {
			throw new Unrepresentable("Not the lifetime of a token: " + expiration);
		}
		for (int unit = 0; unit < UNIT_SECONDS.length; unit++) {
			if (matcher.group(unit + 2) != null) {
				return Duration.ofSeconds(Math.round(Double.parseDouble(matcher.group(1)) * UNIT_SECONDS[unit]));
			}
		}
		throw new IllegalStateException("Every lifetime has a unit");
	}

	private static @Nullable Instant expiresAt(Argument options) {
		Argument expiration = options.get("expirationTime");
		if (expiration.isNumber()) {
			return Instant.ofEpochSecond(expiration.longValue());
		}
		return expiration.isDate() ? expiration.instant() : null;
	}

}

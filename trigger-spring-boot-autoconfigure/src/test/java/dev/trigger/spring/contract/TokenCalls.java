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
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.trigger.spring.token.PublicTokenRequest;
import dev.trigger.spring.token.TaskTokenRequest;
import dev.trigger.spring.token.TokenResource;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Calls of {@code PublicTokenOperations}.
 */
class TokenCalls implements Calls {

	private static final Pattern LIFETIME = Pattern
		.compile("(\\d+) ?(?:(s|secs?|seconds?)|(m|mins?|minutes?)|(h|hrs?|hours?)|(d|days?)|(w|weeks?))");

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
					(client, args) -> client.publicTokens().createPublicToken(PublicTokenRequest.create()))
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

	private static PublicTokenRequest request(Argument options) {
		PublicTokenRequest request = PublicTokenRequest.create();
		for (String action : names(options.get("scopes"))) {
			Argument permission = options.get("scopes").get(action);
			if (permission.isBoolean()) {
				request = permission.bool() ? request.withScope(action) : request;
			}
			else {
				for (String resource : names(permission)) {
					request = add(request, action, resource, permission.get(resource));
				}
			}
		}
		return new PublicTokenRequest(request.scopes(), lifetime(options), expiresAt(options), skipColumns(options));
	}

	private static PublicTokenRequest add(PublicTokenRequest request, String action, String resource, Argument which) {
		if (which.isBoolean()) {
			return which.bool() ? request.withScope(action + ":" + resource) : request;
		}
		String[] ids = which.strings().toArray(String[]::new);
		return switch (action) {
			case "read" -> request.read(new TokenResource(resource), ids);
			case "write" -> request.write(new TokenResource(resource), ids);
			case "trigger" -> request.trigger(ids);
			case "batchTrigger" -> request.batchTrigger(ids);
			default -> throw new Unrepresentable("A token has no permission " + action);
		};
	}

	private static List<String> names(Argument argument) {
		return argument.isPresent() ? argument.names() : List.of();
	}

	private static TaskTokenRequest request(Argument tasks, Argument options) {
		return new TaskTokenRequest(tasks.strings(), options.get("multipleUse").bool(false), lifetime(options),
				expiresAt(options), skipColumns(options));
	}

	private static List<String> skipColumns(Argument options) {
		return options.get("realtime").get("skipColumns").strings();
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
		long amount = Long.parseLong(matcher.group(1));
		List<Duration> units = List.of(Duration.ofSeconds(1), Duration.ofMinutes(1), Duration.ofHours(1),
				Duration.ofDays(1), Duration.ofDays(7));
		for (int unit = 0; unit < units.size(); unit++) {
			if (matcher.group(unit + 2) != null) {
				return units.get(unit).multipliedBy(amount);
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

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

import dev.trigger.emulator.http.Json;
import dev.trigger.emulator.http.ResponseException;
import dev.trigger.emulator.state.Environment;
import dev.trigger.emulator.state.TimeSpans;
import dev.trigger.emulator.state.Waitpoint;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A waitpoint that a request creates, or that its idempotency key leads to.
 *
 * @param waitpoint the waitpoint
 * @param cached whether it was there before
 */
record NewToken(Waitpoint waitpoint, boolean cached) {

	private static final int MAX_TAGS = 10;

	/**
	 * Create a waitpoint unless its key leads to one.
	 * @param call the request
	 * @param given its body, checked
	 * @return the waitpoint
	 */
	static NewToken create(ApiCall call, JsonNode given) {
		return create(call, given, null);
	}

	/**
	 * Create a waitpoint unless its key leads to one.
	 * @param call the request
	 * @param given its body, checked
	 * @param patience how long it waits if the body does not say so, {@code null} for
	 * ever
	 * @return the waitpoint
	 */
	static NewToken create(ApiCall call, JsonNode given, @Nullable Duration patience) {
		String key = Json.text(given, "idempotencyKey");
		String ttl = Json.text(given, "idempotencyKeyTTL");
		Duration lifetime = (ttl != null && ttl.matches("\\d+[smhd]")) ? TimeSpans.parse(ttl) : null;
		List<String> tags = tags(given.get("tags"));
		if (tags.size() > MAX_TAGS) {
			throw new ResponseException(422,
					"Waitpoints can only have " + MAX_TAGS + " tags, you're trying to set " + tags.size() + ".");
		}
		Environment environment = call.environment();
		Waitpoint existing = (key != null) ? existing(environment, key) : null;
		// an empty key is stored, but never looked up: it has the same token again and
		// again
		boolean empty = "".equals(key);
		if (existing != null && !empty && hasExpiredKey(existing, call.now())) {
			existing.deactivateKey(call.state().ids().random(24));
			existing = null;
		}
		Instant timeout = timeout(given.get("timeout"), call.now());
		if (timeout == null && patience != null) {
			timeout = call.now().plus(patience);
		}
		Waitpoint waitpoint = (existing != null) ? existing : Waitpoint.create(call.state(), environment, key,
				(lifetime != null) ? call.now().plus(lifetime) : null, timeout, tags);
		return new NewToken(waitpoint, existing != null && !empty);
	}

	private static boolean hasExpiredKey(Waitpoint waitpoint, Instant now) {
		Instant expiresAt = waitpoint.keyExpiresAt();
		return expiresAt != null && !expiresAt.isAfter(now);
	}

	private static @Nullable Waitpoint existing(Environment environment, String key) {
		return environment.all(Waitpoint.class)
			.values()
			.stream()
			.filter((waitpoint) -> waitpoint.idempotencyKey().equals(key))
			.findFirst()
			.orElse(null);
	}

	private static @Nullable Instant timeout(@Nullable JsonNode timeout, Instant now) {
		return (timeout != null) ? TimeSpans.delay(timeout, now) : null;
	}

	private static List<String> tags(@Nullable JsonNode tags) {
		if (tags == null || tags.isNull()) {
			return List.of();
		}
		return tags.isArray() ? Json.texts(tags) : List.of(tags.asString());
	}

}

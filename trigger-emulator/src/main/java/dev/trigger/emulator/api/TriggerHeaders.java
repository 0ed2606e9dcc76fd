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

import dev.trigger.emulator.http.Json;
import dev.trigger.emulator.http.ResponseException;
import dev.trigger.emulator.http.ServerRequest;
import dev.trigger.emulator.state.TimeSpans;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The headers that the routes for triggering look at.
 */
final class TriggerHeaders {

	private static final String KEY = "idempotency-key";

	private static final String LIFETIME = "idempotency-key-ttl";

	private static final String ENGINE = "x-trigger-engine-version";

	private static final int LONGEST_KEY = 2048;

	private TriggerHeaders() {
	}

	/**
	 * Refuse headers with values that are none.
	 * @param request the request
	 * @param oneRequest whether the request is a batch with its items
	 */
	static void refuse(ServerRequest request, boolean oneRequest) {
		Issues issues = new Issues();
		String key = request.header(KEY);
		if (key != null && key.length() > LONGEST_KEY) {
			issues.tooLong(LONGEST_KEY, "idempotency-key must be " + LONGEST_KEY + " characters or less", KEY);
		}
		String link = request.header("x-trigger-span-parent-as-link");
		if (link != null && Double.isNaN(NodeJson.coerce(link))) {
			issues.notANumber("x-trigger-span-parent-as-link");
		}
		refuseOthers(request, ENGINE, List.of("V1", "V2"), issues);
		if (oneRequest) {
			refuseOthers(request, "batch-processing-strategy", List.of("sequential", "parallel"), issues);
		}
		issues.refuseHeaders();
	}

	/**
	 * Refuse the first generation of the engine, which servers have no more.
	 * @param request the request
	 */
	static void refuseOldEngine(ServerRequest request) {
		if ("V1".equals(request.header(ENGINE))) {
			throw new ResponseException(422,
					"Trigger.dev v3 is no longer supported. Please upgrade your project to v4 to keep triggering"
							+ " tasks: https://trigger.dev/docs/migrating-from-v3");
		}
	}

	/**
	 * Return whether a request names the engine, so that the server need not find out
	 * which one the version of its tasks is for.
	 * @param request the request
	 * @return {@code true} if so
	 */
	static boolean hasEngine(ServerRequest request) {
		return request.header(ENGINE) != null;
	}

	private static void refuseOthers(ServerRequest request, String name, List<String> options, Issues issues) {
		String value = request.header(name);
		if (value != null && !options.contains(value)) {
			issues.wrongEnum(value, options, name);
		}
	}

	/**
	 * Return the idempotency key that stands in a header.
	 * @param request the request
	 * @return the key, or {@code null} for none
	 */
	static @Nullable String key(ServerRequest request) {
		String key = request.header(KEY);
		return (key == null || key.isEmpty()) ? null : key;
	}

	/**
	 * Return how long the key in the header is kept.
	 * @param request the request
	 * @return the time, or {@code null} if the headers don't say
	 */
	static @Nullable Duration keyLifetime(ServerRequest request) {
		String lifetime = request.header(LIFETIME);
		return (lifetime == null || lifetime.isEmpty()) ? null : TimeSpans.keyLifetime(lifetime);
	}

	/**
	 * Add the idempotency key that stands in a header to the options of a run.
	 * @param request the request
	 * @param options the options
	 * @return the options, changed if there is such a header
	 */
	static @Nullable JsonNode addKey(ServerRequest request, @Nullable JsonNode options) {
		String key = key(request);
		if (key == null) {
			return options;
		}
		ObjectNode all = (options instanceof ObjectNode given) ? given.deepCopy() : Json.object();
		all.put("idempotencyKey", key);
		String lifetime = request.header(LIFETIME);
		if (lifetime != null && !lifetime.isEmpty()) {
			all.put("idempotencyKeyTTL", lifetime);
		}
		return all;
	}

}

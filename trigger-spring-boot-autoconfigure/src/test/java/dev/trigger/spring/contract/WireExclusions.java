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

import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The cases of what goes over the wire that are left out, each with its reason.
 */
final class WireExclusions {

	private static final Map<String, String> REASONS = Map.of( //
			"config/client-config-access-token-beats-secret-key",
			"triggers with a personal access token, which the server rejects: refused before any request",
			"errors/body-json-null-body",
			"the response's body, JSON null, is recorded as an empty text, which has another message (see status-304)");

	/**
	 * Fields of results that are {@code null} where the SDK has a default, each with its
	 * reason.
	 */
	private static final Map<String, String> NULL_FOR_ZERO = Map.of("attemptCount",
			"the SDK says 0 where the response doesn't say; here that is not known");

	/**
	 * Fields of results that the documents have, but none of the recorded responses.
	 */
	private static final Set<String> DOCUMENTED_ONLY = Set.of("ai", "fillGaps", "idleTimeoutInSeconds",
			"pendingVersion", "worker");

	/**
	 * Options of items that the SDK sends with one operation, and leaves out in another
	 * that uses the same endpoint. Without them a run only shows the hash of its key.
	 */
	private static final Map<String, Set<String>> ADDED = Map.of("batch.trigger", Set.of("idempotencyKeyOptions"));

	private WireExclusions() {
	}

	/**
	 * Return whether a field may be {@code null} where zero is expected.
	 * @param field the name of the field
	 * @return {@code true} if it may
	 */
	static boolean isNullForZero(String field) {
		return NULL_FOR_ZERO.containsKey(field);
	}

	/**
	 * Return whether a field is in no recorded response.
	 * @param field the name of the field
	 * @return {@code true} if it is only documented
	 */
	static boolean isDocumentedOnly(String field) {
		return DOCUMENTED_ONLY.contains(field);
	}

	/**
	 * Return the options of items that the client sends in addition.
	 * @param operation the operation
	 * @return the names of the options
	 */
	static Set<String> added(String operation) {
		return ADDED.getOrDefault(operation, Set.of());
	}

	static @Nullable String reason(JsonNode wireCase) {
		if (wireCase.path("operation").asString().equals("projects.runs.list")
				&& wireCase.path("arguments").path(1).path("env").size() > 1) {
			return "asks for one page of several environments, of which the server looks at one only: refused before any "
					+ "request, while a list asks for each environment";
		}
		return REASONS.get(wireCase.path("name").asString());
	}

}

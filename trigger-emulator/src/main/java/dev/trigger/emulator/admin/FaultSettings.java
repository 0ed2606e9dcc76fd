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

package dev.trigger.emulator.admin;

import java.time.Duration;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A fault as the admin API takes it.
 *
 * @param operations the operations that it affects, none for all
 * @param kind one of {@link #KINDS}
 * @param status the status of the response, for {@code status} and {@code html}
 * @param contentType the content type of {@code body}
 * @param body the body of the response, {@code null} for that of an error
 * @param duration how long to wait for {@code delay}, or how long the limit lasts for
 * {@code rate-limit}
 * @param times how many requests it affects, {@code null} for all
 * @param after how many requests pass before
 * @param percentage the probability that it affects a request, from 0 to 100
 * @param seed the seed of the random choice
 * @since 1.0.0
 */
public record FaultSettings(List<String> operations, String kind, int status, String contentType, @Nullable String body,
		Duration duration, @Nullable Integer times, int after, int percentage, long seed) {

	/**
	 * The kinds of fault.
	 */
	public static final List<String> KINDS = List.of("status", "html", "delay", "lose-response", "reset", "truncate",
			"hang", "rate-limit", "must-refetch", "must-refetch-in-body", "partial-rows");

	private static final Set<String> MEMBERS = Set.of("operations", "kind", "status", "contentType", "body", "duration",
			"times", "after", "percentage", "seed");

	static FaultSettings read(JsonNode json) {
		JsonInput input = new JsonInput("fault", json, MEMBERS);
		String kind = input.text("kind", "status");
		if (!KINDS.contains(kind)) {
			throw new IllegalArgumentException("'kind' must be one of " + String.join(", ", KINDS) + ", not " + kind);
		}
		List<String> operations = input.texts("operations", "the name of an operation");
		JsonNode body = input.value("body");
		String text = body.isMissingNode() ? null : body.isString() ? body.asString() : body.toString();
		return new FaultSettings(operations, kind, input.number("status", 500, 200, 599),
				input.text("contentType", "application/json"), text, input.duration("duration", Duration.ofSeconds(1)),
				input.number("times", 1, Integer.MAX_VALUE), input.number("after", 0, 0, Integer.MAX_VALUE),
				input.number("percentage", 100, 0, 100), input.number("seed", 0, Integer.MIN_VALUE, Integer.MAX_VALUE));
	}

}

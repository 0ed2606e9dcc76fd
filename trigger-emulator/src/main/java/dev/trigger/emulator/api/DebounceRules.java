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

import dev.trigger.emulator.http.Json;
import dev.trigger.emulator.http.ResponseException;
import dev.trigger.emulator.state.TimeSpans;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Refuses debounce settings that could never debounce.
 */
final class DebounceRules {

	private static final String FORMATS = "{number}s, {number}m, {number}h or {number}hr, {number}d, "
			+ "{number}w, optionally combined (for example \"2h30m\").";

	private DebounceRules() {
	}

	static void refuse(JsonNode options, JsonNode debounce, Instant now) {
		String text = debounce.path("delay").asString("");
		JsonNode delay = options.has("delay") ? options.path("delay") : debounce.path("delay");
		if (TimeSpans.delay(delay, now) == null) {
			throw new ResponseException(422, "Debounce requires a valid delay duration. Provided: " + text);
		}
		if (TimeSpans.delay(debounce.path("delay"), now) == null) {
			throw new ResponseException(422, "Invalid debounce delay: " + text + ". Supported formats: " + FORMATS);
		}
		Duration span = TimeSpans.parse(text);
		if (span == null) {
			throw new ResponseException(422,
					"Invalid debounce delay: " + text + ". debounce.delay must be a duration, not a date, because it "
							+ "is re-applied every time the run is pushed back. Supported formats: " + FORMATS);
		}
		refuseMaximum(Json.text(debounce, "maxDelay"), text, span);
	}

	private static void refuseMaximum(@Nullable String maximum, String delay, Duration span) {
		if (maximum == null) {
			return;
		}
		Duration longest = TimeSpans.parse(maximum);
		if (longest == null) {
			throw new ResponseException(422,
					"Invalid debounce maxDelay: " + maximum + ". Supported formats: " + FORMATS);
		}
		if (longest.compareTo(span) <= 0) {
			throw new ResponseException(422,
					"debounce.maxDelay (" + maximum + ") must be longer than debounce.delay (" + delay + "). A "
							+ "debounced run is only pushed back while it stays inside maxDelay, so with these values "
							+ "every trigger would create its own run.");
		}
	}

}

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
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.trigger.emulator.http.Json;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * When a token that the server signs expires: a time in seconds, or a span from now.
 */
final class TokenExpiration {

	private static final Pattern SPAN = Pattern.compile("([+-])? ?(\\d+(?:\\.\\d+)?) ?"
			+ "(seconds?|secs?|s|minutes?|mins?|m|hours?|hrs?|h|days?|d|weeks?|w|years?|yrs?|y)(?: (ago|from now))?",
			Pattern.CASE_INSENSITIVE);

	private static final Map<Character, Double> SECONDS = Map.of('s', 1.0, 'm', 60.0, 'h', 3_600.0, 'd', 86_400.0, 'w',
			604_800.0, 'y', 31_557_600.0);

	private static final Duration LIMIT = Duration.ofDays(365_000_000);

	private TokenExpiration() {
	}

	/**
	 * Read the expiration that a request asks for.
	 * @param body the body of the request
	 * @param otherwise how long a token is valid for which nothing is asked
	 * @param now the time that a span counts from
	 * @return the time, or {@code null} when the text is no span
	 */
	static @Nullable Instant of(JsonNode body, Duration otherwise, Instant now) {
		JsonNode expiration = body.get("expirationTime");
		if (expiration == null) {
			return now.plus(otherwise);
		}
		if (expiration.isNumber()) {
			return Instant.ofEpochSecond(bounded(Json.number(expiration)));
		}
		Matcher matcher = SPAN.matcher(expiration.asString(""));
		if (!matcher.matches() || (matcher.group(1) != null && matcher.group(4) != null)) {
			return null;
		}
		char unit = matcher.group(3).toLowerCase(Locale.ROOT).charAt(0);
		long seconds = bounded(Math.round(Double.parseDouble(matcher.group(2)) * SECONDS.getOrDefault(unit, 0.0)));
		boolean past = "-".equals(matcher.group(1)) || "ago".equalsIgnoreCase(matcher.group(4));
		return now.plusSeconds(past ? -seconds : seconds);
	}

	private static long bounded(double seconds) {
		return (long) Math.max(-LIMIT.toSeconds(), Math.min(LIMIT.toSeconds(), seconds));
	}

}

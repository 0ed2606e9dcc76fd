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

package dev.trigger.emulator.state;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Reads the server's notation of time spans such as {@code 1h30m}.
 *
 * @since 1.0.0
 */
public final class TimeSpans {

	private static final Pattern SPAN = Pattern
		.compile("(?:(\\d+)w)?(?:(\\d+)d)?(?:(\\d+)hr?)?(?:(\\d+)m)?(?:(\\d+)s)?");

	private static final Pattern KEY_LIFETIME = Pattern.compile("\\d+[smhd]");

	private static final Duration DEFAULT_KEY_LIFETIME = Duration.ofDays(30);

	private static final Duration LONGEST_KEY_LIFETIME = Duration.ofDays(1_000_000);

	/**
	 * Everything longer is cut, so that adding it to a time never overflows.
	 */
	private static final Duration LONGEST = Duration.ofDays(36_500_000);

	/**
	 * Servers don't read longer ones.
	 */
	private static final int MAX_LENGTH = 100;

	private TimeSpans() {
	}

	/**
	 * Read a span.
	 * @param text the text, such as {@code 10m}
	 * @return the span, or {@code null} when the text is none
	 */
	public static @Nullable Duration parse(@Nullable String text) {
		if (text == null || text.isEmpty() || text.length() > MAX_LENGTH) {
			return null;
		}
		Matcher matcher = SPAN.matcher(text);
		if (!matcher.matches()) {
			return null;
		}
		long[] seconds = { 604_800, 86_400, 3_600, 60, 1 };
		Duration total = Duration.ZERO;
		try {
			for (int i = 0; i < seconds.length; i++) {
				String amount = matcher.group(i + 1);
				if (amount != null) {
					total = total.plus(Duration.ofSeconds(Math.multiplyExact(Long.parseLong(amount), seconds[i])));
				}
			}
		}
		catch (NumberFormatException | ArithmeticException ex) {
			return LONGEST;
		}
		return (total.compareTo(LONGEST) > 0) ? LONGEST : total;
	}

	/**
	 * Read a span that may also be a number of seconds.
	 * @param text the text, such as {@code 10m} or {@code 600}
	 * @return the span, or {@code null} when the text is none
	 */
	public static @Nullable Duration seconds(@Nullable String text) {
		boolean number = text != null && !text.isEmpty()
				&& text.chars().allMatch((digit) -> digit >= '0' && digit <= '9');
		return parse(number ? text + "s" : text);
	}

	/**
	 * Read the lifetime of an idempotency key. Servers take one unit only, and 30 days
	 * for all that they don't understand.
	 * @param text the text, such as {@code 10m}
	 * @return the lifetime, or {@code null} when it is too long for a server
	 */
	public static @Nullable Duration keyLifetime(String text) {
		Matcher matcher = KEY_LIFETIME.matcher(text);
		if (!matcher.matches()) {
			return DEFAULT_KEY_LIFETIME;
		}
		Duration span = parse(text);
		return (span != null && span.compareTo(LONGEST_KEY_LIFETIME) <= 0) ? span : null;
	}

	/**
	 * Read the time that a run waits for: a time to come, or a span.
	 * @param delay text, or what becomes a date
	 * @param now the time that a span counts from
	 * @return the instant, or {@code null} when the value is neither
	 */
	public static @Nullable Instant delay(JsonNode delay, Instant now) {
		if (!delay.isString()) {
			return delay.isNumber() ? Instant.ofEpochMilli((long) delay.doubleValue()) : null;
		}
		String text = delay.asString();
		Instant instant = instant(text);
		if (instant != null) {
			return instant.isAfter(now) ? instant : null;
		}
		Duration span = parse(text);
		return (span != null) ? now.plus(span) : null;
	}

	/**
	 * Read an instant, or a span to come.
	 * @param text ISO-8601 or a span
	 * @param now the time that a span counts from
	 * @return the instant, or {@code null} when the text is neither
	 */
	public static @Nullable Instant resolve(@Nullable String text, Instant now) {
		Duration span = parse(text);
		if (span != null) {
			return now.plus(span);
		}
		return instant(text);
	}

	/**
	 * Read an instant.
	 * @param text ISO-8601 or epoch milliseconds
	 * @return the instant, or {@code null} when the text is none
	 */
	public static @Nullable Instant instant(@Nullable String text) {
		if (text == null || text.isEmpty()) {
			return null;
		}
		if (text.chars().allMatch((character) -> character >= '0' && character <= '9')) {
			return (text.length() < 16) ? Instant.ofEpochMilli(Long.parseLong(text)) : null;
		}
		try {
			return (text.length() == 10) ? Instant.parse(text + "T00:00:00Z") : OffsetDateTime.parse(text).toInstant();
		}
		catch (DateTimeParseException ex) {
			return null;
		}
	}

}

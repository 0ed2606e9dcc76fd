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
import java.util.HashMap;
import java.util.Map;
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

	private static final Pattern SPAN = Pattern.compile("(?:\\d+(?:w|d|hr?|m|s))+");

	/**
	 * A number and its unit. Of two numbers with the same unit the first counts.
	 */
	private static final Pattern PART = Pattern.compile("(\\d+)([wdhms])");

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
		if (!SPAN.matcher(text).matches()) {
			return null;
		}
		Map<String, String> amounts = new HashMap<>();
		PART.matcher(text).results().forEach((part) -> amounts.putIfAbsent(part.group(2), part.group(1)));
		Duration total = Duration.ZERO;
		try {
			for (Map.Entry<String, String> amount : amounts.entrySet()) {
				total = total.plus(Duration.ofSeconds(
						Math.multiplyExact(Long.parseLong(amount.getValue()), seconds(amount.getKey().charAt(0)))));
			}
		}
		catch (NumberFormatException | ArithmeticException ex) {
			return LONGEST;
		}
		return (total.compareTo(LONGEST) > 0) ? LONGEST : total;
	}

	private static long seconds(char unit) {
		return switch (unit) {
			case 'w' -> 604_800;
			case 'd' -> 86_400;
			case 'h' -> 3_600;
			case 'm' -> 60;
			default -> 1;
		};
	}

	/**
	 * Write a number of seconds as a span, such as {@code 1h30m}.
	 * @param seconds the number
	 * @return the span, or {@code null} for nothing
	 */
	public static @Nullable String write(double seconds) {
		if (seconds <= 0) {
			return null;
		}
		StringBuilder text = new StringBuilder();
		double rest = Math.floor(seconds);
		for (char unit : new char[] { 'w', 'd', 'h', 'm', 's' }) {
			double amount = Math.floor(rest / seconds(unit));
			rest -= amount * seconds(unit);
			text.append((amount > 0) ? (long) amount + String.valueOf(unit) : "");
		}
		return text.toString();
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
			return JavaScriptDate.read(delay);
		}
		String text = delay.asString();
		Instant instant = JavaScriptDate.parse(text);
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
	 * @param text a date, or epoch milliseconds
	 * @return the instant, or {@code null} when the text is none
	 */
	public static @Nullable Instant instant(@Nullable String text) {
		if (text == null || text.isEmpty()) {
			return null;
		}
		if (text.chars().allMatch((character) -> character >= '0' && character <= '9')) {
			return (text.length() < 16) ? Instant.ofEpochMilli(Long.parseLong(text)) : null;
		}
		return JavaScriptDate.parse(text);
	}

}

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

package dev.trigger.spring.json;

import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.trigger.spring.auth.CredentialRedactor;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * Rules for the times and spans of time that an application passes. Servers don't refuse
 * what they can't read: a run with such a delay starts at once, one with such a time to
 * live never expires, and such a period does not narrow a list.
 *
 * @since 1.0.0
 * @hidden shared by the packages of the client, not an API for applications
 */
public final class TimeRules {

	/**
	 * The longest span of time. Times after it are close to the end of those that
	 * JavaScript and databases have.
	 */
	static final Duration LONGEST = Duration.ofDays(36_500);

	private static final Pattern SPAN = Pattern
		.compile("(?!$)(?:\\d{1,4}w)?(?:\\d{1,5}d)?(?:\\d{1,6}hr?)?(?:\\d{1,8}m)?(?:\\d{1,10}s)?");

	private static final Pattern ONE_UNIT = Pattern.compile("\\d{1,17}[smhd]");

	private static final Pattern AMOUNT = Pattern.compile("(\\d+)([wdhms])");

	private static final Instant FIRST = Instant.parse("0000-01-01T00:00:00Z");

	private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999999999Z");

	private TimeRules() {
	}

	/**
	 * Write a span of time as the API takes it.
	 * @param argument the name of the argument, for the message of a refusal
	 * @param span the span; a fraction of a second is rounded up
	 * @return the span, such as {@code 1h30m}
	 * @throws IllegalArgumentException if it is negative or longer than 36,500 days
	 */
	public static String span(String argument, @Nullable Duration span) {
		return ApiFormat.of(checked(argument, span));
	}

	static Duration checked(String argument, @Nullable Duration span) {
		Duration checked = InputRules.notNegative(argument, span);
		Assert.isTrue(checked.compareTo(LONGEST) <= 0, () -> "'" + argument + "' must not be longer than "
				+ LONGEST.toDays() + " days: leave it out if there is to be no limit");
		return checked;
	}

	/**
	 * Write a time as the API takes it.
	 * @param argument the name of the argument, for the message of a refusal
	 * @param time the time
	 * @return the time in ISO 8601
	 * @throws IllegalArgumentException if servers can't read it
	 */
	public static String time(String argument, @Nullable Instant time) {
		return ApiFormat.of(checked(argument, time));
	}

	static Instant checked(String argument, @Nullable Instant time) {
		Instant checked = InputRules.notNull(argument, time);
		Assert.isTrue(!checked.isBefore(FIRST) && !checked.isAfter(LAST),
				() -> "'" + argument
						+ "' must be a time of the years 0 to 9999, since servers can't read others: leave "
						+ "it out if there is to be no limit");
		return checked;
	}

	/**
	 * Check a span of time in the form of the API.
	 * @param argument the name of the argument, for the message of a refusal
	 * @param span the span, such as {@code 1h30m}
	 * @return the span
	 * @throws IllegalArgumentException if servers can't read it, or it is longer than
	 * 36,500 days
	 */
	public static String spanText(String argument, @Nullable String span) {
		String text = InputRules.notNull(argument, span);
		Assert.isTrue(SPAN.matcher(text).matches(),
				() -> "'" + argument + "' must be numbers with the units w, d, h, m "
						+ "and s in this order, such as 1h30m, not '" + CredentialRedactor.redact(text)
						+ "', which servers would ignore");
		checked(argument, lengthOf(text));
		return text;
	}

	/**
	 * Check a span of time or a time in a form of the API.
	 * @param argument the name of the argument, for the message of a refusal
	 * @param value the span, such as {@code 1h30m}, or the time in ISO 8601
	 * @return the value
	 * @throws IllegalArgumentException if servers can't read it, or the span is longer
	 * than 36,500 days
	 */
	static String spanOrTime(String argument, @Nullable String value) {
		String text = InputRules.notNull(argument, value);
		if (SPAN.matcher(text).matches()) {
			checked(argument, lengthOf(text));
			return text;
		}
		try {
			checked(argument, parse(text));
			return text;
		}
		catch (DateTimeException ex) {
			throw new IllegalArgumentException("'" + argument + "' must be a span of time such as 1h30m, or a time in "
					+ "ISO 8601 with its offset such as 2030-01-01T00:00:00Z, not '" + CredentialRedactor.redact(text)
					+ "', which servers would ignore", ex);
		}
	}

	/**
	 * Write the time to live of an idempotency key as the API takes it.
	 */
	static String keyTtl(String argument, @Nullable Duration ttl) {
		Duration checked = InputRules.notNegative(argument, ttl);
		Assert.isTrue(checked.compareTo(LONGEST) <= 0,
				() -> "'" + argument + "' must not be longer than " + LONGEST.toDays() + " days");
		return ApiFormat.inOneUnit(checked);
	}

	/**
	 * Check the time to live of an idempotency key, which servers take for 30 days unless
	 * it is one number with one unit.
	 */
	static String keyTtlText(String argument, @Nullable String ttl) {
		String text = InputRules.notNull(argument, ttl);
		Assert.isTrue(ONE_UNIT.matcher(text).matches(),
				() -> "'" + argument + "' must be one number with one of the units s, m, h and d, such as 90m, not '"
						+ CredentialRedactor.redact(text) + "': the server would keep the key for 30 days");
		keyTtl(argument, lengthOf(text));
		return text;
	}

	/**
	 * Check the two ends of a span of time, as far as they are instants.
	 */
	static void checkEnds(@Nullable Object start, @Nullable Object end) {
		if (start instanceof Instant from) {
			checked("from", from);
		}
		if (end instanceof Instant to) {
			checked("to", to);
		}
		if (start instanceof Instant from && end instanceof Instant to) {
			Assert.isTrue(!from.isAfter(to), "'from' must not be after 'to'");
		}
	}

	private static Duration lengthOf(String span) {
		BigInteger seconds = BigInteger.ZERO;
		Matcher amount = AMOUNT.matcher(span);
		while (amount.find()) {
			long unit = switch (amount.group(2)) {
				case "w" -> 604_800;
				case "d" -> 86_400;
				case "h" -> 3_600;
				case "m" -> 60;
				default -> 1;
			};
			seconds = seconds.add(new BigInteger(amount.group(1)).multiply(BigInteger.valueOf(unit)));
		}
		return Duration.ofSeconds(seconds.min(BigInteger.valueOf(Long.MAX_VALUE)).longValue());
	}

	private static Instant parse(String text) {
		return (text.indexOf('T') < 0) ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
				: OffsetDateTime.parse(text).toInstant();
	}

}

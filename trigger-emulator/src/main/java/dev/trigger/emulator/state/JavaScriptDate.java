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

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.trigger.emulator.http.Json;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Reads dates as JavaScript does: ISO-8601 with or without a time and a zone, and the
 * forms that people write. Times without a zone are in UTC, as they are on servers.
 *
 * @since 1.0.0
 */
public final class JavaScriptDate {

	private static final String ZONE = "(?<zone>Z|[+-]\\d{2}:?\\d{2})?";

	private static final String TIME = "(?<hour>\\d{1,2}):(?<minute>\\d{2})(?::(?<second>\\d{2})(?:\\.(?<fraction>\\d+))?)?";

	private static final Pattern ISO = Pattern
		.compile("(?<year>[+-]\\d{6}|\\d{4})(?:-(?<month>\\d{2})(?:-(?<day>\\d{2}))?)?(?:[Tt ]" + TIME + "\\s?" + ZONE
				+ ")?");

	private static final String SPOKEN_TIME = "(?:[,\\s]+" + TIME
			+ "\\s*(?<half>[ap]m)?\\s*(?:GMT|UTC|Z)?\\s*(?<zone>[+-]\\d{2}:?\\d{2})?(?:\\s*\\(.*\\))?)?";

	/**
	 * A day as people write it, after the name of a weekday or not.
	 */
	private static final List<Pattern> SPOKEN = List
		.of("(?<name>[a-z]{3})[a-z]*\\.?\\s+(?<day>\\d{1,2}),?\\s+(?<year>\\d{4})",
				"(?<day>\\d{1,2})[\\s-]+(?<name>[a-z]{3})[a-z]*\\.?,?[\\s-]+(?<year>\\d{4})",
				"(?<month>\\d{1,2})[/-](?<day>\\d{1,2})[/-](?<year>\\d{4})",
				"(?<year>\\d{4})[/-](?<month>\\d{1,2})[/-](?<day>\\d{1,2})")
		.stream()
		.map((day) -> Pattern.compile("(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\\.?,?\\s+)?" + day + SPOKEN_TIME,
				Pattern.CASE_INSENSITIVE))
		.toList();

	private static final List<String> MONTHS = List.of("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep",
			"oct", "nov", "dec");

	private static final int LAST_YEAR = 275_760;

	/**
	 * The last date that JavaScript knows, in milliseconds.
	 */
	private static final double LAST = 8.64e15;

	private JavaScriptDate() {
	}

	/**
	 * Read a date of any type.
	 * @param value a number of milliseconds or a text; {@code null} and {@code false} are
	 * 0, {@code true} is 1, and a list of one is the text of its element, as JavaScript
	 * has it
	 * @return the instant, or {@code null} when the value is none
	 */
	public static @Nullable Instant read(JsonNode value) {
		if (value.isString()) {
			return parse(value.asString());
		}
		if (value.isNull() || value.isBoolean()) {
			return of(value.asBoolean(false) ? 1 : 0);
		}
		if (value.isArray()) {
			JsonNode only = (value.size() == 1) ? value.get(0) : Json.tree("");
			return (only.isNumber() || only.isString()) ? parse(only.asString()) : only.isArray() ? read(only) : null;
		}
		return value.isNumber() ? of(Json.number(value)) : null;
	}

	/**
	 * Return the date of a number.
	 * @param milliseconds the number
	 * @return the instant, or {@code null} if there is no such date
	 */
	public static @Nullable Instant of(double milliseconds) {
		return (Math.abs(milliseconds) <= LAST) ? Instant.ofEpochMilli((long) milliseconds) : null;
	}

	/**
	 * Read a date.
	 * @param text the text
	 * @return the instant, or {@code null} when the text is none
	 */
	public static @Nullable Instant parse(String text) {
		Instant date = find(text);
		return (date != null) ? of(date.toEpochMilli()) : null;
	}

	private static @Nullable Instant find(String text) {
		String trimmed = text.strip();
		try {
			if (trimmed.length() != 4 && !trimmed.isEmpty() && trimmed.chars().allMatch(Character::isDigit)) {
				return number(trimmed);
			}
			Matcher iso = ISO.matcher(trimmed);
			if (iso.matches()) {
				return instant(iso);
			}
			for (Pattern form : SPOKEN) {
				Matcher matcher = form.matcher(trimmed);
				if (matcher.matches()) {
					return instant(matcher);
				}
			}
			return null;
		}
		catch (DateTimeException | NumberFormatException ex) {
			return null;
		}
	}

	/**
	 * A number alone is a month of 2001 or a year, and not milliseconds.
	 */
	private static @Nullable Instant number(String digits) {
		int number = (digits.length() > 6) ? Integer.MAX_VALUE : Integer.parseInt(digits);
		if (number >= 1 && number <= 12) {
			return date(2001, number);
		}
		if (number < 32 || number > LAST_YEAR) {
			return null;
		}
		return date((number < 50) ? 2000 + number : (number < 100) ? 1900 + number : number, 1);
	}

	private static Instant date(int year, int month) {
		return LocalDate.of(year, month, 1).atStartOfDay().toInstant(ZoneOffset.UTC);
	}

	private static int month(Matcher matcher) {
		String name = group(matcher, "name");
		if (name == null) {
			return number(group(matcher, "month"), 1);
		}
		int index = MONTHS.indexOf(name.toLowerCase(Locale.ROOT));
		if (index < 0) {
			throw new DateTimeException("No month: " + name);
		}
		return index + 1;
	}

	private static @Nullable String group(Matcher matcher, String name) {
		try {
			return matcher.group(name);
		}
		catch (IllegalArgumentException ex) {
			return null;
		}
	}

	private static Instant instant(Matcher matcher) {
		int day = number(group(matcher, "day"), 1);
		if (day < 1 || day > 31) {
			throw new DateTimeException("No day: " + day);
		}
		// the last days of a short month are the first ones of the next
		LocalDate date = LocalDate.of(Integer.parseInt(matcher.group("year")), month(matcher), 1).plusDays(day - 1L);
		int hour = number(matcher.group("hour"), 0);
		String half = group(matcher, "half");
		if ("pm".equalsIgnoreCase(half) && hour < 12) {
			hour += 12;
		}
		else if ("am".equalsIgnoreCase(half) && hour == 12) {
			hour = 0;
		}
		String fraction = matcher.group("fraction");
		String nanos = (fraction != null) ? (fraction + "000000000").substring(0, 3) + "000000" : "0";
		boolean midnight = hour == 24 && number(matcher.group("minute"), 0) == 0
				&& number(matcher.group("second"), 0) == 0;
		LocalTime time = LocalTime.of(midnight ? 0 : hour, number(matcher.group("minute"), 0),
				number(matcher.group("second"), 0), Integer.parseInt(nanos));
		String zone = matcher.group("zone");
		return date.plusDays(midnight ? 1 : 0)
			.atTime(time)
			.toInstant((zone != null) ? ZoneOffset.of(zone) : ZoneOffset.UTC);
	}

	private static int number(@Nullable String digits, int otherwise) {
		return (digits != null) ? Integer.parseInt(digits) : otherwise;
	}

}

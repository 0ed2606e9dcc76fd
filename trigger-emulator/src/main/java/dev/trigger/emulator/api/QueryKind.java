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

import java.time.LocalDateTime;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * What a column of a query holds, and with which literals it can be compared. The server
 * refuses others, or reads them in ways of its own.
 */
enum QueryKind {

	/**
	 * Text.
	 */
	TEXT,

	/**
	 * A number.
	 */
	NUMBER,

	/**
	 * True or false.
	 */
	FLAG,

	/**
	 * A time.
	 */
	TIME,

	/**
	 * A list or a structure, which can't be compared.
	 */
	OTHER;

	private static final Pattern DECIMAL = Pattern.compile("-?\\d+(?:\\.\\d+)?");

	private static final Pattern TRUTH = Pattern.compile("[01]|true|false", Pattern.CASE_INSENSITIVE);

	private static final Pattern INSTANT = Pattern.compile("(?<date>\\d{4}-\\d{2}-\\d{2})"
			+ "(?:[ T](?<minute>\\d{2}:\\d{2})(?::(?<second>\\d{2})(?:\\.(?<fraction>\\d{1,9}))?)?)?Z?");

	/**
	 * Return the kind of a type.
	 * @param type the type that the schema has
	 * @return the kind
	 */
	static QueryKind of(String type) {
		String plain = type.replaceAll("^(?:Nullable|LowCardinality)\\((.*)\\)$", "$1");
		if (plain.equals("UInt8")) {
			return FLAG;
		}
		if (plain.startsWith("DateTime")) {
			return TIME;
		}
		if (plain.matches("U?Int\\d+|Float\\d+|Decimal.*")) {
			return NUMBER;
		}
		return plain.equals("String") ? TEXT : OTHER;
	}

	/**
	 * Return whether a literal can be compared with a value of this kind.
	 * @param literal the literal as it stands in a query
	 * @return {@code true} if so
	 */
	boolean takes(String literal) {
		String text = QueryText.unquote(literal);
		boolean quoted = literal.startsWith("'");
		return switch (this) {
			case TEXT -> quoted;
			case NUMBER -> DECIMAL.matcher(text).matches();
			case FLAG -> TRUTH.matcher(text).matches();
			case TIME -> quoted && INSTANT.matcher(text).matches();
			case OTHER -> false;
		};
	}

	/**
	 * Return a time as rows have it, which are compared as texts.
	 * @param text the time, to the day or to a fraction of a second
	 * @return the time to the millisecond, or the text if it is none
	 */
	static String time(String text) {
		Matcher matcher = INSTANT.matcher(text);
		if (!matcher.matches()) {
			return text;
		}
		return matcher.group("date") + ' ' + or(matcher.group("minute"), "00:00") + ':'
				+ or(matcher.group("second"), "00") + '.' + (or(matcher.group("fraction"), "") + "000").substring(0, 3);
	}

	/**
	 * Return a time to the second.
	 * @param text the time, to the day or to a fraction of a second
	 * @return the time without a fraction
	 */
	static String second(String text) {
		return time(text).substring(0, "uuuu-MM-dd HH:mm:ss".length());
	}

	/**
	 * Compare two values of this kind.
	 */
	int order(Object one, Object other) {
		return switch (this) {
			case NUMBER -> Double.compare(((Number) one).doubleValue(), ((Number) other).doubleValue());
			case TIME -> local(String.valueOf(one)).compareTo(local(String.valueOf(other)));
			default -> String.valueOf(one).compareTo(String.valueOf(other));
		};
	}

	static LocalDateTime local(String time) {
		return LocalDateTime.parse(time(time).replace(' ', 'T'));
	}

	private static String or(@Nullable String text, String otherwise) {
		return (text != null) ? text : otherwise;
	}

}

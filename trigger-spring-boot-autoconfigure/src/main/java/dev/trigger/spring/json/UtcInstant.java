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

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;

/**
 * Reads times. Nearly all come in one form, {@code 2026-11-24T04:13:25.100Z}, for which a
 * formatter takes ten times as long and 1.5 KB: a page of runs holds hundreds, which
 * would be more than half of what reading it costs. All others are left to a formatter.
 *
 * @since 1.0.0
 * @hidden shared by the packages of the client, not an API for applications
 */
public final class UtcInstant {

	private static final String FORM = "0000-00-00T00:00:00.000Z";

	private static final int LOCAL_LENGTH = FORM.length() - 1;

	private static final int DATE_LENGTH = 10;

	private static final DateTimeFormatter OTHERS = new DateTimeFormatterBuilder().parseCaseInsensitive()
		.append(DateTimeFormatter.ISO_LOCAL_DATE_TIME)
		.appendPattern("[XXXXX][XXXX][X]")
		.toFormatter()
		.withResolverStyle(ResolverStyle.STRICT);

	private UtcInstant() {
	}

	/**
	 * Read a time in a form of the API: ISO 8601 with an offset; as a database has it,
	 * with a space in its middle, or without an offset and then in UTC, such as
	 * {@code 2026-11-26 14:30:47.804}; or a date, for the start of the day in UTC.
	 * @param text the time
	 * @return the instant
	 * @throws java.time.DateTimeException if the text is of another form or the time does
	 * not exist
	 */
	public static Instant parse(String text) {
		return (hasForm(text, FORM.length()) || hasForm(text, LOCAL_LENGTH)) ? digits(text) : format(text);
	}

	private static Instant format(String text) {
		TemporalAccessor time = OTHERS.parse(withTime(text));
		return time.isSupported(ChronoField.OFFSET_SECONDS) ? OffsetDateTime.from(time).toInstant()
				: LocalDateTime.from(time).toInstant(ZoneOffset.UTC);
	}

	private static String withTime(String text) {
		if (text.length() == DATE_LENGTH) {
			return text + "T00:00";
		}
		return (text.length() > DATE_LENGTH && text.charAt(DATE_LENGTH) == ' ')
				? text.substring(0, DATE_LENGTH) + 'T' + text.substring(DATE_LENGTH + 1) : text;
	}

	private static Instant digits(String text) {
		return LocalDateTime
			.of(number(text, 0, 4), number(text, 5, 7), number(text, 8, 10), number(text, 11, 13), number(text, 14, 16),
					number(text, 17, 19), number(text, 20, 23) * 1_000_000)
			.toInstant(ZoneOffset.UTC);
	}

	/**
	 * Return whether a time is in the usual form, or the beginning of it. The hour 24 is
	 * left to the formatter.
	 */
	private static boolean hasForm(String text, int length) {
		if (text.length() != length) {
			return false;
		}
		for (int i = 0; i < length; i++) {
			char expected = FORM.charAt(i);
			char actual = text.charAt(i);
			if ((expected == '0') ? (actual < '0' || actual > '9') : (actual != expected)) {
				return false;
			}
		}
		return number(text, 11, 13) <= 23;
	}

	private static int number(String text, int start, int end) {
		return Integer.parseInt(text, start, end, 10);
	}

}

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

/**
 * Reads times. Nearly all come in one form, {@code 2026-11-24T04:13:25.100Z}, for which a
 * formatter takes ten times as long and 1.5 KB: a page of runs holds hundreds, which
 * would be more than half of what reading it costs. All others are left to a formatter.
 */
final class UtcInstant {

	private static final String FORM = "0000-00-00T00:00:00.000Z";

	private static final int SPACE = 10;

	private UtcInstant() {
	}

	/**
	 * Read a time.
	 * @param text the time, in ISO 8601 with an offset, or as TRQL has it, in UTC without
	 * one: {@code 2026-11-26 14:30:47.804}
	 * @return the instant
	 * @throws java.time.DateTimeException if the text is of another form or the time does
	 * not exist
	 */
	static Instant parse(String text) {
		if (!hasForm(text) || number(text, 11, 13) > 23) {
			return isLocal(text) ? LocalDateTime.parse(withT(text)).toInstant(ZoneOffset.UTC)
					: OffsetDateTime.parse(text).toInstant();
		}
		return LocalDateTime
			.of(number(text, 0, 4), number(text, 5, 7), number(text, 8, 10), number(text, 11, 13), number(text, 14, 16),
					number(text, 17, 19), number(text, 20, 23) * 1_000_000)
			.toInstant(ZoneOffset.UTC);
	}

	private static boolean hasForm(String text) {
		if (text.length() != FORM.length()) {
			return false;
		}
		for (int i = 0; i < FORM.length(); i++) {
			char expected = FORM.charAt(i);
			char actual = text.charAt(i);
			if ((expected == '0') ? (actual < '0' || actual > '9') : (actual != expected)) {
				return false;
			}
		}
		return true;
	}

	/**
	 * Whether a time has the form of the database behind TRQL, with a space in its middle
	 * and without an offset.
	 */
	private static boolean isLocal(String text) {
		return text.length() > SPACE && text.charAt(SPACE) == ' ';
	}

	private static String withT(String text) {
		return text.substring(0, SPACE) + 'T' + text.substring(SPACE + 1);
	}

	private static int number(String text, int start, int end) {
		return Integer.parseInt(text, start, end, 10);
	}

}

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

package dev.trigger.spring.http;

import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;

import org.jspecify.annotations.Nullable;

/**
 * Reads the one form in which the server writes nearly all times,
 * {@code 2026-11-24T04:13:25.100Z}. A formatter takes ten times as long, and a page of
 * runs holds hundreds of times.
 */
final class UtcInstant {

	private static final String FORM = "0000-00-00T00:00:00.000Z";

	private UtcInstant() {
	}

	/**
	 * Read a text.
	 * @param text the text
	 * @return the instant, {@code null} if the text is of another form or the time does
	 * not exist
	 */
	static @Nullable Instant parse(String text) {
		if (!hasForm(text)) {
			return null;
		}
		int month = number(text, 5, 7);
		int day = number(text, 8, 10);
		int hour = number(text, 11, 13);
		int minute = number(text, 14, 16);
		int second = number(text, 17, 19);
		if (month < 1 || month > 12 || day < 1 || hour > 23 || minute > 59 || second > 59) {
			return null;
		}
		YearMonth yearMonth = YearMonth.of(number(text, 0, 4), month);
		return yearMonth.isValidDay(day) ? instant(yearMonth.atDay(day), hour, minute, second, number(text, 20, 23))
				: null;
	}

	private static Instant instant(LocalDate date, int hour, int minute, int second, int millis) {
		long seconds = date.toEpochDay() * 86_400 + hour * 3_600L + minute * 60L + second;
		return Instant.ofEpochSecond(seconds, millis * 1_000_000L);
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

	private static int number(String text, int start, int end) {
		int number = 0;
		for (int i = start; i < end; i++) {
			number = number * 10 + text.charAt(i) - '0';
		}
		return number;
	}

}

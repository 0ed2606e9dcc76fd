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

import java.time.DateTimeException;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;

import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;

/**
 * Tells how long it is until a time of the server's clock, which may be far from ours.
 * <p>
 * Clocks that agree but for some seconds are taken for the same: the header {@code Date}
 * has no fractions of a second, and grows old on its way.
 *
 * @param date the header {@code Date} of a response, {@code null} if it has none
 * @param readAt when the response was read, in milliseconds of our clock
 */
record ClockSkew(@Nullable String date, long readAt) {

	private static final long TOLERANCE_MILLIS = 5_000;

	static ClockSkew of(HttpHeaders headers, long now) {
		return new ClockSkew(headers.getFirst(HttpHeaders.DATE), now);
	}

	/**
	 * Return how long it is until a time, from when the response was read.
	 * @param epochMillis the time on the server's clock
	 * @return the number of milliseconds, 0 if the time has passed
	 */
	long millisUntil(long epochMillis) {
		long now = now();
		if (epochMillis <= now) {
			return 0;
		}
		long millis = epochMillis - now;
		return (millis > 0) ? millis : Long.MAX_VALUE;
	}

	private long now() {
		if (this.date != null) {
			try {
				long told = ZonedDateTime.parse(this.date, DateTimeFormatter.RFC_1123_DATE_TIME)
					.toInstant()
					.toEpochMilli();
				return (Math.abs(told - this.readAt) > TOLERANCE_MILLIS) ? told : this.readAt;
			}
			catch (DateTimeException | ArithmeticException ex) {
				// as if there were none
			}
		}
		return this.readAt;
	}

}

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

import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;

import org.springframework.util.Assert;

/**
 * How times and durations are written in requests.
 *
 * @since 1.0.0
 * @hidden shared by the packages of the client, not an API for applications
 */
public final class ApiFormat {

	private static final DateTimeFormatter MILLIS = new DateTimeFormatterBuilder().appendInstant(3).toFormatter();

	private ApiFormat() {
	}

	/**
	 * Write an instant as JavaScript does.
	 * @param instant the instant
	 * @return ISO-8601 with milliseconds, or as many digits as the instant has
	 */
	public static String of(Instant instant) {
		return (instant.getNano() % 1_000_000 == 0) ? MILLIS.format(instant) : instant.toString();
	}

	/**
	 * Write a duration as the API takes it for delays and times to live.
	 * @param duration the duration; a fraction of a second is rounded up
	 * @return the duration in days, hours, minutes and seconds, such as {@code 1h30m}
	 * @throws IllegalArgumentException if the duration is negative
	 */
	public static String of(Duration duration) {
		Assert.isTrue(!duration.isNegative(), "A duration must not be negative");
		Duration rounded = Duration.ofSeconds(wholeSeconds(duration));
		if (rounded.isZero()) {
			return "0s";
		}
		StringBuilder text = new StringBuilder();
		append(text, rounded.toDaysPart(), 'd');
		append(text, rounded.toHoursPart(), 'h');
		append(text, rounded.toMinutesPart(), 'm');
		append(text, rounded.toSecondsPart(), 's');
		return text.toString();
	}

	/**
	 * Return a duration in seconds.
	 * @param duration the duration
	 * @return the number of seconds; a fraction of a second is rounded up
	 */
	public static long wholeSeconds(Duration duration) {
		boolean roundUp = duration.getNano() > 0 && duration.getSeconds() < Long.MAX_VALUE;
		return duration.getSeconds() + (roundUp ? 1 : 0);
	}

	/**
	 * Return a duration in milliseconds.
	 * @param duration the duration
	 * @return the number of milliseconds, the largest one for a longer duration
	 */
	public static long millis(Duration duration) {
		return (duration.getSeconds() < Long.MAX_VALUE / 1000) ? duration.toMillis() : Long.MAX_VALUE;
	}

	/**
	 * Write a duration with the largest unit that divides it, for values that the API
	 * takes with one unit only.
	 * @param duration the duration; a fraction of a second is rounded up
	 * @return one number and one of the units d, h, m and s, such as {@code 90m}
	 */
	public static String inOneUnit(Duration duration) {
		long seconds = wholeSeconds(duration);
		if (seconds > 0 && seconds % 86_400 == 0) {
			return (seconds / 86_400) + "d";
		}
		if (seconds > 0 && seconds % 3600 == 0) {
			return (seconds / 3600) + "h";
		}
		return (seconds > 0 && seconds % 60 == 0) ? (seconds / 60) + "m" : seconds + "s";
	}

	private static void append(StringBuilder text, long amount, char unit) {
		if (amount > 0) {
			text.append(amount).append(unit);
		}
	}

}

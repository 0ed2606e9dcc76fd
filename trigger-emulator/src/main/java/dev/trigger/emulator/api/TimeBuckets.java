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

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAdjusters;
import java.util.Map;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

/**
 * The spans of time that {@code timeBucket()} divides the time of a query into, which are
 * the longer the longer that time is.
 *
 * @param length how long each of them is; weeks and months have the length of no month in
 * particular
 */
record TimeBuckets(Duration length) {

	private static final Duration DAY = Duration.ofDays(1);

	private static final Duration WEEK = Duration.ofDays(7);

	private static final Duration MONTH = Duration.ofDays(30);

	/**
	 * The lengths by the times that they are too short for.
	 */
	private static final TreeMap<Duration, Duration> LENGTHS = new TreeMap<>(
			Map.of(Duration.ofMinutes(5), Duration.ofSeconds(5), Duration.ofMinutes(30), Duration.ofSeconds(30),
					Duration.ofHours(2), Duration.ofMinutes(1), Duration.ofHours(6), Duration.ofMinutes(5), DAY,
					Duration.ofMinutes(15), Duration.ofDays(3), Duration.ofHours(1), Duration.ofDays(14),
					Duration.ofHours(6), Duration.ofDays(60), DAY, Duration.ofDays(365), WEEK));

	private static final DateTimeFormatter FORMAT = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");

	/**
	 * Return the buckets of a time.
	 * @param from its start
	 * @param to its end
	 * @return the buckets
	 */
	static TimeBuckets between(Instant from, Instant to) {
		Map.Entry<Duration, Duration> entry = LENGTHS.higherEntry(Duration.between(from, to).abs());
		return new TimeBuckets((entry != null) ? entry.getValue() : MONTH);
	}

	/**
	 * Return when the bucket of a time starts: the day for weeks, which start on Monday,
	 * and for months, the second for others.
	 * @param time the time as rows have it
	 * @return the start, {@code null} for no time
	 */
	@Nullable String start(@Nullable Object time) {
		if (time == null) {
			return null;
		}
		LocalDateTime given = LocalDateTime.parse(String.valueOf(time).replace(' ', 'T'));
		if (this.length.equals(MONTH)) {
			return given.toLocalDate().withDayOfMonth(1).toString();
		}
		if (this.length.equals(WEEK)) {
			return given.toLocalDate().with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY)).toString();
		}
		long second = given.toEpochSecond(ZoneOffset.UTC);
		return LocalDateTime.ofEpochSecond(second - Math.floorMod(second, this.length.toSeconds()), 0, ZoneOffset.UTC)
			.format(FORMAT);
	}

}

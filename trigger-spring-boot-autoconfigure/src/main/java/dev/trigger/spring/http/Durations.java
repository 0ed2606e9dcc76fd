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

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;

import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * The arithmetic of durations that a user, a property or a server can specify. Anything
 * longer than {@link #FOREVER} is as long as that, so that no sum of a time and a
 * duration overflows, in milliseconds or in nanoseconds.
 *
 * @since 1.0.0
 * @hidden shared by the packages of the client, not an API for applications
 */
public final class Durations {

	/**
	 * The longest duration: 100 years, which no call or wait lives to see.
	 */
	public static final Duration FOREVER = Duration.ofDays(36_500);

	private static final int MILLIS = 3;

	private static final int NANOS = 9;

	/**
	 * More digits than any duration has.
	 */
	private static final int MAX_DIGITS = 40;

	private static final BigDecimal LONGEST = BigDecimal.valueOf(Long.MAX_VALUE);

	private Durations() {
	}

	/**
	 * Return the duration that a server has in milliseconds.
	 * @param millis the number of milliseconds
	 * @return the duration to the nanosecond; the longest there is for a longer one
	 */
	public static Duration ofMillis(BigDecimal millis) {
		return of(millis, MILLIS);
	}

	/**
	 * Return the duration that a server has in nanoseconds.
	 * @param nanos the number of nanoseconds
	 * @return the duration; the longest there is for a longer one
	 */
	public static Duration ofNanos(BigDecimal nanos) {
		return of(nanos, NANOS);
	}

	private static Duration of(BigDecimal value, int scale) {
		// a number with a huge exponent is short, but not once it is written out
		long digits = (long) value.precision() - value.scale();
		if (value.signum() == 0 || digits < -MAX_DIGITS) {
			return Duration.ZERO;
		}
		if (digits > MAX_DIGITS) {
			return Duration.ofSeconds(value.signum() * Long.MAX_VALUE);
		}
		BigDecimal seconds = value.movePointLeft(scale).setScale(NANOS, RoundingMode.HALF_UP);
		BigDecimal bounded = seconds.min(LONGEST).max(LONGEST.negate());
		BigDecimal whole = bounded.setScale(0, RoundingMode.FLOOR);
		return Duration.ofSeconds(whole.longValueExact(),
				bounded.subtract(whole).movePointRight(NANOS).longValueExact());
	}

	/**
	 * Return a duration that can be added to any time.
	 * @param duration the duration, such as {@code ChronoUnit.FOREVER.getDuration()}
	 * @return the duration, at most {@link #FOREVER} and at least the negative of it
	 */
	public static Duration bounded(Duration duration) {
		if (duration.compareTo(FOREVER) > 0) {
			return FOREVER;
		}
		return (duration.compareTo(FOREVER.negated()) < 0) ? FOREVER.negated() : duration;
	}

	/**
	 * Return a duration in milliseconds, rounded up, so that a positive one never becomes
	 * zero.
	 * @param duration the duration
	 * @return the number of milliseconds, at most those of {@link #FOREVER}
	 */
	public static long millis(Duration duration) {
		Duration bounded = bounded(duration);
		long millis = bounded.toMillis();
		return (bounded.getNano() % 1_000_000 > 0) ? millis + 1 : millis;
	}

	/**
	 * Return a time limit as it is used: zero means no limit, for every limit that there
	 * is, and so does one that is as good as endless.
	 * @param name the name of the argument or property, for the message of an exception
	 * @param limit the limit
	 * @return the limit, {@code null} if there is none
	 * @throws IllegalArgumentException if the limit is negative
	 */
	public static @Nullable Duration limit(String name, @Nullable Duration limit) {
		if (limit == null || limit.isZero() || isForever(limit)) {
			return null;
		}
		Assert.isTrue(!limit.isNegative(), () -> "'" + name + "' must not be negative: zero means no limit");
		return limit;
	}

	/**
	 * Return whether a duration is as good as endless.
	 * @param duration the duration
	 * @return {@code true} if nothing that is limited by it ends
	 */
	public static boolean isForever(Duration duration) {
		return duration.compareTo(FOREVER) >= 0;
	}

}

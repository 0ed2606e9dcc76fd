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

package dev.trigger.spring.run;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;

import tools.jackson.databind.util.StdConverter;

/**
 * Converts the durations of spans, which the API has in nanoseconds in a trace and in
 * milliseconds elsewhere.
 */
final class SpanDuration {

	private static final int NANOS = 9;

	private static final int MILLIS = 3;

	private static final int MAX_DIGITS = 40;

	private static final BigDecimal LONGEST = BigDecimal.valueOf(Long.MAX_VALUE);

	private SpanDuration() {
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

	private static BigDecimal to(Duration duration, int scale) {
		BigDecimal value = BigDecimal.valueOf(duration.getSeconds())
			.add(BigDecimal.valueOf(duration.getNano(), NANOS))
			.movePointRight(scale)
			.stripTrailingZeros();
		// no exponent
		return (value.scale() < 0) ? value.setScale(0) : value;
	}

	/**
	 * Reads nanoseconds.
	 */
	static final class FromNanos extends StdConverter<BigDecimal, Duration> {

		@Override
		public Duration convert(BigDecimal value) {
			return of(value, NANOS);
		}

	}

	/**
	 * Writes nanoseconds.
	 */
	static final class ToNanos extends StdConverter<Duration, BigDecimal> {

		@Override
		public BigDecimal convert(Duration value) {
			return to(value, NANOS);
		}

	}

	/**
	 * Reads milliseconds.
	 */
	static final class FromMillis extends StdConverter<BigDecimal, Duration> {

		@Override
		public Duration convert(BigDecimal value) {
			return of(value, MILLIS);
		}

	}

	/**
	 * Writes milliseconds.
	 */
	static final class ToMillis extends StdConverter<Duration, BigDecimal> {

		@Override
		public BigDecimal convert(Duration value) {
			return to(value, MILLIS);
		}

	}

}

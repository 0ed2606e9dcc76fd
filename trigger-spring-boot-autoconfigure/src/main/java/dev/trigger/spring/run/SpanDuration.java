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
import java.time.Duration;

import dev.trigger.spring.http.Durations;
import tools.jackson.databind.util.StdConverter;

/**
 * Converts the durations of spans, which the API has in nanoseconds in a trace and in
 * milliseconds elsewhere.
 */
final class SpanDuration {

	private static final int NANOS = 9;

	private static final int MILLIS = 3;

	private SpanDuration() {
	}

	private static BigDecimal to(Duration duration, int scale) {
		BigDecimal value = BigDecimal.valueOf(duration.getSeconds())
			.add(BigDecimal.valueOf(duration.getNano(), NANOS))
			.movePointRight(scale)
			.stripTrailingZeros();
		// so that it is not written with an exponent
		return (value.scale() < 0) ? value.setScale(0) : value;
	}

	/**
	 * Reads nanoseconds.
	 */
	static final class FromNanos extends StdConverter<BigDecimal, Duration> {

		@Override
		public Duration convert(BigDecimal value) {
			return Durations.ofNanos(value);
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
			return Durations.ofMillis(value);
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

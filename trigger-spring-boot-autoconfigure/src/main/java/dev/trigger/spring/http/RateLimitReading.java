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

import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;

/**
 * A reading of the rate limit as it counts on our clock for durations: the time of the
 * day may be set until the reset.
 */
final class RateLimitReading {

	/**
	 * How long a reading holds requests up at most. The server's windows are of seconds:
	 * a reset that is much further off is a mistake, and one request finds that out.
	 */
	private static final long MAX_WAIT_MILLIS = 60_000;

	/**
	 * How long a probe may take before another one follows, in case it is a slow one.
	 */
	static final long PROBE_MILLIS = 50;

	private static final long UNKNOWN = -1;

	private final RateLimit rateLimit;

	private final ClockSkew clock;

	private final long readAt;

	private long untilReset = UNKNOWN;

	private RateLimitReading(RateLimit rateLimit, ClockSkew clock, long readAt) {
		this.rateLimit = rateLimit;
		this.clock = clock;
		this.readAt = readAt;
	}

	/**
	 * Read the headers of a response.
	 * @param headers the headers
	 * @param timeOfDay the time of the day, in milliseconds since 1970
	 * @param now the {@link ElapsedTime}
	 * @return the reading, {@code null} if there is none
	 */
	static @Nullable RateLimitReading from(HttpHeaders headers, long timeOfDay, long now) {
		RateLimit rateLimit = RateLimit.from(headers);
		return (rateLimit != null) ? new RateLimitReading(rateLimit, ClockSkew.of(headers, timeOfDay), now) : null;
	}

	RateLimit rateLimit() {
		return this.rateLimit;
	}

	long remaining() {
		return this.rateLimit.remaining();
	}

	/**
	 * Return what polls leave to other requests.
	 */
	long reserve() {
		return Math.min(this.rateLimit.limit(), Integer.MAX_VALUE) / 2;
	}

	/**
	 * Return when the bucket is filled up again, as {@link ElapsedTime}.
	 */
	long resetAt() {
		long wait = Math.min(MAX_WAIT_MILLIS, untilReset());
		// if nothing is left although the reset has passed, one of the two is wrong
		return this.readAt + ((remaining() == 0) ? Math.max(PROBE_MILLIS, wait) : wait);
	}

	/**
	 * Return whether the success of the very request shows that the reading is wrong: by
	 * it nothing would be left for longer than any window lasts.
	 */
	boolean isContradicted() {
		return remaining() == 0 && this.rateLimit.resetAt().toEpochMilli() - this.clock.readAt() > MAX_WAIT_MILLIS
				&& untilReset() > MAX_WAIT_MILLIS;
	}

	boolean isOfSameWindow(RateLimitReading other) {
		return this.rateLimit.resetAt().equals(other.rateLimit.resetAt());
	}

	boolean isLaterThan(RateLimitReading other) {
		return resetAt() > other.resetAt();
	}

	/**
	 * Seldom needed, and so not calculated for every response.
	 */
	private long untilReset() {
		if (this.untilReset == UNKNOWN) {
			this.untilReset = this.clock.millisUntil(this.rateLimit.resetAt().toEpochMilli());
		}
		return this.untilReset;
	}

}

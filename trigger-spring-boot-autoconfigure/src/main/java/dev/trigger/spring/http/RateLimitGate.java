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

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * Keeps the last reading of one credential's rate limit and tells how long a request must
 * wait, so that no attempt is spent on an answer of 429.
 * <p>
 * Requests under way are counted against what the server said last: their answers may
 * come in any order.
 */
final class RateLimitGate {

	private @Nullable RateLimit reading;

	private long available = Long.MAX_VALUE;

	private long underWay;

	/**
	 * Take a place in the bucket.
	 * @param nowMillis the current time in epoch milliseconds
	 * @return how long to wait before asking again, zero if the place was taken
	 */
	synchronized Duration tryAcquire(long nowMillis) {
		RateLimit current = this.reading;
		if (current != null && this.available <= 0) {
			long wait = current.resetAt().toEpochMilli() - nowMillis;
			if (wait > 0) {
				return Duration.ofMillis(wait);
			}
			this.reading = null;
			this.available = Long.MAX_VALUE;
		}
		this.available--;
		this.underWay++;
		return Duration.ZERO;
	}

	/**
	 * Give back a place whose request ended, with what its answer said.
	 * @param answered the reading of the answer, {@code null} if it had none
	 */
	synchronized void release(@Nullable RateLimit answered) {
		this.underWay--;
		if (answered == null) {
			return;
		}
		RateLimit current = this.reading;
		if (current == null || answered.resetAt().isAfter(current.resetAt())) {
			this.reading = answered;
			this.available = answered.remaining() - this.underWay;
		}
		else if (answered.resetAt().equals(current.resetAt())) {
			this.available = Math.min(this.available, answered.remaining());
			this.reading = (answered.remaining() < current.remaining()) ? answered : current;
		}
	}

	synchronized @Nullable RateLimit lastReading() {
		return this.reading;
	}

}

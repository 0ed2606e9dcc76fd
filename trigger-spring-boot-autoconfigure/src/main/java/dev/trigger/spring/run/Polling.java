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

import java.time.Duration;

import dev.trigger.spring.http.Backoff;
import dev.trigger.spring.http.Durations;

import org.springframework.util.Assert;

/**
 * How often a run, a batch, a waitpoint token or a bulk action is polled until it is
 * over.
 * <p>
 * Pauses are shortened at random, by a quarter at most, and become longer where the rate
 * limit requires it: polls use at most half of it, and other calls go ahead of them. A
 * wait survives every failure that a call would be retried for. It ends at its timeout
 * with a last poll, which may take a tenth of the timeout longer, but not more than a
 * second.
 *
 * @param delay the pause between the first two polls
 * @param multiplier the factor by which each further pause is longer
 * @param maxDelay the longest pause
 * @param timeout the time after which to give up, zero for never
 * @since 1.0.0
 */
public record Polling(Duration delay, double multiplier, Duration maxDelay, Duration timeout) {

	private static final Polling DEFAULTS = new Polling(Duration.ofSeconds(1), 1.6, Duration.ofSeconds(10),
			Duration.ofHours(1));

	/**
	 * Create polling.
	 */
	public Polling {
		Assert.isTrue(!delay.isNegative() && !delay.isZero(), "'delay' must be positive");
		Assert.isTrue(multiplier >= 1 && multiplier <= Double.MAX_VALUE, "'multiplier' must be at least 1, and finite");
		Assert.isTrue(!maxDelay.isNegative() && !maxDelay.isZero(), "'maxDelay' must be positive");
		Assert.isTrue(!timeout.isNegative(), "'timeout' must not be negative: zero means no limit");
	}

	/**
	 * Return the default: a poll after 1 s, then x 1.6 up to 10 s, for an hour.
	 * @return the default polling
	 */
	public static Polling defaults() {
		return DEFAULTS;
	}

	/**
	 * Return this polling with another time after which to give up.
	 * @param timeout the time, zero for never
	 * @return the new polling
	 */
	public Polling withTimeout(Duration timeout) {
		return new Polling(this.delay, this.multiplier, this.maxDelay, timeout);
	}

	/**
	 * Return this polling with pauses of the same length.
	 * @param interval the time between two polls
	 * @return the new polling
	 */
	public Polling every(Duration interval) {
		return new Polling(interval, 1, interval, this.timeout);
	}

	/**
	 * Return the pause after a poll.
	 * @param poll the number of the poll, counted from 1
	 * @param random a random number from 0 to 1
	 * @return the number of milliseconds
	 */
	long millisAfter(int poll, double random) {
		long nominal = Backoff.millis(this.delay, this.multiplier, this.maxDelay, poll);
		return Math.max(1, Math.round(nominal * (1 - random / 4)));
	}

	boolean isEndless() {
		return this.timeout.isZero() || Durations.isForever(this.timeout);
	}

}

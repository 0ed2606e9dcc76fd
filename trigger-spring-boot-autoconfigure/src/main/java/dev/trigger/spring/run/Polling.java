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

import org.springframework.util.Assert;

/**
 * How often a run, a batch or a bulk action is looked at until it is over.
 *
 * @param delay the wait between the first two looks
 * @param multiplier the factor by which each further wait is longer
 * @param maxDelay the longest wait
 * @param timeout after what time to give up
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
		Assert.isTrue(multiplier >= 1, "'multiplier' must be at least 1");
		Assert.isTrue(!maxDelay.isNegative() && !maxDelay.isZero(), "'maxDelay' must be positive");
		Assert.isTrue(!timeout.isNegative(), "'timeout' must not be negative");
	}

	/**
	 * Return the default: a look after 1 s, then x 1.6 up to 10 s, for an hour.
	 * @return the default polling
	 */
	public static Polling defaults() {
		return DEFAULTS;
	}

	/**
	 * Return this polling with another time after which to give up.
	 * @param timeout the time
	 * @return the new polling
	 */
	public Polling withTimeout(Duration timeout) {
		return new Polling(this.delay, this.multiplier, this.maxDelay, timeout);
	}

	/**
	 * Return this polling with a look every so often.
	 * @param interval the time between two looks
	 * @return the new polling
	 */
	public Polling every(Duration interval) {
		return new Polling(interval, 1, interval, this.timeout);
	}

	/**
	 * Return the wait after a look.
	 * @param look the number of the look, counted from 1
	 * @return the wait
	 */
	Duration delayAfter(int look) {
		double millis = this.delay.toMillis() * Math.pow(this.multiplier, look - 1d);
		return Duration.ofMillis(Math.round(Math.min(millis, Math.max(this.maxDelay.toMillis(), 1))));
	}

}

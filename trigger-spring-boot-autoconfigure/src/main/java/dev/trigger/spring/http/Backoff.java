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

/**
 * Delays that grow: those between attempts, and those between polls.
 *
 * @since 1.0.0
 * @hidden shared by the packages of the client, not an API for applications
 */
public final class Backoff {

	private Backoff() {
	}

	/**
	 * Return the delay after one of several steps.
	 * @param delay the first delay
	 * @param multiplier the factor by which each further delay is longer
	 * @param maxDelay the longest delay
	 * @param step the number of the step, counted from 1
	 * @return the number of milliseconds
	 */
	public static long millis(Duration delay, double multiplier, Duration maxDelay, int step) {
		double millis = Durations.millis(delay) * Math.pow(multiplier, step - 1d);
		// zero times infinity is NaN, which is rounded to zero
		return Math.round(Math.min(millis, Durations.millis(maxDelay)));
	}

	/**
	 * Return the delay after one of several steps, randomized: from the nominal delay to
	 * twice as long. Near the longest delay the range is the upper half of that, so that
	 * delays still differ.
	 * @param delay the first delay
	 * @param multiplier the factor by which each further delay is longer
	 * @param maxDelay the longest delay
	 * @param step the number of the step, counted from 1
	 * @param random a random number from 0 to 1
	 * @return the number of milliseconds
	 */
	public static long millis(Duration delay, double multiplier, Duration maxDelay, int step, double random) {
		long nominal = millis(delay, multiplier, maxDelay, step);
		long longest = Math.min(2 * nominal, Math.max(nominal, Durations.millis(maxDelay)));
		return Math.round(longest / 2d * (1 + random));
	}

}

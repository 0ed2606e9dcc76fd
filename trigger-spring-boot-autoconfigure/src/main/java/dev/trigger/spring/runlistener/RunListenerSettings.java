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

package dev.trigger.spring.runlistener;

import java.time.Duration;

import org.springframework.util.Assert;

/**
 * How runs are read and handled.
 *
 * @param pollInterval how long to wait between two queries
 * @param realtime whether a feed wakes up listeners before a query finds the run
 * @param concurrency how many runs are handled at the same time
 * @param lease how long the instance that handles runs may be silent before another takes
 * over
 * @param timeout how long a listener may take for a run, zero for as long as it takes
 * @param maxAttempts how often a listener is called for a run before it is parked
 * @param delay how long to wait before the second call
 * @param multiplier the factor by which each further wait is longer
 * @param maxDelay the longest wait
 * @param retention how long handled events are kept
 * @param sweepAfter how long after its trigger a run is retrieved to see whether it is
 * over
 * @since 1.0.0
 */
public record RunListenerSettings(Duration pollInterval, boolean realtime, int concurrency, Duration lease,
		Duration timeout, int maxAttempts, Duration delay, double multiplier, Duration maxDelay, Duration retention,
		Duration sweepAfter) {

	private static final Duration YEAR = Duration.ofDays(365);

	/**
	 * After what time a call of a listener is reported that has not ended, where there is
	 * no limit.
	 */
	private static final Duration SLOW = Duration.ofMinutes(5);

	/**
	 * For how long handled events are kept at most in memory: longer than a run that is
	 * over waits until it is retrieved.
	 */
	private static final Duration IN_MEMORY = Duration.ofHours(8);

	/**
	 * Create settings.
	 */
	public RunListenerSettings {
		Assert.isTrue(concurrency >= 1, "'concurrency' must be at least 1");
		Assert.isTrue(maxAttempts >= 1, "'maxAttempts' must be at least 1");
		Assert.isTrue(multiplier >= 1, "'multiplier' must be at least 1");
	}

	/**
	 * Return the defaults.
	 * @return the settings
	 */
	public static RunListenerSettings defaults() {
		return new RunListenerSettings(Duration.ofSeconds(1), true, 4, Duration.ofSeconds(7), Duration.ofMinutes(5), 10,
				Duration.ofSeconds(1), 2, Duration.ofMinutes(5), Duration.ofDays(7), Duration.ofMinutes(5));
	}

	/**
	 * Return settings for what is kept in memory.
	 */
	RunListenerSettings inMemory() {
		if (this.retention.compareTo(IN_MEMORY) <= 0) {
			return this;
		}
		return new RunListenerSettings(this.pollInterval, this.realtime, this.concurrency, this.lease, this.timeout,
				this.maxAttempts, this.delay, this.multiplier, this.maxDelay, IN_MEMORY, this.sweepAfter);
	}

	/**
	 * Return the wait after an attempt.
	 * @param attempt the number of the attempt, from 1
	 */
	Duration delayAfter(int attempt) {
		double millis = this.delay.toMillis() * Math.pow(this.multiplier, attempt - 1.0);
		return (millis < this.maxDelay.toMillis()) ? Duration.ofMillis((long) millis) : this.maxDelay;
	}

	/**
	 * Return how long to wait for a server or a database that can't be reached.
	 */
	Duration outage() {
		return this.pollInterval.multipliedBy(5);
	}

	/**
	 * Return after what time a run is reported whose listeners have not ended.
	 */
	Duration slow() {
		if (this.timeout.isZero()) {
			return SLOW;
		}
		// a listener that was interrupted gets a minute to end
		return (this.timeout.compareTo(YEAR) > 0) ? YEAR : this.timeout.plusMinutes(1);
	}

	/**
	 * Return the longest time that an event can have to wait, with a margin.
	 */
	Duration longestWait() {
		Duration longest = (this.maxDelay.compareTo(outage()) > 0) ? this.maxDelay : outage();
		return (longest.compareTo(YEAR) > 0) ? YEAR : longest.multipliedBy(3).dividedBy(2).plusSeconds(1);
	}

}

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

package dev.trigger.spring.outbox;

import java.time.Duration;

/**
 * How the outbox sends its triggers.
 *
 * @param ownTransaction whether a trigger outside of a transaction is written in one of
 * its own, instead of being refused
 * @param concurrency how many triggers an instance sends at once
 * @param pollInterval how often an instance looks for triggers that other instances left
 * @param maxFailures the number of refusals after which a trigger is parked
 * @param maxBackoff the longest time between two attempts
 * @param retention how long sent triggers are kept
 * @since 1.0.0
 */
public record OutboxSettings(boolean ownTransaction, int concurrency, Duration pollInterval, int maxFailures,
		Duration maxBackoff, Duration retention) {

	/**
	 * How long a trigger is reserved for an instance that does not renew that, since it
	 * was killed. It has to be longer than what a run needs to be found by its tag.
	 */
	static final Duration CLAIM = Duration.ofSeconds(15);

	/**
	 * How long only the instance that committed a trigger may send it.
	 */
	static final Duration HEAD_START = Duration.ofSeconds(2);

	/**
	 * After what time a run is found by its tag, even if the server is slow with that.
	 */
	static final Duration FINDABLE = Duration.ofSeconds(6);

	/**
	 * For how long an attempt whose response was lost is repeated at once.
	 */
	static final Duration AT_ONCE = Duration.ofSeconds(5);

	/**
	 * Return the settings that apply where nothing else is configured.
	 * @return the defaults
	 */
	public static OutboxSettings defaults() {
		return new OutboxSettings(false, 32, Duration.ofSeconds(1), 3, Duration.ofMinutes(1), Duration.ofDays(7));
	}

}

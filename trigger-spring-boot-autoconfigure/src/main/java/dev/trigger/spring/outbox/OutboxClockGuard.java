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
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * Finds rows that would be due only after a long time, since the clock of the database
 * was set back, and makes them due. Those that are being sent are renewed meanwhile, by
 * the new time, so that only what does not change from one check to the next is waiting.
 */
final class OutboxClockGuard {

	private static final Log logger = LogFactory.getLog(OutboxDispatcher.class);

	/**
	 * The time between two checks: longer than a claim lasts that is not renewed.
	 */
	static final Duration INTERVAL = OutboxSettings.CLAIM.multipliedBy(2);

	private static final Duration YEAR = Duration.ofDays(365);

	private static final int LIMIT = 500;

	private final OutboxStore store;

	private final Duration longest;

	private Map<String, Long> suspected = Map.of();

	/**
	 * Create a guard.
	 * @param store has the rows
	 * @param longest the longest time until a row can be due
	 */
	OutboxClockGuard(OutboxStore store, Duration longest) {
		this.store = store;
		this.longest = longest;
	}

	/**
	 * Return the longest time until a row can be due, with a margin.
	 */
	static Duration longest(OutboxSettings settings) {
		Duration longest = Stream.of(OutboxSettings.CLAIM, OutboxSettings.FINDABLE, settings.maxBackoff())
			.max(Duration::compareTo)
			.orElse(OutboxSettings.CLAIM);
		return (longest.compareTo(YEAR) > 0) ? YEAR : longest.multipliedBy(3).dividedBy(2);
	}

	void check() {
		Map<String, Long> present = this.store.dueAfter(this.longest, LIMIT);
		Map<String, Long> unchanged = new HashMap<>(present);
		unchanged.entrySet().retainAll(this.suspected.entrySet());
		this.suspected = present;
		if (!unchanged.isEmpty()) {
			logger.warn(unchanged.size() + " triggers would wait for more than " + this.longest.toSeconds()
					+ " s and are sent now: the clock of the database was set back");
			this.store.makeDue(unchanged);
		}
	}

}

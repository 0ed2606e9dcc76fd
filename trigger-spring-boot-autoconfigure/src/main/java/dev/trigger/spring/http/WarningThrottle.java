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

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import reactor.core.scheduler.Scheduler;

/**
 * Keeps a warning that many calls have in common from being logged for each of them.
 */
final class WarningThrottle {

	private static final long INTERVAL_MILLIS = TimeUnit.MINUTES.toMillis(10);

	private static final int CAPACITY = 128;

	private final Map<String, Long> logged = new LinkedHashMap<>();

	private final Scheduler clock;

	WarningThrottle(Scheduler clock) {
		this.clock = clock;
	}

	/**
	 * Return whether a warning may be logged, and note that it is.
	 */
	synchronized boolean mayWarn(String warning) {
		long now = ElapsedTime.millis(this.clock);
		Long last = this.logged.get(warning);
		if (last != null && now - last < INTERVAL_MILLIS) {
			return false;
		}
		this.logged.remove(warning);
		this.logged.put(warning, now);
		if (this.logged.size() > CAPACITY) {
			this.logged.remove(this.logged.keySet().iterator().next());
		}
		return true;
	}

}

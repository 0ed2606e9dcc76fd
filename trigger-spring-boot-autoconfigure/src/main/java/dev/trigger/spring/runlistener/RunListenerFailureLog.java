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
import java.util.Map;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * Logs the failures of listeners. When what they depend on is away, each run fails at the
 * same place: its stack trace is logged once a minute.
 */
final class RunListenerFailureLog {

	private static final Log logger = LogFactory.getLog(RunDispatcher.class);

	private static final long TRACE_NANOS = Duration.ofMinutes(1).toNanos();

	private final Map<String, Long> traced = new BoundedMap<>();

	/**
	 * Log a failure that is followed by another attempt.
	 */
	void retried(RunEvent event, String message, Throwable failure) {
		if (mayTrace(event.listener(), failure)) {
			logger.warn(message, failure);
		}
		else {
			logger.warn(message + ": " + failure);
		}
	}

	/**
	 * Log a failure that is the last one.
	 */
	void parked(RunEvent event, String message, Throwable failure) {
		if (mayTrace(event.listener(), failure)) {
			logger.error(message, failure);
		}
		else {
			logger.error(message + ": " + failure);
		}
	}

	private boolean mayTrace(String listener, Throwable failure) {
		StackTraceElement[] trace = failure.getStackTrace();
		String place = listener + ' ' + failure.getClass().getName() + ((trace.length > 0) ? " " + trace[0] : "");
		long now = System.nanoTime();
		synchronized (this.traced) {
			Long last = this.traced.get(place);
			if (last != null && now - last < TRACE_NANOS) {
				return false;
			}
			this.traced.put(place, now);
			return true;
		}
	}

}

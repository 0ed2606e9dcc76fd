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

import dev.trigger.spring.exception.TriggerApiException;
import dev.trigger.spring.exception.TriggerConnectionException;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import reactor.core.scheduler.Scheduler;

/**
 * Logs when the API of a client is not available, and when it is again: once for the
 * client, not for each call. One failure among successes is no outage.
 */
final class OutageMonitor {

	private static final Log logger = LogFactory.getLog(CallLog.CATEGORY);

	/**
	 * How long there has to be nothing but failures.
	 */
	private static final long MIN_MILLIS = 500;

	/**
	 * How many failures in a row suffice in a shorter time.
	 */
	private static final int MIN_FAILURES = 5;

	/**
	 * After how long without any call a failure is no continuation of the one before.
	 */
	private static final long MAX_PAUSE_MILLIS = 60_000;

	private final String target;

	private final Scheduler clock;

	private volatile @Nullable Outage current;

	/**
	 * Create a monitor.
	 * @param apiUrl the address of the API
	 * @param client the name of the client
	 * @param clock the clock
	 */
	OutageMonitor(String apiUrl, String client, Scheduler clock) {
		this.target = "The Trigger.dev API at %s ('%s')".formatted(apiUrl, CallContext.property(client, "api-url"));
		this.clock = clock;
	}

	/**
	 * Note that the API responded.
	 */
	void succeeded() {
		if (this.current != null) {
			end();
		}
	}

	/**
	 * Note that an attempt failed.
	 */
	void failed(Throwable failure) {
		if (isSignOfOutage(failure)) {
			fail(failure);
		}
		else if (failure instanceof TriggerApiException api && api.getStatus() < 500) {
			succeeded();
		}
	}

	private synchronized void fail(Throwable failure) {
		long now = ElapsedTime.millis(this.clock);
		Outage outage = this.current;
		if (outage == null || (!outage.announced && now - outage.last > MAX_PAUSE_MILLIS)) {
			outage = new Outage(failure, now);
			this.current = outage;
		}
		outage.last = now;
		outage.failures++;
		if (!outage.announced
				&& (outage.failures >= MIN_FAILURES || now - outage.start >= MIN_MILLIS || isUnreachable(failure))) {
			outage.announced = true;
			logger.warn(this.target + " is not available: " + outage.first.getMessage()
					+ (ConnectionFailure.isFinal(outage.first) ? ". Calls are not retried"
							: ". Calls are retried as 'trigger.retry.*' specifies")
					+ "; the end of the outage will be logged");
		}
	}

	private synchronized void end() {
		Outage outage = this.current;
		this.current = null;
		if (outage != null && outage.announced) {
			logger.info("%s is available again, after %d ms and %d failed attempts".formatted(this.target,
					ElapsedTime.millis(this.clock) - outage.start, outage.failures));
		}
	}

	private static boolean isSignOfOutage(Throwable failure) {
		return failure instanceof TriggerConnectionException
				|| (failure instanceof TriggerApiException api && api.getStatus() > 501);
	}

	/**
	 * Return whether nobody is there, which no attempt soon after changes.
	 */
	private static boolean isUnreachable(Throwable failure) {
		return Causes.any(failure, ConnectionFailure::isUnreachable);
	}

	private static final class Outage {

		private final Throwable first;

		private final long start;

		private long last;

		private long failures;

		private boolean announced;

		private Outage(Throwable first, long start) {
			this.first = first;
			this.start = start;
		}

	}

}

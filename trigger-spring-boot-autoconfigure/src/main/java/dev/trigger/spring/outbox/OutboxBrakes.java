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
import java.util.List;
import java.util.Map;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * Lets a client that can't send pause, so that an outage does not cost an attempt for
 * each row. After a pause few are sent, and show whether it is over. The log says when it
 * begins and ends.
 */
final class OutboxBrakes {

	private static final Log logger = LogFactory.getLog(OutboxDispatcher.class);

	/**
	 * How many failures in a row are an outage.
	 */
	private static final int OUTAGE = 5;

	private static final long FIRST_PAUSE = Duration.ofSeconds(1).toNanos();

	private static final long LONGEST_PAUSE = Duration.ofSeconds(15).toNanos();

	private final Map<String, Brake> brakes = new HashMap<>();

	void ended(OutboxOutcome outcome) {
		String client = outcome.row().client();
		if (!outcome.outage()) {
			Brake released = this.brakes.remove(client);
			if (released != null && released.failures >= OUTAGE) {
				logger.info("The outbox sends triggers of the client '" + client + "' again after " + released.failures
						+ " failures");
			}
			return;
		}
		Brake brake = this.brakes.computeIfAbsent(client, (name) -> new Brake());
		brake.failures++;
		if (brake.failures == OUTAGE) {
			logger.warn("The outbox can't send triggers of the client '" + client + "', and goes on trying: "
					+ outcome.reason());
		}
		long now = System.nanoTime();
		if (brake.failures >= OUTAGE && now - brake.until >= 0) {
			brake.pause = Math.min(LONGEST_PAUSE, Math.max(FIRST_PAUSE, brake.pause * 2));
			brake.until = now + brake.pause;
		}
	}

	/**
	 * Return whether the last attempt of every client went well.
	 */
	boolean isFree() {
		return this.brakes.isEmpty();
	}

	/**
	 * Return the clients that pause now.
	 */
	List<String> paused() {
		if (this.brakes.isEmpty()) {
			return List.of();
		}
		long now = System.nanoTime();
		return this.brakes.entrySet()
			.stream()
			.filter((entry) -> entry.getValue().failures >= OUTAGE && now - entry.getValue().until < 0)
			.map(Map.Entry::getKey)
			.toList();
	}

	private static final class Brake {

		private int failures;

		private long pause;

		private long until = System.nanoTime();

	}

}

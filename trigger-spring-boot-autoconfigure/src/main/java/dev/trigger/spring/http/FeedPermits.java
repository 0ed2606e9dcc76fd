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
import java.util.EnumMap;
import java.util.Map;
import java.util.function.DoubleSupplier;

import dev.trigger.spring.endpoint.TriggerEndpoint;
import org.jspecify.annotations.Nullable;
import reactor.core.scheduler.Scheduler;

/**
 * Which waits may open a feed: as many as the settings say. While the server has none of
 * a kind, those of runs or those of batches, a single wait tries from time to time.
 */
final class FeedPermits {

	/**
	 * After what time a server that had no feeds is asked again.
	 */
	private static final Duration UNAVAILABLE = Duration.ofMinutes(5);

	/**
	 * The first attempt after an absence follows at once, further ones after this time,
	 * and then less and less often.
	 */
	private static final Duration MIN_ABSENCE = Duration.ofSeconds(10);

	private static final Duration MAX_ABSENCE = Duration.ofMinutes(1);

	private final int max;

	private final Scheduler scheduler;

	private final DoubleSupplier random;

	private final Map<TriggerEndpoint, Absence> absences = new EnumMap<>(TriggerEndpoint.class);

	private int taken;

	/**
	 * Create permits.
	 * @param max how many there are
	 * @param scheduler the clock
	 * @param random supplies numbers from 0 to 1, for clients that lost their server
	 * together
	 */
	FeedPermits(int max, Scheduler scheduler, DoubleSupplier random) {
		this.max = max;
		this.scheduler = scheduler;
		this.random = random;
	}

	private long now() {
		return ElapsedTime.millis(this.scheduler);
	}

	/**
	 * Take a permit.
	 * @param endpoint what the feed is of
	 * @return the permit, {@code null} if there is none for now
	 */
	synchronized @Nullable FeedPermit tryAcquire(TriggerEndpoint endpoint) {
		Absence absence = this.absences.get(endpoint);
		if (this.taken >= this.max || (absence != null && (absence.attempt != null || absence.until > now()))) {
			return null;
		}
		this.taken++;
		FeedPermit permit = new FeedPermit(this, endpoint);
		if (absence != null) {
			absence.attempt = permit;
		}
		return permit;
	}

	/**
	 * Note that the server has such feeds.
	 */
	synchronized void began(FeedPermit permit) {
		this.absences.remove(permit.endpoint());
	}

	/**
	 * Note that the server does not know such feeds.
	 */
	synchronized void unavailable(FeedPermit permit) {
		this.absences.computeIfAbsent(permit.endpoint(), (endpoint) -> new Absence()).until = now()
				+ UNAVAILABLE.toMillis();
	}

	/**
	 * Note that the server has no such feeds for now. Of several that are lost together
	 * only the first counts.
	 */
	synchronized void away(FeedPermit permit) {
		Absence absence = this.absences.computeIfAbsent(permit.endpoint(), (endpoint) -> new Absence());
		if (permit == absence.attempt) {
			absence.attempts++;
			absence.until = now()
					+ Backoff.millis(MIN_ABSENCE, 2, MAX_ABSENCE, absence.attempts, this.random.getAsDouble());
		}
	}

	synchronized void release(FeedPermit permit) {
		this.taken--;
		Absence absence = this.absences.get(permit.endpoint());
		if (absence != null && absence.attempt == permit) {
			absence.attempt = null;
		}
	}

	/**
	 * What is known of feeds that the server does not have.
	 */
	private static final class Absence {

		/**
		 * When to try again, at once in the beginning.
		 */
		private long until = Long.MIN_VALUE;

		private int attempts;

		private @Nullable FeedPermit attempt;

	}

}

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
import java.util.function.DoubleSupplier;

import org.jspecify.annotations.Nullable;
import reactor.core.scheduler.Scheduler;

/**
 * Which waits may open a feed: as many as the settings say, and while the server has none
 * a single one, from time to time, which tries.
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

	private int taken;

	private boolean absent;

	private long absentUntil;

	private int attempts;

	private @Nullable FeedPermit attempt;

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
	 * @return the permit, {@code null} if there is none for now
	 */
	synchronized @Nullable FeedPermit tryAcquire() {
		if (this.taken >= this.max || (this.absent && (this.attempt != null || this.absentUntil > now()))) {
			return null;
		}
		this.taken++;
		FeedPermit permit = new FeedPermit(this);
		this.attempt = this.absent ? permit : null;
		return permit;
	}

	/**
	 * Note that the server has feeds.
	 */
	synchronized void began() {
		this.absent = false;
		this.attempts = 0;
		this.attempt = null;
	}

	/**
	 * Note that the server has no feeds at all.
	 */
	synchronized void unavailable() {
		this.absent = true;
		this.absentUntil = now() + UNAVAILABLE.toMillis();
	}

	/**
	 * Note that the server has no feeds for now. Of several that are lost together only
	 * the first counts.
	 */
	synchronized void away(FeedPermit permit) {
		if (!this.absent) {
			this.absent = true;
			this.absentUntil = now();
		}
		else if (permit == this.attempt) {
			this.attempts++;
			this.absentUntil = now()
					+ Backoff.millis(MIN_ABSENCE, 2, MAX_ABSENCE, this.attempts, this.random.getAsDouble());
		}
	}

	synchronized void release(FeedPermit permit) {
		this.taken--;
		if (this.attempt == permit) {
			this.attempt = null;
		}
	}

}

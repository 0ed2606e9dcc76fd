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

import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * How the listeners to runs are doing.
 *
 * @param durable whether a database keeps what is to be handled
 * @param leader whether this instance reads runs and calls listeners
 * @param handled how many events this instance handled
 * @param failed how many calls of listeners failed
 * @param pending how many events were to be handled some seconds ago, as far as known
 * @param parked how many events are parked, as far as known
 * @param oldest how long the oldest event has been waiting
 * @param lastRead when runs were last read with success, {@code null} for never
 * @param failure why they can't be read now, {@code null} if they can
 * @since 1.0.0
 */
public record RunListenerStatistics(boolean durable, boolean leader, long handled, long failed, long pending,
		long parked, Duration oldest, @Nullable Instant lastRead, @Nullable String failure) implements Serializable {

	/**
	 * Records what happens.
	 */
	static final class Recorder {

		private static final Log logger = LogFactory.getLog(RunListenerContainer.class);

		private static final long LOG_NANOS = Duration.ofMinutes(1).toNanos();

		private final List<RunListenerObserver> observers;

		private final AtomicLong handled = new AtomicLong();

		private final AtomicLong failed = new AtomicLong();

		private volatile RunEventStore.Counts counts = RunEventStore.Counts.NONE;

		private volatile @Nullable Instant lastRead;

		private volatile @Nullable String failure;

		private long loggedAt;

		Recorder(List<RunListenerObserver> observers) {
			this.observers = List.copyOf(observers);
		}

		void read() {
			this.lastRead = Instant.now();
			if (this.failure != null) {
				this.failure = null;
				logger.info("Runs that are over can be read again");
			}
		}

		/**
		 * Something that listeners depend on does not work. It is tried again, so that
		 * the first time is logged, and then one a minute.
		 */
		synchronized void failure(String what, Throwable failure) {
			String text = what + ": " + failure.getMessage();
			boolean first = this.failure == null;
			this.failure = text;
			if (first || System.nanoTime() - this.loggedAt > LOG_NANOS) {
				this.loggedAt = System.nanoTime();
				logger.warn(text + ". It is tried again");
				logger.debug(what, failure);
			}
		}

		void handled(String listener, long nanos) {
			this.handled.incrementAndGet();
			this.observers.forEach((observer) -> observer.called(listener, RunListenerObserver.Outcome.HANDLED,
					Duration.ofNanos(nanos)));
		}

		void failed(String listener, boolean parked) {
			this.failed.incrementAndGet();
			RunListenerObserver.Outcome outcome = parked ? RunListenerObserver.Outcome.PARKED
					: RunListenerObserver.Outcome.FAILED;
			this.observers.forEach((observer) -> observer.called(listener, outcome, Duration.ZERO));
		}

		void counts(RunEventStore.Counts counts) {
			this.counts = counts;
		}

		RunListenerStatistics snapshot(boolean durable, boolean leader) {
			RunEventStore.Counts current = this.counts;
			return new RunListenerStatistics(durable, leader, this.handled.get(), this.failed.get(), current.pending(),
					current.parked(), current.oldest(), this.lastRead, this.failure);
		}

	}

}

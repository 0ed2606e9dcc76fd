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
import java.util.concurrent.ThreadLocalRandom;

import dev.trigger.spring.exception.RateLimitException;
import dev.trigger.spring.jdbc.BackgroundLoop;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Reads again and again: what the feed shows at once, what queries find at intervals,
 * what neither does now and then. One query follows another.
 */
final class RunReaderLoop {

	private static final Log logger = LogFactory.getLog(RunReaderLoop.class);

	/**
	 * How many queries for runs that are over come between those for runs without an end.
	 */
	private static final int CANCELED_INTERVAL = 10;

	private static final long SWEEP_NANOS = Duration.ofSeconds(30).toNanos();

	private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

	private final RunReader reader;

	private final RunFeed feed;

	private final RunSweep sweep;

	private final RunListenerSettings settings;

	private final RunListenerStatistics.Reader statistics;

	private final Runnable found;

	private final Wakeup wakeup;

	private volatile boolean stopped;

	private boolean started;

	private long readAt;

	private long canceledAt;

	private long canceledInterval;

	private int canceledPages;

	private long sweptAt;

	/**
	 * Create a loop.
	 * @param reader the reader
	 * @param feed the feed
	 * @param sweep the sweep
	 * @param settings the settings
	 * @param statistics records what happens
	 * @param found is called when there is something to handle
	 * @param wakeup wakes this loop up
	 */
	RunReaderLoop(RunReader reader, RunFeed feed, RunSweep sweep, RunListenerSettings settings,
			RunListenerStatistics.Reader statistics, Runnable found, Wakeup wakeup) {
		this.reader = reader;
		this.feed = feed;
		this.sweep = sweep;
		this.settings = settings;
		this.statistics = statistics;
		this.found = found;
		this.wakeup = wakeup;
		long now = System.nanoTime();
		this.readAt = now - settings.pollInterval().toNanos();
		this.canceledAt = now;
		this.sweptAt = now;
	}

	void stop() {
		this.stopped = true;
		this.feed.stop();
		this.wakeup.signal();
	}

	/**
	 * Return what reads until stopped.
	 */
	BackgroundLoop loop() {
		return new BackgroundLoop(this::step, this::failed);
	}

	private Duration failed(Throwable failure, int failures) {
		if (failure instanceof RateLimitException) {
			// also if others make too many queries at the same time
			logger.debug("A query has to wait: " + failure.getMessage());
			return Duration.ofMillis(1000 + ThreadLocalRandom.current().nextInt(1000));
		}
		this.statistics.failure(failure);
		return Duration.ofMillis(Math.min(LONGEST_PAUSE.toMillis(), 500L << Math.min(failures, 7)));
	}

	private @Nullable Duration step() throws InterruptedException {
		if (!this.started) {
			this.reader.start();
			if (this.settings.realtime()) {
				this.feed.start();
			}
			this.started = true;
		}
		notify(this.reader.add(this.feed.poll()));
		if (isDue(this.readAt, this.settings.pollInterval().toNanos())) {
			notify(this.reader.read());
			// after the query, so that a slow server is not asked without a pause
			this.readAt = System.nanoTime();
			this.statistics.read();
		}
		if (isDue(this.canceledAt, this.canceledInterval)) {
			readCanceled();
		}
		if (this.sweep.isBehind() || isDue(this.sweptAt, Math.min(SWEEP_NANOS, this.settings.sweepAfter().toNanos()))) {
			this.sweptAt = System.nanoTime();
			notify(this.reader.addTriggered(this.sweep.find()));
		}
		long untilRead = this.readAt + this.settings.pollInterval().toNanos() - System.nanoTime();
		if (untilRead > 0 && !this.stopped && !this.sweep.isBehind()) {
			this.wakeup.await(Duration.ofNanos(untilRead));
		}
		return this.stopped ? null : Duration.ZERO;
	}

	/**
	 * One page between two queries for runs that are over. The more pages there are, the
	 * longer is the pause after the last one.
	 */
	private void readCanceled() {
		notify(this.reader.readCanceled());
		this.canceledAt = System.nanoTime();
		this.canceledPages++;
		long interval = this.settings.pollInterval().toNanos();
		if (this.reader.isEndOfCanceled()) {
			interval *= CANCELED_INTERVAL * this.canceledPages;
			this.canceledPages = 0;
		}
		this.canceledInterval = interval;
	}

	private static boolean isDue(long last, long interval) {
		return System.nanoTime() - last >= interval;
	}

	private void notify(int added) {
		if (added > 0) {
			this.found.run();
		}
	}

}

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
import java.util.Collection;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

import dev.trigger.spring.jdbc.BackgroundLoop;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Empties the outbox: what this instance committed at once, and what was left over by any
 * instance as it becomes due.
 * <p>
 * One thread does all that is to be done with the database, in batches. Requests are made
 * without blocking, and come back to it by a queue.
 */
final class OutboxDispatcher {

	private static final Log logger = LogFactory.getLog(OutboxDispatcher.class);

	private static final int BATCH = 100;

	/**
	 * For how long outcomes are collected at most before they are stored.
	 */
	private static final long COLLECT_NANOS = Duration.ofMillis(5).toNanos();

	private static final Duration HOUSEKEEPING = Duration.ofMinutes(1);

	/**
	 * In how much more time than they take polls are made.
	 */
	private static final int POLL_SHARE = 10;

	private static final int DELETED_AT_ONCE = 500;

	private static final Duration STOP = Duration.ofSeconds(10);

	private final OutboxStore store;

	private final OutboxRequests requests;

	private final OutboxSettings settings;

	private final OutboxRecorder recorder;

	private final OutboxCommits committed = new OutboxCommits();

	private final OutboxKeys keys = new OutboxKeys();

	private final OutboxClaims underWay;

	private final OutboxBrakes brakes = new OutboxBrakes();

	private final OutboxClockGuard clockGuard;

	private volatile @Nullable BackgroundLoop loop;

	private volatile @Nullable Thread thread;

	private volatile boolean pollNow;

	private volatile boolean collecting;

	private long nextPoll;

	private long nextRenewal;

	private long nextHousekeeping;

	private long nextClockCheck;

	OutboxDispatcher(OutboxStore store, OutboxSender sender, OutboxObservations observations, OutboxSettings settings,
			Collection<OutboxListener> listeners) {
		this.store = store;
		this.underWay = new OutboxClaims(store);
		this.clockGuard = new OutboxClockGuard(store, OutboxClockGuard.longest(settings));
		this.requests = new OutboxRequests(sender, observations, settings.concurrency(), this::wakeUp);
		this.settings = settings;
		this.recorder = new OutboxRecorder(store, settings.retention(), listeners);
	}

	/**
	 * Send a row that was committed just now.
	 */
	void committed(OutboxCommits.Committed row) {
		this.committed.add(row);
		wakeUp();
	}

	/**
	 * Send the next row that has an ordering key: one was committed just now.
	 */
	void committed(String orderingKey) {
		this.keys.add(orderingKey);
		wakeUp();
	}

	/**
	 * Look for rows that are due.
	 */
	void pollNow() {
		this.pollNow = true;
		wakeUp();
	}

	/**
	 * Go on, unless the thread is about to do so anyway, and there is not much yet.
	 */
	private void wakeUp() {
		if (!this.collecting || !isWorthWaiting()) {
			LockSupport.unpark(this.thread);
		}
	}

	/**
	 * Return whether there will soon be more to store at once. What has to be sent in
	 * order waits for nothing.
	 */
	private boolean isWorthWaiting() {
		return !this.pollNow && this.keys.isEmpty() && this.requests.isBusy()
				&& this.committed.size() < this.settings.concurrency() / 2;
	}

	synchronized void start() {
		if (this.loop == null) {
			BackgroundLoop started = new BackgroundLoop(() -> {
				work();
				return untilNext();
			}, new OutboxFailures());
			Thread runner = new Thread(() -> {
				started.run();
				drain();
			}, "trigger-outbox");
			runner.setDaemon(true);
			this.requests.open();
			this.nextPoll = System.nanoTime();
			this.nextRenewal = this.nextPoll;
			this.nextHousekeeping = this.nextPoll;
			this.nextClockCheck = this.nextPoll + OutboxClockGuard.INTERVAL.toNanos();
			this.loop = started;
			this.thread = runner;
			runner.start();
		}
	}

	/**
	 * Stop taking rows. Those on their way to the server get some time to end.
	 */
	void stop() {
		Thread running;
		synchronized (this) {
			BackgroundLoop stopped = this.loop;
			running = this.thread;
			if (stopped == null || running == null) {
				return;
			}
			this.loop = null;
			stopped.stop();
		}
		LockSupport.unpark(running);
		try {
			running.join(STOP.toMillis() + 1000);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	synchronized boolean isRunning() {
		return this.loop != null;
	}

	/**
	 * Return the time until something is to be done, unless it wakes up the loop before.
	 */
	private Duration untilNext() {
		if (this.requests.hasOutcome()) {
			collect();
			return Duration.ZERO;
		}
		if (hasRoom() && (!this.committed.isEmpty() || !this.keys.isEmpty() || this.pollNow)) {
			return Duration.ZERO;
		}
		long next = Math.min(this.nextHousekeeping, this.underWay.isEmpty() ? Long.MAX_VALUE : this.nextRenewal);
		if (hasRoom()) {
			next = Math.min(next, this.nextPoll);
		}
		return Duration.ofNanos(Math.max(0, next - System.nanoTime()));
	}

	private void collect() {
		long end = System.nanoTime() + COLLECT_NANOS;
		long left = COLLECT_NANOS;
		this.collecting = true;
		while (left > 0 && isWorthWaiting()) {
			LockSupport.parkNanos(this, left);
			left = end - System.nanoTime();
		}
		this.collecting = false;
	}

	private boolean hasRoom() {
		return room() > 0;
	}

	/**
	 * Return how many more rows may be claimed. As many as are being sent wait for their
	 * turn, so that requests go on meanwhile; none while requests fail, since each would
	 * cost an attempt.
	 */
	private int room() {
		int claimed = this.settings.concurrency() * (this.brakes.isFree() ? 2 : 1);
		return Math.min(BATCH, claimed - this.underWay.size());
	}

	private void work() {
		record();
		long now = System.nanoTime();
		if (now - this.nextRenewal >= 0) {
			this.underWay.renew();
			this.nextRenewal = now + OutboxSettings.CLAIM.toNanos() / 3;
		}
		if (hasRoom() && !this.committed.isEmpty()) {
			send(this.store.claimCommitted(this.committed.take(room(), this.brakes.paused())));
		}
		if (hasRoom() && !this.keys.isEmpty()) {
			List<String> next = this.keys.take(room(), this.underWay::hasOrderingKey);
			if (!next.isEmpty()) {
				send(this.store.claimFirst(next, this.brakes.paused()));
			}
		}
		if (hasRoom() && (this.pollNow || now - this.nextPoll >= 0)) {
			poll();
		}
		if (now - this.nextHousekeeping >= 0) {
			boolean more = this.store.deleteSent(DELETED_AT_ONCE) == DELETED_AT_ONCE;
			this.nextHousekeeping = now + (more ? this.settings.pollInterval().toNanos() : HOUSEKEEPING.toNanos());
		}
		if (now - this.nextClockCheck >= 0) {
			this.clockGuard.check();
			this.nextClockCheck = now + OutboxClockGuard.INTERVAL.toNanos();
		}
	}

	/**
	 * Look for what any instance left over. With many rows that wait for others with the
	 * same ordering key this takes long, and then it is done less often.
	 */
	private void poll() {
		boolean likely = this.pollNow;
		this.pollNow = false;
		long start = System.nanoTime();
		this.nextPoll = start + this.settings.pollInterval().toNanos();
		// a power of two, so that there are few different statements, whose plans the
		// database remembers. After a failure a single row shows whether it was too much
		BackgroundLoop running = this.loop;
		int limit = (running == null || !running.isFailing()) ? Integer.highestOneBit(room()) : 1;
		List<OutboxRow> due = this.store.claimDue(limit, this.brakes.paused(), likely);
		send(due);
		this.nextPoll = Math.max(this.nextPoll, start + POLL_SHARE * (System.nanoTime() - start));
		if (due.size() == limit) {
			// there may be more
			this.pollNow = true;
		}
	}

	private void send(List<OutboxRow> rows) {
		for (OutboxRow row : rows) {
			OutboxClaims.Claim claim = this.underWay.add(row);
			if (claim != null) {
				this.requests.send(row, claim);
			}
		}
	}

	private void record() {
		List<OutboxOutcome> ended = this.requests.takeOutcomes(BATCH);
		if (ended.isEmpty()) {
			return;
		}
		List<OutboxOutcome> stored;
		try {
			stored = this.recorder.store(ended);
		}
		catch (RuntimeException | Error ex) {
			// their rows count as under way, and are renewed, until this can be stored
			this.requests.giveBack(ended);
			throw ex;
		}
		for (OutboxOutcome outcome : ended) {
			this.underWay.remove(outcome.row());
			if (!outcome.givenBack()) {
				this.brakes.ended(outcome);
			}
		}
		for (OutboxOutcome outcome : stored) {
			String orderingKey = outcome.row().orderingKey();
			if (orderingKey != null && (outcome.runId() != null || outcome.parked())) {
				// the next one of the same key may go now
				this.keys.add(orderingKey);
			}
			if (!outcome.givenBack()) {
				this.recorder.report(outcome);
			}
		}
	}

	/**
	 * Wait for what is on its way to the server, and write down what became of it. The
	 * rest is for another instance, or for the next start.
	 */
	private void drain() {
		long end = System.nanoTime() + STOP.toNanos();
		this.requests.close();
		// an interrupt would make waits and the connection pool give up
		Thread.interrupted();
		try {
			record();
			while (!this.underWay.isEmpty() && System.nanoTime() - end < 0) {
				LockSupport.parkNanos(this, 10_000_000);
				record();
			}
		}
		catch (RuntimeException | Error ex) {
			logger.warn("The outcomes of " + this.underWay.size()
					+ " triggers could not be stored; they will be determined again: " + ex.getMessage());
		}
	}

}

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

package dev.trigger.emulator.state;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import dev.trigger.emulator.http.InternalErrors;
import org.jspecify.annotations.Nullable;

/**
 * The emulated server's time: runs by itself, and can be moved forward by a test.
 *
 * @since 1.0.0
 */
public final class VirtualClock implements AutoCloseable {

	private static final long FAR_AWAY = Duration.ofDays(1).toMillis();

	private final Clock clock;

	private final ScheduledThreadPoolExecutor executor = new ScheduledThreadPoolExecutor(1, (task) -> {
		Thread thread = new Thread(task, "trigger-emulator-timeline");
		thread.setDaemon(true);
		return thread;
	});

	private final PriorityQueue<Entry> entries = new PriorityQueue<>(
			Comparator.comparingLong(Entry::at).thenComparingLong(Entry::number));

	private Duration offset = Duration.ZERO;

	private @Nullable Future<?> alarm;

	/**
	 * When the alarm goes off, by {@link System#nanoTime()}.
	 */
	private long alarmAt;

	private long number;

	/**
	 * Create a timeline.
	 * @param clock where the time comes from
	 */
	public VirtualClock(Clock clock) {
		this.clock = clock;
		// what was canceled is not kept until its time
		this.executor.setRemoveOnCancelPolicy(true);
	}

	/**
	 * Return the time, in whole milliseconds.
	 * @return the time
	 */
	public synchronized Instant now() {
		return this.clock.instant().plus(this.offset).truncatedTo(ChronoUnit.MILLIS);
	}

	/**
	 * Do something at a time. A time in the past means soon.
	 * @param at the time
	 * @param action what to do
	 */
	public synchronized void schedule(Instant at, Runnable action) {
		this.entries.add(new Entry(at.toEpochMilli(), this.number++, action));
		setAlarm();
	}

	/**
	 * Do something soon, by the time of the machine, whatever the time of the emulator.
	 * @param delay how soon
	 * @param action what to do
	 * @return what cancels it
	 */
	public Future<?> soon(Duration delay, Runnable action) {
		try {
			return this.executor.schedule(() -> InternalErrors.run("timer", action), delay.toNanos(),
					TimeUnit.NANOSECONDS);
		}
		catch (RejectedExecutionException ex) {
			// closed: nothing happens any more
			return CompletableFuture.completedFuture(null);
		}
	}

	/**
	 * Move the time forward and do at once all that was due until then.
	 * @param duration how far
	 */
	public void advance(Duration duration) {
		advance(duration, () -> {
		});
	}

	/**
	 * Move the time forward and do at once all that was due until then, in order.
	 * @param duration how far
	 * @param settle waits until what an action has started is done
	 */
	void advance(Duration duration, Runnable settle) {
		// what has begun may have more to do within that time
		settle.run();
		Instant target;
		synchronized (this) {
			target = now().plus(duration);
		}
		// step by step, so that each action sees the time at which it was due
		for (Entry entry = poll(target); entry != null; entry = poll(target)) {
			moveTo(Instant.ofEpochMilli(entry.at()));
			entry.run();
			settle.run();
		}
		moveTo(target);
		synchronized (this) {
			// what is due next is due earlier now
			setAlarm();
		}
	}

	/**
	 * Forget what was to happen, and go back to the time of the clock.
	 */
	public synchronized void reset() {
		this.entries.clear();
		this.offset = Duration.ZERO;
	}

	@Override
	public void close() {
		this.executor.shutdownNow();
	}

	private synchronized void moveTo(Instant target) {
		Duration ahead = Duration.between(now(), target);
		if (!ahead.isNegative()) {
			this.offset = this.offset.plus(ahead);
		}
	}

	private void runDue() {
		synchronized (this) {
			this.alarm = null;
		}
		try {
			for (Entry entry = poll(now()); entry != null; entry = poll(now())) {
				entry.run();
			}
		}
		finally {
			synchronized (this) {
				setAlarm();
			}
		}
	}

	private synchronized @Nullable Entry poll(Instant until) {
		Entry next = this.entries.peek();
		return (next != null && next.at() <= until.toEpochMilli()) ? this.entries.poll() : null;
	}

	/**
	 * Set the one alarm to the time of the first entry.
	 */
	private void setAlarm() {
		Entry next = this.entries.peek();
		if (next == null) {
			return;
		}
		long wait = Math.max(0, Math.min(FAR_AWAY, next.at() - now().toEpochMilli()));
		long at = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(wait);
		if (this.alarm != null) {
			if (this.alarmAt - at <= 0) {
				return;
			}
			this.alarm.cancel(false);
		}
		this.alarmAt = at;
		this.alarm = soon(Duration.ofMillis(wait), this::runDue);
	}

	private record Entry(long at, long number, Runnable action) {

		/**
		 * Do what was to be done. A failure does not keep others from their turn.
		 */
		void run() {
			InternalErrors.run("what was due", this.action);
		}

	}

}

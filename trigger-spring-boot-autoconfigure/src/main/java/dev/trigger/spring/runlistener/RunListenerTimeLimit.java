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
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

import dev.trigger.spring.http.Durations;
import dev.trigger.spring.runlistener.RunEventStore.ThrowingRunnable;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.scheduler.Scheduler;

/**
 * The time that a listener has. One that takes longer is interrupted, and has failed
 * whatever it returns, so that its transaction is rolled back. One that can't be
 * interrupted, such as in a socket without a timeout, gives its place to another.
 */
final class RunListenerTimeLimit {

	/**
	 * How long an interrupted listener has to end at most.
	 */
	private static final Duration GRACE = Duration.ofSeconds(10);

	private static final Log logger = LogFactory.getLog(RunDispatcher.class);

	private final Duration limit;

	private final Duration grace;

	private final Scheduler scheduler;

	/**
	 * Create a limit.
	 * @param limit the time that a listener has, zero for as long as it takes
	 * @param scheduler watches the time
	 */
	RunListenerTimeLimit(Duration limit, Scheduler scheduler) {
		this.limit = Durations.bounded(limit);
		this.grace = (limit.compareTo(GRACE) < 0) ? limit : GRACE;
		this.scheduler = scheduler;
	}

	/**
	 * Call a listener on this thread.
	 * @param what what is called, for the log
	 * @param handler the listener
	 * @param stuck is called if the listener does not end although it was interrupted
	 * @throws TimeoutException if it took longer than it may
	 * @throws Exception if it failed
	 */
	void call(String what, ThrowingRunnable handler, Runnable stuck) throws Exception {
		if (this.limit.isZero()) {
			handler.run();
			return;
		}
		Call call = new Call(what, stuck);
		try {
			handler.run();
		}
		catch (Exception | Error ex) {
			if (call.end()) {
				throw ex;
			}
			throw timedOut(ex);
		}
		if (!call.end()) {
			throw timedOut(null);
		}
	}

	private TimeoutException timedOut(@Nullable Throwable cause) {
		TimeoutException timeout = new TimeoutException("It took longer than " + this.limit.toMillis()
				+ " ms ('trigger.run-listener.timeout') and was interrupted; what it wrote is rolled back");
		timeout.initCause(cause);
		return timeout;
	}

	/**
	 * A call, on the thread that creates this.
	 */
	private final class Call {

		private final String what;

		private final Runnable stuck;

		private final Thread thread = Thread.currentThread();

		private final Disposable.Swap timer = Disposables.swap();

		private boolean timedOut;

		private boolean ended;

		Call(String what, Runnable stuck) {
			this.what = what;
			this.stuck = stuck;
			after(RunListenerTimeLimit.this.limit, this::interrupt);
		}

		/**
		 * Locked, so that an action finds the timer that has started it.
		 */
		private synchronized void after(Duration time, Runnable action) {
			this.timer.update(RunListenerTimeLimit.this.scheduler.schedule(action, Durations.millis(time),
					TimeUnit.MILLISECONDS));
		}

		private synchronized void interrupt() {
			if (!this.ended) {
				this.timedOut = true;
				this.thread.interrupt();
				after(RunListenerTimeLimit.this.grace, this::report);
			}
		}

		private synchronized void report() {
			if (!this.ended) {
				logger.error("The listener " + this.what + " was interrupted after "
						+ RunListenerTimeLimit.this.limit.toMillis() + " ms ('trigger.run-listener.timeout'), and has "
						+ "not ended. It keeps its connection to the database, and its run is not handled before it "
						+ "ends. Set a timeout on whatever it waits for. It is at"
						+ Arrays.stream(this.thread.getStackTrace())
							.map((frame) -> "\n\tat " + frame)
							.collect(Collectors.joining()));
				this.stuck.run();
				// once more, since the listener may have ignored the first interrupt
				this.thread.interrupt();
			}
		}

		/**
		 * The listener has ended. No interrupt of this class is left behind, which the
		 * rollback would suffer from.
		 * @return whether it did so in time
		 */
		synchronized boolean end() {
			this.ended = true;
			this.timer.dispose();
			if (this.timedOut) {
				Thread.interrupted();
			}
			return !this.timedOut;
		}

	}

}

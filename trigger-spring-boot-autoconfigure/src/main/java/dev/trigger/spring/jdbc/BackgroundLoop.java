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

package dev.trigger.spring.jdbc;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

import org.jspecify.annotations.Nullable;

/**
 * Repeats a step on a thread of its own until it is stopped. Nothing else ends it: after
 * an exception or an error of the JVM it goes on when the pause is over that the handler
 * of failures asks for, and an interrupt that comes from elsewhere is cleared before the
 * next step.
 *
 * @since 1.0.0
 * @hidden shared by the packages of the client, not an API for applications
 */
public final class BackgroundLoop implements Runnable {

	private static final Duration DEFAULT_PAUSE = Duration.ofSeconds(1);

	private static final Duration LONGEST_PAUSE = Duration.ofDays(1);

	private final Step step;

	private final FailureHandler failureHandler;

	private volatile boolean stopped;

	private volatile @Nullable Thread thread;

	private int failures;

	/**
	 * Create a loop.
	 * @param step what is repeated
	 * @param failureHandler is called when the step failed
	 */
	public BackgroundLoop(Step step, FailureHandler failureHandler) {
		this.step = step;
		this.failureHandler = failureHandler;
	}

	/**
	 * Repeat the step until it is the last one, or the loop is stopped.
	 */
	@Override
	public void run() {
		this.thread = Thread.currentThread();
		while (!this.stopped) {
			// code that was called in the last step may have left an interrupt behind.
			// That of stop() comes after the flag is set
			boolean stray = Thread.interrupted();
			if (stray && this.stopped) {
				return;
			}
			Duration pause = runStep();
			if (pause == null) {
				return;
			}
			pause(pause);
		}
	}

	private @Nullable Duration runStep() {
		try {
			Duration pause = this.step.run();
			if (this.failures > 0) {
				recovered();
			}
			return pause;
		}
		catch (InterruptedException ex) {
			return Duration.ZERO;
		}
		catch (Exception | Error ex) {
			return this.stopped ? null : failed(ex);
		}
	}

	private Duration failed(Throwable failure) {
		this.failures++;
		try {
			return this.failureHandler.failed(failure, this.failures);
		}
		catch (RuntimeException | Error ex) {
			// the handler failed itself, such as for lack of memory when it logged
			return DEFAULT_PAUSE;
		}
	}

	private void recovered() {
		int before = this.failures;
		this.failures = 0;
		try {
			this.failureHandler.recovered(before);
		}
		catch (RuntimeException | Error ex) {
			// the step succeeded, and must not be repeated because its report failed
		}
	}

	private void pause(Duration pause) {
		long start = System.nanoTime();
		long whole = nanos(pause);
		long left = whole;
		while (left > 0 && !this.stopped && !Thread.currentThread().isInterrupted()) {
			LockSupport.parkNanos(this, left);
			if (this.failures == 0) {
				// woken up, or it is time
				return;
			}
			left = whole - (System.nanoTime() - start);
		}
	}

	private static long nanos(Duration pause) {
		return (pause.compareTo(LONGEST_PAUSE) < 0) ? pause.toNanos() : LONGEST_PAUSE.toNanos();
	}

	/**
	 * End a pause, unless it is one after a failure.
	 */
	public void wakeUp() {
		LockSupport.unpark(this.thread);
	}

	/**
	 * Start no further step, and end a pause.
	 */
	public void stop() {
		this.stopped = true;
		LockSupport.unpark(this.thread);
	}

	/**
	 * Stop something that has such loops, for the lifecycle of an application. It is not
	 * done on the thread that closes the application: the time for its phase may be
	 * shorter.
	 * @param name the name of the thread
	 * @param stop stops it
	 * @param callback is called when it has stopped
	 */
	public static void stopInBackground(String name, Runnable stop, Runnable callback) {
		Thread thread = new Thread(() -> {
			try {
				stop.run();
			}
			finally {
				callback.run();
			}
		}, name);
		thread.setDaemon(true);
		thread.start();
	}

	/**
	 * Return whether the loop was stopped.
	 * @return whether no further step is started
	 */
	public boolean isStopped() {
		return this.stopped;
	}

	/**
	 * Return whether the last step failed. Only the step itself may ask.
	 * @return whether the last step failed
	 */
	public boolean isFailing() {
		return this.failures > 0;
	}

	/**
	 * What is repeated.
	 */
	@FunctionalInterface
	public interface Step {

		/**
		 * Do what is to be done now.
		 * @return how long to pause, {@code null} if this was the last step
		 * @throws InterruptedException if the thread was interrupted, which does not
		 * count as a failure
		 * @throws Exception if the step failed
		 */
		@Nullable Duration run() throws Exception;

	}

	/**
	 * Called when a step failed.
	 */
	@FunctionalInterface
	public interface FailureHandler {

		/**
		 * Report a failure.
		 * @param failure why the step failed
		 * @param failures the number of failures in a row
		 * @return how long to pause
		 */
		Duration failed(Throwable failure, int failures);

		/**
		 * Report that a step succeeded again.
		 * @param failures the number of failures in a row before it
		 */
		default void recovered(int failures) {
		}

	}

}

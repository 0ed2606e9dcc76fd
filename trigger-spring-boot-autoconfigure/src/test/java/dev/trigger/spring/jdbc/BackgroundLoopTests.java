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
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link BackgroundLoop}.
 */
class BackgroundLoopTests {

	private static final Duration LONG = Duration.ofDays(365_000);

	private static final long PATIENCE = 60_000;

	private BackgroundLoop loop;

	private Thread thread;

	private void start(BackgroundLoop.Step step, BackgroundLoop.FailureHandler failures) {
		this.loop = new BackgroundLoop(step, failures);
		this.thread = new Thread(this.loop);
		this.thread.setDaemon(true);
		this.thread.start();
	}

	private void awaitEnd() throws InterruptedException {
		this.thread.join(PATIENCE);
		assertThat(this.thread.isAlive()).isFalse();
	}

	@AfterEach
	void stop() {
		if (this.loop != null) {
			this.loop.stop();
		}
	}

	@Test
	void goesOnAfterWhateverFailsUntilTheLastStep() throws Exception {
		List<Throwable> thrown = List.of(new IllegalStateException("1"), new java.io.IOException("2"),
				new NoClassDefFoundError("3"), new OutOfMemoryError("4"));
		Queue<Throwable> left = new ConcurrentLinkedQueue<>(thrown);
		Queue<Throwable> reported = new ConcurrentLinkedQueue<>();
		Queue<Integer> numbers = new ConcurrentLinkedQueue<>();
		AtomicInteger steps = new AtomicInteger();
		start(() -> {
			if (steps.incrementAndGet() == 3) {
				// one that works begins the number anew
				return Duration.ZERO;
			}
			Throwable next = left.poll();
			if (next instanceof Error error) {
				throw error;
			}
			if (next instanceof Exception exception) {
				throw exception;
			}
			return null;
		}, (failure, failures) -> {
			reported.add(failure);
			numbers.add(failures);
			return Duration.ZERO;
		});
		awaitEnd();
		assertThat(reported).containsExactlyElementsOf(thrown);
		assertThat(numbers).containsExactly(1, 2, 1, 2);
	}

	@Test
	void reportsOnceThatItWorksAgainAndAfterHowManyFailures() throws Exception {
		Queue<Integer> recovered = new ConcurrentLinkedQueue<>();
		Queue<Boolean> failing = new ConcurrentLinkedQueue<>();
		AtomicInteger steps = new AtomicInteger();
		start(() -> {
			failing.add(this.loop.isFailing());
			int step = steps.incrementAndGet();
			if (step == 2 || step == 3 || step == 6) {
				throw new IllegalStateException();
			}
			return (step < 8) ? Duration.ZERO : null;
		}, new BackgroundLoop.FailureHandler() {

			@Override
			public Duration failed(Throwable failure, int failures) {
				return Duration.ZERO;
			}

			@Override
			public void recovered(int failures) {
				recovered.add(failures);
				throw new IllegalStateException("of whoever reports");
			}

		});
		awaitEnd();
		assertThat(recovered).containsExactly(2, 1);
		assertThat(failing).containsExactly(false, false, true, true, false, false, true, false);
	}

	@Test
	void goesOnWhenTheFailureCannotBeReported() throws Exception {
		AtomicInteger steps = new AtomicInteger();
		start(() -> {
			if (steps.incrementAndGet() == 1) {
				throw new IllegalStateException();
			}
			return null;
		}, (failure, failures) -> {
			throw new OutOfMemoryError();
		});
		awaitEnd();
		assertThat(steps).hasValue(2);
	}

	@Test
	void interruptThatIsLeftBehindIsOver() throws Exception {
		Queue<Boolean> interrupted = new ConcurrentLinkedQueue<>();
		start(() -> {
			interrupted.add(Thread.currentThread().isInterrupted());
			Thread.currentThread().interrupt();
			if (interrupted.size() == 2) {
				// whatever waits for something
				Thread.sleep(PATIENCE);
			}
			return (interrupted.size() < 4) ? Duration.ZERO : null;
		}, (failure, failures) -> {
			throw new AssertionError(failure);
		});
		awaitEnd();
		assertThat(interrupted).containsExactly(false, false, false, false);
	}

	@Test
	void endsWhereverItIsWhenItIsStoppedAndInterrupted() throws Exception {
		for (boolean fails : List.of(true, false)) {
			CountDownLatch started = new CountDownLatch(1);
			AtomicInteger failures = new AtomicInteger();
			start(() -> {
				started.countDown();
				try {
					Thread.sleep(PATIENCE);
				}
				catch (InterruptedException ex) {
					if (fails) {
						throw new IllegalStateException(ex);
					}
					throw ex;
				}
				return Duration.ZERO;
			}, (failure, number) -> {
				failures.incrementAndGet();
				return LONG;
			});
			assertThat(started.await(PATIENCE, TimeUnit.MILLISECONDS)).isTrue();
			this.loop.stop();
			this.thread.interrupt();
			awaitEnd();
			assertThat(failures).hasValue(0);
			assertThat(this.loop.isStopped()).isTrue();
		}
	}

	@Test
	void pauseEndsByWakeUpAndByStop() throws Exception {
		AtomicInteger steps = new AtomicInteger();
		CountDownLatch second = new CountDownLatch(2);
		start(() -> {
			steps.incrementAndGet();
			second.countDown();
			return LONG;
		}, (failure, failures) -> LONG);
		long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENCE);
		while (steps.get() == 0 && System.nanoTime() < end) {
			LockSupport.parkNanos(1_000_000);
		}
		this.loop.wakeUp();
		assertThat(second.await(PATIENCE, TimeUnit.MILLISECONDS)).isTrue();
		this.loop.stop();
		awaitEnd();
		assertThat(steps).hasValue(2);
	}

	@Test
	void pauseAfterFailureIsNotCutShort() throws Exception {
		AtomicInteger steps = new AtomicInteger();
		CountDownLatch failed = new CountDownLatch(1);
		start(() -> {
			steps.incrementAndGet();
			throw new IllegalStateException();
		}, (failure, failures) -> {
			failed.countDown();
			return LONG;
		});
		assertThat(failed.await(PATIENCE, TimeUnit.MILLISECONDS)).isTrue();
		for (int i = 0; i < 20; i++) {
			this.loop.wakeUp();
			Thread.sleep(5);
		}
		assertThat(steps).hasValue(1);
		this.loop.stop();
		awaitEnd();
	}

}

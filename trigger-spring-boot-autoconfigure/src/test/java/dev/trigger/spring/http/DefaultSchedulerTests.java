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

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.Disposable;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link DefaultScheduler}.
 */
class DefaultSchedulerTests {

	private static final int LONG = 3600;

	private final DefaultScheduler scheduler = new DefaultScheduler();

	private final List<String> done = Collections.synchronizedList(new ArrayList<>());

	private final CountDownLatch blocked = new CountDownLatch(1);

	private static void awaitLatch(CountDownLatch latch) {
		try {
			assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private Runnable task(String name) {
		return () -> this.done.add(name);
	}

	private void awaitDone(String... names) {
		Awaitility.await()
			.dontCatchUncaughtExceptions()
			.untilAsserted(() -> assertThat(this.done).containsExactly(names));
	}

	@ParameterizedTest
	@ValueSource(longs = { -1, 0, 1 })
	void taskRunsOnADaemonOfItsOwnName(long delay) {
		AtomicReference<Thread> thread = new AtomicReference<>();
		this.scheduler.schedule(() -> thread.set(Thread.currentThread()), delay, TimeUnit.MILLISECONDS);
		Awaitility.await().until(() -> thread.get() != null);
		assertThat(thread.get().getName()).startsWith("trigger-worker-");
		assertThat(thread.get().isDaemon()).isTrue();
		assertThat(thread.get().getContextClassLoader()).isSameAs(DefaultScheduler.class.getClassLoader());
	}

	@Test
	void taskThatBlocksHoldsUpNoOther() {
		for (int i = 0; i < 3; i++) {
			this.scheduler.schedule(() -> awaitLatch(this.blocked));
			this.scheduler.schedule(() -> awaitLatch(this.blocked), 1, TimeUnit.MILLISECONDS);
		}
		this.scheduler.schedule(task("at once"));
		awaitDone("at once");
		this.scheduler.schedule(task("later"), 1, TimeUnit.MILLISECONDS);
		awaitDone("at once", "later");
		this.blocked.countDown();
	}

	@Test
	void moreTasksThanThreadsAreKeptUntilOneIsFree() {
		AtomicInteger begun = new AtomicInteger();
		for (int i = 0; i < 80; i++) {
			this.scheduler.schedule(() -> {
				begun.incrementAndGet();
				awaitLatch(this.blocked);
				this.done.add("done");
			});
		}
		Awaitility.await().until(() -> begun.get() == 64);
		this.blocked.countDown();
		Awaitility.await().untilAsserted(() -> assertThat(this.done).hasSize(80));
	}

	@Test
	void taskThatIsCanceledDoesNotRun() {
		this.scheduler.schedule(task("never"), LONG, TimeUnit.SECONDS).dispose();
		Disposable soon = this.scheduler.schedule(task("not"), 50, TimeUnit.MILLISECONDS);
		soon.dispose();
		assertThat(soon.isDisposed()).isTrue();
		this.scheduler.schedule(task("yes"), 100, TimeUnit.MILLISECONDS);
		awaitDone("yes");
	}

	@Test
	void tasksAreDecoratedAsThoseOfOtherSchedulers() {
		Schedulers.onScheduleHook("test", (task) -> () -> {
			this.done.add("hook");
			task.run();
		});
		try {
			this.scheduler.schedule(task("at once"));
			awaitDone("hook", "at once");
			this.scheduler.schedule(task("later"), 1, TimeUnit.MILLISECONDS);
			awaitDone("hook", "at once", "hook", "later");
		}
		finally {
			Schedulers.resetOnScheduleHook("test");
		}
	}

	@Test
	void workerRunsOneTaskAfterTheOther() {
		Scheduler.Worker worker = this.scheduler.createWorker();
		CountDownLatch begun = new CountDownLatch(1);
		worker.schedule(() -> {
			begun.countDown();
			awaitLatch(this.blocked);
			this.done.add("first");
		});
		awaitLatch(begun);
		worker.schedule(() -> {
			this.done.add("second");
			throw new IllegalStateException("expected");
		});
		worker.schedule(task("third"), 0, TimeUnit.MILLISECONDS);
		Disposable canceled = worker.schedule(task("canceled"));
		canceled.dispose();
		this.scheduler.schedule(task("of nobody"));
		awaitDone("of nobody");
		this.blocked.countDown();
		awaitDone("of nobody", "first", "second", "third");
		worker.schedule(task("fourth"));
		awaitDone("of nobody", "first", "second", "third", "fourth");
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 3600 })
	void taskCanBeCanceled(int delay) {
		Disposable task = this.scheduler.schedule(() -> {
		}, delay, TimeUnit.SECONDS);
		assertThat(task.isDisposed()).isFalse();
		task.dispose();
		assertThat(task.isDisposed()).isTrue();
	}

	@Test
	void workerNeedsOneTaskOfTheSchedulerForEachOfItsOwn() {
		Scheduler.Worker worker = this.scheduler.createWorker();
		AtomicInteger scheduled = new AtomicInteger();
		Schedulers.onScheduleHook("test", (task) -> {
			scheduled.incrementAndGet();
			return task;
		});
		try {
			worker.schedule(task("first"));
			awaitDone("first");
			worker.schedule(task("second"));
			awaitDone("first", "second");
			worker.schedule(task("third"));
			awaitDone("first", "second", "third");
			assertThat(scheduled).hasValue(3);
		}
		finally {
			Schedulers.resetOnScheduleHook("test");
		}
	}

	@Test
	void taskOfAWorkerRunsWithTheContextThatItWasScheduledIn() {
		ThreadLocal<String> context = new ThreadLocal<>();
		Schedulers.onScheduleHook("test", (task) -> {
			String captured = context.get();
			return () -> {
				context.set(captured);
				task.run();
			};
		});
		try {
			Scheduler.Worker worker = this.scheduler.createWorker();
			context.set("first");
			worker.schedule(() -> awaitLatch(this.blocked));
			context.set("second");
			worker.schedule(() -> this.done.add(context.get()));
			context.set("third");
			worker.schedule(() -> this.done.add(context.get()), 1, TimeUnit.MILLISECONDS);
			this.blocked.countDown();
			Awaitility.await().untilAsserted(() -> assertThat(this.done).containsExactlyInAnyOrder("second", "third"));
		}
		finally {
			Schedulers.resetOnScheduleHook("test");
		}
	}

	@Test
	void workerForgetsATimerThatIsCanceled() {
		Scheduler.Worker worker = this.scheduler.createWorker();
		WeakReference<Disposable> timer = new WeakReference<>(worker.schedule(task("timer"), LONG, TimeUnit.SECONDS));
		Optional.ofNullable(timer.get()).ifPresent(Disposable::dispose);
		Awaitility.await().until(() -> {
			System.gc();
			return timer.get() == null;
		});
		assertThat(worker.isDisposed()).isFalse();
	}

	@Test
	void workerThatIsDisposedRunsNothingMore() {
		Scheduler.Worker worker = this.scheduler.createWorker();
		assertThat(worker.isDisposed()).isFalse();
		Disposable timer = worker.schedule(task("timer"), LONG, TimeUnit.SECONDS);
		CountDownLatch begun = new CountDownLatch(1);
		worker.schedule(() -> {
			begun.countDown();
			awaitLatch(this.blocked);
		});
		awaitLatch(begun);
		worker.schedule(task("waits"));
		worker.dispose();
		assertThat(worker.isDisposed()).isTrue();
		assertThat(timer.isDisposed()).isTrue();
		this.blocked.countDown();
		worker.schedule(task("too late"));
		Scheduler.Worker other = this.scheduler.createWorker();
		other.schedule(task("other"), 20, TimeUnit.MILLISECONDS);
		awaitDone("other");
	}

}

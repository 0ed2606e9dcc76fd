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
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedTransferQueue;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * The clock and the timer of clients, run listeners and the outbox, shared by those of a
 * JVM. It uses none of Reactor's own schedulers: tests replace them by virtual time,
 * applications shut them down, and a client would go on waiting for a clock that stands
 * still.
 * <p>
 * One thread waits; what is due runs on others, as many as needed, so that a receiver
 * that blocks holds up no other. Threads are daemons and end when there is nothing to do.
 *
 * @since 1.0.0
 * @hidden shared by the packages of the client, not an API for applications
 */
public final class DefaultScheduler implements Scheduler {

	private static final int MAX_THREADS = 64;

	private static final Duration IDLE = Duration.ofSeconds(10);

	@Override
	public Disposable schedule(Runnable task) {
		Disposable.Swap running = Disposables.swap();
		Runnable decorated = Schedulers.onSchedule(task);
		execute(decorated, running);
		return running;
	}

	@Override
	public Disposable schedule(Runnable task, long delay, TimeUnit unit) {
		if (delay <= 0) {
			return schedule(task);
		}
		Runnable decorated = Schedulers.onSchedule(task);
		Disposable.Swap running = Disposables.swap();
		Future<?> timer = start(() -> execute(decorated, running), delay, unit);
		running.replace(() -> cancel(timer));
		return running;
	}

	// These may wait a moment for a lock of the pool or of the timer's queue, as those
	// of Reactor do: see TriggerBlockHoundIntegration

	private static void execute(Runnable task, Disposable running) {
		Threads.WORKERS.execute(() -> {
			if (!running.isDisposed()) {
				task.run();
			}
		});
	}

	private static Future<?> start(Runnable task, long delay, TimeUnit unit) {
		return Threads.TIMER.schedule(task, delay, unit);
	}

	private static void cancel(Future<?> timer) {
		timer.cancel(false);
	}

	@Override
	public Worker createWorker() {
		return new SerialWorker();
	}

	private static final class Threads {

		static final ThreadPoolExecutor WORKERS = workers();

		static final ScheduledThreadPoolExecutor TIMER = timer();

		private static ThreadPoolExecutor workers() {
			Handover queue = new Handover();
			return new ThreadPoolExecutor(0, MAX_THREADS, IDLE.toMillis(), TimeUnit.MILLISECONDS, queue,
					factory("trigger-worker-"), (task, pool) -> queue.keep(task));
		}

		private static ScheduledThreadPoolExecutor timer() {
			ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1, factory("trigger-timer-"));
			timer.setKeepAliveTime(IDLE.toMillis(), TimeUnit.MILLISECONDS);
			timer.allowCoreThreadTimeOut(true);
			timer.setRemoveOnCancelPolicy(true);
			return timer;
		}

		private static ThreadFactory factory(String prefix) {
			AtomicInteger count = new AtomicInteger();
			return (task) -> {
				Thread thread = new Thread(null, task, prefix + count.incrementAndGet(), 0, false);
				thread.setDaemon(true);
				// not the class loader of the application that needs the thread first
				thread.setContextClassLoader(DefaultScheduler.class.getClassLoader());
				return thread;
			};
		}

	}

	/**
	 * Takes a task only if a thread waits for one, so that the pool starts another thread
	 * otherwise. What the pool can't run then is kept until a thread is free.
	 */
	private static final class Handover extends LinkedTransferQueue<Runnable> {

		private static final long serialVersionUID = 1L;

		@Override
		public boolean offer(Runnable task) {
			return tryTransfer(task);
		}

		private void keep(Runnable task) {
			super.offer(task);
		}

	}

	/**
	 * Runs its tasks one after the other.
	 */
	private static final class SerialWorker implements Worker {

		private static final Disposable NEVER = Disposables.never();

		private final Disposable.Composite timers = Disposables.composite();

		private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();

		private final AtomicInteger pending = new AtomicInteger();

		@Override
		public Disposable schedule(Runnable task) {
			Disposable.Swap running = Disposables.swap();
			enqueue(Schedulers.onSchedule(task), running);
			return running;
		}

		@Override
		public Disposable schedule(Runnable task, long delay, TimeUnit unit) {
			if (delay <= 0) {
				return schedule(task);
			}
			Runnable decorated = Schedulers.onSchedule(task);
			Disposable.Swap running = Disposables.swap();
			this.timers.add(running);
			Future<?> timer = start(() -> {
				this.timers.remove(running);
				enqueue(decorated, running);
			}, delay, unit);
			running.replace(() -> {
				cancel(timer);
				this.timers.remove(running);
			});
			return running;
		}

		/**
		 * Each task is decorated by itself: what runs them one after the other would give
		 * a task the context of the one before.
		 */
		private void enqueue(Runnable task, Disposable running) {
			this.tasks.add(() -> {
				if (!running.isDisposed() && !isDisposed()) {
					task.run();
				}
			});
			if (this.pending.getAndIncrement() == 0) {
				execute(this::next, NEVER);
			}
		}

		private void next() {
			Runnable task = this.tasks.remove();
			try {
				task.run();
			}
			finally {
				if (this.pending.decrementAndGet() > 0) {
					execute(this::next, NEVER);
				}
			}
		}

		@Override
		public void dispose() {
			this.timers.dispose();
		}

		@Override
		public boolean isDisposed() {
			return this.timers.isDisposed();
		}

	}

}

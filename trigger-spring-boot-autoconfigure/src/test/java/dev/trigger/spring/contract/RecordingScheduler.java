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

package dev.trigger.spring.contract;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntSupplier;

import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * A scheduler whose clock jumps forward instead of letting anyone wait. It keeps how long
 * each wait would have been, and after which request it was.
 */
public final class RecordingScheduler implements Scheduler {

	/**
	 * The least time limit. No wait is longer than an hour and its jitter: what is due
	 * later limits the time of waits, and must not make the clock jump there.
	 */
	public static final Duration LEAST_LIMIT = Duration.ofMinutes(61);

	private final Scheduler threads = Schedulers.boundedElastic();

	private final List<Wait> waits = new CopyOnWriteArrayList<>();

	private final AtomicLong now;

	private final IntSupplier requests;

	/**
	 * Create a scheduler.
	 * @param start what the clock says at first
	 * @param requests tells how many requests the server has had so far
	 */
	public RecordingScheduler(Instant start, IntSupplier requests) {
		this.now = new AtomicLong(start.toEpochMilli());
		this.requests = requests;
	}

	Instant now() {
		return Instant.ofEpochMilli(this.now.get());
	}

	/**
	 * Return how long was waited between two requests.
	 * @param request the number of the first of them, counted from 1
	 * @return the time
	 */
	Duration waitedAfter(int request) {
		return this.waits.stream()
			.filter((wait) -> wait.request() == request)
			.map(Wait::duration)
			.reduce(Duration.ZERO, Duration::plus);
	}

	@Override
	public Disposable schedule(Runnable task) {
		return this.threads.schedule(task);
	}

	@Override
	public Disposable schedule(Runnable task, long delay, TimeUnit unit) {
		if (isTimeLimit(delay, unit)) {
			return Disposables.single();
		}
		pass(delay, unit);
		return this.threads.schedule(task);
	}

	private static boolean isTimeLimit(long delay, TimeUnit unit) {
		return unit.toMillis(delay) >= LEAST_LIMIT.toMillis();
	}

	private void pass(long delay, TimeUnit unit) {
		if (delay > 0) {
			Duration duration = Duration.of(delay, unit.toChronoUnit());
			this.waits.add(new Wait(this.requests.getAsInt(), duration));
			this.now.addAndGet(duration.toMillis());
		}
	}

	@Override
	public Disposable schedulePeriodically(Runnable task, long initialDelay, long period, TimeUnit unit) {
		throw new RejectedExecutionException("Periodic tasks would run without a pause: wait again after each run");
	}

	@Override
	public long now(TimeUnit unit) {
		return unit.convert(this.now.get(), TimeUnit.MILLISECONDS);
	}

	@Override
	public Worker createWorker() {
		Worker worker = this.threads.createWorker();
		return new Worker() {

			@Override
			public Disposable schedule(Runnable task) {
				return worker.schedule(task);
			}

			@Override
			public Disposable schedule(Runnable task, long delay, TimeUnit unit) {
				pass(delay, unit);
				return worker.schedule(task);
			}

			@Override
			public void dispose() {
				worker.dispose();
			}

			@Override
			public boolean isDisposed() {
				return worker.isDisposed();
			}

		};
	}

	/**
	 * A wait.
	 *
	 * @param request how many requests there had been before
	 * @param duration how long it would have been
	 */
	private record Wait(int request, Duration duration) {

	}

}

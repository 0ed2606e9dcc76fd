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

import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * Reactor's parallel scheduler, which is made with its first use: no wait is due when the
 * application starts.
 */
final class DefaultScheduler implements Scheduler {

	private volatile @Nullable Scheduler parallel;

	@Override
	public Disposable schedule(Runnable task) {
		return parallel().schedule(task);
	}

	@Override
	public Disposable schedule(Runnable task, long delay, TimeUnit unit) {
		return parallel().schedule(task, delay, unit);
	}

	@Override
	public Disposable schedulePeriodically(Runnable task, long initialDelay, long period, TimeUnit unit) {
		return parallel().schedulePeriodically(task, initialDelay, period, unit);
	}

	@Override
	public long now(TimeUnit unit) {
		return parallel().now(unit);
	}

	@Override
	public Worker createWorker() {
		return parallel().createWorker();
	}

	private Scheduler parallel() {
		Scheduler present = this.parallel;
		if (present == null) {
			// the same one for whoever asks
			present = Schedulers.parallel();
			this.parallel = present;
		}
		return present;
	}

}

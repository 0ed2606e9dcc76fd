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
import java.util.concurrent.TimeUnit;

import reactor.core.Disposable;
import reactor.core.scheduler.Scheduler;
import reactor.test.scheduler.VirtualTimeScheduler;

/**
 * A scheduler whose time of the day is set while time goes on, as that of a machine may
 * be. As with every scheduler of Reactor only its nanoseconds are not of the day.
 */
final class JumpingClock implements Scheduler {

	private final VirtualTimeScheduler time = VirtualTimeScheduler.create();

	private long jumped;

	void jump(Duration duration) {
		this.jumped += duration.toMillis();
	}

	void advance(Duration duration) {
		this.time.advanceTimeBy(duration);
	}

	@Override
	public long now(TimeUnit unit) {
		boolean ofTheDay = unit.compareTo(TimeUnit.MILLISECONDS) >= 0;
		return this.time.now(unit) + (ofTheDay ? unit.convert(this.jumped, TimeUnit.MILLISECONDS) : 0);
	}

	@Override
	public Disposable schedule(Runnable task) {
		return this.time.schedule(task);
	}

	@Override
	public Disposable schedule(Runnable task, long delay, TimeUnit unit) {
		return this.time.schedule(task, delay, unit);
	}

	@Override
	public Worker createWorker() {
		return this.time.createWorker();
	}

}

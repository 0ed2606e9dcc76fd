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
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;

import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Scheduler;
import reactor.test.scheduler.VirtualTimeScheduler;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link SilenceGuard}.
 */
class SilenceGuardTests {

	private final JumpingClock clock = new JumpingClock();

	private final AtomicReference<Throwable> failure = new AtomicReference<>();

	private void watch() {
		SilenceGuard.watch(Flux.never(), Duration.ofSeconds(45), this.clock).subscribe((element) -> {
		}, this.failure::set);
	}

	@Test
	void failsABodyOfWhichNothingComes() {
		watch();
		this.clock.time.advanceTimeBy(Duration.ofSeconds(44));
		assertThat(this.failure).hasNullValue();
		this.clock.time.advanceTimeBy(Duration.ofSeconds(2));
		assertThat(this.failure.get()).isInstanceOf(TimeoutException.class);
	}

	@Test
	void findsSilenceAlsoAfterTheClockWasSetBack() {
		watch();
		this.clock.jumped = -Duration.ofHours(1).toMillis();
		this.clock.time.advanceTimeBy(Duration.ofSeconds(91));
		assertThat(this.failure.get()).isInstanceOf(TimeoutException.class);
	}

	/**
	 * A clock that is set while time goes on.
	 */
	private static final class JumpingClock implements Scheduler {

		private final VirtualTimeScheduler time = VirtualTimeScheduler.create();

		private long jumped;

		@Override
		public long now(TimeUnit unit) {
			return this.time.now(unit) + unit.convert(this.jumped, TimeUnit.MILLISECONDS);
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

}

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
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

import dev.trigger.spring.runlistener.RunEventStore.ThrowingRunnable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.test.scheduler.VirtualTimeScheduler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for {@link RunListenerTimeLimit} and {@link RunPermits}, in virtual time.
 */
class RunListenerTimeLimitTests {

	private static final Duration LIMIT = Duration.ofMinutes(5);

	private final VirtualTimeScheduler time = VirtualTimeScheduler.create();

	private final RunListenerTimeLimit limit = new RunListenerTimeLimit(LIMIT, this.time);

	private final AtomicInteger stuck = new AtomicInteger();

	@AfterEach
	void noInterruptIsLeftBehind() {
		assertThat(Thread.interrupted()).isFalse();
		this.time.dispose();
	}

	private void call(ThrowingRunnable handler) throws Exception {
		this.limit.call("'test'", handler, this.stuck::incrementAndGet);
	}

	@Test
	void listenerThatEndsInTimeIsLeftAlone() throws Exception {
		call(() -> this.time.advanceTimeBy(LIMIT.minusMillis(1)));
		assertThatIllegalStateException().isThrownBy(() -> call(() -> {
			throw new IllegalStateException("its own");
		})).withMessage("its own");
		this.time.advanceTimeBy(LIMIT.multipliedBy(3));
		assertThat(this.stuck).hasValue(0);
	}

	@Test
	void listenerThatTakesLongerIsInterrupted() {
		assertThatExceptionOfType(TimeoutException.class).isThrownBy(() -> call(() -> {
			this.time.advanceTimeBy(LIMIT);
			Thread.sleep(60_000);
		})).withMessageContaining("300000 ms").withCauseInstanceOf(InterruptedException.class);
		assertThat(this.stuck).hasValue(0);
	}

	@Test
	void publisherThatTakesLongerIsCanceled() {
		AtomicReference<String> signal = new AtomicReference<>();
		assertThatExceptionOfType(TimeoutException.class).isThrownBy(() -> call(() -> {
			this.time.advanceTimeBy(LIMIT);
			Mono.never().doOnCancel(() -> signal.set("canceled")).block();
		}));
		assertThat(signal).hasValue("canceled");
	}

	@Test
	void listenerThatReturnsTooLateHasFailed() {
		assertThatExceptionOfType(TimeoutException.class).isThrownBy(() -> call(() -> this.time.advanceTimeBy(LIMIT)))
			.withNoCause();
	}

	@Test
	void listenerThatIgnoresTheInterruptIsStuck() {
		assertThatExceptionOfType(TimeoutException.class).isThrownBy(() -> call(() -> {
			this.time.advanceTimeBy(LIMIT);
			assertThat(Thread.interrupted()).isTrue();
			this.time.advanceTimeBy(Duration.ofSeconds(9));
			assertThat(this.stuck).hasValue(0);
			this.time.advanceTimeBy(Duration.ofSeconds(1));
			assertThat(this.stuck).hasValue(1);
			assertThat(Thread.interrupted()).as("once more").isTrue();
			this.time.advanceTimeBy(LIMIT);
		}));
		assertThat(this.stuck).hasValue(1);
	}

	@Test
	void zeroIsNoLimit() throws Exception {
		new RunListenerTimeLimit(Duration.ZERO, this.time).call("'test'",
				() -> this.time.advanceTimeBy(Duration.ofDays(365)), this.stuck::incrementAndGet);
		new RunListenerTimeLimit(Duration.ofSeconds(Long.MAX_VALUE), this.time).call("'test'",
				() -> this.time.advanceTimeBy(Duration.ofDays(365)), this.stuck::incrementAndGet);
		assertThat(this.stuck).hasValue(0);
	}

	@Test
	void stuckCallsGiveTheirPlacesToOthersButNotWithoutEnd() throws Exception {
		RunPermits permits = new RunPermits(1);
		RunPermits.Permit first = permits.acquire();
		assertThat(first.replace()).isTrue();
		assertThat(first.replace()).as("the same place").isTrue();
		RunPermits.Permit second = permits.acquire();
		assertThat(second.replace()).as("too many").isFalse();
		CountDownLatch acquired = new CountDownLatch(1);
		Thread next = new Thread(() -> {
			try {
				permits.acquire().release();
				permits.acquire();
				acquired.countDown();
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
		});
		next.start();
		first.release();
		assertThat(acquired.await(100, TimeUnit.MILLISECONDS)).as("the place of the second").isFalse();
		second.release();
		assertThat(acquired.await(60, TimeUnit.SECONDS)).isTrue();
	}

}

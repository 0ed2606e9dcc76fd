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
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;
import reactor.test.scheduler.VirtualTimeScheduler;

import org.springframework.http.HttpHeaders;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for those that wait for a permit of a {@link RateLimiter}: in which order they
 * go, that they share one timer, and which {@link RateLimitReading} holds them up.
 */
class RateLimiterQueueTests {

	private static final long RESET = 5000;

	private final VirtualTimeScheduler scheduler = VirtualTimeScheduler.create();

	private final RateLimiter gate = new RateLimiter(this.scheduler);

	private final List<RateLimiter.Permit> passed = new ArrayList<>();

	@Test
	void pollDoesNotOvertakeOneThatWaits() {
		enter(true, 9);
		assertThat(this.passed).hasSize(8);
		this.passed.get(0).release(0, HttpHeaders.EMPTY);
		// the one that waits has not been let in yet
		assertThat(this.gate.acquire(true).granted()).isNotNull();
		this.scheduler.advanceTime();
		assertThat(this.passed).hasSize(9);
	}

	@Test
	void requestDoesNotOvertakeOneThatWaits() {
		respond(1, RESET);
		RateLimiter.Permit first = this.gate.acquire(false);
		enter(false, 1);
		first.release(200, reading(1, RESET));
		assertThat(this.gate.acquire(false).granted()).isNotNull();
		this.scheduler.advanceTime();
		assertThat(this.passed).hasSize(1);
	}

	@Test
	void lostResponseDoesNotOpenToAllPolls() {
		enter(true, 100);
		this.passed.get(0).release(0, HttpHeaders.EMPTY);
		this.scheduler.advanceTime();
		assertThat(this.passed).hasSize(9);
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void whoeverStopsWaitingTakesNoPlace(boolean poll) {
		respond(0, RESET);
		RateLimiter.Permit impatient = this.gate.acquire(poll);
		enter(poll, 1);
		impatient.release(0, HttpHeaders.EMPTY);
		this.scheduler.advanceTimeBy(Duration.ofMillis(RESET));
		assertThat(this.passed).hasSize(1);
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void allThatWaitShareOneTimer(boolean poll) {
		respond(0, RESET);
		assertThat(this.scheduler.getScheduledTaskCount()).isZero();
		enter(poll, 1);
		assertThat(this.scheduler.getScheduledTaskCount()).isOne();
		enter(poll, 100);
		assertThat(this.scheduler.getScheduledTaskCount()).isOne();
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void noTimerIsSetWhenNobodyWaitsAnyMore(boolean poll) {
		respond(0, RESET);
		enter(poll, 1);
		this.scheduler.advanceTimeBy(Duration.ofMillis(RESET));
		assertThat(this.passed).hasSize(1);
		// the timer, and the signal to the one that goes
		assertThat(this.scheduler.getScheduledTaskCount()).isEqualTo(2);
		this.passed.get(0).release(200, reading(9, 2 * RESET));
		assertThat(this.scheduler.getScheduledTaskCount()).isEqualTo(2);
	}

	@Test
	void timerSleepsUntilTheNextMayGoAhead() {
		respond(0, RESET);
		enter(false, 3);
		this.scheduler.advanceTimeBy(Duration.ofMillis(RESET));
		assertThat(this.passed).hasSize(1);
		long scheduled = this.scheduler.getScheduledTaskCount();
		this.scheduler.advanceTimeBy(Duration.ofMillis(RateLimitReading.PROBE_MILLIS - 1));
		assertThat(this.scheduler.getScheduledTaskCount()).isEqualTo(scheduled);
		this.scheduler.advanceTimeBy(Duration.ofMillis(1));
		assertThat(this.passed).hasSize(2);
	}

	@Test
	void sameNumberAgainIsNoNewerReading() {
		RateLimiter.Permit first = this.gate.acquire(false);
		RateLimiter.Permit second = this.gate.acquire(false);
		first.release(200, reading(5, RESET));
		RateLimiter.Permit third = this.gate.acquire(false);
		second.release(200, reading(5, RESET));
		third.release(200, reading(9, RESET));
		assertThat(this.gate.lastReading()).isEqualTo(new RateLimit(750, 9, Instant.ofEpochMilli(RESET)));
	}

	/**
	 * A reset that is too far off, by the clock of the server and by ours, can't be true
	 * of a request that succeeded.
	 */
	@ParameterizedTest
	@CsvSource(nullValues = "-",
			value = { "1000, -, 61000, 0, false", "1000, -, 61001, 0, true", "1000, -, 61001, 1, false",
					"1000, 11000, 71000, 0, false", "1000, 11000, 71001, 0, true", "1000000, 400000, 1005000, 0, false",
					"1000000, 400000, 1060000, 0, false", "1000000, 400000, 1060001, 0, true" })
	void resetThatIsTooFarOffIsContradictedBySuccess(long readAt, @Nullable Long date, long reset, long remaining,
			boolean contradicted) {
		assertThat(rateLimit(readAt, date, reset, remaining).isContradicted()).isEqualTo(contradicted);
	}

	@ParameterizedTest
	@CsvSource(nullValues = "-", value = { "0, -, 4000, 5000, false", "0, -, 5001, 5000, true",
			"0, -, 100000, 200000, false", "0, -, 200000, 100000, false", "1000, -, 200000, 100000, true" })
	void laterReadingIsTheOneThatIsResetLaterByOurClock(long readAt, @Nullable Long date, long reset, long otherReset,
			boolean later) {
		assertThat(rateLimit(readAt, date, reset, 1).isLaterThan(rateLimit(0, null, otherReset, 1))).isEqualTo(later);
	}

	private static RateLimitReading rateLimit(long readAt, @Nullable Long date, long reset, long remaining) {
		HttpHeaders headers = reading(remaining, reset);
		if (date != null) {
			headers.setDate(date);
		}
		RateLimitReading reading = RateLimitReading.from(headers, readAt, readAt);
		assertThat(reading).isNotNull();
		return reading;
	}

	private void enter(boolean poll, int requests) {
		for (int i = 0; i < requests; i++) {
			RateLimiter.Permit permit = this.gate.acquire(poll);
			Mono<Void> granted = permit.granted();
			((granted != null) ? granted : Mono.<Void>empty()).subscribe(null, null, () -> this.passed.add(permit));
		}
	}

	private void respond(long remaining, long resetAt) {
		this.gate.acquire(false).release(200, reading(remaining, resetAt));
	}

	private static HttpHeaders reading(long remaining, long resetAt) {
		HttpHeaders headers = new HttpHeaders();
		headers.set("x-ratelimit-limit", "750");
		headers.set("x-ratelimit-remaining", String.valueOf(remaining));
		headers.set("x-ratelimit-reset", String.valueOf(resetAt));
		return headers;
	}

}

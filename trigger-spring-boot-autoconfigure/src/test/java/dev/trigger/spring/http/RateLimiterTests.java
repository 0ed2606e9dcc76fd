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
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.test.scheduler.VirtualTimeScheduler;

import org.springframework.http.HttpHeaders;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link RateLimiter}.
 */
class RateLimiterTests {

	private static final long RESET = 5000;

	private final VirtualTimeScheduler scheduler = VirtualTimeScheduler.create();

	private final RateLimiter gate = new RateLimiter(this.scheduler);

	private final List<RateLimiter.Permit> passed = new ArrayList<>();

	private final List<RateLimiter.Permit> polled = new ArrayList<>();

	@Test
	void withoutReadingEverythingPasses() {
		enter(1000);
		assertThat(this.passed).hasSize(1000);
	}

	@Test
	void emptyBucketWaitsForTheReset() {
		respond(0, RESET);
		enter(1);
		this.scheduler.advanceTimeBy(Duration.ofMillis(RESET - 1));
		assertThat(this.passed).isEmpty();
		this.scheduler.advanceTimeBy(Duration.ofMillis(1));
		assertThat(this.passed).hasSize(1);
	}

	@Test
	void requestsUnderWayCountAgainstWhatRemains() {
		respond(2, RESET);
		enter(3);
		assertThat(this.passed).hasSize(2);
	}

	@Test
	void wholeBucketIsUsedHoweverManyAreUnderWay() {
		respond(100, RESET);
		long remaining = 100;
		enter(1000);
		int responded = 0;
		while (responded < this.passed.size()) {
			this.passed.get(responded++).release(200, reading(--remaining, RESET));
			this.scheduler.advanceTime();
		}
		assertThat(this.passed).hasSize(100);
		assertThat(remaining).isZero();
	}

	@Test
	void responsesInAnotherOrderDoNotRaiseWhatRemains() {
		enter(2);
		this.passed.get(0).release(200, reading(0, RESET));
		this.passed.get(1).release(200, reading(1, RESET));
		enter(1);
		assertThat(this.passed).hasSize(2);
	}

	@Test
	void afterTheResetOneGoesAheadAndItsResponseLetsTheOthersFollow() {
		respond(0, RESET);
		enter(400);
		this.scheduler.advanceTimeBy(Duration.ofMillis(RESET));
		assertThat(this.passed).hasSize(1);
		this.passed.get(0).release(200, reading(249, 3 * RESET));
		this.scheduler.advanceTime();
		assertThat(this.passed).hasSize(250);
	}

	@Test
	void oneThatGoesAheadAndIsSlowDoesNotHoldTheOthersUpForLong() {
		respond(0, RESET);
		enter(400);
		this.scheduler.advanceTimeBy(Duration.ofMillis(RESET + 500));
		assertThat(this.passed).hasSizeBetween(5, 15);
	}

	@Test
	void oneThatGoesAheadAndIsLostIsFollowedByAnother() {
		respond(0, RESET);
		enter(3);
		this.scheduler.advanceTimeBy(Duration.ofMillis(RESET));
		this.passed.get(0).release(0, HttpHeaders.EMPTY);
		this.scheduler.advanceTimeBy(Duration.ofMillis(100));
		assertThat(this.passed).hasSizeGreaterThan(1);
	}

	@Test
	void oneThatGoesAheadAndIsLostDoesNotOpen() {
		respond(0, RESET);
		enter(400);
		this.scheduler.advanceTimeBy(Duration.ofMillis(RESET));
		this.passed.get(0).release(0, HttpHeaders.EMPTY);
		this.scheduler.advanceTimeBy(Duration.ofMillis(RateLimitReading.PROBE_MILLIS));
		assertThat(this.passed).hasSize(2);
	}

	@Test
	void serverThatStillHasNothingLeftIsAskedAgainAtTheSamePace() {
		respond(0, RESET);
		enter(400);
		this.scheduler.advanceTimeBy(Duration.ofMillis(RESET));
		for (int asked = 1; asked <= 10; asked++) {
			assertThat(this.passed).hasSize(asked);
			this.passed.get(asked - 1).release(429, reading(0, RESET));
			this.scheduler.advanceTimeBy(Duration.ofMillis(RateLimitReading.PROBE_MILLIS));
		}
	}

	@Test
	void readingOfLaterWindowReplacesTheOld() {
		RateLimiter.Permit slow = this.gate.acquire(false);
		respond(0, RESET);
		this.scheduler.advanceTimeBy(Duration.ofMillis(RESET));
		respond(249, 3 * RESET);
		slow.release(200, reading(700, RESET));
		assertThat(this.gate.lastReading()).isEqualTo(new RateLimit(750, 249, Instant.ofEpochMilli(3 * RESET)));
	}

	@Test
	void readingThatIsOldHoldsNobodyUp() {
		respond(0, RESET);
		this.scheduler.advanceTimeBy(Duration.ofHours(1));
		enter(1000);
		assertThat(this.passed).hasSize(1000);
	}

	@Test
	void clockThatIsBehindDoesNotMakeTheWaitLonger() {
		long ahead = Duration.ofMinutes(10).toMillis();
		respond(0, RESET + ahead, ahead);
		enter(1);
		this.scheduler.advanceTimeBy(Duration.ofMillis(RESET - 1));
		assertThat(this.passed).isEmpty();
		this.scheduler.advanceTimeBy(Duration.ofMillis(1));
		assertThat(this.passed).hasSize(1);
	}

	@Test
	void clockThatIsAheadDoesNotMakeTheWaitShorter() {
		this.scheduler.advanceTimeBy(Duration.ofMinutes(10));
		respond(0, RESET, 0);
		enter(400);
		this.scheduler.advanceTimeBy(Duration.ofMillis(RESET - 1));
		assertThat(this.passed).isEmpty();
		this.scheduler.advanceTimeBy(Duration.ofMillis(1));
		assertThat(this.passed).hasSize(1);
	}

	@Test
	void clockThatIsAheadOfAServerThatDoesNotTellTheTimeLetsOnlyAFewGoAhead() {
		this.scheduler.advanceTimeBy(Duration.ofMinutes(10));
		respond(0, RESET);
		enter(400);
		this.scheduler.advanceTimeBy(Duration.ofSeconds(1));
		assertThat(this.passed).hasSizeBetween(1, 25);
	}

	@Test
	void clocksThatDifferByTheRestOfASecondAreTheSame() {
		this.scheduler.advanceTimeBy(Duration.ofMillis(999));
		respond(0, RESET, 0);
		enter(1);
		this.scheduler.advanceTimeBy(Duration.ofMillis(RESET - 999));
		assertThat(this.passed).hasSize(1);
	}

	@Test
	void resetThatIsFarOffHoldsNobodyUpForGood() {
		this.gate.acquire(false).release(429, reading(0, Duration.ofDays(1000).toMillis()));
		enter(400);
		this.scheduler.advanceTimeBy(Duration.ofSeconds(59));
		assertThat(this.passed).isEmpty();
		this.scheduler.advanceTimeBy(Duration.ofSeconds(1));
		assertThat(this.passed).hasSize(1);
		this.passed.get(0).release(429, reading(0, Duration.ofDays(1000).toMillis()));
		this.scheduler.advanceTimeBy(Duration.ofSeconds(59));
		assertThat(this.passed).hasSize(1);
	}

	@Test
	void lostResponseGivesItsPermitBack() {
		RateLimiter.Permit lost = this.gate.acquire(false);
		lost.release(0, HttpHeaders.EMPTY);
		lost.release(0, HttpHeaders.EMPTY);
		respond(1, RESET);
		enter(2);
		assertThat(this.passed).hasSize(1);
	}

	@Test
	void whoeverStopsWaitingTakesNoPlace() {
		respond(0, RESET);
		RateLimiter.Permit impatient = this.gate.acquire(false);
		enter(1);
		impatient.release(0, HttpHeaders.EMPTY);
		this.scheduler.advanceTimeBy(Duration.ofMillis(RESET));
		assertThat(this.passed).hasSize(1);
		this.passed.get(0).release(200, reading(1, 3 * RESET));
		enter(2);
		assertThat(this.passed).hasSize(2);
	}

	@Test
	void firstComeIsFirstServed() {
		respond(0, RESET);
		RateLimiter.Permit first = this.gate.acquire(false);
		List<String> order = new ArrayList<>();
		first.granted().subscribe(null, null, () -> order.add("first"));
		this.gate.acquire(false).granted().subscribe(null, null, () -> order.add("second"));
		this.scheduler.advanceTimeBy(Duration.ofMillis(RESET));
		assertThat(order).containsExactly("first");
		first.release(200, reading(9, 3 * RESET));
		this.scheduler.advanceTime();
		assertThat(order).containsExactly("first", "second");
	}

	@Test
	void newestReadingCountsWhateverResetAnEarlierOneHad() {
		RateLimiter.Permit misled = this.gate.acquire(false);
		misled.release(200, reading(3, Duration.ofDays(1000).toMillis()));
		respond(100, RESET);
		assertThat(this.gate.lastReading()).isEqualTo(new RateLimit(750, 100, Instant.ofEpochMilli(RESET)));
		respond(0, RESET);
		enter(1);
		assertThat(this.passed).isEmpty();
	}

	@Test
	void readingThatItsOwnSuccessContradictsHoldsNobodyUp() {
		respond(0, Long.MAX_VALUE / 100);
		enter(1000);
		assertThat(this.passed).hasSize(1000);
	}

	@Test
	void clockOfTheServerThatWasWrongOnceDoesNotCountLater() {
		long hour = Duration.ofHours(1).toMillis();
		respond(10, hour + RESET, hour);
		respond(5, RESET, 0);
		enter(10);
		assertThat(this.passed).hasSize(5);
		this.scheduler.advanceTimeBy(Duration.ofMillis(RESET));
		this.passed.get(0).release(200, reading(250, 2 * RESET));
		this.scheduler.advanceTime();
		assertThat(this.passed).hasSize(10);
	}

	@Test
	void hugeNumberThatRemainsDoesNotOpenForGood() {
		respond(Long.MAX_VALUE / 100, Duration.ofDays(1000).toMillis());
		respond(0, RESET);
		enter(10);
		assertThat(this.passed).isEmpty();
	}

	@Test
	void probeThatSucceedsWithoutReadingOpens() {
		respond(0, RESET);
		enter(400);
		this.scheduler.advanceTimeBy(Duration.ofMillis(RESET));
		this.passed.get(0).release(200, HttpHeaders.EMPTY);
		this.scheduler.advanceTime();
		assertThat(this.passed).hasSize(400);
	}

	@Test
	void nearerResetIsNotWaitedForLongerThanNeeded() {
		RateLimiter.Permit underWay = this.gate.acquire(false);
		this.gate.acquire(false).release(429, reading(0, Duration.ofDays(1000).toMillis()));
		enter(1);
		underWay.release(200, reading(0, RESET));
		this.gate.acquire(false).release(0, HttpHeaders.EMPTY);
		this.scheduler.advanceTimeBy(Duration.ofSeconds(60));
		assertThat(this.passed).hasSize(1);
	}

	@Test
	void pollsLeaveHalfOfTheBucketToOthers() {
		respond(750, RESET);
		poll(5000);
		assertThat(this.polled).hasSize(375);
		enter(300);
		assertThat(this.passed).hasSize(300);
	}

	@Test
	void pollsUseHalfOfWhatComesInAtMost() {
		long remaining = 750;
		respond(remaining, RESET);
		poll(5000);
		int released = 0;
		for (int window = 2; window <= 6; window++) {
			remaining = Math.min(750, remaining - (this.polled.size() - released) + 250);
			this.scheduler.advanceTimeBy(Duration.ofMillis(RESET));
			for (; released < this.polled.size(); released++) {
				this.polled.get(released).release(200, reading(remaining, window * RESET));
			}
			this.scheduler.advanceTime();
		}
		// 750 in the beginning, and five times 250
		assertThat(this.polled).hasSizeBetween(500, (750 + 5 * 250) / 2 + 1);
	}

	@Test
	void othersGoAheadOfPollsThatWaitLonger() {
		respond(0, RESET);
		poll(100);
		enter(1);
		this.scheduler.advanceTimeBy(Duration.ofMillis(RESET));
		assertThat(this.passed).hasSize(1);
		assertThat(this.polled).isEmpty();
	}

	@Test
	void pollsDoNotStarveWhereOthersKeepTheBucketLow() {
		respond(300, 20 * RESET);
		poll(100);
		this.scheduler.advanceTimeBy(Duration.ofSeconds(10));
		assertThat(this.polled).hasSizeBetween(9, 12);
	}

	@Test
	void pollsGoAFewAtATimeAsLongAsTheBucketIsNotKnown() {
		poll(5000);
		assertThat(this.polled).hasSize(8);
		this.polled.get(0).release(200, HttpHeaders.EMPTY);
		this.scheduler.advanceTime();
		assertThat(this.polled).hasSize(5000);
	}

	@Test
	void receiverThatFailsOrBlocksHoldsUpNoOther() throws Exception {
		RateLimiter shared = new RateLimiter(new DefaultScheduler());
		shared.acquire(false).release(200, reading(0, System.currentTimeMillis() + 200));
		CountDownLatch released = new CountDownLatch(1);
		CountDownLatch granted = new CountDownLatch(20);
		for (int i = 0; i < 22; i++) {
			int index = i;
			RateLimiter.Permit permit = shared.acquire(false);
			permit.granted().subscribe(null, null, () -> {
				if (index == 0) {
					await(released);
				}
				else if (index == 1) {
					throw new StackOverflowError();
				}
				granted.countDown();
			});
		}
		assertThat(granted.await(30, TimeUnit.SECONDS)).isTrue();
		released.countDown();
	}

	private static void await(CountDownLatch latch) {
		try {
			latch.await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private void poll(int requests) {
		for (int i = 0; i < requests; i++) {
			RateLimiter.Permit permit = this.gate.acquire(true);
			Mono<Void> granted = permit.granted();
			((granted != null) ? granted : Mono.<Void>empty()).subscribe(null, null, () -> this.polled.add(permit));
		}
	}

	private void enter(int requests) {
		for (int i = 0; i < requests; i++) {
			RateLimiter.Permit permit = this.gate.acquire(false);
			Mono<Void> granted = permit.granted();
			((granted != null) ? granted : Mono.<Void>empty()).subscribe(null, null, () -> this.passed.add(permit));
		}
	}

	private void respond(long remaining, long resetAt) {
		this.gate.acquire(false).release(200, reading(remaining, resetAt));
	}

	private void respond(long remaining, long resetAt, long serverTime) {
		HttpHeaders headers = reading(remaining, resetAt);
		headers.setDate(serverTime);
		this.gate.acquire(false).release(200, headers);
	}

	private static HttpHeaders reading(long remaining, long resetAt) {
		HttpHeaders headers = new HttpHeaders();
		headers.set("x-ratelimit-limit", "750");
		headers.set("x-ratelimit-remaining", String.valueOf(remaining));
		headers.set("x-ratelimit-reset", String.valueOf(resetAt));
		return headers;
	}

}

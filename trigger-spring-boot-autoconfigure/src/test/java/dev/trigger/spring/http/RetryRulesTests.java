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

import java.net.ConnectException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import dev.trigger.spring.exception.ErrorResponse;
import dev.trigger.spring.exception.TriggerApiException;
import dev.trigger.spring.exception.TriggerConnectionException;
import dev.trigger.spring.exception.TriggerDecodingException;
import dev.trigger.spring.exception.TriggerException;
import io.netty.handler.timeout.ReadTimeoutException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.publisher.Mono;
import reactor.test.scheduler.VirtualTimeScheduler;

import org.springframework.http.HttpHeaders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for the rules of retries: which failures are retried, at what time, and how many
 * of them the budget of a client pays for.
 */
class RetryRulesTests {

	private static final long HOURS = 3_600_000;

	private final VirtualTimeScheduler scheduler = VirtualTimeScheduler.create();

	private final AtomicInteger attempts = new AtomicInteger();

	private final List<Throwable> failures = new ArrayList<>();

	static TriggerApiException status(int status, String... headers) {
		HttpHeaders all = new HttpHeaders();
		for (int i = 0; i < headers.length; i += 2) {
			all.set(headers[i], headers[i + 1]);
		}
		return TriggerApiException.of(null, new ErrorResponse(status, "", null, null, null, all, ""));
	}

	private static TriggerConnectionException connection(boolean unsent, @Nullable Throwable cause) {
		return new TriggerConnectionException(null, "no response", unsent, cause);
	}

	@ParameterizedTest
	@CsvSource({ "400, false, false", "404, false, false", "408, true, false", "409, true, false", "422, false, false",
			"429, true, true", "499, false, false", "500, true, false", "501, true, false", "503, true, false" })
	void statusDecidesWhetherAnotherAttemptHasAChance(int status, boolean safe, boolean unsafe) {
		assertThat(RetryBackoff.isRetryable(status(status), true)).isEqualTo(safe);
		assertThat(RetryBackoff.isRetryable(status(status), false)).isEqualTo(unsafe);
	}

	@ParameterizedTest
	@CsvSource({ "500, true, true, true", "500, false, true, false", "404, true, false, true",
			"429, false, true, false", "500, maybe, true, true", "404, maybe, true, false", "404, TRUE, true, false" })
	void serverDecidesOverTheStatus(int status, String decision, boolean safe, boolean retried) {
		assertThat(RetryBackoff.isRetryable(status(status, "x-should-retry", decision), safe)).isEqualTo(retried);
	}

	@Test
	void lostConnectionIsRetriedWhereTheRequestMayArriveTwiceOrDidNotArrive() {
		assertThat(RetryBackoff.isRetryable(connection(true, null), false)).isTrue();
		assertThat(RetryBackoff.isRetryable(connection(false, null), true)).isTrue();
		assertThat(RetryBackoff.isRetryable(connection(false, null), false)).isFalse();
		assertThat(RetryBackoff.isRetryable(new TriggerDecodingException(null, "no JSON", null), true)).isFalse();
		assertThat(RetryBackoff.isRetryable(new IllegalStateException(), true)).isFalse();
	}

	@Test
	void budgetPaysForRetriesUntilItIsUsedUp() {
		RetryBudget budget = new RetryBudget(21);
		assertThat(budget.take(false)).isEqualTo(5);
		assertThat(budget.take(true)).isEqualTo(10);
		assertThat(budget.take(true)).isEqualTo(-1);
		assertThat(budget.take(false)).isEqualTo(5);
		assertThat(budget.take(false)).isEqualTo(-1);
	}

	@Test
	void budgetIsSpentToTheLastToken() {
		RetryBudget budget = new RetryBudget(10);
		assertThat(budget.take(true)).isEqualTo(10);
		assertThat(budget.take(false)).isEqualTo(-1);
	}

	@Test
	void successGivesBackWhatItsRetryTookOrOneToken() {
		RetryBudget budget = new RetryBudget(10);
		budget.take(true);
		IntStream.range(0, 4).forEach((i) -> budget.succeeded(0));
		assertThat(budget.take(false)).isEqualTo(-1);
		budget.succeeded(0);
		assertThat(budget.take(false)).isEqualTo(5);
		budget.succeeded(5);
		assertThat(budget.take(false)).isEqualTo(5);
		assertThat(budget.take(false)).isEqualTo(-1);
	}

	@Test
	void budgetNeverGrowsOverItsSize() {
		RetryBudget budget = new RetryBudget(10);
		budget.take(false);
		budget.succeeded(9);
		budget.succeeded(9);
		assertThat(budget.take(true)).isEqualTo(10);
		assertThat(budget.take(false)).isEqualTo(-1);
	}

	@Test
	void budgetOfZeroHasNoLimit() {
		RetryBudget budget = new RetryBudget(0);
		assertThat(IntStream.range(0, 1000).map((i) -> budget.take(true))).containsOnly(0);
	}

	@Test
	void timeoutCostsTwiceAsMuchAsAnotherFailure() {
		List<Throwable> timeouts = List.of(status(408), status(504), connection(false, new TimeoutException()),
				connection(false, new IllegalStateException(ReadTimeoutException.INSTANCE)));
		assertThat(timeouts).allSatisfy((timeout) -> assertThat(retries(timeout, 10)).isEqualTo(1));
		assertThat(retries(status(503), 10)).isEqualTo(2);
		assertThat(retries(connection(false, new ConnectException()), 10)).isEqualTo(2);
	}

	/**
	 * How many retries a budget pays for.
	 */
	private int retries(Throwable failure, int budget) {
		this.attempts.set(0);
		this.failures.clear();
		retry(failure, new RetryBudget(budget), RetryPolicy.defaults().withMaxAttempts(9)).subscribe((value) -> {
		}, this.failures::add);
		this.scheduler.advanceTimeBy(Duration.ofHours(2));
		assertThat(this.failures).containsExactly(failure);
		return this.attempts.get() - 1;
	}

	private Mono<Object> retry(Throwable failure, RetryBudget budget, RetryPolicy policy) {
		Mono<Object> step = Mono.defer(() -> {
			this.attempts.incrementAndGet();
			return Mono.error(failure);
		});
		return new RetryBackoff(this.scheduler, budget, () -> 0).retry(step, policy,
				IllegalStateException.class::isInstance);
	}

	@Test
	void failureSaysThatTheBudgetIsUsedUpAndHowToEnlargeIt() {
		TriggerException failure = status(503);
		assertThat(retries(failure, 9)).isEqualTo(1);
		assertThat(failure).hasMessageContaining("not retried, since the retry budget of the client is used up: "
				+ "'trigger.retry.budget' allows more");
		TriggerException withinBudget = status(503);
		assertThat(retries(withinBudget, 500)).isEqualTo(8);
		assertThat(withinBudget.getMessage()).doesNotContain("budget");
	}

	@Test
	void failuresThatTheCallerNamesAreRetriedToo() {
		assertThat(retries(new IllegalStateException("not yet"), 500)).isEqualTo(8);
		assertThat(retries(new IllegalArgumentException("never"), 500)).isZero();
	}

	@Test
	void waitThatTheServerAsksForCostsNothing() {
		assertThat(retries(status(429, "retry-after", "1"), 5)).isEqualTo(8);
		assertThat(retries(status(404, "x-should-retry", "true"), 5)).isEqualTo(8);
	}

	@Test
	void stepThatSucceedsGivesBackTheTokensOfItsRetry() {
		RetryBudget budget = new RetryBudget(10);
		RetryBackoff backoff = new RetryBackoff(this.scheduler, budget, null);
		Mono<String> step = Mono
			.defer(() -> (this.attempts.incrementAndGet() % 2 != 0) ? Mono.error(status(503)) : Mono.just("done"));
		List<String> done = new ArrayList<>();
		for (int i = 0; i < 5; i++) {
			backoff.retry(step, RetryPolicy.defaults(), (ex) -> false).subscribe(done::add);
			this.scheduler.advanceTimeBy(Duration.ofMinutes(1));
		}
		assertThat(done).hasSize(5);
		assertThat(budget.take(true)).isEqualTo(10);
		assertThat(backoff.budget()).isSameAs(budget);
	}

	@Test
	void delayIsThatOfThePolicyUnlessTheServerNamesOne() {
		RetryPolicy policy = RetryPolicy.defaults().withJitter(false);
		RetryBackoff backoff = new RetryBackoff(this.scheduler, new RetryBudget(0), () -> 1);
		assertThat(backoff.delayAfter(2, status(503), policy)).isEqualTo(Duration.ofMillis(1600));
		assertThat(backoff.delayAfter(2, status(503, "retry-after", "7"), policy)).isEqualTo(Duration.ofSeconds(7));
		assertThat(backoff.delayAfter(2, connection(true, null), policy)).isEqualTo(Duration.ofMillis(1600));
	}

	@Test
	void jitterMakesDelaysLongerAndNeverShorterThanTheServerAsksFor() {
		RetryPolicy policy = RetryPolicy.defaults();
		RetryBackoff least = new RetryBackoff(this.scheduler, new RetryBudget(0), () -> 0);
		RetryBackoff most = new RetryBackoff(this.scheduler, new RetryBudget(0), () -> 1);
		TriggerApiException named = status(503, "retry-after", "7");
		assertThat(least.delayAfter(1, named, policy)).isEqualTo(Duration.ofSeconds(7));
		assertThat(most.delayAfter(1, named, policy)).isEqualTo(Duration.ofMillis(7999));
		assertThat(least.delayAfter(1, status(503), policy)).isEqualTo(Duration.ofSeconds(1));
		assertThat(most.delayAfter(1, status(503), policy)).isEqualTo(Duration.ofSeconds(2));
		assertThat(most.random()).isEqualTo(1);
		RetryBackoff real = new RetryBackoff(this.scheduler, new RetryBudget(0), null);
		assertThat(Stream.generate(real::random).limit(20).distinct()).hasSizeGreaterThan(1)
			.allSatisfy((random) -> assertThat(random).isBetween(0d, 1d));
	}

	@Test
	void resetGoesAheadOfRetryAfter() {
		RetryBackoff backoff = new RetryBackoff(this.scheduler, new RetryBudget(0), () -> 0);
		assertThat(backoff.requestedDelay(status(429, "x-ratelimit-reset", "3000", "retry-after", "9")))
			.isEqualTo(Duration.ofSeconds(3));
		assertThat(backoff.requestedDelay(status(429, "x-ratelimit-reset", "0", "retry-after", "9")))
			.isEqualTo(Duration.ofSeconds(9));
		// of a response that does not limit
		assertThat(backoff.requestedDelay(status(503, "x-ratelimit-reset", "3000"))).isNull();
		assertThat(backoff.requestedDelay(status(503, "retry-after", "0"))).isEqualTo(Duration.ZERO);
		assertThat(backoff.requestedDelay(new IllegalStateException())).isNull();
	}

	@ParameterizedTest
	@CsvSource({ "1, 1000", "2, 1600", "3, 2560", "9, 30000", "5000, 30000" })
	void delaysGrowUpToTheLongest(int attempt, long millis) {
		assertThat(RetryPolicy.defaults().delayAfter(attempt)).isEqualTo(Duration.ofMillis(millis));
		assertThat(RetryPolicy.defaults().withJitter(false).delayAfter(attempt, 1))
			.isEqualTo(Duration.ofMillis(millis));
	}

	@ParameterizedTest
	@CsvSource({ "1000, 1, 0, 1000", "1000, 1, 0.5, 1500", "1000, 1, 1, 2000", "20000, 1, 0, 15000",
			"20000, 1, 1, 30000", "1000, 9, 0, 15000", "1000, 9, 1, 30000", "0, 5, 1, 0" })
	void randomizedDelayLiesBetweenTheNominalOneAndTwiceAsMuch(long delay, int step, double random, long millis) {
		assertThat(Backoff.millis(Duration.ofMillis(delay), 1.6, Duration.ofSeconds(30), step, random))
			.isEqualTo(millis);
	}

	@Test
	void delayThatGrowsBeyondAnyNumberIsTheLongest() {
		assertThat(Backoff.millis(Duration.ZERO, 1e300, Duration.ofSeconds(1), 3)).isZero();
		assertThat(Backoff.millis(Duration.ofMillis(1), 1e300, Duration.ofSeconds(1), 3)).isEqualTo(1000);
		assertThat(Backoff.millis(ChronoUnit.FOREVER.getDuration(), 2, ChronoUnit.FOREVER.getDuration(), 1))
			.isEqualTo(36_500L * 24 * HOURS);
		// a delay that is longer than the longest is not made longer by chance
		assertThat(Backoff.millis(Duration.ofSeconds(5), 1, Duration.ofSeconds(2), 1, 1)).isEqualTo(2000);
	}

	@Test
	void policyKeepsWhatIsNotChanged() {
		RetryPolicy all = RetryPolicy.defaults()
			.withMaxAttempts(7)
			.withBackoff(Duration.ofMillis(1), 3, Duration.ofMillis(2))
			.withJitter(false)
			.withNotFoundTimeout(Duration.ofMillis(4))
			.withAutoIdempotency(false)
			.withRepeatUnsafe(true);
		assertThat(all).isEqualTo(new RetryPolicy(7, Duration.ofMillis(1), 3, Duration.ofMillis(2), false,
				Duration.ofMillis(4), false, true));
		assertThat(RetryPolicy.defaults()).isEqualTo(new RetryPolicy(5, Duration.ofSeconds(1), 1.6,
				Duration.ofSeconds(30), true, Duration.ofSeconds(3), true, false));
	}

	@Test
	void policyRefusesWhatMakesNoSense() {
		RetryPolicy policy = RetryPolicy.defaults();
		Duration second = Duration.ofSeconds(1);
		Duration negative = Duration.ofMillis(-1);
		assertThat(policy.withMaxAttempts(1).maxAttempts()).isEqualTo(1);
		assertThat(policy.withBackoff(Duration.ZERO, 1, Duration.ZERO).withNotFoundTimeout(Duration.ZERO).delay())
			.isZero();
		assertThat(policy.withBackoff(second, Double.MAX_VALUE, second).multiplier()).isEqualTo(Double.MAX_VALUE);
		assertThatIllegalArgumentException().isThrownBy(() -> policy.withMaxAttempts(0))
			.withMessage("'maxAttempts' must be at least 1");
		assertThatIllegalArgumentException().isThrownBy(() -> policy.withBackoff(negative, 1, second))
			.withMessage("'delay' must not be negative");
		for (double multiplier : new double[] { 0.99, Double.POSITIVE_INFINITY, Double.NaN }) {
			assertThatIllegalArgumentException().isThrownBy(() -> policy.withBackoff(second, multiplier, second))
				.withMessage("'multiplier' must be at least 1, and finite");
		}
		assertThatIllegalArgumentException().isThrownBy(() -> policy.withBackoff(second, 1, negative))
			.withMessage("'maxDelay' must not be negative");
		assertThatIllegalArgumentException().isThrownBy(() -> policy.withNotFoundTimeout(negative))
			.withMessage("'notFoundTimeout' must not be negative");
	}

	@Test
	void durationsAreRoundedUpAndNeverOverflow() {
		Duration forever = ChronoUnit.FOREVER.getDuration();
		assertThat(Durations.millis(Duration.ofNanos(1))).isEqualTo(1);
		assertThat(Durations.millis(Duration.ofNanos(2_000_000))).isEqualTo(2);
		assertThat(Durations.millis(Duration.ofNanos(2_000_001))).isEqualTo(3);
		assertThat(Durations.millis(Duration.ZERO)).isZero();
		assertThat(Durations.millis(forever)).isEqualTo(36_500L * 24 * HOURS);
		assertThat(Durations.millis(forever.negated())).isEqualTo(-36_500L * 24 * HOURS);
		assertThat(Durations.bounded(Duration.ofDays(36_499))).isEqualTo(Duration.ofDays(36_499));
		assertThat(Durations.bounded(Duration.ofDays(-36_499))).isEqualTo(Duration.ofDays(-36_499));
		assertThat(Durations.isForever(forever)).isTrue();
		assertThat(Durations.isForever(Durations.FOREVER)).isTrue();
		assertThat(Durations.isForever(Durations.FOREVER.minusNanos(1))).isFalse();
	}

	@Test
	void limitOfZeroIsNone() {
		assertThat(Durations.limit("timeout", null)).isNull();
		assertThat(Durations.limit("timeout", Duration.ZERO)).isNull();
		assertThat(Durations.limit("timeout", Duration.ofMillis(1))).isEqualTo(Duration.ofMillis(1));
		assertThatIllegalArgumentException().isThrownBy(() -> Durations.limit("timeout", Duration.ofMillis(-1)))
			.withMessage("'timeout' must not be negative: zero means no limit");
	}

	@ParameterizedTest
	@CsvSource(nullValues = "-",
			value = { "-, 105000, 5000", "-, 100000, 0", "-, 99999, 0", "'Thu, 01 Jan 1970 00:01:45 GMT', 107000, 7000",
					"'Thu, 01 Jan 1970 00:01:35 GMT', 107000, 7000", "'Thu, 01 Jan 1970 00:01:46 GMT', 107000, 1000",
					"'Thu, 01 Jan 1970 00:01:34 GMT', 107000, 13000", "yesterday, 107000, 7000" })
	void timeOfTheServerCountsWhereItDiffersByMoreThanFiveSeconds(@Nullable String date, long time, long millis) {
		assertThat(new ClockSkew(date, 100_000).millisUntil(time)).isEqualTo(millis);
	}

	@Test
	void timeThatIsTooFarOffIsNever() {
		assertThat(new ClockSkew(null, -1).millisUntil(Long.MAX_VALUE)).isEqualTo(Long.MAX_VALUE);
		assertThat(ClockSkew.of(new HttpHeaders(), 3)).isEqualTo(new ClockSkew(null, 3));
	}

	@ParameterizedTest
	@CsvSource(nullValues = "-", value = { "750, 3, 1000, 750, 3", "-, 3, 1000, 0, 3", "-5, 3, 1000, 0, 3",
			"x, 0, 0, 0, 0", "999999999999999999, 999999999999999999, 1000, 999999999999999999, 999999999999999999" })
	void readingNeedsWhatRemainsAndTheReset(@Nullable String limit, String remaining, String reset, long expectedLimit,
			long expectedRemaining) {
		assertThat(RateLimit.from(headers(limit, remaining, reset)))
			.isEqualTo(new RateLimit(expectedLimit, expectedRemaining, Instant.ofEpochMilli(Long.parseLong(reset))));
	}

	@ParameterizedTest
	@CsvSource(nullValues = "-", value = { "-, 1000", "3, -", "-1, 1000", "3, -1", "many, 1000", "3, soon",
			"9999999999999999999, 1000", "3, 9999999999999999999" })
	void readingThatIsIncompleteIsNone(@Nullable String remaining, @Nullable String reset) {
		assertThat(RateLimit.from(headers("750", remaining, reset))).isNull();
	}

	private static HttpHeaders headers(@Nullable String limit, @Nullable String remaining, @Nullable String reset) {
		HttpHeaders headers = new HttpHeaders();
		headers.set("x-ratelimit-limit", limit);
		headers.set("x-ratelimit-remaining", remaining);
		headers.set("x-ratelimit-reset", reset);
		return headers;
	}

}

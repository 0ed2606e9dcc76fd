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
import java.time.ZoneOffset;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;

import dev.trigger.spring.exception.ErrorResponse;
import dev.trigger.spring.exception.RateLimitException;
import dev.trigger.spring.exception.TriggerApiException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;
import reactor.test.scheduler.VirtualTimeScheduler;
import reactor.util.context.Context;

import org.springframework.http.HttpHeaders;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests how long {@link RetryBackoff} waits where a server asks for it, whose clock may
 * be another.
 */
class RetryBackoffTests {

	private static final long SKEW = Duration.ofMinutes(10).toMillis();

	private static final Duration BACKOFF = Duration.ofSeconds(1);

	private final VirtualTimeScheduler scheduler = VirtualTimeScheduler.create();

	private final AtomicInteger attempts = new AtomicInteger();

	@BeforeEach
	void passSomeTime() {
		this.scheduler.advanceTimeBy(Duration.ofHours(1));
	}

	@Test
	void resetIsWaitedFor() {
		assertWaits(Duration.ofSeconds(7), 429, (headers) -> reset(headers, now() + 7_000));
	}

	@Test
	void clockThatIsBehindDoesNotMakeTheWaitLonger() {
		assertWaits(Duration.ofSeconds(7), 429, (headers) -> at(reset(headers, now() + SKEW + 7_000), now() + SKEW));
	}

	@Test
	void clockThatIsAheadDoesNotMakeTheWaitShorter() {
		assertWaits(Duration.ofSeconds(7), 429, (headers) -> at(reset(headers, now() - SKEW + 7_000), now() - SKEW));
	}

	@Test
	void clockThatIsBehindDoesNotMakeTheWaitForADateLonger() {
		assertWaits(Duration.ofSeconds(9), 503, (headers) -> {
			headers.setZonedDateTime(HttpHeaders.RETRY_AFTER,
					Instant.ofEpochMilli(now() + SKEW + 9_000).atZone(ZoneOffset.UTC));
			return at(headers, now() + SKEW);
		});
	}

	@Test
	void resetThatHasPassedIsNotWaitedFor() {
		assertWaits(BACKOFF, 429, (headers) -> reset(headers, now() - 1));
		assertWaits(BACKOFF, 429, (headers) -> reset(headers, Long.MIN_VALUE));
	}

	@Test
	void resetOrDelayBeyondReasonIsWaitedForAnHour() {
		assertWaits(Duration.ofHours(1), 429, (headers) -> reset(headers, Long.MAX_VALUE));
		for (String value : new String[] { String.valueOf(Long.MAX_VALUE), "99999999999999999999",
				"9".repeat(400) + ".5", "Fri, 31 Dec 9999 23:59:59 GMT" }) {
			assertWaits(Duration.ofHours(1), 503, (headers) -> {
				headers.set(HttpHeaders.RETRY_AFTER, value);
				return headers;
			});
		}
	}

	@ParameterizedTest
	@CsvSource({ "7, 7000", "' 7 ', 7000", "007, 7000", "1.5, 1500", "0.25, 250", "7.0004, 7000" })
	void delayMayHaveAFraction(String value, long millis) {
		assertWaits(Duration.ofMillis(millis), 503, (headers) -> {
			headers.set(HttpHeaders.RETRY_AFTER, value);
			return headers;
		});
	}

	@Test
	void dateMayHaveItsFormerForm() {
		assertWaits(Duration.ofSeconds(9), 503, (headers) -> {
			headers.set(HttpHeaders.RETRY_AFTER, "Wednesday, 09-Nov-50 08:49:46 GMT");
			headers.set(HttpHeaders.DATE, "Wed, 09 Nov 2050 08:49:37 GMT");
			return headers;
		});
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "soon", "-1", "1e3", "1.", ".5", "1, 2", "PT1S", "NaN", "Thu, 01 Jan 1970 00:00:00 GMT", "" })
	void delayThatIsNoneIsNotWaitedFor(String value) {
		assertWaits(BACKOFF, 503, (headers) -> {
			headers.set(HttpHeaders.RETRY_AFTER, value);
			return headers;
		});
	}

	@Test
	void dateThatIsNoneIsAsIfThereWereNone() {
		assertWaits(Duration.ofSeconds(7), 429, (headers) -> {
			headers.set(HttpHeaders.DATE, "yesterday");
			return reset(headers, now() + 7_000);
		});
	}

	@ParameterizedTest
	@ValueSource(ints = { 7, 8 })
	void resetWithinTheTimeOfTheOperationIsWaitedFor(int seconds) {
		retryOnReset(Duration.ofSeconds(7), Duration.ofSeconds(seconds));
		this.scheduler.advanceTimeBy(Duration.ofSeconds(7));
		assertThat(this.attempts).hasValue(2);
	}

	@Test
	void resetBeyondTheTimeOfTheOperationIsNotWaitedFor() {
		AtomicReference<Throwable> reported = retryOnReset(Duration.ofSeconds(7), Duration.ofSeconds(6));
		assertThat(reported.get()).isInstanceOf(RateLimitException.class);
		this.scheduler.advanceTimeBy(Duration.ofSeconds(8));
		assertThat(this.attempts).hasValue(1);
	}

	private Mono<Object> retry(Throwable failure) {
		Mono<Object> step = Mono.defer(() -> {
			this.attempts.incrementAndGet();
			return Mono.error(failure);
		});
		return new RetryBackoff(this.scheduler, new RetryBudget(0), () -> 0).retry(step,
				RetryPolicy.defaults().withMaxAttempts(2).withJitter(false), (ex) -> false);
	}

	private AtomicReference<Throwable> retryOnReset(Duration reset, Duration left) {
		AtomicReference<Throwable> reported = new AtomicReference<>();
		Throwable failure = TriggerApiException.of(null,
				new ErrorResponse(429, "", null, null, null, reset(new HttpHeaders(), now() + reset.toMillis()), ""));
		retry(failure).contextWrite(Context.of(TimeLimit.class, new TimeLimit(now() + left.toMillis())))
			.subscribe((value) -> {
			}, reported::set);
		return reported;
	}

	private void assertWaits(Duration expected, int status, UnaryOperator<HttpHeaders> headers) {
		this.attempts.set(0);
		Throwable failure = TriggerApiException.of(null,
				new ErrorResponse(status, "", null, null, null, headers.apply(new HttpHeaders()), ""));
		retry(failure).subscribe((value) -> {
		}, (ex) -> assertThat(ex).isSameAs(failure));
		this.scheduler.advanceTimeBy(expected.minusMillis(1));
		assertThat(this.attempts).hasValue(1);
		this.scheduler.advanceTimeBy(Duration.ofMillis(1));
		assertThat(this.attempts).hasValue(2);
	}

	private long now() {
		return this.scheduler.now(TimeUnit.MILLISECONDS);
	}

	private static HttpHeaders reset(HttpHeaders headers, long epochMillis) {
		headers.set("x-ratelimit-reset", String.valueOf(epochMillis));
		return headers;
	}

	private static HttpHeaders at(HttpHeaders headers, long serverTime) {
		headers.setDate(serverTime);
		return headers;
	}

}

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

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;
import java.util.function.Predicate;

import dev.trigger.spring.exception.RateLimitException;
import dev.trigger.spring.exception.TriggerApiException;
import dev.trigger.spring.exception.TriggerConnectionException;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.util.retry.Retry;

import org.springframework.http.HttpHeaders;

/**
 * Decides whether a failed attempt is followed by another one, and when.
 */
final class RetryBackoff {

	private static final String SHOULD_RETRY = "x-should-retry";

	private static final long RESET_JITTER_MILLIS = 999;

	/**
	 * Who asks for more does not mean it.
	 */
	private static final long MAX_ASKED_MILLIS = TimeUnit.HOURS.toMillis(1);

	private final Scheduler scheduler;

	private final @Nullable DoubleSupplier random;

	/**
	 * Create the timing.
	 * @param scheduler tells the time, and waits
	 * @param random supplies numbers from 0 to 1, {@code null} for those of the thread
	 */
	RetryBackoff(Scheduler scheduler, @Nullable DoubleSupplier random) {
		this.scheduler = scheduler;
		this.random = random;
	}

	Retry retry(RetryPolicy policy, boolean replaySafe) {
		return retry(policy, replaySafe, (failure) -> false);
	}

	Retry retry(RetryPolicy policy, boolean replaySafe, Predicate<Throwable> further) {
		return Retry.from((signals) -> signals.concatMap((signal) -> {
			boolean retryable = isRetryable(signal.failure(), replaySafe) || further.test(signal.failure());
			return beforeNext((int) signal.totalRetries() + 1, signal.failure(), retryable, policy);
		}));
	}

	/**
	 * Return the wait before the next attempt of a call, or the failure if there is none.
	 */
	Mono<Long> beforeNext(CallContext call, Throwable failure) {
		return beforeNext(call.attempts(), failure, isRetryable(failure, call.isReplaySafe()), call.retry());
	}

	private Mono<Long> beforeNext(int attempt, Throwable failure, boolean retryable, RetryPolicy policy) {
		return (retryable && attempt < policy.maxAttempts())
				? Mono.delay(waitAfter(attempt, failure, policy), this.scheduler) : Mono.error(failure);
	}

	static boolean isRetryable(Throwable failure, boolean replaySafe) {
		if (failure instanceof TriggerConnectionException connection) {
			return replaySafe || connection.isRequestUnsent();
		}
		if (!(failure instanceof TriggerApiException api)) {
			return false;
		}
		String decision = api.getHeaders().getFirst(SHOULD_RETRY);
		if ("true".equals(decision) || "false".equals(decision)) {
			return "true".equals(decision);
		}
		return switch (api.getStatus()) {
			case 429 -> true;
			case 408, 409 -> replaySafe;
			default -> api.getStatus() >= 500 && replaySafe;
		};
	}

	private Duration waitAfter(int attempt, Throwable failure, RetryPolicy policy) {
		double random = policy.jitter() ? random() : 0;
		if (failure instanceof TriggerApiException api) {
			Duration asked = waitAskedFor(api);
			if (asked != null) {
				return asked.plusMillis(Math.round(random * RESET_JITTER_MILLIS));
			}
		}
		return policy.delayAfter(attempt, 1 + random);
	}

	double random() {
		return (this.random != null) ? this.random.getAsDouble() : ThreadLocalRandom.current().nextDouble();
	}

	@Nullable Duration waitAskedFor(TriggerApiException failure) {
		ClockSkew clock = ClockSkew.of(failure.getHeaders(), this.scheduler.now(TimeUnit.MILLISECONDS));
		Instant resetAt = (failure instanceof RateLimitException limited) ? limited.getResetAt() : null;
		Duration untilReset = (resetAt != null) ? until(resetAt, clock) : null;
		return (untilReset != null) ? untilReset
				: retryAfter(failure.getHeaders().getFirst(HttpHeaders.RETRY_AFTER), clock);
	}

	private static @Nullable Duration retryAfter(@Nullable String value, ClockSkew clock) {
		if (value == null) {
			return null;
		}
		try {
			return value.chars().allMatch(Character::isDigit)
					? bounded(TimeUnit.SECONDS.toMillis(Long.parseLong(value)))
					: until(ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant(), clock);
		}
		catch (NumberFormatException | DateTimeException ex) {
			return null;
		}
	}

	private static @Nullable Duration until(Instant time, ClockSkew clock) {
		long wait = clock.millisUntil(time.toEpochMilli());
		return (wait > 0) ? bounded(wait) : null;
	}

	private static Duration bounded(long millis) {
		return Duration.ofMillis(Math.min(millis, MAX_ASKED_MILLIS));
	}

}

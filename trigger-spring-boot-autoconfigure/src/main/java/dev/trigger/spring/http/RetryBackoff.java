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
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.function.DoubleSupplier;
import java.util.function.Predicate;

import dev.trigger.spring.exception.CredentialUnavailableException;
import dev.trigger.spring.exception.NotFoundException;
import dev.trigger.spring.exception.TriggerApiException;
import dev.trigger.spring.exception.TriggerConnectionException;
import dev.trigger.spring.exception.TriggerException;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.util.retry.Retry;

/**
 * Decides whether a failed attempt is followed by another one, and when.
 */
final class RetryBackoff {

	private static final String SHOULD_RETRY = "x-should-retry";

	private static final long RESET_JITTER_MILLIS = 999;

	private final Scheduler scheduler;

	private final RetryBudget budget;

	private final @Nullable DoubleSupplier random;

	/**
	 * Create a back-off.
	 * @param scheduler the scheduler for waits, and their clock
	 * @param budget what all calls may spend on retries
	 * @param random supplies numbers from 0 to 1, {@code null} for those of the thread
	 */
	RetryBackoff(Scheduler scheduler, RetryBudget budget, @Nullable DoubleSupplier random) {
		this.scheduler = scheduler;
		this.budget = budget;
		this.random = random;
	}

	RetryBudget budget() {
		return this.budget;
	}

	/**
	 * Try a step of a larger operation again, with the rules and budget of a call that
	 * changes nothing.
	 * @param step the step
	 * @param policy the policy
	 * @param further failures to try again in addition
	 */
	<T> Mono<T> retry(Mono<T> step, RetryPolicy policy, Predicate<Throwable> further) {
		return Mono.defer(() -> {
			AtomicInteger tokens = new AtomicInteger();
			return step.doOnSuccess((value) -> this.budget.succeeded(tokens.get()))
				.retryWhen(Retry.from((signals) -> signals.concatMap((signal) -> Mono.deferContextual((context) -> {
					Throwable failure = signal.failure();
					if (!isRetryable(failure, true) && !further.test(failure)) {
						return Mono.error(failure);
					}
					TimeLimit limit = TimeLimit.of(context);
					return beforeNext((int) signal.totalRetries() + 1, failure, policy,
							(limit != null) ? limit.millisLeft(ElapsedTime.millis(this.scheduler)) : Long.MAX_VALUE,
							Long.MAX_VALUE, (delay, taken) -> tokens.set(taken));
				}))));
		});
	}

	private long now() {
		return this.scheduler.now(TimeUnit.MILLISECONDS);
	}

	/**
	 * Return the wait before the next attempt of a call, or the failure if there is none.
	 */
	Mono<Long> beforeNext(CallContext call, Throwable failure) {
		RetryPolicy policy = call.retry();
		if (!isRetryable(failure, call.isReplaySafe())) {
			return Mono.error(failure);
		}
		long longest = Long.MAX_VALUE;
		if (isNotFound(failure) && !policy.notFoundTimeout().isZero()) {
			longest = Durations.millis(policy.notFoundTimeout()) - call.timing().millisNotFound();
		}
		return beforeNext(call.attempts(), failure, policy, call.timing().millisLeft(), longest, call::retryAfter);
	}

	private Mono<Long> beforeNext(int attempt, Throwable failure, RetryPolicy policy, long millisLeft, long longest,
			BiConsumer<Long, Integer> retry) {
		if (attempt >= policy.maxAttempts() || longest <= 0) {
			return Mono.error(failure);
		}
		Duration requested = requestedDelay(failure);
		long delay = Durations.millis(delayAfter(attempt, policy, requested));
		if (requested != null && delay > millisLeft) {
			// the server asks to come back after the call's timeout
			return Mono.error(failure);
		}
		// no tokens where the server says when to come back, nor where it does not show
		// yet what was created: neither is a sign of an outage
		int tokens = (requested != null || isNotFound(failure)) ? 0 : this.budget.take(isTimeout(failure));
		if (tokens < 0) {
			return Mono.error(outOfBudget(failure));
		}
		delay = Math.min(delay, longest);
		retry.accept(delay, tokens);
		return CallWaits.limited(Mono.delay(Duration.ofMillis(delay), this.scheduler), failure);
	}

	private static Throwable outOfBudget(Throwable failure) {
		if (failure instanceof TriggerException ex) {
			ex.addNote("not retried, since the retry budget of the client is used up: "
					+ "'trigger.retry.budget' allows more");
		}
		return failure;
	}

	static boolean isRetryable(Throwable failure, boolean replaySafe) {
		if (failure instanceof TriggerConnectionException connection) {
			return (replaySafe || connection.isRequestUnsent()) && !ConnectionFailure.isFinal(failure);
		}
		if (!(failure instanceof TriggerApiException api)) {
			return isProviderAway(failure);
		}
		Boolean decision = serverDecision(api);
		if (decision != null) {
			return decision;
		}
		return switch (api.getStatus()) {
			case 429 -> true;
			case 408, 409 -> replaySafe;
			default -> api.getStatus() >= 500 && replaySafe;
		};
	}

	/**
	 * Return whether no request was sent, since the provider of the credential has no
	 * connection itself.
	 */
	static boolean isProviderAway(Throwable failure) {
		return failure instanceof CredentialUnavailableException && failure.getCause() != null
				&& ConnectionFailure.of(failure.getCause()) != null && !ConnectionFailure.isFinal(failure);
	}

	/**
	 * Return whether the server asks for another attempt, {@code null} if it does not
	 * specify that.
	 */
	static @Nullable Boolean serverDecision(TriggerApiException failure) {
		String decision = failure.getHeaders().getFirst(SHOULD_RETRY);
		return ("true".equals(decision) || "false".equals(decision)) ? Boolean.valueOf(decision) : null;
	}

	/**
	 * Return whether something does not exist, or not yet.
	 */
	static boolean isNotFound(Throwable failure) {
		return failure instanceof NotFoundException;
	}

	private static boolean isTimeout(Throwable failure) {
		if (failure instanceof TriggerApiException api) {
			return api.getStatus() == 408 || api.getStatus() == 504;
		}
		return Causes.any(failure,
				(cause) -> cause instanceof TimeoutException || cause.getClass().getSimpleName().contains("Timeout"));
	}

	/**
	 * Return the delay after a failed attempt: the one that the server requests, else the
	 * one of the policy.
	 */
	Duration delayAfter(int attempt, Throwable failure, RetryPolicy policy) {
		return delayAfter(attempt, policy, requestedDelay(failure));
	}

	private Duration delayAfter(int attempt, RetryPolicy policy, @Nullable Duration requested) {
		double random = policy.jitter() ? random() : 0;
		return (requested != null) ? requested.plusMillis(Math.round(random * RESET_JITTER_MILLIS))
				: policy.delayAfter(attempt, random);
	}

	double random() {
		return (this.random != null) ? this.random.getAsDouble() : ThreadLocalRandom.current().nextDouble();
	}

	@Nullable Duration requestedDelay(Throwable failure) {
		return RequestedDelay.of(failure, now());
	}

}

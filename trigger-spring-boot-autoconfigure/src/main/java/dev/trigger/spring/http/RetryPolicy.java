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

import org.springframework.util.Assert;

/**
 * How often, and after what time, a failed call is retried.
 * <p>
 * Retried are 408, 409, 429, 5xx and lost connections; the server's
 * {@code x-should-retry} overrides all of them. A 429 waits for the reset of the rate
 * limit, unless that is beyond the timeout of the call. A request that would act twice is
 * retried only if it certainly did not arrive, unless {@link #repeatUnsafe()}.
 *
 * @param maxAttempts the number of attempts, the first one included
 * @param delay the delay before the second attempt
 * @param multiplier the factor by which each further delay is longer
 * @param maxDelay the longest delay
 * @param jitter whether delays are randomized, so that clients don't come back all at
 * once
 * @param notFoundTimeout how long a 404 is retried that the server asks to retry, since a
 * run just triggered may not be visible yet; zero for no limit but that of the attempts
 * @param autoIdempotency whether a request without an idempotency key gets a random one
 * for all its attempts, so that a lost response does not create a second run
 * @param repeatUnsafe whether a request that would act twice is retried even if it may
 * have arrived
 * @since 1.0.0
 */
public record RetryPolicy(int maxAttempts, Duration delay, double multiplier, Duration maxDelay, boolean jitter,
		Duration notFoundTimeout, boolean autoIdempotency, boolean repeatUnsafe) {

	private static final RetryPolicy DEFAULTS = new RetryPolicy(5, Duration.ofSeconds(1), 1.6, Duration.ofSeconds(30),
			true, Duration.ofSeconds(3), true, false);

	/**
	 * Create a policy.
	 * @param maxAttempts the number of attempts
	 * @param delay the delay before the second attempt
	 * @param multiplier the factor by which each further delay is longer
	 * @param maxDelay the longest delay
	 * @param jitter whether delays are randomized
	 * @param notFoundTimeout how long a 404 is retried that the server asks to retry
	 * @param autoIdempotency whether a request without a key gets a random one
	 * @param repeatUnsafe whether a request that would act twice is retried
	 */
	public RetryPolicy {
		Assert.isTrue(maxAttempts >= 1, "'maxAttempts' must be at least 1");
		Assert.isTrue(!delay.isNegative(), "'delay' must not be negative");
		Assert.isTrue(multiplier >= 1 && multiplier <= Double.MAX_VALUE, "'multiplier' must be at least 1, and finite");
		Assert.isTrue(!maxDelay.isNegative(), "'maxDelay' must not be negative");
		Assert.isTrue(!notFoundTimeout.isNegative(), "'notFoundTimeout' must not be negative");
	}

	/**
	 * Return the policy of the official SDK, made safe: 5 attempts, 1 s x 1.6, at most 30
	 * s, with jitter and automatic idempotency.
	 * @return the default policy
	 */
	public static RetryPolicy defaults() {
		return DEFAULTS;
	}

	/**
	 * Return this policy with another number of attempts.
	 * @param maxAttempts the number of attempts, the first one included
	 * @return the new policy
	 */
	public RetryPolicy withMaxAttempts(int maxAttempts) {
		return new RetryPolicy(maxAttempts, this.delay, this.multiplier, this.maxDelay, this.jitter,
				this.notFoundTimeout, this.autoIdempotency, this.repeatUnsafe);
	}

	/**
	 * Return this policy with other delays.
	 * @param delay the delay before the second attempt
	 * @param multiplier the factor by which each further delay is longer
	 * @param maxDelay the longest delay
	 * @return the new policy
	 */
	public RetryPolicy withBackoff(Duration delay, double multiplier, Duration maxDelay) {
		return new RetryPolicy(this.maxAttempts, delay, multiplier, maxDelay, this.jitter, this.notFoundTimeout,
				this.autoIdempotency, this.repeatUnsafe);
	}

	/**
	 * Return this policy with jitter on or off.
	 * @param jitter whether delays are randomized
	 * @return the new policy
	 */
	public RetryPolicy withJitter(boolean jitter) {
		return new RetryPolicy(this.maxAttempts, this.delay, this.multiplier, this.maxDelay, jitter,
				this.notFoundTimeout, this.autoIdempotency, this.repeatUnsafe);
	}

	/**
	 * Return this policy with another time for which a 404 is retried.
	 * @param notFoundTimeout how long a 404 is retried that the server asks to retry;
	 * zero for no limit but that of the attempts
	 * @return the new policy
	 */
	public RetryPolicy withNotFoundTimeout(Duration notFoundTimeout) {
		return new RetryPolicy(this.maxAttempts, this.delay, this.multiplier, this.maxDelay, this.jitter,
				notFoundTimeout, this.autoIdempotency, this.repeatUnsafe);
	}

	/**
	 * Return this policy with automatic idempotency on or off.
	 * @param autoIdempotency whether a request without a key gets a random one
	 * @return the new policy
	 */
	public RetryPolicy withAutoIdempotency(boolean autoIdempotency) {
		return new RetryPolicy(this.maxAttempts, this.delay, this.multiplier, this.maxDelay, this.jitter,
				this.notFoundTimeout, autoIdempotency, this.repeatUnsafe);
	}

	/**
	 * Return this policy for callers who accept that a request may act twice.
	 * @param repeatUnsafe whether a request that would act twice is retried
	 * @return the new policy
	 */
	public RetryPolicy withRepeatUnsafe(boolean repeatUnsafe) {
		return new RetryPolicy(this.maxAttempts, this.delay, this.multiplier, this.maxDelay, this.jitter,
				this.notFoundTimeout, this.autoIdempotency, repeatUnsafe);
	}

	/**
	 * Return the nominal delay after a failed attempt, without jitter.
	 * @param attempt the number of the failed attempt, counted from 1
	 * @return the delay
	 */
	public Duration delayAfter(int attempt) {
		return Duration.ofMillis(Backoff.millis(this.delay, this.multiplier, this.maxDelay, attempt));
	}

	/**
	 * Return the delay after a failed attempt.
	 * @param attempt the number of the failed attempt, counted from 1
	 * @param random a random number from 0 to 1, not used without jitter
	 */
	Duration delayAfter(int attempt, double random) {
		return this.jitter
				? Duration.ofMillis(Backoff.millis(this.delay, this.multiplier, this.maxDelay, attempt, random))
				: delayAfter(attempt);
	}

}

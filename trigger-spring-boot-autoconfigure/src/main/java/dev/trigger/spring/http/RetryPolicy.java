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
 * How often, and after what time, a failed call is tried again.
 * <p>
 * Tried again are 408, 409, 429, 5xx and lost connections; the server's
 * {@code x-should-retry} decides over all of them. A 429 waits for the reset of the rate
 * limit, however long, within the timeout of the call. A request that would act twice is
 * tried again only if it certainly did not arrive, unless {@link #repeatUnsafe()}.
 *
 * @param maxAttempts how many attempts there are, the first one included
 * @param delay the wait before the second attempt
 * @param multiplier the factor by which each further wait is longer
 * @param maxDelay the longest wait
 * @param jitter whether waits are lengthened at random, up to twice, so that clients
 * don't come back all at once
 * @param autoIdempotency whether a trigger without an idempotency key gets a random one
 * for all its attempts, so that a lost answer does not make a second run
 * @param repeatUnsafe whether a request that would act twice is tried again even if it
 * may have arrived
 * @since 1.0.0
 */
public record RetryPolicy(int maxAttempts, Duration delay, double multiplier, Duration maxDelay, boolean jitter,
		boolean autoIdempotency, boolean repeatUnsafe) {

	private static final RetryPolicy DEFAULTS = new RetryPolicy(5, Duration.ofSeconds(1), 1.6, Duration.ofSeconds(30),
			true, true, false);

	/**
	 * Create a policy.
	 * @param maxAttempts how many attempts there are
	 * @param delay the wait before the second attempt
	 * @param multiplier the factor by which each further wait is longer
	 * @param maxDelay the longest wait
	 * @param jitter whether waits are lengthened at random
	 * @param autoIdempotency whether a trigger without a key gets a random one
	 * @param repeatUnsafe whether a request that would act twice is tried again
	 */
	public RetryPolicy {
		Assert.isTrue(maxAttempts >= 1, "'maxAttempts' must be at least 1");
		Assert.isTrue(!delay.isNegative(), "'delay' must not be negative");
		Assert.isTrue(multiplier >= 1, "'multiplier' must be at least 1");
		Assert.isTrue(!maxDelay.isNegative(), "'maxDelay' must not be negative");
	}

	/**
	 * Return the policy of the official SDK, made safe: 5 attempts, 1 s x 1.6, at most 30
	 * s, jitter and automatic idempotency on.
	 * @return the default policy
	 */
	public static RetryPolicy defaults() {
		return DEFAULTS;
	}

	/**
	 * Return this policy with another number of attempts.
	 * @param maxAttempts how many attempts there are, the first one included
	 * @return the new policy
	 */
	public RetryPolicy withMaxAttempts(int maxAttempts) {
		return new RetryPolicy(maxAttempts, this.delay, this.multiplier, this.maxDelay, this.jitter,
				this.autoIdempotency, this.repeatUnsafe);
	}

	/**
	 * Return this policy with other waits.
	 * @param delay the wait before the second attempt
	 * @param multiplier the factor by which each further wait is longer
	 * @param maxDelay the longest wait
	 * @return the new policy
	 */
	public RetryPolicy withBackoff(Duration delay, double multiplier, Duration maxDelay) {
		return new RetryPolicy(this.maxAttempts, delay, multiplier, maxDelay, this.jitter, this.autoIdempotency,
				this.repeatUnsafe);
	}

	/**
	 * Return this policy with jitter on or off.
	 * @param jitter whether waits are lengthened at random
	 * @return the new policy
	 */
	public RetryPolicy withJitter(boolean jitter) {
		return new RetryPolicy(this.maxAttempts, this.delay, this.multiplier, this.maxDelay, jitter,
				this.autoIdempotency, this.repeatUnsafe);
	}

	/**
	 * Return this policy with automatic idempotency on or off.
	 * @param autoIdempotency whether a trigger without a key gets a random one
	 * @return the new policy
	 */
	public RetryPolicy withAutoIdempotency(boolean autoIdempotency) {
		return new RetryPolicy(this.maxAttempts, this.delay, this.multiplier, this.maxDelay, this.jitter,
				autoIdempotency, this.repeatUnsafe);
	}

	/**
	 * Return this policy for callers who accept that a request may act twice.
	 * @param repeatUnsafe whether a request that would act twice is tried again
	 * @return the new policy
	 */
	public RetryPolicy withRepeatUnsafe(boolean repeatUnsafe) {
		return new RetryPolicy(this.maxAttempts, this.delay, this.multiplier, this.maxDelay, this.jitter,
				this.autoIdempotency, repeatUnsafe);
	}

	/**
	 * Return the nominal wait after a failed attempt, without jitter.
	 * @param attempt the number of the failed attempt, counted from 1
	 * @return the wait
	 */
	public Duration delayAfter(int attempt) {
		return delayAfter(attempt, 1);
	}

	Duration delayAfter(int attempt, double stretch) {
		double millis = this.delay.toMillis() * Math.pow(this.multiplier, attempt - 1d) * stretch;
		return Duration.ofMillis(Math.round(Math.min(millis, this.maxDelay.toMillis())));
	}

}

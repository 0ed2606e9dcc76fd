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

package dev.trigger.emulator.api;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

import dev.trigger.emulator.http.EmulatorResponse;
import dev.trigger.emulator.http.JsonBody;

/**
 * A token bucket for each environment or token.
 */
final class RateLimiter {

	private final RateLimit limit;

	private final Map<String, Bucket> buckets = new HashMap<>();

	RateLimiter(RateLimit limit) {
		this.limit = limit;
	}

	synchronized Reading take(String name, Instant now) {
		Bucket bucket = this.buckets.computeIfAbsent(name,
				(key) -> new Bucket(this.limit.requests(), now.plus(this.limit.interval())));
		while (!now.isBefore(bucket.refillAt)) {
			bucket.tokens = Math.min(this.limit.requests(), bucket.tokens + this.limit.refill());
			bucket.refillAt = bucket.refillAt.plus(this.limit.interval());
			if (bucket.tokens == this.limit.requests()) {
				bucket.refillAt = now.plus(this.limit.interval());
			}
		}
		boolean allowed = bucket.tokens > 0;
		if (allowed) {
			bucket.tokens--;
		}
		return new Reading(allowed, this.limit.requests(), bucket.tokens, bucket.refillAt);
	}

	synchronized void reset() {
		this.buckets.clear();
	}

	/**
	 * The state of a bucket after a request.
	 *
	 * @param allowed whether the request may go on
	 * @param limit the size of the bucket
	 * @param remaining what is left in it
	 * @param reset when it is filled up next
	 */
	record Reading(boolean allowed, int limit, int remaining, Instant reset) {

		EmulatorResponse onto(EmulatorResponse response) {
			return response.header("x-ratelimit-limit", String.valueOf(this.limit))
				.header("x-ratelimit-remaining", String.valueOf(this.remaining))
				.header("x-ratelimit-reset", String.valueOf(this.reset.toEpochMilli()));
		}

		EmulatorResponse refusal(Instant now) {
			double seconds = Duration.between(now, this.reset).toMillis() / 1000.0;
			String detail = "Rate limit exceeded 0/" + this.limit + " requests remaining. Retry in "
					+ (Math.floor(seconds) == seconds ? String.valueOf((long) seconds) : String.valueOf(seconds))
					+ " seconds.";
			return onto(EmulatorResponse.problem(429, "Rate Limit Exceeded", detail,
					JsonBody.of("reset", this.reset.toEpochMilli())
						.with("limit", this.limit)
						.with("remaining", -1)
						.with("secondsUntilReset", seconds)));
		}

	}

	private static final class Bucket {

		private int tokens;

		private Instant refillAt;

		Bucket(int tokens, Instant refillAt) {
			this.tokens = tokens;
			this.refillAt = refillAt;
		}

	}

}

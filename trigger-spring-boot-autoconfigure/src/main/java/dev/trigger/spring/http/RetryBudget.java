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

import java.util.concurrent.atomic.AtomicInteger;

/**
 * What the calls of a client may spend on retries together, so that an outage doesn't
 * multiply the requests to a server that is in trouble already. A token bucket, as that
 * of the standard mode of the AWS SDKs: each retry takes tokens, and success gives them
 * back.
 */
final class RetryBudget {

	static final int DEFAULT_SIZE = 500;

	private static final int RETRY_COST = 5;

	private static final int TIMEOUT_COST = 10;

	private final int size;

	private final AtomicInteger tokens;

	/**
	 * Create a full budget.
	 * @param size the number of tokens, zero for no limit
	 */
	RetryBudget(int size) {
		this.size = size;
		this.tokens = new AtomicInteger(size);
	}

	/**
	 * Take the tokens for a retry.
	 * @param timeout whether the attempt before timed out
	 * @return the tokens taken, zero if there is no limit, -1 if too few are left
	 */
	int take(boolean timeout) {
		if (this.size == 0) {
			return 0;
		}
		int cost = timeout ? TIMEOUT_COST : RETRY_COST;
		while (true) {
			int left = this.tokens.get();
			if (left < cost) {
				return -1;
			}
			if (this.tokens.compareAndSet(left, left - cost)) {
				return cost;
			}
		}
	}

	/**
	 * Give tokens back after a success: those of the retry that led to it, or one for a
	 * first attempt.
	 * @param taken the tokens taken for the attempt
	 */
	void succeeded(int taken) {
		// nearly always full, and then nothing has to be written
		if (this.tokens.get() < this.size) {
			this.tokens.updateAndGet((left) -> Math.min(this.size, left + Math.max(1, taken)));
		}
	}

	void refill() {
		this.tokens.set(this.size);
	}

}

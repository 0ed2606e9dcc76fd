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

import dev.trigger.spring.auth.TriggerCredential;
import org.jspecify.annotations.Nullable;
import reactor.core.scheduler.Scheduler;

import org.springframework.util.ConcurrentLruCache;

/**
 * One {@link RateLimiter} a credential, as the server keeps one bucket for each. Only the
 * most recently used are kept, so that a server that calls on behalf of many users does
 * not grow.
 */
final class RateLimiters {

	private static final int CAPACITY = 1024;

	private final ConcurrentLruCache<TriggerCredential, RateLimiter> gates;

	RateLimiters(Scheduler scheduler) {
		this.gates = new ConcurrentLruCache<>(CAPACITY, (credential) -> new RateLimiter(scheduler));
	}

	RateLimiter of(TriggerCredential credential) {
		return this.gates.get(credential);
	}

	void clear() {
		this.gates.clear();
	}

	@Nullable RateLimit lastReading(TriggerCredential credential) {
		return this.gates.contains(credential) ? this.gates.get(credential).lastReading() : null;
	}

}

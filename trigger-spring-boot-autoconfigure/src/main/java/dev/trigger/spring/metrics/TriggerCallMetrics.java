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

package dev.trigger.spring.metrics;

import dev.trigger.spring.http.TriggerCall;
import dev.trigger.spring.http.TriggerCallListener;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Meter.MeterProvider;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;

/**
 * Counts what the observation of a call does not show: {@code trigger.retries},
 * {@code trigger.rate.limit.waits} (attempts that waited, since the limit was used up)
 * and {@code trigger.auto.idempotency} (calls that got a random key), each with the tags
 * {@code client} and {@code endpoint}.
 *
 * @since 1.0.0
 */
public class TriggerCallMetrics implements TriggerCallListener {

	private final MeterProvider<Counter> retries;

	private final MeterProvider<Counter> rateLimitWaits;

	private final MeterProvider<Counter> autoIdempotency;

	/**
	 * Create a listener.
	 * @param registry the registry to count in
	 */
	public TriggerCallMetrics(MeterRegistry registry) {
		this.retries = Counter.builder("trigger.retries")
			.description("Attempts of calls after the first one")
			.withRegistry(registry);
		this.rateLimitWaits = Counter.builder("trigger.rate.limit.waits")
			.description("Attempts that waited because the rate limit was used up")
			.withRegistry(registry);
		this.autoIdempotency = Counter.builder("trigger.auto.idempotency")
			.description("Triggers that got a random idempotency key because there was none")
			.withRegistry(registry);
	}

	@Override
	public void onRetry(TriggerCall call, Throwable failure) {
		count(this.retries, call);
	}

	@Override
	public void onRateLimitWait(TriggerCall call) {
		count(this.rateLimitWaits, call);
	}

	@Override
	public void onAutoIdempotency(TriggerCall call) {
		count(this.autoIdempotency, call);
	}

	private static void count(MeterProvider<Counter> counters, TriggerCall call) {
		counters.withTags(Tags.of("client", call.client(), "endpoint", call.endpoint().operation())).increment();
	}

}

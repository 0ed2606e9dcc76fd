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

import java.util.function.ToDoubleFunction;

import dev.trigger.spring.TriggerOperations;
import dev.trigger.spring.TriggerOperationsRegistry;
import dev.trigger.spring.http.RateLimit;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;

/**
 * The last reading of each client's rate limit: the gauges
 * {@code trigger.rate.limit.remaining} (requests) and {@code trigger.rate.limit.reset}
 * (seconds since the epoch), with the tag {@code client}. Without a reading they are not
 * a number.
 *
 * @since 1.0.0
 */
public class TriggerRateLimitMetrics implements MeterBinder {

	private final TriggerOperationsRegistry clients;

	/**
	 * Create a binder.
	 * @param clients the clients
	 */
	public TriggerRateLimitMetrics(TriggerOperationsRegistry clients) {
		this.clients = clients;
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		for (String name : this.clients.getNames()) {
			TriggerOperations client = this.clients.get(name);
			Gauge.builder("trigger.rate.limit.remaining", client, reading(RateLimit::remaining))
				.description("Requests that are left in the rate limit of the credential")
				.tag("client", name)
				.register(registry);
			Gauge.builder("trigger.rate.limit.reset", client, reading((limit) -> limit.resetAt().getEpochSecond()))
				.description("Time when the rate limit is full again, since the epoch")
				.baseUnit("seconds")
				.tag("client", name)
				.register(registry);
		}
	}

	private static ToDoubleFunction<TriggerOperations> reading(ToDoubleFunction<RateLimit> value) {
		return (client) -> {
			RateLimit rateLimit = client.rateLimit();
			return (rateLimit != null) ? value.applyAsDouble(rateLimit) : Double.NaN;
		};
	}

}

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

import java.util.Optional;

import dev.trigger.spring.TriggerOperations;
import dev.trigger.spring.TriggerOperationsRegistry;
import dev.trigger.spring.http.LiveStatistics;
import dev.trigger.spring.realtime.RealtimeOperations;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;

/**
 * The feeds and streams that each client has open: the gauge {@code trigger.live.open}
 * (feeds and streams) and the counter {@code trigger.live.reconnects}, with the tag
 * {@code client}.
 *
 * @since 1.0.0
 */
public class TriggerLiveMetrics implements MeterBinder {

	private static final LiveStatistics NOTHING = new LiveStatistics(0, 0);

	private final TriggerOperationsRegistry clients;

	/**
	 * Create a binder.
	 * @param clients the clients
	 */
	public TriggerLiveMetrics(TriggerOperationsRegistry clients) {
		this.clients = clients;
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		for (String name : this.clients.getNames()) {
			TriggerOperations client = this.clients.get(name);
			Gauge.builder("trigger.live.open", client, (open) -> statistics(open).open())
				.description("Feeds and streams that are open")
				.tag("client", name)
				.register(registry);
			FunctionCounter.builder("trigger.live.reconnects", client, (open) -> statistics(open).reconnects())
				.description("Number of reconnects of feeds and streams")
				.tag("client", name)
				.register(registry);
		}
	}

	/**
	 * A client that Mockito makes has none.
	 */
	private static LiveStatistics statistics(TriggerOperations client) {
		return Optional.ofNullable(client.realtime()).map(RealtimeOperations::statistics).orElse(NOTHING);
	}

}

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

import java.time.Duration;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

import dev.trigger.spring.runlistener.RunListenerContainer;
import dev.trigger.spring.runlistener.RunListenerObserver;
import dev.trigger.spring.runlistener.RunListenerStatistics;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter.MeterProvider;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.jspecify.annotations.Nullable;

/**
 * Listeners to runs: the gauges {@code trigger.run.listener.pending} and
 * {@code trigger.run.listener.parked} (ends of runs) and
 * {@code trigger.run.listener.oldest} (seconds), as the instance knows them that calls
 * the listeners; {@code trigger.run.listener.leader} (1 if that is this instance); and
 * the timer {@code trigger.run.listener.calls} of this instance, with the tags
 * {@code listener} and {@code outcome}.
 *
 * @since 1.0.0
 */
public class TriggerRunListenerMetrics implements MeterBinder, RunListenerObserver {

	private final MeterProvider<Timer> calls;

	private final Supplier<? extends @Nullable RunListenerContainer> container;

	/**
	 * Create the metrics.
	 * @param registry the registry of what this instance does
	 * @param container supplies what calls listeners
	 */
	public TriggerRunListenerMetrics(MeterRegistry registry,
			Supplier<? extends @Nullable RunListenerContainer> container) {
		this.calls = Timer.builder("trigger.run.listener.calls")
			.description("Calls of run listeners")
			.withRegistry(registry);
		this.container = container;
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		Gauge.builder("trigger.run.listener.pending", this, value(RunListenerStatistics::pending))
			.description("Ends of runs that listeners have to handle")
			.register(registry);
		Gauge.builder("trigger.run.listener.parked", this, value(RunListenerStatistics::parked))
			.description("Ends of runs that listeners could not handle")
			.register(registry);
		Gauge
			.builder("trigger.run.listener.oldest", this,
					value((statistics) -> statistics.oldest().toMillis() / 1000.0))
			.description("Time since the oldest end of a run that has to be handled was found")
			.baseUnit("seconds")
			.register(registry);
		Gauge.builder("trigger.run.listener.leader", this, value((statistics) -> statistics.leader() ? 1 : 0))
			.description("Whether this instance calls the listeners")
			.register(registry);
	}

	@Override
	public void called(String listener, Outcome outcome, Duration time) {
		this.calls.withTags(Tags.of("listener", listener, "outcome", outcome.name().toLowerCase(Locale.ROOT)))
			.record(time);
	}

	private static ToDoubleFunction<TriggerRunListenerMetrics> value(ToDoubleFunction<RunListenerStatistics> value) {
		return (metrics) -> {
			RunListenerContainer container = metrics.container.get();
			return (container != null) ? value.applyAsDouble(container.getStatistics()) : Double.NaN;
		};
	}

}

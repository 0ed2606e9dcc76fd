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
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

import dev.trigger.spring.outbox.OutboxAdministration;
import dev.trigger.spring.outbox.OutboxListener;
import dev.trigger.spring.outbox.OutboxStatus;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter.MeterProvider;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.jspecify.annotations.Nullable;

/**
 * The outbox: the gauges {@code trigger.outbox.pending} and {@code trigger.outbox.parked}
 * (triggers of all instances), {@code trigger.outbox.oldest} (age in seconds), the timer
 * {@code trigger.outbox.sent} (from when a trigger was written until there is a run, with
 * the tag {@code adopted}), and the counters {@code trigger.outbox.retries} and
 * {@code trigger.outbox.refused}, all three of this instance. The gauges are read from
 * the table, once in ten seconds at most.
 *
 * @since 1.0.0
 */
public class TriggerOutboxMetrics implements MeterBinder, OutboxListener {

	private static final long KEEP_NANOS = TimeUnit.SECONDS.toNanos(10);

	private final Supplier<? extends @Nullable OutboxAdministration> outbox;

	private final MeterProvider<Timer> sent;

	private final Counter retries;

	private final Counter refused;

	private volatile @Nullable Reading reading;

	/**
	 * Create the metrics.
	 * @param registry the registry of what this instance does
	 * @param outbox supplies the outbox, which has this listener
	 */
	public TriggerOutboxMetrics(MeterRegistry registry, Supplier<? extends @Nullable OutboxAdministration> outbox) {
		this.outbox = outbox;
		this.sent = Timer.builder("trigger.outbox.sent")
			.description("Time from when a trigger was written until there is a run")
			.withRegistry(registry);
		this.retries = Counter.builder("trigger.outbox.retries")
			.description("Attempts to send a trigger that are followed by another one")
			.register(registry);
		this.refused = Counter.builder("trigger.outbox.refused")
			.description("Triggers that were parked")
			.register(registry);
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		Gauge.builder("trigger.outbox.pending", this, value(OutboxStatus::pending))
			.description("Triggers in the outbox that are not sent yet")
			.register(registry);
		Gauge.builder("trigger.outbox.parked", this, value(OutboxStatus::parked))
			.description("Triggers in the outbox that the server refused")
			.register(registry);
		Gauge.builder("trigger.outbox.oldest", this, value((status) -> {
			Duration age = status.oldestAge();
			return (age != null) ? age.toMillis() / 1000.0 : 0;
		})).description("Age of the oldest trigger that is not sent yet").baseUnit("seconds").register(registry);
	}

	@Override
	public void onSent(String id, String runId, boolean adopted, Duration age) {
		this.sent.withTag("adopted", Boolean.toString(adopted)).record(age);
	}

	@Override
	public void onRetry(String id, Throwable failure) {
		this.retries.increment();
	}

	@Override
	public void onParked(String id, Throwable failure) {
		this.refused.increment();
	}

	private static ToDoubleFunction<TriggerOutboxMetrics> value(ToDoubleFunction<OutboxStatus> value) {
		return (metrics) -> {
			OutboxStatus status = metrics.status();
			return (status != null) ? value.applyAsDouble(status) : Double.NaN;
		};
	}

	private synchronized @Nullable OutboxStatus status() {
		Reading known = this.reading;
		long now = System.nanoTime();
		if (known == null || now - known.nanos() > KEEP_NANOS) {
			known = new Reading(read(), now);
			this.reading = known;
		}
		return known.status();
	}

	private @Nullable OutboxStatus read() {
		OutboxAdministration administration = this.outbox.get();
		try {
			return (administration != null) ? administration.status() : null;
		}
		catch (RuntimeException ex) {
			// the health of the outbox says why
			return null;
		}
	}

	/**
	 * What the table had.
	 *
	 * @param status the numbers, {@code null} if it could not be read
	 * @param nanos when it was read
	 */
	private record Reading(@Nullable OutboxStatus status, long nanos) {

	}

}

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
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;

import dev.trigger.spring.exception.ClientClosedException;
import io.micrometer.observation.ObservationRegistry;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;

import org.springframework.web.reactive.function.client.ExchangeFilterFunction;
import org.springframework.web.reactive.function.client.WebClient;

/**
 * What the feeds and streams of a client share: connections of their own, which are held
 * for long and must not keep calls waiting, and the count of them.
 */
final class LiveTransport {

	private final AtomicInteger open = new AtomicInteger();

	private final LongAdder reconnects = new LongAdder();

	private final SharedSources shared = new SharedSources();

	private final Sinks.Empty<Void> close = Sinks.empty();

	private final LiveSettings settings;

	private final ObservationRegistry observations;

	private final Scheduler scheduler;

	private final Supplier<WebClient.Builder> builder;

	private final CredentialFilter credentials;

	private final List<ExchangeFilterFunction> after;

	private final BodyReader bodies;

	private final EventReader events;

	private final FeedPermits feedPermits;

	private volatile @Nullable WebClient webClient;

	LiveTransport(LiveSettings settings, ObservationRegistry observations, Scheduler scheduler,
			Supplier<WebClient.Builder> builder, CredentialFilter credentials, List<ExchangeFilterFunction> after,
			BodyReader bodies, EventReader events, DoubleSupplier random) {
		this.settings = settings;
		this.observations = observations;
		this.scheduler = scheduler;
		this.builder = builder;
		this.credentials = credentials;
		this.after = after;
		this.bodies = bodies;
		this.events = events;
		this.feedPermits = new FeedPermits(settings.maxFeeds(), scheduler, random);
	}

	LiveSettings settings() {
		return this.settings;
	}

	BodyReader bodies() {
		return this.bodies;
	}

	EventReader events() {
		return this.events;
	}

	ObservationRegistry observations() {
		return this.observations;
	}

	/**
	 * Many applications have no feeds. Of two threads that come first both may make a
	 * client, of which one is used no further.
	 */
	WebClient webClient() {
		WebClient present = this.webClient;
		if (present == null) {
			present = TriggerHttpBuilder.withoutForeignSettings(this.builder.get())
				// a feed is observed as one, not poll by poll
				.observationRegistry(ObservationRegistry.NOOP)
				.filters((filters) -> {
					FilterContract.surround(filters);
					filters.addAll(0, List.of(limit(), this.credentials));
					filters.addAll(this.after);
				})
				.build();
			this.webClient = present;
		}
		return present;
	}

	private ExchangeFilterFunction limit() {
		Duration silence = this.settings.silenceTimeout();
		return (request, next) -> (silence == null) ? next.exchange(request)
				: next.exchange(request).timeout(silence, Mono.error(() -> silent(silence)), this.scheduler);
	}

	static TimeoutException silent(Duration silence) {
		return new TimeoutException("no byte within " + silence.toMillis() + " ms");
	}

	void opened() {
		this.open.incrementAndGet();
	}

	void closed() {
		this.open.decrementAndGet();
	}

	void reconnected() {
		this.reconnects.increment();
	}

	LiveStatistics statistics() {
		return new LiveStatistics(this.open.get(), this.reconnects.sum());
	}

	SharedSources shared() {
		return this.shared;
	}

	FeedPermits feedPermits() {
		return this.feedPermits;
	}

	void shutDown() {
		this.close.tryEmitEmpty();
	}

	Mono<Void> whenClosed() {
		return this.close.asMono().then(Mono.error(ClientClosedException::new));
	}

}

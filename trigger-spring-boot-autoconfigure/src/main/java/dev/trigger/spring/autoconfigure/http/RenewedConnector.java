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

package dev.trigger.spring.autoconfigure.http;

import java.net.URI;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

import org.springframework.boot.ssl.SslBundle;
import org.springframework.http.HttpMethod;
import org.springframework.http.client.reactive.ClientHttpConnector;
import org.springframework.http.client.reactive.ClientHttpRequest;
import org.springframework.http.client.reactive.ClientHttpResponse;

/**
 * Connector that is created anew when something that it was created with is another one:
 * the SSL bundle after its files have changed, or the event loops of Reactor Netty after
 * the context was stopped and started again, such as around a checkpoint. Calls that are
 * under way end on the former one.
 */
final class RenewedConnector implements ClientHttpConnector {

	private static final Log logger = LogFactory.getLog(RenewedConnector.class);

	/**
	 * How long calls and feeds have to end that are under way on a former connector.
	 */
	private static final Duration TIME_TO_END = Duration.ofMinutes(10);

	private final ConnectorResources resources;

	private final Supplier<Parts> parts;

	private final BiFunction<Parts, ConnectorResources, ClientHttpConnector> factory;

	private final Scheduler scheduler;

	private volatile Current current;

	RenewedConnector(ConnectorResources resources, Supplier<Parts> parts,
			BiFunction<Parts, ConnectorResources, ClientHttpConnector> factory, Scheduler scheduler) {
		this.resources = resources;
		this.parts = parts;
		this.factory = factory;
		this.scheduler = scheduler;
		this.current = create(parts.get());
	}

	@Override
	public Mono<ClientHttpResponse> connect(HttpMethod method, URI uri,
			Function<? super ClientHttpRequest, Mono<Void>> requestCallback) {
		if (this.resources.isClosed()) {
			// some HTTP clients would start again, and nothing would stop them
			return Mono.error(() -> new RejectedExecutionException("The client is shut down"));
		}
		Parts parts = this.parts.get();
		Current current = this.current;
		return (current.isOf(parts) ? current : renew(parts)).connector().connect(method, uri, requestCallback);
	}

	private synchronized Current renew(Parts parts) {
		Current current = this.current;
		if (!current.isOf(parts)) {
			this.current = create(parts, current);
		}
		return this.current;
	}

	private Current create(Parts parts, Current former) {
		try {
			Current created = create(parts);
			this.scheduler.schedule(() -> this.resources.close(former.close()), TIME_TO_END.toMillis(),
					TimeUnit.MILLISECONDS);
			return created;
		}
		catch (RuntimeException ex) {
			logger.warn("The changed SSL bundle of a Trigger.dev client can't be used, it goes on with the former one",
					ex);
			return new Current(parts, former.connector(), former.close());
		}
	}

	private Current create(Parts parts) {
		ConnectorResources own = new ConnectorResources();
		Current created = new Current(parts, this.factory.apply(parts, own), own::close);
		this.resources.add(created.close());
		return created;
	}

	/**
	 * What a connector is created with, besides its settings.
	 *
	 * @param sslBundle the SSL bundle, {@code null} for the defaults of the JVM
	 * @param loops the event loops, {@code null} if there are none
	 */
	record Parts(@Nullable SslBundle sslBundle, @Nullable Object loops) {

	}

	/**
	 * A connector.
	 *
	 * @param parts what it was created with
	 * @param connector the connector
	 * @param close closes what the connector has opened
	 */
	private record Current(Parts parts, ClientHttpConnector connector, Runnable close) {

		boolean isOf(Parts other) {
			boolean sameLoops = other.loops() == null || this.parts.loops() == other.loops();
			return sameLoops && this.parts.sslBundle() == other.sslBundle();
		}

	}

}

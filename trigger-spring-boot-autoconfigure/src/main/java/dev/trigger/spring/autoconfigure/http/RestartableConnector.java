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
import java.util.function.Function;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.netty.resources.LoopResources;

import org.springframework.http.HttpMethod;
import org.springframework.http.client.ReactorResourceFactory;
import org.springframework.http.client.reactive.ClientHttpConnector;
import org.springframework.http.client.reactive.ClientHttpRequest;
import org.springframework.http.client.reactive.ClientHttpResponse;

/**
 * Connector of Reactor Netty that is created anew when the application has other event
 * loops. It has after its context was stopped and started again, such as around a
 * checkpoint: what has run on the former ones, as a pool of connections does, is of no
 * use any more.
 */
final class RestartableConnector implements ClientHttpConnector {

	private final ReactorResourceFactory resources;

	private final Supplier<ClientHttpConnector> factory;

	private volatile Current current;

	RestartableConnector(ReactorResourceFactory resources, Supplier<ClientHttpConnector> factory) {
		this.resources = resources;
		this.factory = factory;
		this.current = create();
	}

	@Override
	public Mono<ClientHttpResponse> connect(HttpMethod method, URI uri,
			Function<? super ClientHttpRequest, Mono<Void>> requestCallback) {
		return current().connector().connect(method, uri, requestCallback);
	}

	private Current current() {
		Current current = this.current;
		return isOutdated(current) ? renew() : current;
	}

	private synchronized Current renew() {
		if (isOutdated(this.current)) {
			this.current = create();
		}
		return this.current;
	}

	private Current create() {
		return new Current(this.resources.isRunning() ? this.resources.getLoopResources() : null, this.factory.get());
	}

	private boolean isOutdated(Current current) {
		return this.resources.isRunning() && this.resources.getLoopResources() != current.loops();
	}

	/**
	 * A connector.
	 *
	 * @param loops the event loops of the application when it was created, {@code null}
	 * if there were none
	 * @param connector the connector
	 */
	private record Current(@Nullable LoopResources loops, ClientHttpConnector connector) {

	}

}

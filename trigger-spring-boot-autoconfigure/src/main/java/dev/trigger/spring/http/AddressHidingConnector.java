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

import java.net.URI;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpMethod;
import org.springframework.http.client.reactive.ClientHttpConnector;
import org.springframework.http.client.reactive.ClientHttpRequest;
import org.springframework.http.client.reactive.ClientHttpResponse;
import org.springframework.web.reactive.function.client.ClientResponse;

/**
 * Connector that keeps secret addresses, such as presigned URLs, out of logs. Everything
 * above it works with an address without the secret; Reactor Netty does too, and gets the
 * secret when it writes the request.
 *
 * @since 1.0.0
 * @hidden shared by the packages of the client, not an API for applications
 */
public final class AddressHidingConnector implements ClientHttpConnector {

	/**
	 * The address of the exchange that is being assembled, which happens in one go.
	 */
	private static final ThreadLocal<@Nullable Address> CURRENT = new ThreadLocal<>();

	private final ClientHttpConnector delegate;

	private final boolean reactorNetty;

	/**
	 * Create a connector.
	 * @param delegate the connector that makes the connections
	 */
	public AddressHidingConnector(ClientHttpConnector delegate) {
		ResponseCookies.ignore(delegate);
		this.delegate = CancelableConnector.of(delegate);
		this.reactorNetty = DefaultConnector.REACTOR_NETTY && ReactorNetty.isInstance(delegate);
	}

	/**
	 * Assemble an exchange whose address is a secret.
	 * @param address the address
	 * @param hidden the address without the secret
	 * @param exchange assembles the exchange with an address, without any I/O
	 * @return the exchange: with the hidden address if there is a connector of this class
	 * below, else with the real one
	 */
	static Mono<ClientResponse> exchange(URI address, URI hidden, Function<URI, Mono<ClientResponse>> exchange) {
		Address current = new Address(address);
		CURRENT.set(current);
		try {
			Mono<ClientResponse> result = exchange.apply(hidden);
			if (current.taken) {
				return result;
			}
		}
		finally {
			CURRENT.remove();
		}
		return exchange.apply(address);
	}

	@Override
	public Mono<ClientHttpResponse> connect(HttpMethod method, URI uri,
			Function<? super ClientHttpRequest, Mono<Void>> requestCallback) {
		Address current = CURRENT.get();
		if (current == null) {
			return this.delegate.connect(method, uri, requestCallback);
		}
		current.taken = true;
		if (!this.reactorNetty) {
			return this.delegate.connect(method, current.uri, requestCallback);
		}
		return this.delegate.connect(method, uri, (request) -> {
			ReactorNettyGuard.sendTo(current.uri, request);
			return requestCallback.apply(request);
		});
	}

	private static final class Address {

		private final URI uri;

		private boolean taken;

		private Address(URI uri) {
			this.uri = uri;
		}

	}

	/**
	 * A class of its own, so that Reactor Netty is not needed where it is absent.
	 */
	private static final class ReactorNetty {

		private static boolean isInstance(ClientHttpConnector connector) {
			return connector instanceof org.springframework.http.client.reactive.ReactorClientHttpConnector;
		}

	}

}

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

import java.net.ConnectException;
import java.net.URI;
import java.util.function.Function;

import reactor.core.publisher.Mono;

import org.springframework.http.HttpMethod;
import org.springframework.http.client.reactive.ClientHttpConnector;
import org.springframework.http.client.reactive.ClientHttpRequest;
import org.springframework.http.client.reactive.ClientHttpResponse;

/**
 * Connector whose connections lead to a proxy, which is therefore what can't be reached
 * if there is none.
 *
 * @since 1.0.0
 * @hidden shared by the packages of the client, not an API for applications
 */
public final class ProxiedConnector implements ClientHttpConnector {

	private final ClientHttpConnector delegate;

	private final String proxy;

	/**
	 * Create a connector.
	 * @param delegate the connector that makes the connections
	 * @param proxy the host and port of the proxy
	 */
	public ProxiedConnector(ClientHttpConnector delegate, String proxy) {
		this.delegate = delegate;
		this.proxy = proxy;
	}

	@Override
	public Mono<ClientHttpResponse> connect(HttpMethod method, URI uri,
			Function<? super ClientHttpRequest, Mono<Void>> requestCallback) {
		return this.delegate.connect(method, uri, requestCallback)
			.onErrorMap((failure) -> Causes.any(failure, ConnectionFailure::isUnreachable),
					(failure) -> new Unreachable(this.proxy, failure));
	}

	/**
	 * Thrown where there is no connection to the proxy.
	 */
	static final class Unreachable extends ConnectException {

		private static final long serialVersionUID = 1L;

		private final String proxy;

		private final Throwable cause;

		private Unreachable(String proxy, Throwable cause) {
			super("The proxy can't be reached");
			this.proxy = proxy;
			this.cause = cause;
		}

		/**
		 * Return the host and port of the proxy.
		 */
		String proxy() {
			return this.proxy;
		}

		@Override
		public Throwable getCause() {
			return this.cause;
		}

	}

}

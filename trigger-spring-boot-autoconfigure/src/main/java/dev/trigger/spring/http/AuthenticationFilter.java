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
import java.util.function.UnaryOperator;

import reactor.core.publisher.Mono;

import org.springframework.web.reactive.function.client.ClientRequest;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.ExchangeFilterFunction;
import org.springframework.web.reactive.function.client.ExchangeFunction;

/**
 * Innermost filter: adds the credential, for the origin of the API and no other.
 */
final class AuthenticationFilter implements ExchangeFilterFunction {

	private final URI apiUrl;

	AuthenticationFilter(URI apiUrl) {
		this.apiUrl = apiUrl;
	}

	@Override
	public Mono<ClientResponse> filter(ClientRequest request, ExchangeFunction next) {
		CallContext call = CallContext.of(request);
		if (call.credential() == null) {
			return OutgoingRequest.exchange(request, call, next);
		}
		if (!isSameOrigin(request.url())) {
			return Mono.error(new IllegalStateException(
					"The request was redirected from the origin of 'trigger.api-url' to another one, which must not "
							+ "see the credential"));
		}
		// the connection asks for the context time and again: this is where it finds it,
		// instead of asking all operators from here to the caller
		return OutgoingRequest.exchange(request, call, next).contextWrite(UnaryOperator.identity());
	}

	private boolean isSameOrigin(URI url) {
		return this.apiUrl.getScheme().equalsIgnoreCase(url.getScheme())
				&& this.apiUrl.getHost().equalsIgnoreCase(url.getHost()) && this.apiUrl.getPort() == url.getPort();
	}

}

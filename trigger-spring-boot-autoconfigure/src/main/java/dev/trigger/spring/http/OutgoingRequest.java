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
import java.util.Map;
import java.util.function.Consumer;

import dev.trigger.spring.auth.TriggerCredential;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.client.reactive.ClientHttpRequest;
import org.springframework.util.MultiValueMap;
import org.springframework.web.reactive.function.BodyInserter;
import org.springframework.web.reactive.function.client.ClientRequest;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.ExchangeFunction;
import org.springframework.web.reactive.function.client.ExchangeStrategies;

/**
 * A request as it goes out, with what only the connection has to see: the headers of the
 * API and the credential. As headers of the original request they would have all of it
 * copied, and the credential would be part of the exceptions of the exchange.
 */
final class OutgoingRequest implements ClientRequest {

	/**
	 * Names are in lower case, so that no map of headers has to convert them.
	 */
	private static final String AUTHORIZATION = "authorization";

	private final ClientRequest request;

	private final URI url;

	private final CallContext call;

	private final @Nullable TriggerCredential credential;

	private final boolean json;

	private OutgoingRequest(ClientRequest request, URI url, CallContext call) {
		this.request = request;
		this.url = url;
		this.call = call;
		this.credential = call.credential();
		this.json = call.expectsJson();
	}

	/**
	 * Send a request.
	 */
	static Mono<ClientResponse> exchange(ClientRequest request, CallContext call, ExchangeFunction next) {
		URI secret = call.secretAddress();
		return (secret == null) ? next.exchange(new OutgoingRequest(request, request.url(), call))
				: AddressHidingConnector.exchange(secret, request.url(),
						(url) -> next.exchange(new OutgoingRequest(request, url, call)));
	}

	@Override
	public Mono<Void> writeTo(ClientHttpRequest target, ExchangeStrategies strategies) {
		this.call.connected(ConnectionGuard.protect(target));
		ConnectionGuard.checkHeaders(target, this.request.headers());
		// the request does not overwrite headers that the target has already
		ApiHeaders.addTo(target, this.request.headers(), this.json);
		if (this.credential != null) {
			target.getHeaders().set(AUTHORIZATION, "Bearer " + this.credential.token());
		}
		return this.request.writeTo(target, strategies);
	}

	@Override
	public HttpMethod method() {
		return this.request.method();
	}

	@Override
	public URI url() {
		return this.url;
	}

	@Override
	public HttpHeaders headers() {
		return this.request.headers();
	}

	@Override
	public MultiValueMap<String, String> cookies() {
		return this.request.cookies();
	}

	@Override
	public BodyInserter<?, ? super ClientHttpRequest> body() {
		return this.request.body();
	}

	@Override
	public Map<String, Object> attributes() {
		return this.request.attributes();
	}

	@Override
	public @Nullable Consumer<ClientHttpRequest> httpRequest() {
		return this.request.httpRequest();
	}

	@Override
	public String logPrefix() {
		return this.request.logPrefix();
	}

}

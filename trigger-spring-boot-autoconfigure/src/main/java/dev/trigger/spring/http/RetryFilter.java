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

import reactor.core.publisher.Mono;

import org.springframework.http.HttpStatus;
import org.springframework.web.reactive.function.client.ClientRequest;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.ExchangeFilterFunction;
import org.springframework.web.reactive.function.client.ExchangeFunction;

/**
 * Outermost filter: makes the attempts of a call. It is a filter, not an operator behind
 * the exchange, so that all attempts together are one observation.
 */
final class RetryFilter implements ExchangeFilterFunction {

	private final RetryBackoff backoff;

	private final OutageMonitor outages;

	RetryFilter(RetryBackoff backoff, OutageMonitor outages) {
		this.backoff = backoff;
		this.outages = outages;
	}

	@Override
	public Mono<ClientResponse> filter(ClientRequest request, ExchangeFunction next) {
		return attempt(CallContext.of(request), request, next);
	}

	/**
	 * Most calls need one attempt: the machinery for further ones is created when it is
	 * needed.
	 */
	private Mono<ClientResponse> attempt(CallContext call, ClientRequest request, ExchangeFunction next) {
		return Mono.defer(() -> {
			call.startAttempt();
			return next.exchange(request);
		}).doOnNext((response) -> succeeded(call)).onErrorResume((failure) -> {
			call.failed(failure);
			this.outages.failed(failure);
			if (call.lostResponse().isAlreadyDone(call.endpoint(), failure)) {
				CallLog.alreadyDone(call, failure);
				succeeded(call);
				return Mono.just(ClientResponse.create(HttpStatus.NO_CONTENT).build());
			}
			return this.backoff.beforeNext(call, failure).then(Mono.defer(() -> attempt(call, request, next)));
		});
	}

	private void succeeded(CallContext call) {
		this.outages.succeeded();
		this.backoff.budget().succeeded(call.retryTokens());
	}

}

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
import reactor.util.retry.Retry;

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
		CallContext call = CallContext.of(request);
		Mono<ClientResponse> attempt = Mono.defer(() -> {
			call.startAttempt();
			return next.exchange(request);
		}).doOnNext((response) -> succeeded(call)).onErrorResume((failure) -> failed(call, failure));
		// most calls need one attempt: the machinery for any number of further ones is
		// created when it is needed
		return attempt
			.onErrorResume((failure) -> this.backoff.beforeNext(call, failure)
				.then(attempt.retryWhen(Retry.from(
						(signals) -> signals.concatMap((signal) -> this.backoff.beforeNext(call, signal.failure()))))))
			.onErrorMap(ForeignException::unwrap);
	}

	private Mono<ClientResponse> failed(CallContext call, Throwable failure) {
		call.failed(ForeignException.unwrap(failure));
		this.outages.failed(failure);
		if (call.lostResponse().isAlreadyDone(call.endpoint(), failure)) {
			CallLog.alreadyDone(call, failure);
			succeeded(call);
			return Mono.just(ClientResponse.create(HttpStatus.NO_CONTENT).build());
		}
		return Mono.error(failure);
	}

	private void succeeded(CallContext call) {
		this.outages.succeeded();
		this.backoff.budget().succeeded(call.retryTokens());
	}

}

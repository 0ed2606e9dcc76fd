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

import dev.trigger.spring.auth.TriggerCredential;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.web.reactive.function.client.ClientRequest;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.ExchangeFilterFunction;
import org.springframework.web.reactive.function.client.ExchangeFunction;

/**
 * Holds an attempt back while the rate limit of its credential is used up.
 */
final class RateLimitFilter implements ExchangeFilterFunction {

	private final RateLimiters limiters;

	RateLimitFilter(RateLimiters limiters) {
		this.limiters = limiters;
	}

	@Override
	public Mono<ClientResponse> filter(ClientRequest request, ExchangeFunction next) {
		CallContext call = CallContext.of(request);
		TriggerCredential credential = call.credential();
		if (credential == null) {
			return next.exchange(request);
		}
		RateLimiter limiter = this.limiters.of(credential);
		return Mono.using(() -> limiter.acquire(call.isBackground()),
				(permit) -> exchange(limiter, permit, call, request, next)
					.doOnNext((response) -> release(permit, response)),
				(permit) -> permit.release(0, HttpHeaders.EMPTY));
	}

	private static void release(RateLimiter.Permit permit, ClientResponse response) {
		HttpStatusCode status = ResponseFilter.status(response);
		permit.release((status != null) ? status.value() : 0, response.headers().asHttpHeaders());
	}

	private static Mono<ClientResponse> exchange(RateLimiter limiter, RateLimiter.Permit permit, CallContext call,
			ClientRequest request, ExchangeFunction next) {
		Mono<Void> granted = permit.granted();
		if (granted == null) {
			return next.exchange(request);
		}
		call.timing().heldBack();
		CallLog.rateLimitWait(call, limiter.lastReading());
		call.notifyListeners((listener) -> listener.onRateLimitWait(call));
		return CallWaits.limited(granted).then(Mono.defer(() -> {
			call.timing().permitted();
			return next.exchange(request);
		}));
	}

}

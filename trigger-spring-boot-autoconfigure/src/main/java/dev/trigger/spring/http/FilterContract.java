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

import java.util.List;

import dev.trigger.spring.exception.ExchangeFilterException;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.HttpRequest;
import org.springframework.web.reactive.function.client.ClientRequest;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.ExchangeFilterFunction;
import org.springframework.web.reactive.function.client.ExchangeFunction;
import org.springframework.web.reactive.function.client.WebClientResponseException;

/**
 * Stands before and behind the application's own filters, and holds them to their
 * contract. What they throw would else reach the thread of a timer or connection, where
 * the call never ends, or be taken for what became of the request.
 */
final class FilterContract implements ExchangeFilterFunction {

	/**
	 * Put the contract around the application's filters, if there are any.
	 * @param filters the filters
	 */
	static void surround(List<ExchangeFilterFunction> filters) {
		if (!filters.isEmpty()) {
			filters.add(0, new FilterContract());
			filters.add(FilterContract::note);
		}
	}

	/**
	 * Note what the request itself fails with, and the body of its response, which
	 * filters may read.
	 */
	private static Mono<ClientResponse> note(ClientRequest request, ExchangeFunction next) {
		CallContext call = CallContext.of(request);
		return next.exchange(request)
			.map((response) -> (ResponseFilter.status(response) == null) ? response
					: response.mutate().body((body) -> body.doOnError(call::exchangeFailed)).build())
			.doOnError(call::exchangeFailed);
	}

	@Override
	public Mono<ClientResponse> filter(ClientRequest request, ExchangeFunction next) {
		CallContext call = CallContext.of(request);
		@Nullable Mono<ClientResponse> response;
		try {
			response = next.exchange(request);
		}
		catch (RuntimeException ex) {
			return Mono.error(new ForeignException(ex));
		}
		catch (Error ex) {
			return Mono.error(new ExchangeFilterException(call.endpoint(), "threw " + ex, ex));
		}
		if (response == null) {
			return Mono.error(new ExchangeFilterException(call.endpoint(), "returned null", null));
		}
		return response
			.onErrorResume(WebClientResponseException.class,
					(ex) -> isOf(request, ex) ? Mono.just(toResponse(ex)) : Mono.error(ex))
			.onErrorMap((ex) -> call.isOfExchange(ex) ? ex : new ForeignException(ex))
			.switchIfEmpty(Mono
				.error(() -> new ExchangeFilterException(call.endpoint(), "completed without a response", null)));
	}

	/**
	 * A filter may make exceptions of responses with an error, those of the server and
	 * those of another one that it called, as for a token.
	 */
	private static boolean isOf(ClientRequest request, WebClientResponseException ex) {
		HttpRequest failed = ex.getRequest();
		return ex.getCause() == null && failed != null && failed.getURI().equals(request.url());
	}

	/**
	 * Only the response says whether to retry, and when.
	 */
	private static ClientResponse toResponse(WebClientResponseException ex) {
		return ClientResponse.create(ex.getStatusCode())
			.headers((headers) -> headers.addAll(ex.getHeaders()))
			.body(Flux.just(DefaultDataBufferFactory.sharedInstance.wrap(ex.getResponseBodyAsByteArray())))
			.build();
	}

}

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

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.web.reactive.function.client.ClientRequest;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.ExchangeFilterFunction;
import org.springframework.web.reactive.function.client.ExchangeFunction;

/**
 * Reads the whole answer, and turns everything but a complete success into the client's
 * own exceptions. The body is read here, within the attempt, so that one that breaks off
 * is tried again.
 */
final class ResponseFilter implements ExchangeFilterFunction {

	private final BodyReader reader;

	private volatile @Nullable ClientResponse consumed;

	ResponseFilter(BodyReader reader) {
		this.reader = reader;
	}

	@Override
	public Mono<ClientResponse> filter(ClientRequest request, ExchangeFunction next) {
		CallContext call = CallContext.of(request);
		return next.exchange(request)
			.flatMap((response) -> readAnswer(response, call))
			.onErrorMap((ex) -> ExceptionTranslator.translate(ex, call.endpoint()));
	}

	private Mono<ClientResponse> readAnswer(ClientResponse response, CallContext call) {
		Mono<byte[]> body = this.reader.read(response);
		if (response.statusCode().is2xxSuccessful()) {
			return body.map((bytes) -> {
				call.answered(bytes, response.headers().asHttpHeaders());
				return consumed(response);
			});
		}
		// an error stays that error, whatever becomes of its body
		return body.onErrorReturn(DataBufferLimitException.class, new byte[0])
			.flatMap((bytes) -> Mono.error(ExceptionTranslator.ofAnswer(call.endpoint(), response.statusCode().value(),
					response.headers().asHttpHeaders(), bytes, call::redact)));
	}

	/**
	 * Return a response whose body nobody may try to release once more. It holds nothing
	 * but the status, and so one does for all answers with the same.
	 */
	private ClientResponse consumed(ClientResponse response) {
		ClientResponse last = this.consumed;
		if (last == null || !last.statusCode().isSameCodeAs(response.statusCode())) {
			last = ClientResponse.create(response.statusCode(), response.strategies()).build();
			this.consumed = last;
		}
		return last;
	}

}

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

import java.net.ProtocolException;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.http.HttpStatusCode;
import org.springframework.web.reactive.function.client.ClientRequest;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.ExchangeFilterFunction;
import org.springframework.web.reactive.function.client.ExchangeFunction;

/**
 * Reads the whole response, and turns everything but a complete success into the client's
 * own exceptions. The body is read here, within the attempt, so that one that breaks off
 * is tried again.
 */
final class ResponseFilter implements ExchangeFilterFunction {

	private final BodyReader reader;

	ResponseFilter(BodyReader reader) {
		this.reader = reader;
	}

	@Override
	public Mono<ClientResponse> filter(ClientRequest request, ExchangeFunction next) {
		CallContext call = CallContext.of(request);
		return next.exchange(request)
			.flatMap((response) -> read(response, call))
			.onErrorMap((ex) -> ExceptionTranslator.translate(ex, call));
	}

	private Mono<ClientResponse> read(ClientResponse response, CallContext call) {
		Mono<byte[]> body = this.reader.read(response);
		return isSuccess(response) ? body.map((bytes) -> new ReceivedResponse(response, bytes))
				: fail(response, body, call);
	}

	static boolean isSuccess(ClientResponse response) {
		HttpStatusCode status = status(response);
		return status != null && status.is2xxSuccessful();
	}

	/**
	 * Return what a response other than a success means.
	 * @param body the body, of which the status decides about the exception even if it
	 * can't be read
	 */
	static <T> Mono<T> fail(ClientResponse response, Mono<byte[]> body, CallContext call) {
		HttpStatusCode status = status(response);
		if (status == null || status.is1xxInformational()) {
			return body.onErrorComplete().then(Mono.error(() -> notFinal(status)));
		}
		return readable(body).flatMap((bytes) -> Mono
			.error(ExceptionTranslator.ofResponse(call, status.value(), response.headers().asHttpHeaders(), bytes)));
	}

	static ProtocolException notFinal(@Nullable HttpStatusCode status) {
		return new ProtocolException("The status of the response is "
				+ ((status != null) ? "the interim " + status.value() : "not one of 100 to 999"));
	}

	/**
	 * Return the status of a response.
	 * @return the status, {@code null} if it is no possible one
	 */
	static @Nullable HttpStatusCode status(ClientResponse response) {
		try {
			return response.statusCode();
		}
		catch (IllegalArgumentException ex) {
			return null;
		}
	}

	/**
	 * Return a body, which is empty if it arrived, but can't be kept or decompressed.
	 */
	static Mono<byte[]> readable(Mono<byte[]> body) {
		return body.onErrorReturn(
				(ex) -> ex instanceof DataBufferLimitException || ex instanceof MalformedContentException, new byte[0]);
	}

}

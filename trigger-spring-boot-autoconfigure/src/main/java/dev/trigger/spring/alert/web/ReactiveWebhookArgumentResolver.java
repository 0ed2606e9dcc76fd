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

package dev.trigger.spring.alert.web;

import dev.trigger.spring.alert.WebhookTooLargeException;
import dev.trigger.spring.alert.WebhookVerifier;
import reactor.core.publisher.Mono;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.core.MethodParameter;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.reactive.BindingContext;
import org.springframework.web.reactive.result.method.HandlerMethodArgumentResolver;
import org.springframework.web.server.ServerWebExchange;

/**
 * Gives the alert of a webhook to controllers of Spring WebFlux.
 *
 * @since 1.0.0
 */
public final class ReactiveWebhookArgumentResolver implements HandlerMethodArgumentResolver {

	private static final byte[] EMPTY = new byte[0];

	private final ObjectProvider<WebhookVerifier> verifier;

	/**
	 * Create a resolver.
	 * @param verifier verifies webhooks; that there is none is reported when one arrives
	 */
	public ReactiveWebhookArgumentResolver(ObjectProvider<WebhookVerifier> verifier) {
		this.verifier = verifier;
	}

	@Override
	public boolean supportsParameter(MethodParameter parameter) {
		return WebhookParameter.isMarked(parameter);
	}

	@Override
	public Mono<Object> resolveArgument(MethodParameter parameter, BindingContext bindingContext,
			ServerWebExchange exchange) {
		ServerHttpRequest request = exchange.getRequest();
		WebhookVerifier verifier = WebhookParameter.verifier(this.verifier);
		int maxBytes = verifier.maxBodySize();
		if (request.getHeaders().getContentLength() > maxBytes) {
			return Mono.error(new WebhookTooLargeException(maxBytes));
		}
		return DataBufferUtils.join(request.getBody(), maxBytes)
			.map(ReactiveWebhookArgumentResolver::toBytes)
			.defaultIfEmpty(EMPTY)
			.onErrorMap(DataBufferLimitException.class, (ex) -> new WebhookTooLargeException(maxBytes))
			.map((body) -> verifier.read(body, request.getHeaders()));
	}

	private static byte[] toBytes(DataBuffer buffer) {
		try {
			byte[] bytes = new byte[buffer.readableByteCount()];
			buffer.read(bytes);
			return bytes;
		}
		finally {
			DataBufferUtils.release(buffer);
		}
	}

}

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
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Operators;
import reactor.util.context.Context;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.HttpMethod;
import org.springframework.http.client.reactive.ClientHttpConnector;
import org.springframework.http.client.reactive.ClientHttpRequest;
import org.springframework.http.client.reactive.ClientHttpResponse;
import org.springframework.http.client.reactive.ClientHttpResponseDecorator;
import org.springframework.http.client.reactive.HttpComponentsClientHttpConnector;
import org.springframework.http.client.reactive.JdkClientHttpConnector;

/**
 * Connector whose exchanges are canceled together with the reader of their response, and
 * without an error that is logged. Jetty does not notice a reader that leaves in the
 * middle of a response. All clients but Reactor Netty report what became of an exchange
 * to whoever canceled it, which Reactor logs as a dropped error.
 */
final class CancelableConnector implements ClientHttpConnector {

	/**
	 * Key of the handler for dropped errors of one subscription, which Reactor has no
	 * constant for.
	 */
	private static final String ERROR_DROPPED = "reactor.onErrorDropped.local";

	private final ClientHttpConnector delegate;

	private CancelableConnector(ClientHttpConnector delegate) {
		this.delegate = delegate;
	}

	static ClientHttpConnector of(ClientHttpConnector connector) {
		boolean needed = connector instanceof JdkClientHttpConnector
				|| connector instanceof HttpComponentsClientHttpConnector || JettyClient.isUsedBy(connector);
		return needed ? new CancelableConnector(connector) : connector;
	}

	@Override
	public Mono<ClientHttpResponse> connect(HttpMethod method, URI uri,
			Function<? super ClientHttpRequest, Mono<Void>> requestCallback) {
		AtomicReference<@Nullable ClientHttpRequest> sent = new AtomicReference<>();
		AtomicBoolean canceled = new AtomicBoolean();
		return this.delegate.connect(method, uri, (request) -> {
			sent.set(request);
			return requestCallback.apply(request);
		})
			.<ClientHttpResponse>map((response) -> cancelWithBody(response, sent))
			.onErrorResume((ex) -> canceled.get() ? Mono.never() : Mono.error(ex))
			.doOnCancel(() -> canceled.set(true))
			.contextWrite((context) -> dropErrors(context, canceled::get))
			.doFirst(() -> canceled.set(false));
	}

	private static ClientHttpResponse cancelWithBody(ClientHttpResponse response,
			AtomicReference<@Nullable ClientHttpRequest> sent) {
		return new ClientHttpResponseDecorator(response) {

			@Override
			public Flux<DataBuffer> getBody() {
				AtomicBoolean canceled = new AtomicBoolean();
				return super.getBody().onErrorResume((ex) -> canceled.get() ? Flux.never() : Flux.error(ex))
					.doOnCancel(() -> {
						canceled.set(true);
						cancel(sent.get());
					})
					.contextWrite((context) -> dropErrors(context, canceled::get));
			}

		};
	}

	private static void cancel(@Nullable ClientHttpRequest request) {
		if (request != null) {
			JettyClient.cancel(request);
		}
	}

	/**
	 * Add a handler of dropped errors that leaves out those of a cancellation.
	 */
	static Context dropCancellation(Context context) {
		return dropErrors(context, () -> false);
	}

	private static Context dropErrors(Context context, BooleanSupplier canceled) {
		return context.put(ERROR_DROPPED, (Consumer<Throwable>) (failure) -> {
			if (!canceled.getAsBoolean() && !Causes.any(failure, CancellationException.class::isInstance)) {
				Operators.onErrorDropped(failure, context);
			}
		});
	}

}

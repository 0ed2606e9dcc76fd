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
import java.time.Duration;
import java.util.function.Function;

import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.HttpMethod;
import org.springframework.http.client.reactive.ClientHttpConnector;
import org.springframework.http.client.reactive.ClientHttpRequest;
import org.springframework.http.client.reactive.ClientHttpRequestDecorator;
import org.springframework.http.client.reactive.ClientHttpResponse;
import org.springframework.http.client.reactive.ClientHttpResponseDecorator;

/**
 * Connector that fails when the response does not begin in time after the request was
 * sent, or its next part does not come in time. For clients that have a limit for a whole
 * exchange, or for its beginning only.
 *
 * @since 1.0.0
 * @hidden shared by the packages of the client, not an API for applications
 */
public final class ReadTimeoutConnector implements ClientHttpConnector {

	private final ClientHttpConnector delegate;

	private final Duration timeout;

	private final Scheduler scheduler = new DefaultScheduler();

	/**
	 * Create a connector.
	 * @param delegate the connector that makes the connections
	 * @param timeout the read timeout
	 */
	public ReadTimeoutConnector(ClientHttpConnector delegate, Duration timeout) {
		this.delegate = delegate;
		this.timeout = timeout;
	}

	@Override
	public Mono<ClientHttpResponse> connect(HttpMethod method, URI uri,
			Function<? super ClientHttpRequest, Mono<Void>> requestCallback) {
		Sinks.Empty<Void> sent = Sinks.empty();
		return this.delegate.connect(method, uri, (request) -> requestCallback.apply(watch(request, sent)))
			.timeout(sent.asMono().then(Mono.delay(this.timeout, this.scheduler)),
					Mono.error(() -> LiveTransport.silent(this.timeout)))
			.map(this::watch)
			.contextWrite(CancelableConnector::dropCancellation);
	}

	private static ClientHttpRequest watch(ClientHttpRequest request, Sinks.Empty<Void> sent) {
		return JettyClient.whenSent(request, sent::tryEmitEmpty) ? request : new WatchedRequest(request, sent);
	}

	private ClientHttpResponse watch(ClientHttpResponse response) {
		return new ClientHttpResponseDecorator(response) {

			@Override
			public Flux<DataBuffer> getBody() {
				return SilenceGuard.watch(super.getBody(), ReadTimeoutConnector.this.timeout,
						ReadTimeoutConnector.this.scheduler);
			}

		};
	}

	/**
	 * Takes what was read of the body for sent, as no more is known.
	 */
	private static final class WatchedRequest extends ClientHttpRequestDecorator {

		private final Sinks.Empty<Void> sent;

		WatchedRequest(ClientHttpRequest request, Sinks.Empty<Void> sent) {
			super(request);
			this.sent = sent;
		}

		@Override
		public Mono<Void> writeWith(Publisher<? extends DataBuffer> body) {
			return super.writeWith(watch(body));
		}

		@Override
		public Mono<Void> writeAndFlushWith(Publisher<? extends Publisher<? extends DataBuffer>> body) {
			return super.writeAndFlushWith(watch(body));
		}

		/**
		 * A single element is not sent in chunks.
		 */
		private <T> Publisher<T> watch(Publisher<T> body) {
			return (body instanceof Mono<T> single) ? single.doOnTerminate(this.sent::tryEmitEmpty)
					: Flux.from(body).doOnTerminate(this.sent::tryEmitEmpty);
		}

		@Override
		public Mono<Void> setComplete() {
			return super.setComplete().doOnTerminate(this.sent::tryEmitEmpty);
		}

	}

}

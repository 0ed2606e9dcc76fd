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
import java.net.http.HttpConnectTimeoutException;
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
 * exchange, or for its beginning only. Such clients have no limit either for what comes
 * between the connection and the request: the answer of a proxy, and the handshake of
 * TLS.
 *
 * @since 1.0.0
 * @hidden shared by the packages of the client, not an API for applications
 */
public final class ReadTimeoutConnector implements ClientHttpConnector {

	private final ClientHttpConnector delegate;

	private final Duration connectTimeout;

	private final Duration timeout;

	private final Scheduler scheduler = new DefaultScheduler();

	/**
	 * Create a connector.
	 * @param delegate the connector that makes the connections
	 * @param connectTimeout the time that the connector has to connect
	 * @param timeout the read timeout
	 */
	public ReadTimeoutConnector(ClientHttpConnector delegate, Duration connectTimeout, Duration timeout) {
		this.delegate = delegate;
		this.connectTimeout = Durations.bounded(connectTimeout);
		this.timeout = Durations.bounded(timeout);
	}

	@Override
	public Mono<ClientHttpResponse> connect(HttpMethod method, URI uri,
			Function<? super ClientHttpRequest, Mono<Void>> requestCallback) {
		Sending sending = new Sending();
		return this.delegate.connect(method, uri, (request) -> requestCallback.apply(watch(request, sending)))
			.timeout(Mono.defer(() -> overdue(sending)), Mono.error(() -> failure(sending)))
			.map(this::watch)
			.contextWrite(CancelableConnector::dropCancellation)
			.doFirst(sending::restart);
	}

	private Mono<?> overdue(Sending sending) {
		Duration untilBegun = this.connectTimeout.plus(this.timeout);
		return Mono.firstWithSignal(sending.sent.asMono().then(Mono.delay(this.timeout, this.scheduler)),
				sending.connecting.asMono()
					.then(Mono.delay(untilBegun, this.scheduler))
					.filter((tick) -> !sending.begun)
					.switchIfEmpty(Mono.never()));
	}

	private Exception failure(Sending sending) {
		return sending.begun ? LiveTransport.silent(this.timeout) : new HttpConnectTimeoutException(
				"the request could not be sent within " + this.connectTimeout.plus(this.timeout).toMillis() + " ms");
	}

	private static ClientHttpRequest watch(ClientHttpRequest request, Sending sending) {
		if (JettyClient.watch(request, sending::connects, sending::begins, sending::ends)) {
			return request;
		}
		// the JDK's client has no queue for connections
		sending.connectsAtOnce();
		return new WatchedRequest(request, sending);
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
	 * How far a request is. It starts anew with each subscription, of which an
	 * application's filter may make several.
	 */
	private static final class Sending {

		private volatile Sinks.Empty<Void> connecting = Sinks.empty();

		private volatile Sinks.Empty<Void> sent = Sinks.empty();

		private volatile boolean begun;

		private volatile boolean atOnce;

		void restart() {
			this.begun = false;
			this.sent = Sinks.empty();
			if (!this.atOnce) {
				this.connecting = Sinks.empty();
			}
		}

		void connectsAtOnce() {
			this.atOnce = true;
			connects();
		}

		void connects() {
			this.connecting.tryEmitEmpty();
		}

		void begins() {
			this.begun = true;
		}

		void ends() {
			this.begun = true;
			this.sent.tryEmitEmpty();
		}

	}

	/**
	 * Takes what was read of the body for sent, as no more is known.
	 */
	private static final class WatchedRequest extends ClientHttpRequestDecorator {

		private final Sending sending;

		WatchedRequest(ClientHttpRequest request, Sending sending) {
			super(request);
			this.sending = sending;
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
			return (body instanceof Mono<T> single)
					? single.doFirst(this.sending::begins).doOnTerminate(this.sending::ends)
					: Flux.from(body).doFirst(this.sending::begins).doOnTerminate(this.sending::ends);
		}

		@Override
		public Mono<Void> setComplete() {
			return super.setComplete().doOnTerminate(this.sending::ends);
		}

	}

}

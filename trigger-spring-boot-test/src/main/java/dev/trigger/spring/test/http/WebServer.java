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

package dev.trigger.spring.test.http;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelOption;
import io.netty.handler.codec.http.HttpResponseStatus;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;
import reactor.netty.resources.LoopResources;

/**
 * A web server on loopback that serves a {@link WebApplication} through a
 * {@link FaultLayer}.
 *
 * @since 1.0.0
 */
public final class WebServer implements AutoCloseable {

	private static final Duration SHUTDOWN = Duration.ofSeconds(5);

	/**
	 * How long half an answer has for its way out.
	 */
	private static final Duration BEFORE_CLOSE = Duration.ofMillis(50);

	private static final int REMEMBERED = 20_000;

	private static final long REMEMBERED_BYTES = 64L * 1024 * 1024;

	private final FaultLayer faults = new FaultLayer();

	private final Deque<Exchange> exchanges = new ArrayDeque<>();

	private long exchangeBytes;

	private final LoopResources loops;

	private final DisposableServer server;

	private volatile @Nullable WebApplication application;

	/**
	 * Starts a server.
	 * @param host the address to listen on
	 * @param port the port, 0 for a free one
	 */
	public WebServer(String host, int port) {
		this.loops = LoopResources.create("trigger-emulator", 2, true);
		this.server = HttpServer.create()
			.host(host)
			.port(port)
			.runOn(this.loops, false)
			.httpRequestDecoder((spec) -> spec.maxInitialLineLength(65_536).maxHeaderSize(65_536))
			.handle(this::handle)
			.bindNow();
	}

	/**
	 * Sets what to serve; until then the server answers 503.
	 * @param application the application
	 */
	public void serve(WebApplication application) {
		this.application = application;
	}

	public int port() {
		return this.server.port();
	}

	public FaultLayer faults() {
		return this.faults;
	}

	/**
	 * The latest exchanges, in the order in which they were handled.
	 * @return a copy
	 */
	public List<Exchange> exchanges() {
		synchronized (this.exchanges) {
			return List.copyOf(this.exchanges);
		}
	}

	/**
	 * Forgets the exchanges.
	 */
	public void forgetExchanges() {
		synchronized (this.exchanges) {
			this.exchanges.clear();
			this.exchangeBytes = 0;
		}
	}

	/**
	 * Blocks until the server is closed.
	 */
	public void await() {
		this.server.onDispose().block();
	}

	@Override
	public void close() {
		this.server.disposeNow(SHUTDOWN);
		this.loops.disposeLater(Duration.ZERO, SHUTDOWN).block(SHUTDOWN);
	}

	private Publisher<Void> handle(HttpServerRequest request, HttpServerResponse response) {
		return request.receive()
			.aggregate()
			.asByteArray()
			.defaultIfEmpty(new byte[0])
			.flatMap((body) -> Mono.from(exchange(request, response, body)));
	}

	private Publisher<Void> exchange(HttpServerRequest request, HttpServerResponse response, byte[] body) {
		WebApplication application = this.application;
		if (application == null) {
			return send(response, Answer.text(503, "Starting"));
		}
		Map<String, String> headers = new LinkedHashMap<>();
		request.requestHeaders().forEach((header) -> headers.put(header.getKey(), header.getValue()));
		ServerRequest received = new ServerRequest(request.method().name(), request.uri(), headers, body);
		String operation = application.operation(received);
		Fault fault = this.faults.next(operation, received);
		Instant now = application.now();
		Recorder record = (answer) -> remember(new Exchange(now, received, operation,
				application.credentialKind(received), (fault != null) ? fault.kind() : null, answer));
		if (fault == null) {
			return send(response, record.handle(application, received));
		}
		Mono<Void> outcome = Mono.defer(() -> Mono.from(act(application, fault, received, request, response, record)));
		Duration delay = fault.delay();
		return (delay != null) ? Mono.delay(delay).then(outcome) : outcome;
	}

	private Publisher<Void> act(WebApplication application, Fault fault, ServerRequest received,
			HttpServerRequest request, HttpServerResponse response, Recorder record) {
		switch (fault.kind()) {
			case RESET -> {
				record.record(null);
				return reset(request);
			}
			case LOSE_ANSWER -> {
				record.handle(application, received);
				return reset(request);
			}
			case HANG -> {
				record.handle(application, received);
				return Mono.never();
			}
			case TRUNCATE -> {
				return truncate(response, record.handle(application, received));
			}
			case ANSWER -> {
				Answer answer = (fault.answer() != null) ? fault.answer().get() : Answer.empty(500);
				record.record(answer);
				return send(response, answer);
			}
			default -> {
				return send(response, record.handle(application, received));
			}
		}
	}

	private void remember(Exchange exchange) {
		synchronized (this.exchanges) {
			this.exchanges.add(exchange);
			this.exchangeBytes += exchange.request().body().length;
			while (this.exchanges.size() > REMEMBERED || this.exchangeBytes > REMEMBERED_BYTES) {
				this.exchangeBytes -= this.exchanges.remove().request().body().length;
			}
		}
	}

	private static Publisher<Void> send(HttpServerResponse response, Answer answer) {
		response.status(HttpResponseStatus.valueOf(answer.status()));
		answer.headers().forEach(response::header);
		byte[] body = answer.body();
		if (body.length == 0) {
			response.header("content-length", "0");
			return response.send();
		}
		response.header("content-length", String.valueOf(body.length));
		return response.sendByteArray(Mono.just(body));
	}

	private static Publisher<Void> reset(HttpServerRequest request) {
		request.withConnection((connection) -> {
			// linger 0 makes the close a TCP reset, as a dying proxy does
			connection.channel().config().setOption(ChannelOption.SO_LINGER, 0);
			connection.channel().close();
		});
		return Mono.never();
	}

	private static Publisher<Void> truncate(HttpServerResponse response, Answer answer) {
		byte[] body = answer.body();
		response.status(HttpResponseStatus.valueOf(answer.status()));
		answer.headers().forEach(response::header);
		response.header("content-length", String.valueOf(Math.max(body.length, 2)));
		Mono<byte[]> close = Mono.delay(BEFORE_CLOSE).flatMap((tick) -> {
			response.withConnection((connection) -> connection.channel().close());
			return Mono.never();
		});
		Flux<byte[]> half = Flux.just(Arrays.copyOf(body, body.length / 2)).concatWith(close);
		return response.send(half.map(Unpooled::wrappedBuffer), (buffer) -> true);
	}

	private interface Recorder {

		void record(@Nullable Answer answer);

		default Answer handle(WebApplication application, ServerRequest request) {
			Answer answer = application.handle(request);
			record(answer);
			return answer;
		}

	}

}

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

package dev.trigger.emulator.http;

import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;
import reactor.netty.resources.LoopResources;

/**
 * A web server on loopback that serves a {@link WebApplication} through a
 * {@link FaultInjector}.
 *
 * @since 1.0.0
 */
public final class WebServer implements AutoCloseable {

	private final FaultInjector faults = new FaultInjector();

	private final Journal journal = new Journal();

	private final ResponseWriter writer = new ResponseWriter(this::now);

	private final WebLimits limits;

	private final LoopResources loops;

	private final DisposableServer server;

	private final AtomicBoolean closed = new AtomicBoolean();

	private volatile @Nullable WebApplication application;

	private volatile @Nullable AdminApplication admin;

	private volatile Consumer<Exchange> log = (exchange) -> {
	};

	/**
	 * Start a server.
	 * @param host the address to listen on
	 * @param port the port, 0 for a free one
	 */
	public WebServer(String host, int port) {
		this(host, port, WebLimits.DEFAULT);
	}

	/**
	 * Start a server.
	 * @param host the address to listen on
	 * @param port the port, 0 for a free one
	 * @param limits what a client may take
	 */
	public WebServer(String host, int port, WebLimits limits) {
		this.limits = limits;
		this.loops = LoopResources.create("trigger-emulator", 2, true);
		this.server = HttpServer.create()
			.host(host)
			.port(port)
			.runOn(this.loops, false)
			.httpRequestDecoder((spec) -> spec.maxInitialLineLength(65_536).maxHeaderSize(65_536))
			.idleTimeout(limits.idle())
			.doOnChannelInit((observer, channel, address) -> channel.pipeline()
				.addFirst(new LingeringClose(limits.linger()), new SlowHeaders(limits.headers())))
			.handle(this::respond)
			.bindNow();
	}

	/**
	 * Set what to serve; until then the server responds with 503.
	 * @param application the application
	 */
	public void serve(WebApplication application) {
		this.application = application;
	}

	/**
	 * Set what to serve beside the application.
	 * @param admin what administers the emulator
	 */
	public void administer(AdminApplication admin) {
		this.admin = admin;
	}

	/**
	 * Set what is called with every exchange, once it is handled.
	 * @param log the log; it does not block
	 */
	public void log(Consumer<Exchange> log) {
		this.log = log;
	}

	public int port() {
		return this.server.port();
	}

	public FaultInjector faults() {
		return this.faults;
	}

	/**
	 * Return the latest exchanges, in the order in which they were handled.
	 * @return a copy
	 */
	public List<Exchange> exchanges() {
		return this.journal.exchanges();
	}

	/**
	 * Forget the exchanges.
	 */
	public void forgetExchanges() {
		this.journal.clear();
	}

	/**
	 * Block until the server is closed.
	 */
	public void await() {
		this.server.onDispose().block();
	}

	/**
	 * Stop listening, and close all connections. Requests that are being handled are
	 * waited for as long as {@link WebLimits#shutdown()} says. After that, their daemon
	 * threads end by themselves.
	 */
	@Override
	public void close() {
		if (this.closed.getAndSet(true)) {
			return;
		}
		this.server.dispose();
		awaitEnd(this.server.onDispose());
		awaitEnd(this.loops.disposeLater(Duration.ZERO, this.limits.shutdown()));
	}

	private void awaitEnd(Mono<Void> end) {
		end.timeout(this.limits.shutdown(), Mono.empty()).onErrorComplete().block();
	}

	private Publisher<Void> respond(HttpServerRequest request, HttpServerResponse outgoing) {
		return this.writer.orFail(outgoing, () -> handle(request, outgoing));
	}

	private Publisher<Void> handle(HttpServerRequest request, HttpServerResponse outgoing) {
		request.withConnection((connection) -> SlowHeaders.received(connection.channel()));
		if (request.requestHeaders().contains("upgrade") && !request.uri().startsWith("/ws")) {
			// the server destroys connections that want to be upgraded, to h2c for
			// example
			return ResponseWriter.reset(request);
		}
		AdminApplication admin = this.admin;
		if (admin != null
				&& admin.serves(request.method().name(), request.uri(), request.requestHeaders().get("accept"))) {
			return administer(admin, request, outgoing);
		}
		long length = announcedLength(request);
		if (length > this.limits.body()) {
			return refuseBody(outgoing);
		}
		if (length > longestBody(this.application, request)) {
			// the application refuses it by its length
			return exchange(request, outgoing.keepAlive(false), new byte[0]);
		}
		return receive(request, outgoing,
				(body) -> this.writer.orFail(outgoing, () -> exchange(request, outgoing, body)));
	}

	private Publisher<Void> administer(AdminApplication admin, HttpServerRequest request, HttpServerResponse outgoing) {
		InetSocketAddress remote = request.remoteAddress();
		InetAddress address = (remote != null) ? remote.getAddress() : null;
		return receive(request, outgoing,
				(body) -> Mono
					.fromCallable(() -> InternalErrors.respond(request.method() + " of the admin API",
							() -> admin.handle(received(request, body), address)))
					.subscribeOn(Schedulers.boundedElastic())
					.flatMap((response) -> Mono.from(this.writer.send(outgoing, response))));
	}

	/**
	 * Read a body, and do something with it unless it is too long.
	 */
	private Publisher<Void> receive(HttpServerRequest request, HttpServerResponse outgoing,
			Function<byte[], Publisher<Void>> use) {
		ByteArrayOutputStream body = new ByteArrayOutputStream();
		return request.receive()
			.asByteArray()
			.doOnNext((bytes) -> append(body, bytes))
			.then(Mono.defer(() -> Mono.from(use.apply(body.toByteArray()))))
			.onErrorResume(TooLongException.class, (ex) -> Mono.from(refuseBody(outgoing)));
	}

	private static ServerRequest received(HttpServerRequest request, byte[] body) {
		Map<String, String> headers = new LinkedHashMap<>();
		request.requestHeaders().forEach((header) -> headers.put(header.getKey(), header.getValue()));
		return new ServerRequest(request.method().name(), request.uri(), headers, body);
	}

	private void append(ByteArrayOutputStream body, byte[] bytes) {
		body.writeBytes(bytes);
		if (body.size() > this.limits.body()) {
			throw new TooLongException();
		}
	}

	private Publisher<Void> refuseBody(HttpServerResponse outgoing) {
		return this.writer.send(outgoing.keepAlive(false), EmulatorResponse.error(413, "Request body too large"));
	}

	private static long announcedLength(HttpServerRequest request) {
		String length = request.requestHeaders().get("content-length");
		return (length != null && length.matches("\\d{1,18}")) ? Long.parseLong(length) : 0;
	}

	private static long longestBody(@Nullable WebApplication application, HttpServerRequest request) {
		return (application != null) ? application.longestBody(request.method().name(), request.uri()) : Long.MAX_VALUE;
	}

	private Publisher<Void> exchange(HttpServerRequest request, HttpServerResponse outgoing, byte[] body) {
		WebApplication application = this.application;
		if (application == null) {
			return this.writer.send(outgoing, EmulatorResponse.text(503, "Starting"));
		}
		Consumer<Exchange> journal = this.journal.begin().andThen((exchange) -> this.log.accept(exchange));
		return OngoingExchange.begin(application, this.faults, received(request, body), journal)
			.respond(request, outgoing, this.writer);
	}

	private Instant now() {
		WebApplication application = this.application;
		return (application != null) ? application.now() : Instant.now();
	}

	/**
	 * Ends the reading of a body.
	 */
	private static final class TooLongException extends RuntimeException {

		TooLongException() {
			super("The body is too long", null, false, false);
		}

	}

}

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

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;

import io.netty.channel.Channel;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

/**
 * A server on loopback that gives prepared responses in order, and keeps what it was
 * asked.
 */
public final class LoopbackServer implements AutoCloseable {

	private final Queue<Response> responses = new ConcurrentLinkedQueue<>();

	private final List<Received> received = new CopyOnWriteArrayList<>();

	private final Queue<Channel> connections = new ConcurrentLinkedQueue<>();

	private final DisposableServer server = HttpServer.create()
		.host("127.0.0.1")
		.port(0)
		.doOnConnection((connection) -> this.connections.add(connection.channel()))
		.handle(this::handle)
		.bindNow();

	public LoopbackServer respond(int status, String body, String... headers) {
		this.responses.add(new Response(status, body, headers, false));
		return this;
	}

	public LoopbackServer drop() {
		this.responses.add(new Response(0, "", new String[0], false));
		return this;
	}

	public LoopbackServer silence() {
		this.responses.add(new Response(0, "", new String[0], true));
		return this;
	}

	public String url() {
		return "http://127.0.0.1:" + this.server.port();
	}

	public List<Received> received() {
		return this.received;
	}

	private Flux<Void> handle(HttpServerRequest request, HttpServerResponse response) {
		return request.receive().aggregate().asString().defaultIfEmpty("").flatMapMany((body) -> {
			this.received.add(new Received(request.method().name(), request.uri(), toMap(request), body));
			Response prepared = this.responses.poll();
			if (prepared == null) {
				return response.status(599).sendString(Mono.just("no response was prepared"));
			}
			if (prepared.silent()) {
				return Flux.never();
			}
			if (prepared.status() == 0) {
				response.withConnection((connection) -> connection.channel().close());
				return Flux.never();
			}
			response.status(prepared.status());
			for (int i = 0; i < prepared.headers().length; i += 2) {
				response.header(prepared.headers()[i], prepared.headers()[i + 1]);
			}
			return response.sendByteArray(Mono.just(prepared.body().getBytes(StandardCharsets.UTF_8)));
		});
	}

	private static Map<String, String> toMap(HttpServerRequest request) {
		Map<String, String> headers = new HashMap<>();
		request.requestHeaders()
			.forEach((entry) -> headers.put(entry.getKey().toLowerCase(Locale.ROOT), entry.getValue()));
		return Map.copyOf(headers);
	}

	@Override
	public void close() {
		this.server.disposeNow();
		// a client would go on with the connections that it has
		this.connections.forEach((connection) -> connection.close().syncUninterruptibly());
	}

	record Response(int status, String body, String[] headers, boolean silent) {

	}

	public record Received(String method, String uri, Map<String, String> headers, String body) {

		public @Nullable String header(String name) {
			return this.headers.get(name);
		}

	}

}

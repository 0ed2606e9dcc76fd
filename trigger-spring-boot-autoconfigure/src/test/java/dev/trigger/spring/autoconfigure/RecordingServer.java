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

package dev.trigger.spring.autoconfigure;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.function.UnaryOperator;

import io.netty.handler.codec.http2.Http2StreamChannel;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.Http2SslContextSpec;
import reactor.netty.http.HttpProtocol;
import reactor.netty.http.server.HttpServer;
import reactor.netty.resources.LoopResources;
import reactor.netty.tcp.SslProvider;

import org.springframework.boot.ssl.SslBundle;

/**
 * A server on loopback that keeps the headers of requests, and responds by their path.
 */
public final class RecordingServer implements AutoCloseable {

	private final List<Map<String, String>> requests = new CopyOnWriteArrayList<>();

	/**
	 * Of its own: a context that is closed takes the shared ones with it.
	 */
	private final LoopResources loops = LoopResources.create("recording-server", 1, true);

	private final DisposableServer server;

	private final String origin;

	/**
	 * Start a server.
	 * @param responses makes the response to a path; an empty one is never sent
	 */
	public RecordingServer(Function<String, Response> responses) {
		this(responses, UnaryOperator.identity(), "http://127.0.0.1:");
	}

	private RecordingServer(Function<String, Response> responses, UnaryOperator<HttpServer> customizer, String origin) {
		this.origin = origin;
		HttpServer server = HttpServer.create().runOn(this.loops).host("127.0.0.1").port(0);
		this.server = customizer.apply(server).handle((request, response) -> {
			Map<String, String> headers = new HashMap<>();
			request.requestHeaders()
				.forEach((header) -> headers.put(header.getKey().toLowerCase(Locale.ROOT), header.getValue()));
			headers.put(":path", request.uri());
			// what is made of a stream of HTTP/2 says of itself that it is HTTP/1.1
			request.withConnection((connection) -> headers.put(":protocol",
					(connection.channel() instanceof Http2StreamChannel) ? "HTTP/2.0" : request.protocol()));
			headers.put(":peer", String.valueOf(request.remoteAddress()));
			this.requests.add(headers);
			Response prepared = responses.apply(request.uri());
			if (prepared.status() == 0) {
				return Mono.never();
			}
			prepared.headers().forEach(response::header);
			return response.status(prepared.status())
				.sendByteArray(Mono.just(prepared.body().getBytes(StandardCharsets.UTF_8)));
		}).bindNow();
	}

	/**
	 * Start a server that offers HTTP/2 over TLS, for the host {@code localhost}.
	 * @param responses makes the response to a path
	 * @param sslBundle the key and certificate of the server
	 * @return the server
	 */
	public static RecordingServer overTls(Function<String, Response> responses, SslBundle sslBundle) {
		SslProvider.GenericSslContextSpec<?> spec = Http2SslContextSpec
			.forServer(sslBundle.getManagers().getKeyManagerFactory());
		return new RecordingServer(responses,
				(server) -> server.protocol(HttpProtocol.H2, HttpProtocol.HTTP11).secure((ssl) -> ssl.sslContext(spec)),
				"https://localhost:");
	}

	/**
	 * Return the address of the server.
	 * @return the URL
	 */
	public String url() {
		return this.origin + this.server.port();
	}

	/**
	 * Return the headers of the requests, the path under {@code :path}, the protocol
	 * under {@code :protocol} and the address that it came from under {@code :peer}.
	 * @return the requests
	 */
	public List<Map<String, String>> requests() {
		return this.requests;
	}

	@Override
	public void close() {
		this.server.disposeNow();
		this.loops.disposeLater(Duration.ZERO, Duration.ofSeconds(20)).block();
	}

	/**
	 * A response.
	 *
	 * @param status the status, 0 for no response
	 * @param body the body
	 * @param headers the headers
	 */
	public record Response(int status, String body, Map<String, String> headers) {

		/**
		 * Create a response without headers.
		 * @param status the status
		 * @param body the body
		 */
		public Response(int status, String body) {
			this(status, body, Map.of());
		}

	}

}

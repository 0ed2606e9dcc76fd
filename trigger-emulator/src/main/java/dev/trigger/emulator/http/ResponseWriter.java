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

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.Supplier;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelOption;
import io.netty.handler.codec.http.HttpResponseStatus;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

/**
 * Sends responses: whole, piece by piece, by half, or not at all.
 */
final class ResponseWriter {

	private static final DateTimeFormatter DATE = DateTimeFormatter
		.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH)
		.withZone(ZoneOffset.UTC);

	/**
	 * Time for half a response to be sent before the connection closes.
	 */
	private static final Duration BEFORE_CLOSE = Duration.ofMillis(50);

	private final Supplier<Instant> clock;

	/**
	 * Create a writer.
	 * @param clock the time of responses
	 */
	ResponseWriter(Supplier<Instant> clock) {
		this.clock = clock;
	}

	/**
	 * Send a response.
	 * @param outgoing where to
	 * @param response the response
	 * @return ends when it is sent
	 */
	Publisher<Void> send(HttpServerResponse outgoing, EmulatorResponse response) {
		start(outgoing, response);
		Flux<byte[]> stream = response.stream();
		if (stream != null) {
			return outgoing.sendHeaders().send(stream.map(Unpooled::wrappedBuffer), (buffer) -> true);
		}
		byte[] body = response.body();
		if (body.length == 0) {
			outgoing.header("content-length", "0");
			return outgoing.send();
		}
		outgoing.header("content-length", String.valueOf(body.length));
		return outgoing.sendByteArray(Mono.just(body));
	}

	/**
	 * Send a response even if responding fails.
	 * @param outgoing where to
	 * @param responding sends the response
	 * @return ends when it, or the failure, is sent
	 */
	Publisher<Void> orFail(HttpServerResponse outgoing, Supplier<Publisher<Void>> responding) {
		try {
			return responding.get();
		}
		catch (Throwable ex) {
			return send(outgoing.keepAlive(false), InternalErrors.response("request", ex));
		}
	}

	/**
	 * Send half a response, then close the connection.
	 * @param outgoing where to
	 * @param response the response
	 * @return never ends
	 */
	Publisher<Void> truncate(HttpServerResponse outgoing, EmulatorResponse response) {
		Flux<byte[]> stream = response.stream();
		byte[] body = response.body();
		start(outgoing, response);
		if (stream == null) {
			outgoing.header("content-length", String.valueOf(Math.max(body.length, 2)));
		}
		Mono<byte[]> close = Mono.delay(BEFORE_CLOSE).flatMap((tick) -> {
			outgoing.withConnection((connection) -> connection.channel().close());
			return Mono.never();
		});
		Flux<byte[]> half = ((stream != null) ? stream.take(1) : Flux.just(body))
			.map((piece) -> Arrays.copyOf(piece, piece.length / 2))
			.concatWith(close);
		return outgoing.send(half.map(Unpooled::wrappedBuffer), (buffer) -> true);
	}

	/**
	 * Close a connection without a response.
	 * @param request the request that gets none
	 * @return never ends
	 */
	static Publisher<Void> reset(HttpServerRequest request) {
		request.withConnection((connection) -> {
			// linger 0 makes the close a TCP reset, as a dying proxy does
			connection.channel().config().setOption(ChannelOption.SO_LINGER, 0);
			connection.channel().close();
		});
		return Mono.never();
	}

	/**
	 * Write status and headers. Every response has the time of the emulator, by which
	 * clients measure how far their clock is off.
	 */
	private void start(HttpServerResponse outgoing, EmulatorResponse response) {
		outgoing.status(HttpResponseStatus.valueOf(response.status()));
		outgoing.header("date", DATE.format(now()));
		response.headers().forEach(outgoing::header);
	}

	private Instant now() {
		try {
			return this.clock.get();
		}
		catch (Throwable ex) {
			InternalErrors.log("clock", ex);
			return Instant.now();
		}
	}

}

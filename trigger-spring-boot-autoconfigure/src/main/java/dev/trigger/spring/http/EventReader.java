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
import java.util.Map;
import java.util.UUID;
import java.util.function.UnaryOperator;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.core.ParameterizedTypeReference;
import org.springframework.core.ResolvableType;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ReactiveHttpInputMessage;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.http.codec.ServerSentEventHttpMessageReader;

/**
 * Reads server-sent events with the reader of Spring. That one also emits an event of
 * which the body has only the beginning when it ends; here such an event is left out.
 */
final class EventReader {

	private static final ResolvableType EVENT = ResolvableType
		.forType(new ParameterizedTypeReference<ServerSentEvent<String>>() {
		});

	private final ServerSentEventHttpMessageReader reader = new ServerSentEventHttpMessageReader();

	/**
	 * What the last event of all is called. It also ends one that has no end.
	 */
	private final String end = "end-" + UUID.randomUUID();

	EventReader(int maxBytes) {
		this.reader.setMaxInMemorySize(maxBytes);
	}

	/**
	 * Read a body.
	 * @param message the response
	 * @param guard what the bytes pass before they are read
	 * @return the events
	 */
	@SuppressWarnings("unchecked")
	Flux<ServerSentEvent<String>> read(ReactiveHttpInputMessage message, UnaryOperator<Flux<DataBuffer>> guard) {
		byte[] last = ("\nevent: " + this.end + "\n\n").getBytes(StandardCharsets.UTF_8);
		Flux<DataBuffer> body = guard.apply(message.getBody())
			.concatWith(Mono.fromSupplier(() -> DefaultDataBufferFactory.sharedInstance.wrap(last)));
		return this.reader.read(EVENT, new Body(message.getHeaders(), body), Map.of())
			.map((event) -> (ServerSentEvent<String>) event)
			.takeUntil((event) -> this.end.equals(event.event()))
			.filter((event) -> !this.end.equals(event.event()));
	}

	/**
	 * A response with another body.
	 *
	 * @param getHeaders the headers
	 * @param getBody the body
	 */
	private record Body(HttpHeaders getHeaders, Flux<DataBuffer> getBody) implements ReactiveHttpInputMessage {

	}

}

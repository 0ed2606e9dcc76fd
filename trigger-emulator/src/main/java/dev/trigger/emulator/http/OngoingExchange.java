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
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

/**
 * An exchange whose request has been received: the fault that it meets, the application's
 * response, and the record of both.
 */
final class OngoingExchange {

	private final WebApplication application;

	private final ServerRequest received;

	private final @Nullable String operation;

	private final @Nullable Fault fault;

	private final Consumer<Exchange> journal;

	private final Instant receivedAt;

	private OngoingExchange(WebApplication application, ServerRequest received, @Nullable String operation,
			@Nullable Fault fault, Consumer<Exchange> journal) {
		this.application = application;
		this.received = received;
		this.operation = operation;
		this.fault = fault;
		this.journal = journal;
		this.receivedAt = application.now();
	}

	/**
	 * Begin an exchange: decide which fault it meets.
	 * @param application what responds
	 * @param faults where the fault comes from
	 * @param request the request
	 * @param journal what gets the exchange when it has ended
	 * @return the exchange
	 */
	static OngoingExchange begin(WebApplication application, FaultInjector faults, ServerRequest request,
			Consumer<Exchange> journal) {
		String operation = application.operation(request);
		Fault fault = faults.next(operation, request);
		boolean partial = fault != null && fault.kind() == Fault.Kind.PARTIAL_ROWS;
		return new OngoingExchange(application, partial ? request.withPartialRows() : request, operation, fault,
				journal);
	}

	/**
	 * Send the response, or what the fault makes of it.
	 * @param request the request on its connection
	 * @param outgoing where the response goes
	 * @param writer what writes it
	 * @return completes when it is sent
	 */
	Publisher<Void> respond(HttpServerRequest request, HttpServerResponse outgoing, ResponseWriter writer) {
		Fault fault = this.fault;
		if (fault == null) {
			return send(outgoing, writer);
		}
		Mono<Void> outcome = Mono
			.defer(() -> Mono.from(writer.orFail(outgoing, () -> act(fault, request, outgoing, writer))));
		Duration delay = fault.delay();
		return (delay != null) ? Mono.delay(delay).then(outcome) : outcome;
	}

	private Publisher<Void> send(HttpServerResponse outgoing, ResponseWriter writer) {
		return handle().flatMap((response) -> Mono.from(writer.send(outgoing, response)));
	}

	private Publisher<Void> act(Fault fault, HttpServerRequest request, HttpServerResponse outgoing,
			ResponseWriter writer) {
		switch (fault.kind()) {
			case RESET -> {
				record(null);
				return ResponseWriter.reset(request);
			}
			case LOSE_RESPONSE -> {
				return handle().flatMap((response) -> Mono.from(ResponseWriter.reset(request)));
			}
			case HANG -> {
				return handle().then(Mono.never());
			}
			case TRUNCATE -> {
				return handle().flatMap((response) -> Mono.from(writer.truncate(outgoing, response)));
			}
			case RESPOND -> {
				EmulatorResponse response = (fault.response() != null) ? fault.response().get()
						: EmulatorResponse.empty(500);
				record(response);
				return writer.send(outgoing, response);
			}
			default -> {
				return send(outgoing, writer);
			}
		}
	}

	/**
	 * Let the application handle the request. What is held is recorded when it ends: when
	 * the response is ready, or when the client has left.
	 */
	private Mono<EmulatorResponse> handle() {
		AtomicBoolean recorded = new AtomicBoolean();
		Mono<EmulatorResponse> handled = InternalErrors.respond("request", () -> this.application.handle(this.received))
			.whenReady()
			.onErrorResume((ex) -> Mono.just(InternalErrors.response("held request", ex)));
		return handled.doOnNext((response) -> {
			recorded.set(true);
			record(response);
		}).doOnCancel(() -> {
			if (recorded.compareAndSet(false, true)) {
				record(null);
			}
		});
	}

	private void record(@Nullable EmulatorResponse response) {
		InternalErrors.run("journal",
				() -> this.journal.accept(new Exchange(this.receivedAt, this.received, this.operation,
						this.application.credentialKind(this.received), (this.fault != null) ? this.fault.kind() : null,
						(response != null) ? (Integer) response.status() : null)));
	}

}

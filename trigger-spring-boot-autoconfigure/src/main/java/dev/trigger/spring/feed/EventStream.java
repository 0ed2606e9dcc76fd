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

package dev.trigger.spring.feed;

import java.time.Duration;

import dev.trigger.spring.exception.TriggerDecodingException;
import dev.trigger.spring.exception.TriggerTimeoutException;
import dev.trigger.spring.http.Interruption;
import dev.trigger.spring.http.LiveConnection;
import dev.trigger.spring.http.LiveHttp;
import dev.trigger.spring.http.TriggerHttp;
import dev.trigger.spring.http.TriggerRequest;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.util.context.ContextView;

import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.codec.ServerSentEvent;

/**
 * The parts of a stream, as they were written and are written.
 * <p>
 * The end of a response is not the end of the stream: a reader goes on where it stopped,
 * until nothing more will be written, or until no part comes for as long as it wants to
 * wait. No part is dropped: a slow reader makes the server wait.
 *
 * @since 1.0.0
 */
public final class EventStream {

	/**
	 * How many responses in a row may be unreadable.
	 */
	private static final int MAX_UNREADABLE = 20;

	/**
	 * How many events are decoded ahead of a slow reader.
	 */
	private static final int PREFETCHED_EVENTS = 16;

	private static final Duration LAST_TIMEOUT = Duration.ofSeconds(1);

	/**
	 * A server that ends its responses sooner is asked less and less often.
	 */
	private static final long HELD_MILLIS = 1_000;

	/**
	 * How many responses in a row may end sooner without a pause, if they have parts.
	 */
	private static final int MAX_SHORT = 3;

	private final LiveHttp http;

	private final @Nullable Duration firstTimeout;

	private final EventSource source;

	private EventStream(TriggerHttp http, EventSource source) {
		this.http = http.live();
		this.firstTimeout = http.settings().timeout();
		this.source = source;
	}

	/**
	 * Create a stream. It does nothing until it is subscribed to.
	 * @param http the transport
	 * @param source what to read
	 * @return the stream
	 */
	public static EventStream of(TriggerHttp http, EventSource source) {
		return new EventStream(http, source);
	}

	/**
	 * Return the parts.
	 * @return the parts; each subscription reads on its own
	 */
	public Flux<EventPart> parts() {
		return Flux
			.deferContextual((context) -> Flux.using(() -> new Reading(context), Reading::parts, Reading::close));
	}

	/**
	 * What one subscriber reads.
	 */
	private final class Reading {

		private final EventPosition position = new EventPosition(EventStream.this.source.after(),
				EventStream.this.source.latest());

		private final Sinks.Empty<Void> over = Sinks.empty();

		private final LiveConnection connection;

		private final Disposable watch;

		private volatile boolean isOver;

		/**
		 * Why it will never be known that nothing more is written.
		 */
		private volatile @Nullable Throwable watchFailure;

		private volatile boolean responded;

		private volatile boolean settled;

		private volatile @Nullable Throwable lastFailure;

		private boolean finished;

		private boolean progressed;

		private int failures;

		private int shortResponses;

		private int unreadable;

		Reading(ContextView context) {
			this.connection = EventStream.this.http.open(EventStream.this.source.endpoint(), context);
			Mono<Void> known = EventStream.this.source.over();
			this.watch = (known != null) ? known.subscribe((ignored) -> {
			}, (failure) -> this.watchFailure = failure, this::end) : Disposables.disposed();
		}

		private void end() {
			this.isOver = true;
			this.over.tryEmitEmpty();
		}

		Flux<EventPart> parts() {
			Flux<EventPart> parts = Flux.defer(this::attempt).repeat(() -> !this.finished);
			Duration timeout = EventStream.this.firstTimeout;
			if (timeout != null) {
				parts = Interruption.interrupt(parts, EventStream.this.http.elapsed(timeout)
					.then(Mono.defer(() -> this.responded ? Mono.never() : Mono.error(timedOut(timeout)))));
			}
			return Interruption.interrupt(parts, EventStream.this.http.whenClosed()).doOnError(this.connection::failed);
		}

		private TriggerTimeoutException timedOut(Duration timeout) {
			return new TriggerTimeoutException("%s had no response within %d ms: 'trigger.timeout' allows more"
				.formatted(EventStream.this.source.endpoint(), timeout.toMillis()), timeout, this.lastFailure);
		}

		void close() {
			this.watch.dispose();
			this.connection.close();
		}

		/**
		 * Read one response. When nothing more will be written, another one is read for
		 * what was written last.
		 */
		private Flux<EventPart> attempt() {
			boolean last = this.isOver;
			long start = EventStream.this.http.now();
			this.progressed = false;
			Flux<EventPart> parts = EventStream.this.http.events(request(last), this::read);
			return (last ? parts : parts.takeUntilOther(this.over.asMono())).filter(this::take)
				.concatWith(Mono.defer(() -> ended(last, start)))
				.onErrorResume((failure) -> recover(last, failure));
		}

		private TriggerRequest<String> request(boolean last) {
			EventSource source = EventStream.this.source;
			String resumeAfter = this.position.resumeAfter();
			Duration timeout = last ? LAST_TIMEOUT : source.timeout();
			return TriggerRequest.to(source.endpoint(), source.pathVariables().toArray(String[]::new))
				.header("accept", MediaType.TEXT_EVENT_STREAM_VALUE)
				.header("timeout-seconds", (timeout != null) ? Long.toString(timeout.toSeconds()) : null)
				.header("last-event-id", resumeAfter)
				.header("x-trigger-stream-start", (source.latest() && resumeAfter == null) ? "latest" : null)
				.header("x-peek-settled", source.peekSettled() ? "1" : null)
				.returning(String.class);
		}

		private Flux<EventPart> read(HttpHeaders headers, Flux<ServerSentEvent<String>> events) {
			this.responded = true;
			this.settled = "true".equalsIgnoreCase(headers.getFirst("x-session-settled"));
			EventDecoder decoder = EventDecoder.of(headers, EventStream.this.source.endpoint());
			this.position.sharesIds(decoder.sharesIds());
			return events.concatMapIterable(decoder::decode, PREFETCHED_EVENTS);
		}

		private boolean take(EventPart part) {
			boolean isNew = this.position.take(part);
			if (isNew || part.internal()) {
				this.progressed = true;
				this.failures = 0;
				this.unreadable = 0;
			}
			return isNew;
		}

		private Mono<EventPart> ended(boolean last, long start) {
			if (this.isOver && !last) {
				return Mono.empty();
			}
			if (last || this.settled || EventStream.this.source.timeout() != null) {
				this.finished = true;
				return Mono.empty();
			}
			Throwable unknown = this.watchFailure;
			if (unknown != null) {
				return Mono.error(unknown);
			}
			boolean held = EventStream.this.http.now() - start >= HELD_MILLIS;
			this.shortResponses = held ? 0 : this.shortResponses + 1;
			this.failures = (held || this.progressed) ? 0 : this.failures + 1;
			boolean goOn = held || (this.progressed && this.shortResponses <= MAX_SHORT);
			return goOn ? Mono.empty() : EventStream.this.http.backOff(this.failures, null).then(Mono.empty());
		}

		private Mono<EventPart> recover(boolean last, Throwable failure) {
			if (this.isOver && !last) {
				// it may have failed because it was canceled, and a last read follows
				// anyway
				return Mono.empty();
			}
			boolean broken = failure instanceof TriggerDecodingException
					&& (!this.responded || ++this.unreadable >= MAX_UNREADABLE);
			if (broken || failure == this.watchFailure || !LiveHttp.isTemporary(failure)) {
				return Mono.error(failure);
			}
			this.lastFailure = failure;
			this.connection.reconnects(failure);
			return EventStream.this.http.backOff(++this.failures, failure).then(Mono.empty());
		}

	}

}

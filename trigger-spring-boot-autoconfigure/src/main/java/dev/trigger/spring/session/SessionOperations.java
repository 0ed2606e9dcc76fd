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

package dev.trigger.spring.session;

import java.util.function.Consumer;

import dev.trigger.spring.http.TriggerHttp;
import dev.trigger.spring.page.CursorPage;
import dev.trigger.spring.payload.PayloadCodec;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Manages sessions. They are found by their id, {@code session_…}, or their external id.
 * All take a secret key; {@link #update update} and {@link #close close} nothing else,
 * the others a public access token too.
 *
 * @since 1.0.0
 */
public interface SessionOperations {

	/**
	 * Start a session, or return the one with the same external id.
	 * <p>
	 * {@code POST /api/v1/sessions}
	 * @param options the options for starting the session
	 * @return the session with the run that serves it
	 */
	Mono<StartedSession> start(SessionOptions options);

	/**
	 * Start a session, or return the one with the same external id.
	 * @param options sets the options
	 * @return the session with the run that serves it
	 * @see #start(SessionOptions)
	 */
	default Mono<StartedSession> start(Consumer<SessionOptions.Builder> options) {
		return start(SessionOptions.of(options));
	}

	/**
	 * Return sessions, page by page as they are asked for.
	 * <p>
	 * {@code GET /api/v1/sessions}
	 * @param query which sessions
	 * @return the sessions
	 */
	Flux<Session> list(SessionQuery query);

	/**
	 * Return sessions, page by page as they are asked for.
	 * @param query sets the filters and the page
	 * @return the sessions
	 * @see #list(SessionQuery)
	 */
	default Flux<Session> list(Consumer<SessionQuery.Builder> query) {
		return list(SessionQuery.of(query));
	}

	/**
	 * Return one page of sessions.
	 * <p>
	 * {@code GET /api/v1/sessions}
	 * @param query which sessions
	 * @return the page
	 */
	Mono<CursorPage<Session>> page(SessionQuery query);

	/**
	 * Return one page of sessions.
	 * @param query sets the filters and the page
	 * @return the page
	 * @see #page(SessionQuery)
	 */
	default Mono<CursorPage<Session>> page(Consumer<SessionQuery.Builder> query) {
		return page(SessionQuery.of(query));
	}

	/**
	 * Return a session.
	 * <p>
	 * {@code GET /api/v1/sessions/{session}}
	 * @param session the id or the external id
	 * @return the session
	 */
	Mono<Session> retrieve(String session);

	/**
	 * Change a session.
	 * <p>
	 * {@code PATCH /api/v1/sessions/{session}}
	 * @param session the id or the external id
	 * @param options the changes
	 * @return the session
	 */
	Mono<Session> update(String session, SessionUpdateOptions options);

	/**
	 * Change a session.
	 * @param session the id or the external id
	 * @param options sets the options
	 * @return the session
	 * @see #update(String, SessionUpdateOptions)
	 */
	default Mono<Session> update(String session, Consumer<SessionUpdateOptions.Builder> options) {
		return update(session, SessionUpdateOptions.of(options));
	}

	/**
	 * Close a session without a reason: it takes no more messages.
	 * <p>
	 * {@code POST /api/v1/sessions/{session}/close}
	 * @param session the id or the external id
	 * @return the session
	 */
	default Mono<Session> close(String session) {
		return close(session, null);
	}

	/**
	 * Close a session: it takes no more messages.
	 * <p>
	 * {@code POST /api/v1/sessions/{session}/close}
	 * @param session the id or the external id
	 * @param reason why, {@code null} for no reason
	 * @return the session
	 */
	Mono<Session> close(String session, @Nullable String reason);

	/**
	 * Send a message into a session. Repeated attempts arrive once.
	 * <p>
	 * {@code POST /realtime/v1/sessions/{session}/in/append}
	 * @param session the id or the external id
	 * @param message the message: a {@link String} is sent as it is, everything else as
	 * JSON
	 * @return completes when the message was taken
	 */
	Mono<Void> send(String session, Object message);

	/**
	 * Return the channels of a session.
	 * @param session the id or the external id
	 * @return the channels, to read and to write
	 */
	SessionChannels session(String session);

	/**
	 * Create the operations on a client. Applications get them from
	 * {@code TriggerOperations} instead.
	 * @param http the transport
	 * @param payloads encodes payloads and decodes outputs
	 * @return the operations
	 */
	static SessionOperations create(TriggerHttp http, PayloadCodec payloads) {
		return new DefaultSessionOperations(http, payloads);
	}

}

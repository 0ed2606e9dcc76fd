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

import java.util.Map;

import dev.trigger.spring.endpoint.TriggerEndpoint;
import dev.trigger.spring.http.TriggerHttp;
import dev.trigger.spring.http.TriggerRequest;
import dev.trigger.spring.page.CursorPage;
import dev.trigger.spring.payload.PayloadCodec;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.core.ParameterizedTypeReference;

/**
 * Default {@link SessionOperations}.
 */
final class DefaultSessionOperations implements SessionOperations {

	private static final ParameterizedTypeReference<CursorPage<Session>> PAGE = new ParameterizedTypeReference<>() {
	};

	private final TriggerHttp http;

	private final PayloadCodec payloads;

	DefaultSessionOperations(TriggerHttp http, PayloadCodec payloads) {
		this.http = http;
		this.payloads = payloads;
	}

	@Override
	public Mono<StartedSession> start(SessionOptions options) {
		return Mono.defer(() -> this.http.send(TriggerRequest.to(TriggerEndpoint.SESSIONS_START)
			.json(options.toBody(this.payloads))
			.replaySafe(options.hasExternalId())
			.returning(StartedSession.class)));
	}

	@Override
	public Flux<Session> list(SessionQuery query) {
		return CursorPage.walk((cursor) -> page(query.following(cursor)));
	}

	@Override
	public Mono<CursorPage<Session>> page(SessionQuery query) {
		return this.http.send(TriggerRequest.to(TriggerEndpoint.SESSIONS_LIST).query(query.toQuery()).returning(PAGE));
	}

	@Override
	public Mono<Session> retrieve(String session) {
		return this.http.send(TriggerRequest.to(TriggerEndpoint.SESSIONS_RETRIEVE, session).returning(Session.class));
	}

	@Override
	public Mono<Session> update(String session, SessionUpdateOptions options) {
		return Mono.defer(() -> this.http.send(TriggerRequest.to(TriggerEndpoint.SESSIONS_UPDATE, session)
			.json(options.toBody(this.payloads))
			.returning(Session.class)));
	}

	@Override
	public Mono<Session> close(String session, @Nullable String reason) {
		Map<String, String> body = (reason != null) ? Map.of("reason", reason) : Map.of();
		return this.http
			.send(TriggerRequest.to(TriggerEndpoint.SESSIONS_CLOSE, session).json(body).returning(Session.class));
	}

	@Override
	public Mono<Void> send(String session, Object message) {
		return session(session).in().append(message);
	}

	@Override
	public SessionChannels session(String session) {
		return new DefaultSessionChannels(this.http, this.payloads, session, null);
	}

}

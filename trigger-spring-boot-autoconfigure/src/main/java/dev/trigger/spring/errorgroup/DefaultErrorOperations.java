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

package dev.trigger.spring.errorgroup;

import java.util.Map;

import dev.trigger.spring.endpoint.TriggerEndpoint;
import dev.trigger.spring.http.TriggerHttp;
import dev.trigger.spring.http.TriggerRequest;
import dev.trigger.spring.page.CursorPage;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.core.ParameterizedTypeReference;

/**
 * Default {@link ErrorOperations}.
 */
final class DefaultErrorOperations implements ErrorOperations {

	private static final ParameterizedTypeReference<CursorPage<ErrorGroup>> PAGE = new ParameterizedTypeReference<>() {
	};

	private final TriggerHttp http;

	DefaultErrorOperations(TriggerHttp http) {
		this.http = http;
	}

	@Override
	public Flux<ErrorGroup> list(ErrorQuery query) {
		return CursorPage.walk((cursor) -> page(query.following(cursor)));
	}

	@Override
	public Mono<CursorPage<ErrorGroup>> page(ErrorQuery query) {
		return this.http.send(TriggerRequest.to(TriggerEndpoint.ERRORS_LIST).query(query.toQuery()).returning(PAGE));
	}

	@Override
	public Mono<ErrorGroup> retrieve(String errorId) {
		return this.http.send(TriggerRequest.to(TriggerEndpoint.ERRORS_RETRIEVE, errorId).returning(ErrorGroup.class));
	}

	@Override
	public Mono<ErrorGroup> resolve(String errorId, @Nullable String resolvedInVersion) {
		return send(TriggerEndpoint.ERRORS_RESOLVE, errorId,
				(resolvedInVersion != null) ? Map.of("resolvedInVersion", resolvedInVersion) : Map.of());
	}

	@Override
	public Mono<ErrorGroup> ignore(String errorId, IgnoreOptions options) {
		return send(TriggerEndpoint.ERRORS_IGNORE, errorId, options.toBody());
	}

	@Override
	public Mono<ErrorGroup> unresolve(String errorId) {
		return send(TriggerEndpoint.ERRORS_UNRESOLVE, errorId, Map.of());
	}

	private Mono<ErrorGroup> send(TriggerEndpoint endpoint, String errorId, Object body) {
		return this.http.send(TriggerRequest.to(endpoint, errorId).json(body).returning(ErrorGroup.class));
	}

}

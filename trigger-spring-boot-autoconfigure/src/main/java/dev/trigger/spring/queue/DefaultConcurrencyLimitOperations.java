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

package dev.trigger.spring.queue;

import java.util.Map;

import dev.trigger.spring.endpoint.TriggerEndpoint;
import dev.trigger.spring.http.TriggerHttp;
import dev.trigger.spring.http.TriggerRequest;
import dev.trigger.spring.page.NumberedPage;
import dev.trigger.spring.page.PageQuery;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.core.ParameterizedTypeReference;

/**
 * Default {@link ConcurrencyLimitOperations}.
 */
final class DefaultConcurrencyLimitOperations implements ConcurrencyLimitOperations {

	private static final ParameterizedTypeReference<NumberedPage<ConcurrencyLimit>> PAGE = new ParameterizedTypeReference<>() {
	};

	private final TriggerHttp http;

	DefaultConcurrencyLimitOperations(TriggerHttp http) {
		this.http = http;
	}

	@Override
	public Flux<ConcurrencyLimit> list(PageQuery query) {
		return NumberedPage.walk(query, this::page);
	}

	@Override
	public Mono<NumberedPage<ConcurrencyLimit>> page(PageQuery query) {
		return this.http.send(TriggerRequest.to(TriggerEndpoint.CONCURRENCY_LIMITS_LIST)
			.query("page", query.page())
			.query("perPage", query.size())
			.returning(PAGE));
	}

	@Override
	public Mono<ConcurrencyLimit> retrieve(String name) {
		return this.http.send(
				TriggerRequest.to(TriggerEndpoint.CONCURRENCY_LIMITS_RETRIEVE, name).returning(ConcurrencyLimit.class));
	}

	@Override
	public Mono<ConcurrencyLimit> retrieve(String name, String concurrencyKey) {
		return this.http.send(TriggerRequest.to(TriggerEndpoint.CONCURRENCY_LIMITS_RETRIEVE, name)
			.query("concurrencyKey", concurrencyKey)
			.returning(ConcurrencyLimit.class));
	}

	@Override
	public Mono<ConcurrencyLimit> override(String name, LimitOverrideOptions options) {
		return send(TriggerEndpoint.CONCURRENCY_LIMITS_OVERRIDE, name, options.toBody());
	}

	@Override
	public Mono<ConcurrencyLimit> reset(String name, @Nullable String concurrencyKey) {
		return send(TriggerEndpoint.CONCURRENCY_LIMITS_RESET, name,
				(concurrencyKey != null) ? Map.of("concurrencyKey", concurrencyKey) : Map.of())
			// done by an attempt whose response was lost
			.switchIfEmpty((concurrencyKey != null) ? retrieve(name, concurrencyKey) : retrieve(name));
	}

	@Override
	public Mono<ConcurrencyLimit> pause(String name) {
		return send(TriggerEndpoint.CONCURRENCY_LIMITS_PAUSE, name, Map.of("action", "pause"));
	}

	@Override
	public Mono<ConcurrencyLimit> resume(String name) {
		return send(TriggerEndpoint.CONCURRENCY_LIMITS_PAUSE, name, Map.of("action", "resume"));
	}

	private Mono<ConcurrencyLimit> send(TriggerEndpoint endpoint, String name, Object body) {
		return this.http.send(TriggerRequest.to(endpoint, name).json(body).returning(ConcurrencyLimit.class));
	}

}

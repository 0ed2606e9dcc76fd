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

import java.util.function.Consumer;

import dev.trigger.spring.http.TriggerHttp;
import dev.trigger.spring.page.NumberedPage;
import dev.trigger.spring.page.PageQuery;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Manages named concurrency limits. All need a secret key and a newer server than 4.5.
 *
 * @since 1.0.0
 */
public interface ConcurrencyLimitOperations {

	/**
	 * Return all limits, requesting pages as they are needed.
	 * <p>
	 * {@code GET /api/v1/concurrency-limits}
	 * @return the limits
	 */
	default Flux<ConcurrencyLimit> list() {
		return list(PageQuery.first());
	}

	/**
	 * Return the limits from a page on, requesting pages as they are needed.
	 * <p>
	 * {@code GET /api/v1/concurrency-limits}
	 * @param query the page to start with, and the size of pages
	 * @return the limits
	 */
	Flux<ConcurrencyLimit> list(PageQuery query);

	/**
	 * Return the limits from a page on.
	 * @param query sets the page to start with, and the size of pages
	 * @return the limits
	 * @see #list(PageQuery)
	 */
	default Flux<ConcurrencyLimit> list(Consumer<PageQuery.Builder> query) {
		return list(PageQuery.of(query));
	}

	/**
	 * Return one page of limits.
	 * <p>
	 * {@code GET /api/v1/concurrency-limits}
	 * @param query the number of the page, and its size
	 * @return the page
	 */
	Mono<NumberedPage<ConcurrencyLimit>> page(PageQuery query);

	/**
	 * Return one page of limits.
	 * @param query sets the number of the page, and its size
	 * @return the page
	 * @see #page(PageQuery)
	 */
	default Mono<NumberedPage<ConcurrencyLimit>> page(Consumer<PageQuery.Builder> query) {
		return page(PageQuery.of(query));
	}

	/**
	 * Return a limit.
	 * <p>
	 * {@code GET /api/v1/concurrency-limits/{name}}
	 * @param name the name
	 * @return the limit
	 */
	Mono<ConcurrencyLimit> retrieve(String name);

	/**
	 * Return the state of a limit for one concurrency key.
	 * <p>
	 * {@code GET /api/v1/concurrency-limits/{name}}
	 * @param name the name
	 * @param concurrencyKey the key
	 * @return the state of the limit for the key
	 */
	Mono<ConcurrencyLimit> retrieve(String name, String concurrencyKey);

	/**
	 * Override a limit that the code declares.
	 * <p>
	 * {@code POST /api/v1/concurrency-limits/{name}/override}
	 * @param name the name
	 * @param options the limits
	 * @return the limit
	 */
	Mono<ConcurrencyLimit> override(String name, LimitOverrideOptions options);

	/**
	 * Override a limit that the code declares.
	 * @param name the name
	 * @param options sets the options
	 * @return the limit
	 * @see #override(String, LimitOverrideOptions)
	 */
	default Mono<ConcurrencyLimit> override(String name, Consumer<LimitOverrideOptions.Builder> options) {
		return override(name, LimitOverrideOptions.of(options));
	}

	/**
	 * Reset a limit to the one that the code declares, for all keys.
	 * <p>
	 * {@code POST /api/v1/concurrency-limits/{name}/reset}
	 * @param name the name
	 * @return the limit
	 */
	default Mono<ConcurrencyLimit> reset(String name) {
		return reset(name, null);
	}

	/**
	 * Reset a limit to the one that the code declares.
	 * <p>
	 * {@code POST /api/v1/concurrency-limits/{name}/reset}
	 * @param name the name
	 * @param concurrencyKey the only key to reset, {@code null} for all
	 * @return the limit
	 */
	Mono<ConcurrencyLimit> reset(String name, @Nullable String concurrencyKey);

	/**
	 * Pause a limit: no more runs that count against it are started.
	 * <p>
	 * {@code POST /api/v1/concurrency-limits/{name}/pause}
	 * @param name the name
	 * @return the limit
	 */
	Mono<ConcurrencyLimit> pause(String name);

	/**
	 * Resume a limit: runs that count against it are started again.
	 * <p>
	 * {@code POST /api/v1/concurrency-limits/{name}/pause}
	 * @param name the name
	 * @return the limit
	 */
	Mono<ConcurrencyLimit> resume(String name);

	/**
	 * Create the operations on a client. Applications get them from
	 * {@code TriggerOperations} instead.
	 * @param http the transport
	 * @return the operations
	 * @hidden shared by the packages of the client, not an API for applications
	 */
	static ConcurrencyLimitOperations create(TriggerHttp http) {
		return new DefaultConcurrencyLimitOperations(http);
	}

}

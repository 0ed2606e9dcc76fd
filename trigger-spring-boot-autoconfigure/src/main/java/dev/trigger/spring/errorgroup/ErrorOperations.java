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

import java.util.function.Consumer;

import dev.trigger.spring.http.TriggerHttp;
import dev.trigger.spring.page.CursorPage;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Manages the errors that runs failed with, grouped by what they have in common. All take
 * a secret key or a public access token.
 *
 * @since 1.0.0
 */
public interface ErrorOperations {

	/**
	 * Return errors, requesting pages as they are needed.
	 * <p>
	 * {@code GET /api/v1/errors}
	 * @param query which errors
	 * @return the errors
	 */
	Flux<ErrorGroup> list(ErrorQuery query);

	/**
	 * Return all errors, requesting pages as they are needed.
	 * @return the errors
	 * @see #list(ErrorQuery)
	 */
	default Flux<ErrorGroup> list() {
		return list(ErrorQuery.all());
	}

	/**
	 * Return errors, requesting pages as they are needed.
	 * @param query sets the filters and the page
	 * @return the errors
	 * @see #list(ErrorQuery)
	 */
	default Flux<ErrorGroup> list(Consumer<ErrorQuery.Builder> query) {
		return list(ErrorQuery.of(query));
	}

	/**
	 * Return one page of errors.
	 * <p>
	 * {@code GET /api/v1/errors}
	 * @param query which errors
	 * @return the page
	 */
	Mono<CursorPage<ErrorGroup>> page(ErrorQuery query);

	/**
	 * Return one page of errors.
	 * @param query sets the filters and the page
	 * @return the page
	 * @see #page(ErrorQuery)
	 */
	default Mono<CursorPage<ErrorGroup>> page(Consumer<ErrorQuery.Builder> query) {
		return page(ErrorQuery.of(query));
	}

	/**
	 * Return an error.
	 * <p>
	 * {@code GET /api/v1/errors/{errorId}}
	 * @param errorId the id
	 * @return the error
	 */
	Mono<ErrorGroup> retrieve(String errorId);

	/**
	 * Mark an error as resolved, without naming a version.
	 * <p>
	 * {@code POST /api/v1/errors/{errorId}/resolve}
	 * @param errorId the id
	 * @return the error
	 */
	default Mono<ErrorGroup> resolve(String errorId) {
		return resolve(errorId, null);
	}

	/**
	 * Mark an error as resolved.
	 * <p>
	 * {@code POST /api/v1/errors/{errorId}/resolve}
	 * @param errorId the id
	 * @param resolvedInVersion the version in which it is resolved, {@code null} to name
	 * none
	 * @return the error
	 */
	Mono<ErrorGroup> resolve(String errorId, @Nullable String resolvedInVersion);

	/**
	 * Mark an error as ignored.
	 * <p>
	 * {@code POST /api/v1/errors/{errorId}/ignore}
	 * @param errorId the id
	 * @param options how long to ignore it
	 * @return the error
	 */
	Mono<ErrorGroup> ignore(String errorId, IgnoreOptions options);

	/**
	 * Mark an error as ignored, without a limit.
	 * @param errorId the id
	 * @return the error
	 * @see #ignore(String, IgnoreOptions)
	 */
	default Mono<ErrorGroup> ignore(String errorId) {
		return ignore(errorId, IgnoreOptions.forever());
	}

	/**
	 * Mark an error as ignored.
	 * @param errorId the id
	 * @param options sets the options
	 * @return the error
	 * @see #ignore(String, IgnoreOptions)
	 */
	default Mono<ErrorGroup> ignore(String errorId, Consumer<IgnoreOptions.Builder> options) {
		return ignore(errorId, IgnoreOptions.of(options));
	}

	/**
	 * Mark an error as unresolved.
	 * <p>
	 * {@code POST /api/v1/errors/{errorId}/unresolve}
	 * @param errorId the id
	 * @return the error
	 */
	Mono<ErrorGroup> unresolve(String errorId);

	/**
	 * Create the operations on a client. Applications get them from
	 * {@code TriggerOperations} instead.
	 * @param http the transport
	 * @return the operations
	 * @hidden shared by the packages of the client, not an API for applications
	 */
	static ErrorOperations create(TriggerHttp http) {
		return new DefaultErrorOperations(http);
	}

}

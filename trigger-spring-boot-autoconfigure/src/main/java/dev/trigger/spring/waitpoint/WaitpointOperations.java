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

package dev.trigger.spring.waitpoint;

import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

import dev.trigger.spring.http.TriggerHttp;
import dev.trigger.spring.page.CursorPage;
import dev.trigger.spring.payload.PayloadCodec;
import dev.trigger.spring.run.Polling;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.core.ParameterizedTypeReference;

/**
 * Manages waitpoint tokens, which runs wait for. All need a secret key; {@link #complete
 * complete} takes a public access token too, and {@link #completeByCallback
 * completeByCallback} needs no credential.
 *
 * @since 1.0.0
 */
public interface WaitpointOperations {

	/**
	 * Create a token.
	 * <p>
	 * {@code POST /api/v1/waitpoints/tokens}
	 * @param options the options for creating the token. Without an idempotency key the
	 * call is only retried if it certainly did not arrive
	 * @return the handle of the token
	 */
	Mono<WaitpointHandle> create(WaitpointOptions options);

	/**
	 * Create a token that times out after the server's default of 10 minutes.
	 * @return the handle of the token
	 * @see #create(WaitpointOptions)
	 */
	default Mono<WaitpointHandle> create() {
		return create(WaitpointOptions.defaults());
	}

	/**
	 * Create a token.
	 * @param options sets the options
	 * @return the handle of the token
	 * @see #create(WaitpointOptions)
	 */
	default Mono<WaitpointHandle> create(Consumer<WaitpointOptions.Builder> options) {
		return create(WaitpointOptions.of(options));
	}

	/**
	 * Return tokens, requesting pages as they are needed.
	 * <p>
	 * {@code GET /api/v1/waitpoints/tokens}
	 * @param query which tokens
	 * @return the tokens
	 */
	Flux<Waitpoint> list(WaitpointQuery query);

	/**
	 * Return all tokens, requesting pages as they are needed.
	 * @return the tokens
	 * @see #list(WaitpointQuery)
	 */
	default Flux<Waitpoint> list() {
		return list(WaitpointQuery.all());
	}

	/**
	 * Return tokens, requesting pages as they are needed.
	 * @param query sets the filters and the page
	 * @return the tokens
	 * @see #list(WaitpointQuery)
	 */
	default Flux<Waitpoint> list(Consumer<WaitpointQuery.Builder> query) {
		return list(WaitpointQuery.of(query));
	}

	/**
	 * Return one page of tokens.
	 * <p>
	 * {@code GET /api/v1/waitpoints/tokens}
	 * @param query which tokens
	 * @return the page
	 */
	Mono<CursorPage<Waitpoint>> page(WaitpointQuery query);

	/**
	 * Return one page of tokens.
	 * @param query sets the filters and the page
	 * @return the page
	 * @see #page(WaitpointQuery)
	 */
	default Mono<CursorPage<Waitpoint>> page(Consumer<WaitpointQuery.Builder> query) {
		return page(WaitpointQuery.of(query));
	}

	/**
	 * Return a token with its output. The server fails with 500 on an unknown one.
	 * <p>
	 * {@code GET /api/v1/waitpoints/tokens/{waitpointId}}
	 * @param waitpointId the id
	 * @return the token
	 */
	Mono<Waitpoint> retrieve(String waitpointId);

	/**
	 * Read the output of a token that was retrieved, as the type of the application. No
	 * request is made.
	 * @param <T> the type of the output
	 * @param waitpoint the token, as {@link #retrieve(String) retrieve} returns it
	 * @param outputType the type of the output
	 * @return the output, {@code null} if there is none
	 * @throws dev.trigger.spring.exception.TriggerDecodingException if the output is not
	 * of the type, as that of a token which timed out
	 */
	<T> @Nullable T output(Waitpoint waitpoint, ParameterizedTypeReference<T> outputType);

	/**
	 * Read the output of a token that was retrieved, as the type of the application. No
	 * request is made.
	 * @param <T> the type of the output
	 * @param waitpoint the token, as {@link #retrieve(String) retrieve} returns it
	 * @param outputType the type of the output
	 * @return the output, {@code null} if there is none
	 * @throws dev.trigger.spring.exception.TriggerDecodingException if the output is not
	 * of the type, as that of a token which timed out
	 */
	default <T> @Nullable T output(Waitpoint waitpoint, Class<T> outputType) {
		return output(waitpoint, ParameterizedTypeReference.<T>forType(outputType));
	}

	/**
	 * Complete a token. One that is completed already, or timed out, keeps its output.
	 * <p>
	 * {@code POST /api/v1/waitpoints/tokens/{waitpointId}/complete}
	 * @param waitpointId the id
	 * @param data what the waiting run gets, written as JSON; {@code null} for nothing
	 * @return completes when the token is completed
	 */
	Mono<Void> complete(String waitpointId, @Nullable Object data);

	/**
	 * Complete a token without data.
	 * <p>
	 * {@code POST /api/v1/waitpoints/tokens/{waitpointId}/complete}
	 * @param waitpointId the id
	 * @return completes when the token is completed
	 * @see #complete(String, Object)
	 */
	Mono<Void> complete(String waitpointId);

	/**
	 * Complete a token without a credential, as anyone who knows its URL can. No
	 * credential is sent. The server fails with 500 on a wrong hash.
	 * <p>
	 * {@code POST /api/v1/waitpoints/tokens/{waitpointId}/callback/{callbackHash}}
	 * @param waitpointId the id
	 * @param callbackHash the hash at the end of the token's URL
	 * @param data what the waiting run gets, written as JSON
	 * @return completes when the token is completed
	 */
	Mono<Void> completeByCallback(String waitpointId, String callbackHash, @Nullable Object data);

	/**
	 * Wait until a token is completed or timed out, by default for an hour.
	 * @param waitpointId the id
	 * @return the token
	 * @see #awaitCompletion(String, Polling)
	 */
	default Mono<Waitpoint> awaitCompletion(String waitpointId) {
		return awaitCompletion(waitpointId, UnaryOperator.identity());
	}

	/**
	 * Wait until a token is completed or timed out.
	 * <p>
	 * {@code GET /api/v1/waitpoints/tokens/{waitpointId}}, repeatedly
	 * @param waitpointId the id
	 * @param polling changes how often to poll, and when to give up with a
	 * {@link dev.trigger.spring.exception.TriggerTimeoutException}: the argument is the
	 * polling of the client, see {@code trigger.polling.*}
	 * @return the token
	 */
	Mono<Waitpoint> awaitCompletion(String waitpointId, UnaryOperator<Polling> polling);

	/**
	 * Wait until a token is completed or timed out.
	 * <p>
	 * {@code GET /api/v1/waitpoints/tokens/{waitpointId}}, repeatedly
	 * @param waitpointId the id
	 * @param polling how often to poll, and when to give up with a
	 * {@link dev.trigger.spring.exception.TriggerTimeoutException}
	 * @return the token
	 */
	default Mono<Waitpoint> awaitCompletion(String waitpointId, Polling polling) {
		return awaitCompletion(waitpointId, (ignored) -> polling);
	}

	/**
	 * Wait until a token is completed or timed out.
	 * @param waitpointId the id
	 * @param timeout the time after which to give up with a
	 * {@link dev.trigger.spring.exception.TriggerTimeoutException}; zero for never
	 * @return the token
	 * @see #awaitCompletion(String, Polling)
	 */
	default Mono<Waitpoint> awaitCompletion(String waitpointId, Duration timeout) {
		return awaitCompletion(waitpointId, (polling) -> polling.withTimeout(timeout));
	}

	/**
	 * Create the operations on a client. Applications get them from
	 * {@code TriggerOperations} instead.
	 * @param http the transport
	 * @param payloads encodes payloads and decodes outputs
	 * @param polling how waits poll unless the caller passes a polling of its own
	 * @return the operations
	 * @hidden shared by the packages of the client, not an API for applications
	 */
	static WaitpointOperations create(TriggerHttp http, PayloadCodec payloads, Polling polling) {
		return new DefaultWaitpointOperations(http, payloads, polling);
	}

}

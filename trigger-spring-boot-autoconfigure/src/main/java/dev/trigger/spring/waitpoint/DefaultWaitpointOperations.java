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
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

import dev.trigger.spring.endpoint.TriggerEndpoint;
import dev.trigger.spring.exception.TriggerDecodingException;
import dev.trigger.spring.http.TriggerHttp;
import dev.trigger.spring.http.TriggerRequest;
import dev.trigger.spring.http.TriggerResponse;
import dev.trigger.spring.options.IdempotencyKey;
import dev.trigger.spring.page.CursorPage;
import dev.trigger.spring.payload.EncodedOutput;
import dev.trigger.spring.payload.PayloadCodec;
import dev.trigger.spring.run.Awaited;
import dev.trigger.spring.run.Poller;
import dev.trigger.spring.run.Polling;
import dev.trigger.spring.token.HandleTokens;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.StringNode;

import org.springframework.core.ParameterizedTypeReference;

/**
 * Default {@link WaitpointOperations}.
 */
final class DefaultWaitpointOperations implements WaitpointOperations {

	private static final ParameterizedTypeReference<CursorPage<Waitpoint>> PAGE = new ParameterizedTypeReference<>() {
	};

	private static final Duration TOKEN_LIFETIME = Duration.ofHours(24);

	private final TriggerHttp http;

	private final PayloadCodec payloads;

	private final Poller poller;

	private final Polling polling;

	DefaultWaitpointOperations(TriggerHttp http, PayloadCodec payloads, Polling polling) {
		this.http = http;
		this.payloads = payloads;
		this.poller = new Poller(http);
		this.polling = polling;
	}

	@Override
	public Mono<WaitpointHandle> create(WaitpointOptions options) {
		return Mono.defer(() -> {
			boolean autoKeyed = !options.hasIdempotencyKey() && this.http.settings().retry().autoIdempotency();
			WaitpointOptions safe = autoKeyed
					? options.with((builder) -> builder.idempotencyKey(IdempotencyKey.random())) : options;
			return this.http
				.exchange(TriggerRequest.to(TriggerEndpoint.WAIT_CREATE_TOKEN)
					.json(safe.toBody())
					.replaySafe(safe.hasIdempotencyKey())
					.autoKeyed(autoKeyed)
					.returning(Created.class))
				.map(this::handle);
		});
	}

	private WaitpointHandle handle(TriggerResponse<Created> response) {
		Created token = response.body();
		if (token == null || token.id() == null) {
			throw TriggerDecodingException.missing(TriggerEndpoint.WAIT_CREATE_TOKEN, "the id of the token");
		}
		return new WaitpointHandle(token.id(), token.isCached(), (token.url() != null) ? token.url() : "",
				HandleTokens.of(this.http, response, List.of("write:waitpoints:" + token.id()), TOKEN_LIFETIME));
	}

	@Override
	public Flux<Waitpoint> list(WaitpointQuery query) {
		return CursorPage.walk((cursor) -> page(query.following(cursor)));
	}

	@Override
	public Mono<CursorPage<Waitpoint>> page(WaitpointQuery query) {
		return this.http
			.send(TriggerRequest.to(TriggerEndpoint.WAIT_LIST_TOKENS).query(query.toQuery()).returning(PAGE));
	}

	@Override
	public Mono<Waitpoint> retrieve(String waitpointId) {
		return this.http.limit(TriggerEndpoint.WAIT_RETRIEVE_TOKEN.toString(),
				fetch(waitpointId).flatMap(this::decode));
	}

	@Override
	public <T> @Nullable T output(Waitpoint waitpoint, ParameterizedTypeReference<T> outputType) {
		JsonNode output = waitpoint.output();
		return (output != null) ? this.payloads.readOutput(output, outputType.getType()) : null;
	}

	@Override
	public Mono<Void> complete(String waitpointId, @Nullable Object data) {
		return Mono.defer(() -> send(waitpointId, Map.of("data", this.payloads.json(data))));
	}

	@Override
	public Mono<Void> complete(String waitpointId) {
		return send(waitpointId, Map.of());
	}

	private Mono<Void> send(String waitpointId, Map<String, Object> body) {
		return this.http.send(
				TriggerRequest.to(TriggerEndpoint.WAIT_COMPLETE_TOKEN, waitpointId).json(body).returning(Success.class))
			.flatMap((response) -> Boolean.FALSE.equals(response.success()) ? Mono.error(notCompleted(waitpointId))
					: Mono.empty());
	}

	private static TriggerDecodingException notCompleted(String waitpointId) {
		return new TriggerDecodingException(TriggerEndpoint.WAIT_COMPLETE_TOKEN,
				TriggerEndpoint.WAIT_COMPLETE_TOKEN + " reported that " + waitpointId + " was not completed", null);
	}

	@Override
	public Mono<Void> completeByCallback(String waitpointId, String callbackHash, @Nullable Object data) {
		return Mono.defer(() -> this.http
			.send(TriggerRequest.to(TriggerEndpoint.WAIT_COMPLETE_TOKEN_BY_CALLBACK, waitpointId, callbackHash)
				.json(this.payloads.json(data))
				.returningNothing()));
	}

	@Override
	public Mono<Waitpoint> awaitCompletion(String waitpointId, UnaryOperator<Polling> polling) {
		Mono<Retrieved> poll = this.http.send(
				TriggerRequest.to(TriggerEndpoint.WAIT_RETRIEVE_TOKEN, waitpointId).poll().returning(Retrieved.class));
		Awaited<Retrieved> token = Awaited.of("Waitpoint token " + waitpointId,
				(value) -> !WaitpointStatus.WAITING.equals(value.status()), Retrieved::status);
		return this.poller.poll(token, poll, polling.apply(this.polling)).flatMap(this::decode);
	}

	private Mono<Retrieved> fetch(String waitpointId) {
		return this.http
			.send(TriggerRequest.to(TriggerEndpoint.WAIT_RETRIEVE_TOKEN, waitpointId).returning(Retrieved.class));
	}

	private Mono<Waitpoint> decode(Retrieved token) {
		String output = token.output();
		if (output == null) {
			return Mono.just(token.toWaitpoint(null));
		}
		// unlike that of a run, the output of a token is always a text
		String type = (token.outputType() != null) ? token.outputType() : "application/json";
		return this.payloads.decodeTree(new EncodedOutput(StringNode.valueOf(output), type, null))
			.map(token::toWaitpoint)
			.defaultIfEmpty(token.toWaitpoint(null));
	}

	/**
	 * The response to a creation.
	 *
	 * @param id the id of the token
	 * @param isCached whether the token was there already
	 * @param url where it can be completed
	 */
	record Created(@Nullable String id, boolean isCached, @Nullable String url) {

	}

	/**
	 * A response that reports success.
	 *
	 * @param success whether it was one
	 */
	record Success(@Nullable Boolean success) {

	}

	/**
	 * A token as the API has it.
	 *
	 * @param id the id
	 * @param url where it can be completed
	 * @param status the state
	 * @param completedAt when it was completed
	 * @param timeoutAt when it times out
	 * @param idempotencyKey the key that it was created with
	 * @param idempotencyKeyExpiresAt when that key is forgotten
	 * @param tags the tags
	 * @param createdAt when it was created
	 * @param output the output, encoded
	 * @param outputType the media type of the output
	 * @param outputIsError whether the output is an error
	 */
	record Retrieved(String id, @Nullable String url, @Nullable WaitpointStatus status, @Nullable Instant completedAt,
			@Nullable Instant timeoutAt, @Nullable String idempotencyKey, @Nullable Instant idempotencyKeyExpiresAt,
			List<String> tags, @Nullable Instant createdAt, @Nullable String output, @Nullable String outputType,
			@Nullable Boolean outputIsError) {

		Retrieved {
			// copied here, so that a list with null in it fails as the response is
			// read
			tags = (tags != null) ? List.copyOf(tags) : List.of();
		}

		Waitpoint toWaitpoint(@Nullable JsonNode decoded) {
			return new Waitpoint(this.id, this.url, this.status, this.completedAt, this.timeoutAt, this.idempotencyKey,
					this.idempotencyKeyExpiresAt, this.tags, this.createdAt, decoded, this.outputIsError);
		}

	}

}

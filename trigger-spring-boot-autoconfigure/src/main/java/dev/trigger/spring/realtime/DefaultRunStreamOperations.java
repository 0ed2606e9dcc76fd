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

package dev.trigger.spring.realtime;

import java.util.List;
import java.util.UUID;

import dev.trigger.spring.endpoint.TriggerEndpoint;
import dev.trigger.spring.feed.EventPart;
import dev.trigger.spring.feed.EventSource;
import dev.trigger.spring.feed.EventStream;
import dev.trigger.spring.feed.Feed;
import dev.trigger.spring.feed.FeedSource;
import dev.trigger.spring.feed.SubscriberGuard;
import dev.trigger.spring.http.TriggerHttp;
import dev.trigger.spring.http.TriggerRequest;
import dev.trigger.spring.payload.PayloadCodec;
import dev.trigger.spring.run.RunStatus;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.core.ParameterizedTypeReference;
import org.springframework.util.Assert;

/**
 * Default {@link RunStreamOperations}.
 */
final class DefaultRunStreamOperations implements RunStreamOperations {

	private final TriggerHttp http;

	private final PayloadCodec payloads;

	private final String runId;

	private final StreamTarget target;

	private final String key;

	DefaultRunStreamOperations(TriggerHttp http, PayloadCodec payloads, String runId, StreamTarget target, String key) {
		this.http = http;
		this.payloads = payloads;
		this.runId = runId;
		this.target = target;
		this.key = key;
	}

	@Override
	public <T> Flux<StreamPart<T>> read(ParameterizedTypeReference<T> type, StreamOptions options) {
		return read(this.http, this.payloads, TriggerEndpoint.STREAMS_READ, this.runId, this.key, type, options);
	}

	static <T> Flux<StreamPart<T>> read(TriggerHttp http, PayloadCodec payloads, TriggerEndpoint endpoint, String runId,
			String key, ParameterizedTypeReference<T> type, StreamOptions options) {
		Mono<Void> over = (options.timeout() == null) ? over(http, runId) : null;
		EventSource source = new EventSource(endpoint, List.of(runId, key), options.after(), options.isFromLatest(),
				options.timeout(), false, over);
		return SubscriberGuard.guard(EventStream.of(http, source).parts().map((part) -> part(part, payloads, type)));
	}

	/**
	 * The time of a call doesn't end it: as long as nothing is known of the run, more may
	 * be written to the stream.
	 */
	private static Mono<Void> over(TriggerHttp http, String runId) {
		return Feed.of(http.with((settings) -> settings.withTimeout(null)), FeedSource.run(runId).statusOnly())
			.rows()
			.filter(RunStatus::isFinal)
			.next()
			.then();
	}

	private static <T> StreamPart<T> part(EventPart part, PayloadCodec payloads, ParameterizedTypeReference<T> type) {
		@Nullable T value = payloads.read(part.data(), type.getType());
		return new StreamPart<>(value, part.id(), part.time());
	}

	@Override
	public Mono<String> register() {
		return this.http
			.send(TriggerRequest.to(TriggerEndpoint.STREAMS_CREATE, this.runId, this.target.value(), this.key)
				.returning(Registered.class))
			.map((registered) -> (registered.version() != null) ? registered.version() : "v1");
	}

	@Override
	public Mono<Void> append(Object part) {
		byte[] body = this.payloads.text("part", part);
		return Mono.defer(() -> append(body, UUID.randomUUID().toString()));
	}

	@Override
	public Mono<Void> append(Object part, String partId) {
		Assert.hasText(partId, "'partId' must not be empty");
		return append(this.payloads.text("part", part), partId);
	}

	private Mono<Void> append(byte[] body, String partId) {
		return this.http
			.send(TriggerRequest.to(TriggerEndpoint.STREAMS_APPEND, this.runId, this.target.value(), this.key)
				.header("x-part-id", partId)
				.body(body)
				.returningNothing());
	}

	@Override
	public Mono<Long> pipe(Publisher<?> parts) {
		return Flux.from(parts).concatMap((part) -> append(part).thenReturn(part), 1).count();
	}

	@Override
	public RunStreamOperations to(StreamTarget target) {
		return new DefaultRunStreamOperations(this.http, this.payloads, this.runId, target, this.key);
	}

	/**
	 * The response to a registration.
	 *
	 * @param version the version of the stream
	 */
	record Registered(@Nullable String version) {

	}

}

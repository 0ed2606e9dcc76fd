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

import java.util.List;
import java.util.Map;
import java.util.UUID;

import dev.trigger.spring.endpoint.TriggerEndpoint;
import dev.trigger.spring.feed.EventHeaders;
import dev.trigger.spring.feed.EventPart;
import dev.trigger.spring.feed.EventSource;
import dev.trigger.spring.feed.EventStream;
import dev.trigger.spring.feed.SubscriberGuard;
import dev.trigger.spring.http.TriggerHttp;
import dev.trigger.spring.http.TriggerRequest;
import dev.trigger.spring.payload.PayloadCodec;
import dev.trigger.spring.realtime.StreamOptions;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

import org.springframework.core.ParameterizedTypeReference;
import org.springframework.util.Assert;

/**
 * Default {@link SessionChannelOperations}.
 */
final class DefaultSessionChannelOperations implements SessionChannelOperations {

	private static final String IN = "in";

	private final TriggerHttp http;

	private final PayloadCodec payloads;

	private final String session;

	private final @Nullable String name;

	private final String direction;

	DefaultSessionChannelOperations(TriggerHttp http, PayloadCodec payloads, String session, @Nullable String name,
			String direction) {
		this.http = http;
		this.payloads = payloads;
		this.session = session;
		this.name = name;
		this.direction = direction;
	}

	@Override
	public <T> Flux<SessionRecord<T>> read(ParameterizedTypeReference<T> type, StreamOptions options) {
		EventSource source = new EventSource(
				(this.name != null) ? TriggerEndpoint.SESSIONS_CHANNEL_READ : TriggerEndpoint.SESSIONS_READ,
				(this.name != null) ? List.of(this.session, this.name, this.direction)
						: List.of(this.session, this.direction),
				options.after(), options.isFromLatest(), options.timeout(), options.isPeekSettled(), null);
		return SubscriberGuard.guard(EventStream.of(this.http, source).parts().map((part) -> toRecord(part, type)));
	}

	private <T> SessionRecord<T> toRecord(EventPart part, ParameterizedTypeReference<T> type) {
		@Nullable T value = part.data().isMissingNode() ? null : this.payloads.read(part.data(), type.getType());
		return new SessionRecord<>(value, part.id(), part.partId(), part.time(), part.headers());
	}

	@Override
	public Mono<List<SessionRecord<JsonNode>>> records(@Nullable String after) {
		refuseName("records can be read, but not listed");
		return this.http
			.send(TriggerRequest.to(TriggerEndpoint.SESSIONS_RECORDS, this.session, this.direction)
				.query("afterEventId", after)
				.returning(Records.class))
			.map((response) -> response.records().stream().map(StoredRecord::toRecord).toList());
	}

	private void refuseName(String what) {
		Assert.state(this.name == null, () -> "Of a channel with a name " + what);
	}

	@Override
	public Mono<Void> append(Object value) {
		byte[] body = this.payloads.text("message", value);
		// each subscription is a call of its own
		return Mono.defer(() -> append(body, UUID.randomUUID().toString()));
	}

	@Override
	public Mono<Void> append(Object value, String partId) {
		Assert.hasText(partId, "'partId' must not be empty");
		return append(this.payloads.text("message", value), partId);
	}

	/**
	 * The server drops a part whose id it has seen, so that attempts can be repeated.
	 */
	private Mono<Void> append(byte[] body, String partId) {
		return this.http
			.send(appendRequest().body(body).header("x-part-id", partId).replaySafe(true).returningNothing());
	}

	private TriggerRequest.Builder appendRequest() {
		if (!this.direction.equals(IN)) {
			refuseName("only the one into the session can be written");
			return TriggerRequest.to(TriggerEndpoint.SESSIONS_OUT_APPEND, this.session);
		}
		return (this.name != null)
				? TriggerRequest.to(TriggerEndpoint.SESSIONS_CHANNEL_IN_SEND, this.session, this.name)
				: TriggerRequest.to(TriggerEndpoint.SESSIONS_IN_SEND, this.session);
	}

	@Override
	public Mono<String> initialize() {
		refuseName("nothing has to be made ready");
		return this.http
			.send(TriggerRequest.to(TriggerEndpoint.SESSIONS_INITIALIZE_STREAM, this.session, this.direction)
				.returning(Initialized.class))
			.map((initialized) -> (initialized.version() != null) ? initialized.version() : "v2");
	}

	/**
	 * The response with records.
	 *
	 * @param records the records
	 */
	record Records(List<StoredRecord> records) {

		Records {
			records = (records != null) ? List.copyOf(records) : List.of();
		}

	}

	/**
	 * A record as it is listed.
	 *
	 * @param data the value
	 * @param id the id of the part
	 * @param seqNum the number of the record
	 * @param headers pairs of names and values
	 */
	record StoredRecord(@Nullable JsonNode data, @Nullable String id, long seqNum, @Nullable JsonNode headers) {

		SessionRecord<JsonNode> toRecord() {
			List<Map.Entry<String, String>> pairs = (this.headers != null) ? EventHeaders.read(this.headers)
					: List.of();
			// the list has empty texts where a record has no value
			boolean named = this.id != null && !this.id.isEmpty();
			boolean control = !named && this.data != null && this.data.isString() && this.data.stringValue().isEmpty();
			return new SessionRecord<>(control ? null : this.data, Long.toString(this.seqNum), named ? this.id : null,
					null, pairs);
		}

	}

	/**
	 * The response to an initialization.
	 *
	 * @param version the version of the channel
	 */
	record Initialized(@Nullable String version) {

	}

}

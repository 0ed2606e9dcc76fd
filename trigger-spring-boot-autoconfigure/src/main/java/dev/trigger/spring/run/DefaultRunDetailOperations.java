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

package dev.trigger.spring.run;

import java.util.List;

import dev.trigger.spring.endpoint.TriggerEndpoint;
import dev.trigger.spring.exception.NotFoundException;
import dev.trigger.spring.http.TriggerHttp;
import dev.trigger.spring.http.TriggerRequest;
import dev.trigger.spring.json.TriggerJson;
import dev.trigger.spring.payload.EncodedOutput;
import dev.trigger.spring.payload.PayloadCodec;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

import org.springframework.util.Assert;

/**
 * Default {@link RunDetailOperations}.
 */
final class DefaultRunDetailOperations implements RunDetailOperations {

	private final TriggerHttp http;

	private final PayloadCodec payloads;

	private final String runId;

	DefaultRunDetailOperations(TriggerHttp http, PayloadCodec payloads, String runId) {
		this.http = http;
		this.payloads = payloads;
		this.runId = runId;
	}

	@Override
	public Mono<RunTrace> trace() {
		return this.http.send(TriggerRequest.to(TriggerEndpoint.RUNS_TRACE, this.runId).returning(Trace.class))
			.mapNotNull(Trace::trace);
	}

	@Override
	public Mono<TracePage> tracePage(int size, @Nullable String after) {
		Assert.isTrue(size > 0, "'size' must be at least 1");
		return this.http.send(TriggerRequest.to(TriggerEndpoint.RUNS_TRACE, this.runId)
			.query("page[size]", size)
			.query("page[after]", after)
			.returning(TracePage.class));
	}

	@Override
	public Mono<RunSpan> span(String spanId) {
		return this.http
			.send(TriggerRequest.to(TriggerEndpoint.RUNS_SPAN, this.runId, spanId).returning(RunSpan.class));
	}

	@Override
	public Mono<List<JsonNode>> events() {
		return this.http.send(TriggerRequest.to(TriggerEndpoint.RUNS_EVENTS, this.runId).returning(Events.class))
			.map(Events::events);
	}

	@Override
	public Mono<JsonNode> metadata() {
		return this.http
			.send(TriggerRequest.to(TriggerEndpoint.RUNS_RETRIEVE_METADATA, this.runId).returning(Metadata.class))
			.flatMap(this::decode);
	}

	@Override
	public Mono<JsonNode> updateMetadata(MetadataUpdateOptions options) {
		return Mono.defer(() -> this.http.send(TriggerRequest.to(TriggerEndpoint.RUNS_UPDATE_METADATA, this.runId)
			.json(options.toBody(this.payloads))
			.replaySafe(options.isRepeatable())
			.returning(Metadata.class))).flatMap(this::decode);
	}

	/**
	 * The server returns metadata as an object when it was changed, and as a text with
	 * the object in it when it is read.
	 */
	private Mono<JsonNode> decode(Metadata response) {
		JsonNode metadata = response.metadata();
		if (metadata == null) {
			return Mono.empty();
		}
		JsonNode tree = metadata;
		if (metadata.isString()) {
			try {
				tree = TriggerJson.shared().readTree(metadata.stringValue());
			}
			catch (JacksonException ex) {
				// a text that is not JSON is returned as a text
				tree = metadata;
			}
		}
		return this.payloads.decodeTree(new EncodedOutput(tree, response.metadataType(), null));
	}

	@Override
	public Mono<RunResult> result() {
		return this.http.send(TriggerRequest.to(TriggerEndpoint.RUNS_RESULT, this.runId).returning(RunResult.class))
			.onErrorResume(NotFoundException.class, (ex) -> Mono.empty());
	}

	/**
	 * The response that holds a trace.
	 *
	 * @param trace the trace
	 */
	record Trace(@Nullable RunTrace trace) {

	}

	/**
	 * The response that holds the events.
	 *
	 * @param events the events
	 */
	record Events(List<JsonNode> events) {

		Events {
			events = (events != null) ? List.copyOf(events) : List.of();
		}

	}

	/**
	 * The response that holds the metadata.
	 *
	 * @param metadata the metadata
	 * @param metadataType its media type
	 */
	record Metadata(@Nullable JsonNode metadata, @Nullable String metadataType) {

	}

}

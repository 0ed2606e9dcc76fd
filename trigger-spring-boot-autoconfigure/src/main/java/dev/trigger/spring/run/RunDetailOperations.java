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
import java.util.function.Consumer;

import dev.trigger.spring.http.TriggerHttp;
import dev.trigger.spring.payload.PayloadCodec;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

/**
 * Reads the details of one run: its trace, events, metadata and result. All need a secret
 * key; trace, spans and events take a public access token too.
 *
 * @since 1.0.0
 */
public interface RunDetailOperations {

	/**
	 * Return the trace as a tree of spans.
	 * <p>
	 * {@code GET /api/v1/runs/{runId}/trace}
	 * @return the trace
	 */
	Mono<RunTrace> trace();

	/**
	 * Return the first page of the spans of the trace. Needs a newer server than 4.5.
	 * <p>
	 * {@code GET /api/v1/runs/{runId}/trace}
	 * @param size how many spans a page has
	 * @return the page
	 */
	default Mono<TracePage> tracePage(int size) {
		return tracePage(size, null);
	}

	/**
	 * Return one page of the spans of the trace. Needs a newer server than 4.5.
	 * <p>
	 * {@code GET /api/v1/runs/{runId}/trace}
	 * @param size how many spans a page has
	 * @param after the cursor after which the page starts, {@code null} for the first
	 * page
	 * @return the page
	 */
	Mono<TracePage> tracePage(int size, @Nullable String after);

	/**
	 * Return a span of the trace.
	 * <p>
	 * {@code GET /api/v1/runs/{runId}/spans/{spanId}}
	 * @param spanId the id of the span
	 * @return the span
	 */
	Mono<RunSpan> span(String spanId);

	/**
	 * Return the events of the run.
	 * <p>
	 * {@code GET /api/v1/runs/{runId}/events}
	 * @return the events, in the form of the API
	 */
	Mono<List<JsonNode>> events();

	/**
	 * Return the metadata of the run.
	 * <p>
	 * {@code GET /api/v1/runs/{runId}/metadata}
	 * @return the metadata, empty if there is none
	 */
	Mono<JsonNode> metadata();

	/**
	 * Change the metadata of the run. A replacement is safe to repeat; an update that
	 * increments, appends or removes is only retried if it certainly did not arrive.
	 * <p>
	 * {@code PUT /api/v1/runs/{runId}/metadata}
	 * @param options the changes
	 * @return the metadata of the run after the change; an empty object if only those of
	 * its parent or root run changed, and empty if there is none
	 */
	Mono<JsonNode> updateMetadata(MetadataUpdateOptions options);

	/**
	 * Change the metadata of the run.
	 * @param options sets the options
	 * @return the metadata after the change, empty if there is none
	 * @see #updateMetadata(MetadataUpdateOptions)
	 */
	default Mono<JsonNode> updateMetadata(Consumer<MetadataUpdateOptions.Builder> options) {
		return updateMetadata(MetadataUpdateOptions.of(options));
	}

	/**
	 * Return the result in the form of older servers. Newer servers return none here:
	 * {@link RunOperations#awaitOutput} works with all.
	 * <p>
	 * {@code GET /api/v1/runs/{runId}/result}
	 * @return the result, empty if there is none (404)
	 */
	Mono<RunResult> result();

	/**
	 * Create the operations on a client. Applications get them from
	 * {@code TriggerOperations} instead.
	 * @param http the transport
	 * @param payloads encodes payloads and decodes outputs
	 * @param runId the id of the run
	 * @return the operations
	 * @hidden shared by the packages of the client, not an API for applications
	 */
	static RunDetailOperations create(TriggerHttp http, PayloadCodec payloads, String runId) {
		return new DefaultRunDetailOperations(http, payloads, runId);
	}

}

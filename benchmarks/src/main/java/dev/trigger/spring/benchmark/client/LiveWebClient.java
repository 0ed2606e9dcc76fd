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

package dev.trigger.spring.benchmark.client;

import java.util.List;
import java.util.Objects;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.core.ParameterizedTypeReference;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.web.reactive.function.client.WebClient;

/**
 * Feeds and streams by hand, without anything for the case that something goes wrong.
 */
final class LiveWebClient {

	private static final ParameterizedTypeReference<ServerSentEvent<String>> EVENT = new ParameterizedTypeReference<>() {
	};

	private final JsonMapper mapper = JsonMapper.shared();

	private final WebClient client;

	LiveWebClient(WebClient client) {
		this.client = client;
	}

	Mono<Integer> changes() {
		return changes("run_1234").count().map(Long::intValue);
	}

	Flux<ResponseEntity<JsonNode>> changes(String runId) {
		return poll(runId, null)
			.expand((response) -> isOver(response) ? Mono.empty() : poll(runId, response.getHeaders()));
	}

	private Mono<ResponseEntity<JsonNode>> poll(String runId, @Nullable HttpHeaders before) {
		return this.client.get().uri((uri) -> {
			uri.path("/realtime/v1/runs/" + runId).queryParam("log", "full");
			if (before == null) {
				return uri.queryParam("offset", "-1").build();
			}
			return uri.queryParam("offset", header(before, "electric-offset"))
				.queryParam("handle", header(before, "electric-handle"))
				.queryParam("live", "true")
				.queryParam("cursor", header(before, "electric-cursor"))
				.build();
		}).header("x-trigger-electric-version", "1.0.0-beta.1").retrieve().toEntity(JsonNode.class);
	}

	private static String header(HttpHeaders headers, String name) {
		return Objects.requireNonNullElse(headers.getFirst(name), "");
	}

	private static boolean isOver(ResponseEntity<JsonNode> response) {
		JsonNode body = response.getBody();
		return body != null && body.path(0).path("value").path("completedAt").isString();
	}

	Mono<Integer> parts(String version) {
		return this.client.get()
			.uri("/realtime/v1/streams/run_1234/{key}", version)
			.retrieve()
			.bodyToFlux(EVENT)
			.concatMapIterable((event) -> read(version, event))
			.count()
			.map(Long::intValue);
	}

	private Iterable<Welcome> read(String version, ServerSentEvent<String> event) {
		String data = Objects.requireNonNullElse(event.data(), "");
		if (version.equals("v1")) {
			return List.of(this.mapper.readValue(data, Welcome.class));
		}
		return this.mapper.readTree(data).path("records").valueStream().map(this::read).toList();
	}

	private Welcome read(JsonNode part) {
		return this.mapper.treeToValue(this.mapper.readTree(part.path("body").asString()).path("data"), Welcome.class);
	}

}

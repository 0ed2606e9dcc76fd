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

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Enumeration;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@link HttpClient} and Jackson 3 by hand.
 */
final class JdkBenchmarkClient implements BenchmarkClient {

	private static final int PIECE_SIZE = 16 * 1024;

	private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

	private final JsonMapper mapper;

	private final String apiUrl;

	JdkBenchmarkClient(JsonMapper mapper, String apiUrl) {
		this.mapper = mapper;
		this.apiUrl = apiUrl;
	}

	@Override
	public Mono<Integer> retrieve() {
		return send("/api/v3/runs/run_1234", null, Bare.Run.class).map((run) -> run.tags().size());
	}

	@Override
	public Mono<Integer> trigger() {
		return send("/api/v1/tasks/send-welcome/trigger", json(Bare.Trigger.of(Welcome.of(1))), Bare.Triggered.class)
			.map((run) -> run.id().length());
	}

	@Override
	public Mono<Integer> list() {
		return page(25, null).map((page) -> page.data().size());
	}

	@Override
	public Mono<Integer> walk() {
		return page(Scenario.WALK_PAGE, null).expand((page) -> {
			String next = page.pagination().next();
			return (next != null) ? page(Scenario.WALK_PAGE, next) : Mono.empty();
		}).concatMapIterable(Bare.Page::data).count().map(Long::intValue);
	}

	private Mono<Bare.Page> page(int size, @Nullable String after) {
		return send("/api/v1/runs?page%5Bsize%5D=" + size + ((after != null) ? "&page%5Bafter%5D=" + after : ""), null,
				Bare.Page.class);
	}

	@Override
	public Mono<Integer> batch() {
		return send("/api/v3/batches", json(new Bare.Create(Scenario.BATCH_ITEMS)), Bare.Created.class).flatMap(
				(batch) -> send("/api/v3/batches/batch_1234/items", items(Scenario.BATCH_ITEMS), Bare.Streamed.class)
					.thenReturn(batch))
			.map(Bare.Created::runCount);
	}

	@Override
	public Mono<Integer> stream(int count) {
		return send("/api/v3/batches/batch_1234/items", items(count), Bare.Streamed.class)
			.map(Bare.Streamed::itemsAccepted);
	}

	private BodyPublisher json(Object body) {
		return BodyPublishers.ofByteArray(this.mapper.writeValueAsBytes(body));
	}

	private BodyPublisher items(int count) {
		return BodyPublishers.ofInputStream(() -> new SequenceInputStream(new MicroBenchmarks(this.mapper, count)));
	}

	private <T> Mono<T> send(String path, @Nullable BodyPublisher body, Class<T> type) {
		HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(this.apiUrl + path))
			.header("Authorization", "Bearer " + BenchmarkClients.KEY)
			.header("x-trigger-api-version", BenchmarkClients.API_VERSION)
			.header("Accept", "application/json");
		if (body != null) {
			request.header("Content-Type", (body.contentLength() >= 0) ? "application/json" : "application/x-ndjson")
				.POST(body);
		}
		return Mono.fromFuture(() -> this.client.sendAsync(request.build(), BodyHandlers.ofByteArray()))
			.map((response) -> this.mapper.readValue(response.body(), type));
	}

	/**
	 * Items, many in one stream.
	 */
	private static final class MicroBenchmarks implements Enumeration<InputStream> {

		private final JsonMapper mapper;

		private final int count;

		private int index;

		MicroBenchmarks(JsonMapper mapper, int count) {
			this.mapper = mapper;
			this.count = count;
		}

		@Override
		public boolean hasMoreElements() {
			return this.index < this.count;
		}

		@Override
		public InputStream nextElement() {
			ByteArrayOutputStream piece = new ByteArrayOutputStream(PIECE_SIZE + 512);
			while (this.index < this.count && piece.size() < PIECE_SIZE) {
				piece.writeBytes(this.mapper.writeValueAsBytes(Bare.Item.of(this.index++)));
				piece.write('\n');
			}
			return new ByteArrayInputStream(piece.toByteArray());
		}

	}

}

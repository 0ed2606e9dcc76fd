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

import java.io.ByteArrayOutputStream;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.BodyInserter;
import org.springframework.web.reactive.function.BodyInserters;
import org.springframework.web.reactive.function.client.WebClient;

/**
 * {@link WebClient} and Jackson 3 by hand.
 */
final class WebClientBenchmarkClient implements BenchmarkClient {

	private static final int PIECE_SIZE = 16 * 1024;

	private final WebClient client;

	private final @Nullable ObjectWriter coalescing;

	/**
	 * Create the client.
	 * @param builder the application's builder
	 * @param apiUrl the address of the server
	 * @param mapper writes items into pieces of 16 KB, {@code null} to leave each one to
	 * the codec, as most would
	 */
	WebClientBenchmarkClient(WebClient.Builder builder, String apiUrl, @Nullable JsonMapper mapper) {
		this.client = builder.baseUrl(apiUrl)
			.defaultHeader(HttpHeaders.AUTHORIZATION, "Bearer " + BenchmarkClients.KEY)
			.defaultHeader("x-trigger-api-version", BenchmarkClients.API_VERSION)
			.codecs((codecs) -> codecs.defaultCodecs().maxInMemorySize(16 * 1024 * 1024))
			.build();
		this.coalescing = (mapper != null) ? mapper.writerFor(Bare.Item.class) : null;
	}

	@Override
	public Mono<Integer> retrieve() {
		return this.client.get()
			.uri("/api/v3/runs/{id}", "run_1234")
			.retrieve()
			.bodyToMono(Bare.Run.class)
			.map((run) -> run.tags().size());
	}

	@Override
	public Mono<Integer> trigger() {
		return this.client.post()
			.uri("/api/v1/tasks/{id}/trigger", "send-welcome")
			.contentType(MediaType.APPLICATION_JSON)
			.bodyValue(Bare.Trigger.of(Welcome.of(1)))
			.retrieve()
			.bodyToMono(Bare.Triggered.class)
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
		return this.client.get().uri((uri) -> {
			uri.path("/api/v1/runs").queryParam("page[size]", size);
			return ((after != null) ? uri.queryParam("page[after]", after) : uri).build();
		}).retrieve().bodyToMono(Bare.Page.class);
	}

	@Override
	public Mono<Integer> batch() {
		return this.client.post()
			.uri("/api/v3/batches")
			.contentType(MediaType.APPLICATION_JSON)
			.bodyValue(new Bare.Create(Scenario.BATCH_ITEMS))
			.retrieve()
			.bodyToMono(Bare.Created.class)
			.flatMap((batch) -> send(Flux.range(0, Scenario.BATCH_ITEMS).map(Bare.Item::of)).thenReturn(batch))
			.map(Bare.Created::runCount);
	}

	@Override
	public Mono<Integer> stream(int count) {
		return send(Flux.range(0, count).map(Bare.Item::of)).map(Bare.Streamed::itemsAccepted);
	}

	@Override
	public Mono<Integer> changes() {
		return new LiveWebClient(this.client).changes();
	}

	@Override
	public Mono<Integer> parts(String version) {
		return new LiveWebClient(this.client).parts(version);
	}

	private Mono<Bare.Streamed> send(Flux<Bare.Item> items) {
		return this.client.post()
			.uri("/api/v3/batches/{id}/items", "batch_1234")
			.contentType(MediaType.APPLICATION_NDJSON)
			.body(body(items))
			.retrieve()
			.bodyToMono(Bare.Streamed.class);
	}

	private BodyInserter<?, ? super org.springframework.http.client.reactive.ClientHttpRequest> body(
			Flux<Bare.Item> items) {
		ObjectWriter writer = this.coalescing;
		if (writer == null) {
			return BodyInserters.fromPublisher(items, Bare.Item.class);
		}
		Flux<DataBuffer> pieces = Flux.defer(() -> {
			ByteArrayOutputStream piece = new ByteArrayOutputStream(PIECE_SIZE + 512);
			return items.concatMapIterable((item) -> {
				piece.writeBytes(writer.writeValueAsBytes(item));
				piece.write('\n');
				return (piece.size() >= PIECE_SIZE) ? java.util.List.of(take(piece)) : java.util.List.<DataBuffer>of();
			}).concatWith(Mono.fromSupplier(() -> take(piece)));
		});
		return BodyInserters.fromDataBuffers(pieces);
	}

	private static DataBuffer take(ByteArrayOutputStream piece) {
		DataBuffer buffer = DefaultDataBufferFactory.sharedInstance.wrap(piece.toByteArray());
		piece.reset();
		return buffer;
	}

}

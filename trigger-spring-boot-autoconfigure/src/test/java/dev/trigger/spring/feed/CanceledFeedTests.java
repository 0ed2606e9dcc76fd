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

package dev.trigger.spring.feed;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import dev.trigger.spring.TriggerOperations;
import dev.trigger.spring.TriggerTemplate;
import dev.trigger.spring.auth.TriggerCredential;
import dev.trigger.spring.batch.BatchHandle;
import dev.trigger.spring.exception.TriggerTimeoutException;
import dev.trigger.spring.feed.LiveServer.Exchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.reactivestreams.Publisher;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Whoever cancels frees the connection at once, whatever is read.
 */
class CanceledFeedTests {

	private static final Duration LONGEST = Duration.ofSeconds(20);

	/**
	 * The machine may be busy at one time, not at each of them.
	 */
	private static final int ATTEMPTS = 10;

	private final BlockingQueue<Long> held = new LinkedBlockingQueue<>();

	private final AtomicInteger begun = new AtomicInteger();

	private final BlockingQueue<Long> closed = new LinkedBlockingQueue<>();

	private volatile boolean silent;

	private final LiveServer server = new LiveServer(this::handle);

	private final TriggerTemplate client = TriggerTemplate.builder(TriggerCredential.of("tr_prod_0123456789abcdefABCD"))
		.apiUrl(this.server.url())
		.build();

	@AfterEach
	void close() {
		this.client.close();
		this.server.close();
	}

	private void handle(Exchange exchange) throws IOException {
		boolean stream = exchange.path().startsWith("/realtime/v1/streams/");
		if (stream && !this.silent) {
			exchange.begin(200, Map.of("content-type", "text/event-stream"));
		}
		if (stream || exchange.query().containsKey("live")) {
			this.begun.incrementAndGet();
			this.held.add(System.nanoTime());
			try {
				exchange.hold();
			}
			finally {
				this.closed.add(System.nanoTime());
			}
		}
		else if (exchange.path().startsWith("/realtime/")) {
			FeedTests.log(exchange, "1_0",
					IntStream.rangeClosed(1, 3)
						.mapToObj((i) -> FeedTests.row("insert", "id", Integer.toString(i), "friendlyId", "run_" + i,
								"status", "EXECUTING"))
						.toArray(String[]::new));
		}
		else {
			exchange.respond(200, Map.of("content-type", "application/json"),
					"{\"id\":\"run_1\",\"status\":\"EXECUTING\",\"isCompleted\":false}");
		}
	}

	private static Stream<Arguments> reads() {
		return Stream.of(read("a run", (client) -> client.realtime().run("run_1")),
				read("runs with a tag", (client) -> client.realtime().runs((query) -> query.tags("user:1"))),
				read("a batch", (client) -> client.realtime().batch("batch_1")),
				read("a stream", (client) -> client.realtime().stream("run_1", "out", String.class)),
				read("a wait", (client) -> client.runs().awaitCompletion("run_1")),
				read("waits that share the feed of their batch", CanceledFeedTests::waits));
	}

	private static Flux<Object> waits(TriggerOperations client) {
		BatchHandle<Object> batch = new BatchHandle<>("batch_1", 3, false, Object.class, null);
		return Flux.fromIterable(List.of("run_1", "run_2", "run_3"))
			.flatMap((run) -> client.runs().awaitOutput(batch.run(run)));
	}

	private static Arguments read(String name, Function<TriggerOperations, Publisher<?>> read) {
		return Arguments.of(Named.of(name, read));
	}

	@ParameterizedTest
	@MethodSource("reads")
	void closesTheConnectionWithin100Milliseconds(Function<TriggerOperations, Publisher<?>> read)
			throws InterruptedException {
		long shortest = Long.MAX_VALUE;
		for (int i = 0; i < ATTEMPTS; i++) {
			Disposable subscription = Flux.from(read.apply(this.client)).subscribe();
			assertThat(this.held.poll(LONGEST.toSeconds(), TimeUnit.SECONDS)).as("a request is held").isNotNull();
			long start = System.nanoTime();
			subscription.dispose();
			Long end = this.closed.poll(LONGEST.toSeconds(), TimeUnit.SECONDS);
			assertThat(end).as("the connection is closed").isNotNull();
			shortest = Math.min(shortest, end - start);
		}
		assertThat(Duration.ofNanos(shortest)).isLessThan(Duration.ofMillis(100));
	}

	/**
	 * The response may arrive while it is canceled.
	 */
	@Test
	void closesTheConnectionOfAStreamThatBegins() throws InterruptedException {
		int attempts = 300;
		for (int i = 0; i < attempts; i++) {
			Disposable subscription = this.client.realtime().stream("run_1", "out", String.class).subscribe();
			assertThat(this.held.poll(LONGEST.toSeconds(), TimeUnit.SECONDS)).isNotNull();
			LockSupport.parkNanos(5_000L * (i % 100));
			subscription.dispose();
		}
		awaitAllClosed();
	}

	@ParameterizedTest
	@MethodSource("reads")
	void closesTheConnectionsWithTheClient(Function<TriggerOperations, Publisher<?>> read) throws InterruptedException {
		Flux.from(read.apply(this.client)).subscribe((element) -> {
		}, (ex) -> {
		});
		assertThat(this.held.poll(LONGEST.toSeconds(), TimeUnit.SECONDS)).isNotNull();
		this.client.close();
		awaitAllClosed();
		assertThat(this.client.realtime().statistics().open()).isZero();
	}

	private void awaitAllClosed() {
		await().atMost(LONGEST).untilAsserted(() -> assertThat(this.closed).hasSize(this.begun.get()));
	}

	@Test
	void closesTheConnectionOfAResponseThatIsSilent() {
		TriggerTemplate impatient = TriggerTemplate.builder(TriggerCredential.of("tr_prod_0123456789abcdefABCD"))
			.apiUrl(this.server.url())
			.realtime((settings) -> settings.withSilenceTimeout(Duration.ofMillis(200)))
			.build();
		Disposable subscription = impatient.realtime().stream("run_1", "out", String.class).subscribe();
		await().atMost(LONGEST).until(() -> this.closed.size() >= 2);
		subscription.dispose();
		impatient.close();
		awaitAllClosed();
	}

	@Test
	void closesTheConnectionOfAStreamThatDoesNotBegin() {
		this.silent = true;
		Flux<?> parts = this.client.withTimeout(Duration.ofMillis(200)).realtime().stream("run_1", "out", String.class);
		assertThatExceptionOfType(TriggerTimeoutException.class).isThrownBy(() -> parts.blockLast(LONGEST));
		awaitAllClosed();
	}

}

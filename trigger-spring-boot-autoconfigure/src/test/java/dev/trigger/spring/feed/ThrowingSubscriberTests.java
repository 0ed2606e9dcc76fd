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
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Stream;

import dev.trigger.spring.TriggerOperations;
import dev.trigger.spring.TriggerTemplate;
import dev.trigger.spring.auth.TriggerCredential;
import dev.trigger.spring.feed.LiveServer.Exchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;
import reactor.core.publisher.Hooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A subscriber that throws, which it must not, counts as one that canceled.
 */
class ThrowingSubscriberTests {

	private static final Duration LONGEST = Duration.ofSeconds(20);

	/**
	 * How many requests are being responded to.
	 */
	private final AtomicInteger served = new AtomicInteger();

	private final AtomicInteger elements = new AtomicInteger();

	private final AtomicInteger signalsAfter = new AtomicInteger();

	private final LiveServer server = new LiveServer(this::handle);

	private final TriggerTemplate client = TriggerTemplate.builder(TriggerCredential.of("tr_prod_0123456789abcdefABCD"))
		.apiUrl(this.server.url())
		.build();

	@BeforeEach
	void expectDropped() {
		Hooks.onErrorDropped((failure) -> {
		});
	}

	@AfterEach
	void close() {
		Hooks.resetOnErrorDropped();
		this.client.close();
		this.server.close();
	}

	private void handle(Exchange exchange) throws IOException {
		this.served.incrementAndGet();
		try {
			respond(exchange, exchange.path().startsWith("/realtime/v1/sessions/") || exchange.path().endsWith("/v2"));
		}
		finally {
			this.served.decrementAndGet();
		}
	}

	private static void respond(Exchange exchange, boolean version2) throws IOException {
		if (version2) {
			exchange.begin(200, Map.of("content-type", "text/event-stream", "x-stream-version", "v2"));
			for (int i = 0;; i++) {
				exchange.piece("event: batch\ndata: {\"records\":[{\"seq_num\":" + i
						+ ",\"timestamp\":1,\"body\":\"{\\\"data\\\":1}\"}]}\n\n");
			}
		}
		if (exchange.path().startsWith("/realtime/v1/streams/")) {
			exchange.begin(200, Map.of("content-type", "text/event-stream"));
			for (int i = 0;; i++) {
				exchange.piece("id: " + i + "-0\ndata: \"a\"\n\n");
			}
		}
		FeedTests.log(exchange, exchange.number() + "_0", FeedTests.row("insert", "id", "1", "friendlyId", "run_1",
				"status", "EXECUTING", "updatedAt", "n" + exchange.number()));
	}

	private static Stream<Arguments> reads() {
		return Stream
			.of(read("a run", (client) -> client.realtime().run("run_1")),
					read("runs with a tag", (client) -> client.realtime().runs((query) -> query.tags("user:1"))),
					read("a batch", (client) -> client.realtime().batch("batch_1")),
					read("a stream", (client) -> client.realtime().stream("run_1", "v1", String.class)),
					read("a stream of version 2", (client) -> client.realtime().stream("run_1", "v2", Integer.class)),
					read("an input stream", (client) -> client.realtime().input("run_1", "v2").read(Integer.class)),
					read("a channel of a session",
							(client) -> client.sessions().session("session_1").out().read(Integer.class)),
					read("a named channel of a session",
							(client) -> client.sessions().session("session_1").channel("a").in().read(Integer.class)))
			.flatMap(Function.identity());
	}

	private static Stream<Arguments> read(String name, Function<TriggerOperations, Publisher<?>> read) {
		return Stream.of(1L, Long.MAX_VALUE)
			.flatMap((demand) -> Stream.of(1, 3)
				.map((last) -> Arguments.of(Named.of(name + ", " + demand + " requested", read), demand, last)));
	}

	@ParameterizedTest
	@MethodSource("reads")
	void nothingStaysOpen(Function<TriggerOperations, Publisher<?>> read, long demand, int last) {
		read.apply(this.client).subscribe(new Thrower(demand, last));
		await().atMost(LONGEST).untilAsserted(() -> assertThat(this.elements).hasValue(last));
		await().atMost(LONGEST).untilAsserted(() -> assertThat(this.client.realtime().statistics().open()).isZero());
		await().atMost(LONGEST).untilAsserted(() -> assertThat(this.served).hasValue(0));
		assertThat(this.signalsAfter).hasValue(0);
	}

	/**
	 * Throws at one of the elements.
	 */
	private final class Thrower implements Subscriber<Object> {

		private final long demand;

		private final int last;

		private Subscription subscription;

		Thrower(long demand, int last) {
			this.demand = demand;
			this.last = last;
		}

		@Override
		public void onSubscribe(Subscription subscription) {
			this.subscription = subscription;
			subscription.request(this.demand);
		}

		@Override
		public void onNext(Object element) {
			int count = ThrowingSubscriberTests.this.elements.incrementAndGet();
			if (count > this.last) {
				ThrowingSubscriberTests.this.signalsAfter.incrementAndGet();
			}
			if (count >= this.last) {
				throw new IllegalStateException("against the rules");
			}
			if (this.demand == 1) {
				this.subscription.request(1);
			}
		}

		@Override
		public void onError(Throwable failure) {
			ThrowingSubscriberTests.this.signalsAfter.incrementAndGet();
		}

		@Override
		public void onComplete() {
			ThrowingSubscriberTests.this.signalsAfter.incrementAndGet();
		}

	}

}

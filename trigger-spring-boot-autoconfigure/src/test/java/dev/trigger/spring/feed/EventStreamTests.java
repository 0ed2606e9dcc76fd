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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import dev.trigger.spring.TriggerTemplate;
import dev.trigger.spring.TriggerTemplateBuilder;
import dev.trigger.spring.auth.TriggerCredential;
import dev.trigger.spring.exception.AuthenticationException;
import dev.trigger.spring.exception.ClientClosedException;
import dev.trigger.spring.exception.NotFoundException;
import dev.trigger.spring.exception.TriggerDecodingException;
import dev.trigger.spring.feed.LiveServer.Exchange;
import dev.trigger.spring.feed.LiveServer.Handler;
import dev.trigger.spring.realtime.InputStreamOperations;
import dev.trigger.spring.realtime.StreamPart;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;
import tools.jackson.databind.JsonNode;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.web.reactive.function.client.ExchangeFilterFunction;
import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link EventStream}, through the operations that users have.
 */
class EventStreamTests {

	private static final Duration LONGEST = Duration.ofSeconds(60);

	private static final Map<String, String> V1 = Map.of("content-type", "text/event-stream");

	private static final Map<String, String> V2 = Map.of("content-type", "text/event-stream", "x-stream-version", "v2");

	private final AtomicInteger reads = new AtomicInteger();

	private final List<Exchange> requests = new java.util.concurrent.CopyOnWriteArrayList<>();

	private volatile String status = "EXECUTING";

	private volatile boolean silent;

	private volatile boolean refused;

	private final AtomicInteger received = new AtomicInteger();

	private Duration timeout = LONGEST;

	private LiveServer server;

	private TriggerTemplate client;

	@AfterEach
	void close() {
		this.client.close();
		this.server.close();
	}

	/**
	 * Start a server that has a run, and a stream of it.
	 */
	private void start(Handler stream) {
		this.server = new LiveServer((exchange) -> {
			if (!exchange.path().startsWith("/realtime/v1/runs/")) {
				this.requests.add(exchange);
				stream.handle(exchange);
				return;
			}
			if (this.refused) {
				exchange.respond(401, Map.of("content-type", "application/json"), "{\"error\":\"expired\"}");
				return;
			}
			while (this.silent || (exchange.query().containsKey("live") && this.status.equals("EXECUTING"))) {
				Thread.sleep(10);
			}
			FeedTests.log(exchange, exchange.number() + "_0",
					FeedTests.row("insert", "id", "1", "friendlyId", "run_1", "status", this.status));
		});
		this.client = client().build();
	}

	private TriggerTemplateBuilder client() {
		return TriggerTemplate.builder(TriggerCredential.of("tr_prod_0123456789abcdefABCD"))
			.apiUrl(this.server.url())
			.retry((policy) -> policy.withJitter(false))
			.timeout(this.timeout);
	}

	private static String v1(String id, String data) {
		return "id: " + id + "\ndata: " + data + "\n\n";
	}

	private static String v2(String... records) {
		return "event: batch\ndata: {\"records\":[" + String.join(",", records) + "]}\nid: 0,0,0\n\n";
	}

	private static String item(int seq, String partId) {
		return "{\"seq_num\":" + seq + ",\"timestamp\":1795703794178,\"body\":\"{\\\"data\\\":\\\"p" + seq
				+ "\\\",\\\"id\\\":\\\"" + partId + "\\\"}\"}";
	}

	private List<String> read() {
		List<StreamPart<String>> parts = this.client.realtime()
			.stream("run_1", "out", String.class)
			.doOnNext((part) -> this.received.incrementAndGet())
			.collectList()
			.block(LONGEST);
		assertThat(parts).isNotNull();
		await().atMost(LONGEST).until(() -> this.client.realtime().statistics().open() == 0);
		return parts.stream().map(StreamPart::value).toList();
	}

	@Test
	void completesWhenTheRunIsOverAndEverythingWasRead() {
		start((exchange) -> {
			exchange.begin(200, V1);
			if (this.reads.getAndIncrement() == 0) {
				exchange.piece(v1("1-0", "\"one\""));
				exchange.piece(v1("2-0", "{\"two\":2}"));
				await().atMost(LONGEST).until(() -> this.received.get() == 2);
				this.status = "COMPLETED_SUCCESSFULLY";
				exchange.hold();
			}
			// written between the last read and the end of the run
			exchange.piece(v1("2-0", "{\"two\":2}"));
			exchange.piece(v1("3-0", "\"three\""));
			exchange.end();
		});
		assertThat(read()).containsExactly("one", "{\"two\":2}", "three");
		assertThat(this.requests.get(1).header("timeout-seconds")).isEqualTo("1");
		assertThat(this.requests.get(1).header("last-event-id")).isEqualTo("1-0");
	}

	@Test
	void doesNotTakeTheEndOfAResponseForTheEndOfTheStream() {
		start((exchange) -> {
			int read = this.reads.getAndIncrement();
			exchange.begin(200, V2);
			if (read < 3) {
				exchange.piece(v2(item(read, "part-" + read)));
			}
			else {
				this.status = "COMPLETED_SUCCESSFULLY";
			}
			exchange.piece("data: [DONE]\n\n");
			exchange.end();
		});
		assertThat(read()).containsExactly("p0", "p1", "p2");
		assertThat(this.requests.get(1).header("last-event-id")).isEqualTo("0");
		assertThat(this.requests.get(2).header("last-event-id")).isEqualTo("1");
	}

	/**
	 * What is not known in the time of a call is whether the run is over.
	 */
	@Test
	void goesOnAsLongAsNothingIsKnownOfTheRun() {
		this.timeout = Duration.ofMillis(200);
		this.silent = true;
		start((exchange) -> {
			int read = this.reads.getAndIncrement();
			exchange.begin(200, V2);
			if (read == 0) {
				Thread.sleep(2 * this.timeout.toMillis());
			}
			if (read < 3) {
				exchange.piece(v2(item(read, "part-" + read)));
			}
			else {
				this.status = "COMPLETED_SUCCESSFULLY";
				this.silent = false;
			}
			exchange.end();
		});
		assertThat(read()).containsExactly("p0", "p1", "p2");
	}

	/**
	 * The end of a response says nothing: more may be written.
	 */
	@Test
	void failsIfItIsNeverKnownWhetherTheRunIsOver() {
		this.refused = true;
		start((exchange) -> {
			exchange.begin(200, V2);
			exchange.piece(v2(item(this.reads.getAndIncrement(), "part-" + this.reads.get())));
			exchange.end();
		});
		assertThatExceptionOfType(AuthenticationException.class).isThrownBy(this::read)
			.withMessageContaining("expired");
		assertThat(this.received).hasPositiveValue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "close", "reset", "503", "cut-in-event", "end-in-event", "error-event", "html" })
	void goesOnWithoutLossOrRepetitionAfterAFault(String fault) {
		start((exchange) -> {
			int read = this.reads.getAndIncrement();
			int after = (exchange.header("last-event-id") != null) ? Integer.parseInt(exchange.header("last-event-id"))
					: -1;
			if (read == 1 || read == 2) {
				fault(exchange, fault, after);
				return;
			}
			exchange.begin(200, V2);
			for (int seq = after + 1; seq < 6; seq++) {
				exchange.piece(v2(item(seq, "part-" + seq)));
			}
			if (read > 2) {
				this.status = "COMPLETED_SUCCESSFULLY";
				exchange.end();
				return;
			}
			Thread.sleep(50);
			exchange.close();
		});
		assertThat(read()).containsExactly("p0", "p1", "p2", "p3", "p4", "p5");
	}

	@Test
	void failsIfSomethingElseThanTheApiResponds() {
		start((exchange) -> exchange.respond(200, Map.of("content-type", "text/html; charset=utf-8"),
				"<html>Welcome</html>"));
		assertThatExceptionOfType(TriggerDecodingException.class).isThrownBy(this::read)
			.withMessageContaining("a page of HTML");
		assertThat(this.requests).hasSize(1);
	}

	private static void fault(Exchange exchange, String fault, int after) throws IOException {
		String event = v2(item(after + 1, "part-" + (after + 1)));
		switch (fault) {
			case "close" -> exchange.close();
			case "reset" -> exchange.reset();
			case "cut-in-event" -> {
				exchange.begin(200, V2);
				exchange.piece(event.substring(0, event.length() - 30));
				exchange.close();
			}
			case "end-in-event" -> {
				exchange.beginUntilClose(200, V2);
				exchange.raw("event: batch\ndata: {\"records\":[" + item(99, "part-99") + "]}");
				exchange.close();
			}
			case "error-event" -> {
				exchange.begin(200, V2);
				exchange.piece("event: error\ndata: gone\n\n");
				exchange.end();
			}
			case "html" -> exchange.respond(200, Map.of("content-type", "text/html"), "<html>Back soon</html>");
			default -> exchange.respond(503, Map.of(), "");
		}
	}

	@Test
	void readsTheRestOfPartsThatShareAnId() {
		start((exchange) -> {
			if (this.reads.getAndIncrement() == 0) {
				exchange.begin(200, V1);
				exchange.piece(v1("1-0", "\"a\"") + v1("2-0", "\"b\"") + v1("2-0", "\"c\""));
				Thread.sleep(50);
				exchange.close();
				return;
			}
			this.status = "COMPLETED_SUCCESSFULLY";
			assertThat(exchange.header("last-event-id")).isIn("1-0", "2-0");
			exchange.begin(200, V1);
			if (exchange.header("last-event-id").equals("1-0")) {
				exchange.piece(v1("2-0", "\"b\"") + v1("2-0", "\"c\"") + v1("2-0", "\"d\""));
			}
			exchange.piece(v1("3-0", "\"e\""));
			exchange.end();
		});
		assertThat(read()).containsExactly("a", "b", "c", "d", "e");
	}

	@Test
	void dropsPartsThatAWriterRepeatedAndSkipsRecordsOfTheStorage() {
		start((exchange) -> {
			exchange.begin(200, V2);
			if (exchange.header("last-event-id") == null) {
				exchange.piece(v2(item(0, "a"), item(1, "a"),
						"{\"seq_num\":2,\"body\":\"\",\"headers\":[[\"\",\"trim\"]]}", item(3, "b")));
			}
			else {
				// not before the parts have arrived: the end of the run would end the
				// first read
				this.status = "CRASHED";
			}
			exchange.end();
		});
		assertThat(read()).containsExactly("p0", "p3");
		assertThat(this.requests.get(this.requests.size() - 1).header("last-event-id")).isEqualTo("3");
	}

	@Test
	void makesTheServerWaitForASlowReaderAndDropsNothing() {
		int count = 20_000;
		AtomicInteger written = new AtomicInteger();
		start((exchange) -> {
			exchange.begin(200, V1);
			if (this.reads.getAndIncrement() == 0) {
				String filler = "x".repeat(1_000);
				for (int i = 0; i < count; i++) {
					exchange.piece(v1((i + 1) + "-0", "\"" + i + " " + filler + "\""));
					written.incrementAndGet();
				}
			}
			exchange.end();
		});
		List<String> seen = new ArrayList<>();
		BaseSubscriber<StreamPart<String>> subscriber = new BaseSubscriber<>() {

			@Override
			protected void hookOnSubscribe(Subscription subscription) {
				subscription.request(1);
			}

			@Override
			protected void hookOnNext(StreamPart<String> part) {
				seen.add(part.value().substring(0, part.value().indexOf(' ')));
			}

		};
		this.client.realtime()
			.stream("run_1", "out")
			.read(String.class, (options) -> options.timeout(Duration.ofSeconds(5)))
			.subscribe(subscriber);
		await().atMost(LONGEST).until(() -> !seen.isEmpty());
		await().during(Duration.ofMillis(300)).atMost(LONGEST).until(() -> stays(written));
		assertThat(written).hasValueLessThan(count);
		subscriber.request(Long.MAX_VALUE);
		await().atMost(LONGEST).until(subscriber::isDisposed);
		assertThat(seen).hasSize(count).startsWith("0", "1", "2").endsWith(Integer.toString(count - 1));
	}

	private static boolean stays(AtomicInteger counter) throws InterruptedException {
		int before = counter.get();
		Thread.sleep(50);
		return counter.get() == before;
	}

	@Test
	void failsIfThereIsNoSuchRun() {
		start((exchange) -> exchange.respond(404, Map.of("content-type", "application/json"),
				"{\"error\":\"Not found\"}"));
		StepVerifier.create(this.client.realtime().stream("run_1", "out", String.class))
			.expectError(NotFoundException.class)
			.verify(LONGEST);
	}

	@Test
	void beginsAfterAPartOrWithTheLatest() {
		start((exchange) -> {
			exchange.begin(200, V1);
			exchange.end();
		});
		Duration second = Duration.ofSeconds(1);
		this.client.realtime()
			.stream("run_1", "out")
			.read(String.class, (options) -> options.after("7-0").timeout(second))
			.blockLast(LONGEST);
		this.client.realtime()
			.stream("run_1", "out")
			.read(String.class, (options) -> options.fromLatest().timeout(second))
			.blockLast(LONGEST);
		assertThat(this.requests.get(0).header("last-event-id")).isEqualTo("7-0");
		assertThat(this.requests.get(1).header("last-event-id")).isNull();
		assertThat(this.requests.get(1).header("x-trigger-stream-start")).isEqualTo("latest");
	}

	@Test
	void readsWhatWasSentIntoARun() {
		start((exchange) -> {
			exchange.begin(200, V1);
			exchange.piece(v1("1-0", "{\"approved\":true}"));
			exchange.end();
		});
		InputStreamOperations input = this.client.realtime().input("run_1", "approval");
		assertThat(input.read(JsonNode.class, (options) -> options.after("0-1").timeout(Duration.ofSeconds(1)))
			.map(StreamPart::value)
			.collectList()
			.block(LONGEST)).hasToString("[{\"approved\":true}]");
		assertThat(this.requests.get(0).path()).isEqualTo("/realtime/v1/streams/run_1/input/approval");
		assertThat(this.requests.get(0).header("last-event-id")).isEqualTo("0-1");
		this.status = "COMPLETED_SUCCESSFULLY";
		assertThat(input.read(String.class).map(StreamPart::value).collectList().block(LONGEST))
			.containsExactly("{\"approved\":true}");
	}

	@Test
	void failureOfAResponseThatIsCanceledAsTheRunEndsIsNotReported() {
		start((exchange) -> {
			exchange.begin(200, V1);
			exchange.piece(v1("1-0", "a"));
			exchange.end();
		});
		this.client.close();
		ExchangeFilterFunction filter = failsWhenCanceled("/streams/", () -> this.status = "COMPLETED_SUCCESSFULLY");
		this.client = client().webClientBuilder(WebClient.builder().filter(filter)).build();
		assertThat(read()).containsExactly("a");
	}

	@ParameterizedTest
	@ValueSource(strings = { "/streams/", "/realtime/v1/runs/" })
	void failureOfAResponseThatIsCanceledAsTheClientIsClosedIsNotReported(String path) {
		start((exchange) -> {
			exchange.begin(200, V1);
			exchange.piece(v1("1-0", "a"));
			exchange.end();
		});
		this.client.close();
		ExchangeFilterFunction filter = failsWhenCanceled(path, () -> new Thread(() -> this.client.close()).start());
		this.client = client().webClientBuilder(WebClient.builder().filter(filter)).build();
		Flux<?> parts = path.equals("/streams/") ? this.client.realtime().stream("run_1", "out", String.class)
				: this.client.realtime().run("run_1");
		assertThatExceptionOfType(ClientClosedException.class).isThrownBy(() -> parts.blockLast(LONGEST));
	}

	/**
	 * Return a filter whose first response arrives while another thread cancels it.
	 */
	private static ExchangeFilterFunction failsWhenCanceled(String path, Runnable cancel) {
		CountDownLatch canceled = new CountDownLatch(1);
		CountDownLatch failed = new CountDownLatch(1);
		AtomicBoolean first = new AtomicBoolean(true);
		Flux<DataBuffer> body = Flux.<DataBuffer>defer(() -> {
			cancel.run();
			waitFor(canceled);
			return Flux.error(new IllegalStateException("The response body has been released already"));
		}).doAfterTerminate(failed::countDown);
		return (request, next) -> {
			if (!request.url().getPath().contains(path) || !first.getAndSet(false)) {
				return next.exchange(request);
			}
			return next.exchange(request)
				.publishOn(Schedulers.boundedElastic())
				.map((response) -> response.mutate().body((ignored) -> body).build())
				.doOnCancel(() -> {
					canceled.countDown();
					waitFor(failed);
				});
		};
	}

	private static void waitFor(CountDownLatch latch) {
		try {
			assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Test
	void doesNotRepeatWhatMayHaveArrived() {
		start((exchange) -> exchange.close());
		StepVerifier.create(this.client.realtime().input("run_1", "in").send(Map.of("a", 1)))
			.expectError()
			.verify(LONGEST);
		assertThat(this.requests).hasSize(1);
		StepVerifier.create(this.client.realtime().stream("run_1", "out").append("x")).expectError().verify(LONGEST);
		assertThat(this.requests).hasSize(2);
	}

	@Test
	void repeatsARecordOfASessionWithTheSamePartId() {
		start((exchange) -> {
			if (this.reads.getAndIncrement() == 0) {
				exchange.close();
			}
			else {
				exchange.respond(200, Map.of("content-type", "application/json"), "{\"ok\":true}");
			}
		});
		this.client.sessions().session("chat").in().append("hi").block(LONGEST);
		assertThat(this.requests).hasSize(2);
		assertThat(this.requests.get(0).header("x-part-id")).isEqualTo(this.requests.get(1).header("x-part-id"));
	}

}

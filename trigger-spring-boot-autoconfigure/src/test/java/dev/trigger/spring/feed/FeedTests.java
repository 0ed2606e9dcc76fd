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
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

import dev.trigger.spring.TriggerTemplate;
import dev.trigger.spring.auth.TriggerCredential;
import dev.trigger.spring.exception.BadRequestException;
import dev.trigger.spring.exception.ClientClosedException;
import dev.trigger.spring.exception.NotFoundException;
import dev.trigger.spring.exception.TriggerApiException;
import dev.trigger.spring.exception.TriggerDecodingException;
import dev.trigger.spring.exception.TriggerTimeoutException;
import dev.trigger.spring.feed.LiveServer.Exchange;
import dev.trigger.spring.feed.LiveServer.Handler;
import dev.trigger.spring.http.LiveSettings;
import dev.trigger.spring.realtime.RealtimeRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.Disposable;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;
import reactor.test.scheduler.VirtualTimeScheduler;

import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link Feed}, through the operations that users have.
 */
public class FeedTests {

	private static final Duration LONGEST = Duration.ofSeconds(60);

	private static final Map<String, String> TYPE = Map.of("content-type", "application/json");

	private LiveServer server;

	private TriggerTemplate client;

	@AfterEach
	void close() {
		if (this.client != null) {
			this.client.close();
		}
		this.server.close();
	}

	private TriggerTemplate start(Handler handler) {
		return start(handler, (settings) -> settings);
	}

	private TriggerTemplate start(Handler handler, UnaryOperator<LiveSettings> settings) {
		this.server = new LiveServer(handler);
		this.client = TriggerTemplate.builder(TriggerCredential.of("tr_prod_0123456789abcdefABCD"))
			.apiUrl(this.server.url())
			.retry((policy) -> policy.withJitter(false))
			.timeout(LONGEST)
			.realtime(settings)
			.build();
		return this.client;
	}

	public static String row(String operation, String... columns) {
		StringBuilder value = new StringBuilder();
		for (int i = 0; i < columns.length; i += 2) {
			value.append((i > 0) ? "," : "")
				.append('"')
				.append(columns[i])
				.append("\":")
				.append((columns[i + 1] != null) ? '"' + columns[i + 1] + '"' : "null");
		}
		return "{\"key\":\"k1\",\"value\":{" + value + "},\"headers\":{\"operation\":\"" + operation + "\"}}";
	}

	private static String status(String status, String updatedAt) {
		return row("insert", "id", "1", "friendlyId", "run_1", "status", status, "updatedAt", updatedAt);
	}

	public static void log(Exchange exchange, String offset, String... messages) throws IOException {
		respond(exchange, "h1", offset, messages);
	}

	static void respond(Exchange exchange, String handle, String offset, String... messages) throws IOException {
		Map<String, String> headers = new LinkedHashMap<>(TYPE);
		headers.put("electric-handle", handle);
		headers.put("electric-offset", offset);
		if (exchange.query().containsKey("live")) {
			headers.put("electric-cursor", "c" + exchange.number());
		}
		String upToDate = "{\"headers\":{\"control\":\"up-to-date\"}}";
		exchange.respond(200, headers,
				"[" + String.join(",", messages) + ((messages.length > 0) ? "," : "") + upToDate + "]");
	}

	private static List<String> statuses(List<RealtimeRun> runs) {
		return runs.stream().map((run) -> String.valueOf(run.status())).toList();
	}

	private List<RealtimeRun> follow() {
		List<RealtimeRun> runs = this.client.realtime().run("run_1").collectList().block(LONGEST);
		assertThat(runs).isNotNull();
		awaitNoConnections();
		return runs;
	}

	private void awaitNoConnections() {
		await().atMost(LONGEST).until(() -> this.client.realtime().statistics().open() == 0);
	}

	@Test
	void followsARunToItsEndWithHandleOffsetAndCursor() {
		start((exchange) -> {
			switch (exchange.number()) {
				case 0 -> log(exchange, "1_0", status("PENDING", "2026-01-01T00:00:00.000"));
				case 1 -> log(exchange, "2_0", status("EXECUTING", "2026-01-01T00:00:01.000"));
				default -> log(exchange, "3_0", status("COMPLETED_SUCCESSFULLY", "2026-01-01T00:00:02.000"));
			}
		});
		assertThat(statuses(follow())).containsExactly("QUEUED", "EXECUTING", "COMPLETED");
		List<Exchange> exchanges = this.server.exchanges();
		assertThat(exchanges).hasSize(3);
		assertThat(exchanges.get(0).query()).isEqualTo(Map.of("log", "full", "offset", "-1"));
		assertThat(exchanges.get(1).query())
			.isEqualTo(Map.of("log", "full", "offset", "1_0", "handle", "h1", "live", "true", "cursor", ""));
		assertThat(exchanges.get(2).query())
			.isEqualTo(Map.of("log", "full", "offset", "2_0", "handle", "h1", "live", "true", "cursor", "c1"));
		assertThat(exchanges.get(0).header("x-trigger-electric-version")).isEqualTo("1.0.0-beta.1");
		assertThat(exchanges.get(0).header("x-trigger-api-version")).isEqualTo("2025-07-16");
	}

	@Test
	void endsWithARunThatWasCanceledBeforeItStarted() {
		start((exchange) -> log(exchange, "1_0",
				row("insert", "id", "1", "friendlyId", "run_1", "status", "CANCELED", "completedAt", null, "error",
						"{\\\"raw\\\":\\\"Canceled by user\\\",\\\"type\\\":\\\"STRING_ERROR\\\"}")));
		List<RealtimeRun> runs = follow();
		assertThat(runs).hasSize(1);
		assertThat(runs.get(0).error()).isNotNull();
		assertThat(runs.get(0).error().message()).isEqualTo("Canceled by user");
	}

	/**
	 * A newer server may have statuses of which only the time of the end says that they
	 * are final.
	 */
	@Test
	void endsWithAStatusThatIsNotKnownIfTheRunHasEnded() {
		String time = "2026-11-24T04:13:25.100";
		start((exchange) -> {
			switch (exchange.number()) {
				case 0 -> log(exchange, "1_0", row("insert", "friendlyId", "run_1", "status", "ABANDONED"));
				case 1 -> log(exchange, "2_0", row("update", "status", "EXECUTING", "completedAt", time));
				default -> log(exchange, "3_0", row("update", "status", "ABANDONED"));
			}
		});
		assertThat(follow()).extracting((run) -> run.status() + " " + run.isFinished())
			.containsExactly("ABANDONED false", "EXECUTING false", "ABANDONED true");
	}

	@Test
	void mergesUpdatesThatHaveOnlyTheChangedColumns() {
		start((exchange) -> {
			switch (exchange.number()) {
				case 0 -> log(exchange, "1_0", row("insert", "id", "1", "friendlyId", "run_1", "status", "PENDING",
						"taskIdentifier", "hello", "metadata", null));
				case 1 -> log(exchange, "2_0", row("update", "metadata", "{\\\"step\\\":1}"));
				default -> log(exchange, "3_0", row("update", "status", "COMPLETED_SUCCESSFULLY"));
			}
		});
		List<RealtimeRun> runs = follow();
		assertThat(statuses(runs)).containsExactly("QUEUED", "QUEUED", "COMPLETED");
		assertThat(runs.get(2).taskIdentifier()).isEqualTo("hello");
		assertThat(runs.get(2).metadata()).hasToString("{\"step\":1}");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', nullValues = "-", value = {
			"application/super+json | {\\\"json\\\":{\\\"big\\\":\\\"12\\\"},\\\"meta\\\":{\\\"values\\\":{\\\"big\\\":[\\\"bigint\\\"]}}} | {\"big\":12}",
			"application/json | {\\\"json\\\":1} | {\"json\":1}", "- | {\\\"json\\\":1} | {\"json\":1}",
			"text/plain | {\\\"a\\\":1} | \"{\\\"a\\\":1}\"", "application/json | null | -" })
	void readsMetadataByTheirType(String type, String metadata, String expected) {
		start((exchange) -> log(exchange, "1_0", row("insert", "friendlyId", "run_1", "status",
				"COMPLETED_SUCCESSFULLY", "metadata", metadata, "metadataType", type)));
		assertThat(follow()).singleElement()
			.satisfies((run) -> assertThat((run.metadata() != null) ? run.metadata().toString() : null)
				.isEqualTo(expected));
	}

	@Test
	void doesNotRepeatARowThatStaysTheSame() {
		start((exchange) -> {
			if (exchange.number() < 3) {
				log(exchange, "1_" + exchange.number(), status("EXECUTING", "2026-01-01T00:00:00.000"));
			}
			else {
				log(exchange, "9_0", status("COMPLETED_SUCCESSFULLY", "2026-01-01T00:00:01.000"));
			}
		});
		assertThat(statuses(follow())).containsExactly("EXECUTING", "COMPLETED");
	}

	@Test
	void emitsOnlyWhenTheServerSaysThatTheLogIsUpToDate() {
		start((exchange) -> {
			Map<String, String> headers = new LinkedHashMap<>(TYPE);
			headers.put("electric-handle", "h1");
			headers.put("electric-offset", exchange.number() + "_0");
			if (exchange.number() == 0) {
				exchange.respond(200, headers, "[" + status("PENDING", "2026-01-01T00:00:00.000") + "]");
				return;
			}
			headers.put("electric-up-to-date", "");
			exchange.respond(200, headers, "[" + row("update", "status", "COMPLETED_SUCCESSFULLY") + "]");
		});
		assertThat(statuses(follow())).containsExactly("COMPLETED");
		assertThat(this.server.exchanges().get(1).query())
			.isEqualTo(Map.of("log", "full", "offset", "0_0", "handle", "h1"));
	}

	@Test
	void goesOnAfterNoContent() {
		start((exchange) -> {
			switch (exchange.number()) {
				case 0 -> log(exchange, "1_0", status("EXECUTING", "2026-01-01T00:00:00.000"));
				case 1 -> exchange.respond(204, Map.of("electric-offset", "1_1", "electric-cursor", "7"), "");
				default -> log(exchange, "3_0", status("EXPIRED", "2026-01-01T00:00:02.000"));
			}
		});
		assertThat(statuses(follow())).containsExactly("EXECUTING", "EXPIRED");
		assertThat(this.server.exchanges().get(2).query()).containsEntry("offset", "1_1").containsEntry("cursor", "7");
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void startsOverWithoutARepeatedElement(boolean conflict) {
		start((exchange) -> {
			switch (exchange.number()) {
				case 0 -> log(exchange, "1_0", status("EXECUTING", "2026-01-01T00:00:00.000"));
				case 1 -> exchange.respond(conflict ? 409 : 200,
						Map.of("content-type", "application/json", "electric-handle", "h2", "electric-offset", "1_0"),
						"[{\"headers\":{\"control\":\"must-refetch\"}}]");
				case 2 -> respond(exchange, "h2", "5_0", status("EXECUTING", "2026-01-01T00:00:00.000"));
				default -> respond(exchange, "h2", "6_0", status("COMPLETED_SUCCESSFULLY", "2026-01-01T00:00:02.000"));
			}
		});
		assertThat(statuses(follow())).containsExactly("EXECUTING", "COMPLETED");
		assertThat(this.server.exchanges().get(2).query())
			.isEqualTo(Map.of("log", "full", "offset", "-1", "handle", "h2", "expired_handle", "h1"));
		assertThat(this.server.exchanges().get(3).query()).containsEntry("offset", "5_0").containsEntry("handle", "h2");
	}

	@Test
	void survivesConflictsInARowAndFromACache() {
		AtomicInteger stale = new AtomicInteger();
		start((exchange) -> {
			int number = exchange.number();
			if (number == 0) {
				log(exchange, "1_0", status("EXECUTING", "2026-01-01T00:00:00.000"));
			}
			else if (number < 4) {
				// without a new handle
				exchange.respond(409, TYPE, "[{\"headers\":{\"control\":\"must-refetch\"}}]");
			}
			else if (number == 4) {
				// what the cache kept of the handle that has expired
				stale.incrementAndGet();
				respond(exchange, exchange.query().get("expired_handle"), "1_0",
						status("PENDING", "2025-01-01T00:00:00.000"));
			}
			else {
				respond(exchange, "h9", "9_0", status("COMPLETED_SUCCESSFULLY", "2026-01-01T00:00:02.000"));
			}
		});
		assertThat(statuses(follow())).containsExactly("EXECUTING", "COMPLETED");
		assertThat(stale).hasValue(1);
		assertThat(this.server.exchanges()).hasSize(6);
		assertThat(this.server.exchanges()).extracting(Exchange::toString).doesNotHaveDuplicates();
	}

	@ParameterizedTest
	@ValueSource(strings = { "429", "500", "503", "408", "reset", "close", "cut", "html", "garbage", "no-headers" })
	void asksForTheSameAgainAfterAFault(String fault) {
		start((exchange) -> {
			switch (exchange.number()) {
				case 0 -> log(exchange, "1_0", status("EXECUTING", "2026-01-01T00:00:00.000"));
				case 1, 2 -> fault(exchange, fault);
				default -> log(exchange, "3_0", status("COMPLETED_SUCCESSFULLY", "2026-01-01T00:00:02.000"));
			}
		});
		assertThat(statuses(follow())).containsExactly("EXECUTING", "COMPLETED");
		assertThat(this.server.exchanges()).hasSize(4);
		assertThat(this.server.exchanges().get(2).query()).isEqualTo(this.server.exchanges().get(1).query());
		assertThat(this.server.exchanges().get(3).query()).isEqualTo(this.server.exchanges().get(1).query());
		assertThat(this.client.realtime().statistics().reconnects()).isEqualTo(2);
	}

	private static void fault(Exchange exchange, String fault) throws IOException {
		Map<String, String> headers = Map.of("content-type", "application/json", "electric-handle", "h1",
				"electric-offset", "2_0");
		switch (fault) {
			case "reset" -> exchange.reset();
			case "close" -> exchange.close();
			case "cut" -> {
				exchange.begin(200, headers);
				exchange.piece("[{\"key\":\"k1\",\"value\":{\"status\":\"CRASHED\"");
				exchange.close();
			}
			case "html" -> exchange.respond(200, Map.of("content-type", "text/html"), "<html>Back soon</html>");
			case "garbage" -> exchange.respond(200, headers, "{\"not\":\"an array\"}");
			case "no-headers" -> exchange.respond(200, TYPE, "[{\"headers\":{\"control\":\"up-to-date\"}}]");
			default -> exchange.respond(Integer.parseInt(fault), Map.of("content-type", "text/plain"), "oops");
		}
	}

	@Test
	void survivesARestartOfTheServer() {
		AtomicInteger state = new AtomicInteger();
		start((exchange) -> {
			if (exchange.query().containsKey("live") && state.get() == 0) {
				exchange.hold();
			}
			else if (state.get() == 0) {
				log(exchange, "1_0", status("EXECUTING", "2026-01-01T00:00:00.000"));
			}
			else {
				log(exchange, "2_0", status("COMPLETED_SUCCESSFULLY", "2026-01-01T00:00:02.000"));
			}
		});
		StepVerifier.create(this.client.realtime().run("run_1").map((run) -> String.valueOf(run.status())))
			.expectNext("EXECUTING")
			.then(() -> await().atMost(LONGEST).until(() -> this.server.exchanges().size() == 2))
			.then(this.server::stop)
			.then(() -> await().atMost(LONGEST).until(() -> this.client.realtime().statistics().reconnects() >= 2))
			.then(() -> {
				state.set(1);
				this.server.restart();
			})
			.expectNext("COMPLETED")
			.expectComplete()
			.verify(LONGEST);
		awaitNoConnections();
	}

	/**
	 * A timer for each poll would take most of what a change costs, and the time that is
	 * not advanced here; without any pause the feed would have two connections in turns.
	 */
	@Test
	void followsChangesOnOneConnectionWithoutATimer() {
		int last = 200;
		Set<Integer> connections = ConcurrentHashMap.newKeySet();
		start((exchange) -> {
			connections.add(exchange.clientPort());
			log(exchange, exchange.number() + "_0", status(
					(exchange.number() < last) ? "EXECUTING" : "COMPLETED_SUCCESSFULLY", "n" + exchange.number()));
		});
		this.client.close();
		VirtualTimeScheduler time = VirtualTimeScheduler.create();
		this.client = TriggerTemplate.builder(TriggerCredential.of("tr_prod_0123456789abcdefABCD"))
			.apiUrl(this.server.url())
			.scheduler(time)
			.build();
		assertThat(follow()).hasSize(last + 1);
		assertThat(connections).hasSize(1);
		time.dispose();
	}

	@Test
	void asksForNothingMoreIfItsSubscriberLeavesBeforeTheFirstRequestReturns() {
		start((exchange) -> log(exchange, exchange.number() + "_0", status("EXECUTING", "n" + exchange.number())));
		this.client.close();
		CountDownLatch left = new CountDownLatch(1);
		this.client = TriggerTemplate.builder(TriggerCredential.of("tr_prod_0123456789abcdefABCD"))
			.apiUrl(this.server.url())
			.webClientBuilder(WebClient.builder().filter((request, next) -> new Mono<>() {

				@Override
				public void subscribe(CoreSubscriber<? super ClientResponse> subscriber) {
					next.exchange(request).subscribe(subscriber);
					await().atMost(LONGEST).until(() -> left.getCount() == 0);
					// time for another request, if there were one
					await().during(Duration.ofMillis(200)).until(() -> FeedTests.this.server.exchanges().size() == 1);
				}

			}))
			.build();
		this.client.realtime().runs().next().doFinally((signal) -> left.countDown()).block(LONGEST);
		awaitNoConnections();
		assertThat(this.server.exchanges()).hasSize(1);
	}

	@Test
	void leavesAConnectionThatIsSilentForTooLong() {
		start((exchange) -> {
			switch (exchange.number()) {
				case 0 -> log(exchange, "1_0", status("EXECUTING", "2026-01-01T00:00:00.000"));
				case 1 -> exchange.hold();
				case 2 -> {
					exchange.begin(200, Map.of("electric-handle", "h1", "electric-offset", "2_0"));
					exchange.piece("[");
					exchange.hold();
				}
				default -> log(exchange, "3_0", status("COMPLETED_SUCCESSFULLY", "2026-01-01T00:00:02.000"));
			}
		}, (settings) -> settings.withSilenceTimeout(Duration.ofMillis(300)));
		assertThat(statuses(follow())).containsExactly("EXECUTING", "COMPLETED");
		assertThat(this.server.exchanges()).hasSize(4);
	}

	@ParameterizedTest
	@ValueSource(ints = { 400, 401, 403, 404, 410, 501 })
	void failsAtOnceIfTheServerRefuses(int status) {
		start((exchange) -> exchange.respond(status, TYPE, "{\"error\":\"no\"}"));
		StepVerifier.create(this.client.realtime().run("run_1"))
			.expectErrorSatisfies((failure) -> assertThat(failure).isInstanceOfSatisfying(TriggerApiException.class,
					(ex) -> assertThat(ex.getStatus()).isEqualTo(status)))
			.verify(LONGEST);
		assertThat(this.server.exchanges()).hasSize(1);
		awaitNoConnections();
	}

	@Test
	void failsAlsoLaterIfTheServerRefuses() {
		start((exchange) -> {
			if (exchange.number() == 0) {
				log(exchange, "1_0", status("EXECUTING", "2026-01-01T00:00:00.000"));
			}
			else {
				exchange.respond(404, TYPE, "{\"error\":\"Not found\"}");
			}
		});
		StepVerifier.create(this.client.realtime().run("run_1"))
			.expectNextCount(1)
			.expectError(NotFoundException.class)
			.verify(LONGEST);
	}

	@Test
	void failsIfSomethingElseThanTheApiResponds() {
		start((exchange) -> exchange.respond(200, Map.of("content-type", "text/html"), "<html>Welcome</html>"));
		StepVerifier.create(this.client.realtime().run("run_1"))
			.expectError(TriggerDecodingException.class)
			.verify(LONGEST);
	}

	@Test
	void failureDoesNotRepeatACredentialInABodyThatIsNotJson() {
		start((exchange) -> exchange.respond(200, Map.of("content-type", "application/json"),
				"tr_dev_0123456789abcdef0123 is no JSON"));
		StepVerifier.create(this.client.realtime().run("run_1")).expectErrorSatisfies((failure) -> {
			assertThat(failure).isInstanceOf(TriggerDecodingException.class)
				.hasMessageContaining("at line 1, column ")
				.hasMessageContaining("StreamReadException");
			StringWriter text = new StringWriter();
			failure.printStackTrace(new PrintWriter(text));
			assertThat(text.toString()).doesNotContain("0123456789abcdef");
		}).verify(LONGEST);
	}

	@Test
	void timeoutOfACallBoundsTheFirstResponseOnly() {
		start((exchange) -> exchange.respond(503, TYPE, "{}"));
		StepVerifier.create(this.client.withTimeout(Duration.ofMillis(500)).realtime().run("run_1"))
			.expectErrorSatisfies((failure) -> assertThat(failure).isInstanceOf(TriggerTimeoutException.class)
				.hasMessageContaining("trigger.timeout")
				.hasCauseInstanceOf(TriggerApiException.class))
			.verify(LONGEST);
	}

	@Test
	void isNotBoundByTheTimeoutOnceItHadAResponse() {
		start((exchange) -> {
			if (!exchange.query().containsKey("live")) {
				log(exchange, "1_0", status("EXECUTING", "2026-01-01T00:00:00.000"));
			}
			else {
				Thread.sleep(1_000);
				log(exchange, "3_0", status("COMPLETED_SUCCESSFULLY", "2026-01-01T00:00:02.000"));
			}
		});
		// the first response of all is late on a busy machine
		this.client.realtime().run("run_1").blockFirst(LONGEST);
		StepVerifier.create(this.client.withTimeout(Duration.ofMillis(700)).realtime().run("run_1"))
			.expectNextCount(2)
			.expectComplete()
			.verify(LONGEST);
	}

	@Test
	void closesItsConnectionWhenItIsCanceled() throws InterruptedException {
		CountDownLatch left = new CountDownLatch(1);
		start((exchange) -> {
			if (exchange.number() == 0) {
				log(exchange, "1_0", status("EXECUTING", "2026-01-01T00:00:00.000"));
			}
			else {
				exchange.hold();
				left.countDown();
			}
		});
		Disposable subscription = this.client.realtime().run("run_1").subscribe();
		await().atMost(LONGEST).until(() -> this.server.exchanges().size() == 2);
		assertThat(this.client.realtime().statistics().open()).isEqualTo(1);
		subscription.dispose();
		assertThat(left.await(30, TimeUnit.SECONDS)).as("the connection was closed").isTrue();
		assertThat(this.client.realtime().statistics().open()).isZero();
	}

	@Test
	void endsWithAFailureWhenTheClientIsClosed() {
		start((exchange) -> {
			if (exchange.number() == 0) {
				log(exchange, "1_0", status("EXECUTING", "2026-01-01T00:00:00.000"));
			}
			else {
				exchange.hold();
			}
		});
		StepVerifier.create(this.client.realtime().run("run_1"))
			.expectNextCount(1)
			.then(this.client::close)
			.expectError(ClientClosedException.class)
			.verify(LONGEST);
		awaitNoConnections();
	}

	@Test
	void givesTheNewestStateToASlowSubscriber() {
		int changes = 10_000;
		start((exchange) -> {
			int number = 10 * exchange.number();
			log(exchange, number + "_0",
					(number < changes)
							? row("insert", "id", "1", "friendlyId", "run_1", "status", "EXECUTING", "usageDurationMs",
									Integer.toString(number))
							: row("insert", "id", "1", "friendlyId", "run_1", "status", "COMPLETED_SUCCESSFULLY"));
		});
		List<String> seen = new java.util.concurrent.CopyOnWriteArrayList<>();
		BaseSubscriber<RealtimeRun> subscriber = new BaseSubscriber<>() {

			@Override
			protected void hookOnSubscribe(Subscription subscription) {
				subscription.request(1);
			}

			@Override
			protected void hookOnNext(RealtimeRun run) {
				seen.add(String.valueOf(run.status()));
			}

		};
		this.client.realtime().run("run_1").subscribe(subscriber);
		await().atMost(60, TimeUnit.SECONDS).until(() -> this.server.exchanges().size() > changes / 10);
		assertThat(seen).hasSize(1);
		subscriber.request(Long.MAX_VALUE);
		await().atMost(LONGEST).until(subscriber::isDisposed);
		// the first, two that were on their way, and of all others the newest and the
		// last
		assertThat(seen).hasSizeLessThan(6).last().isEqualTo("COMPLETED");
	}

	@Test
	void asksAServerThatDoesNotHoldLessOften() {
		start((exchange) -> log(exchange, "1_0", status("EXECUTING", "2026-01-01T00:00:00.000")));
		Disposable subscription = this.client.realtime().run("run_1").subscribe();
		await().atMost(LONGEST).until(() -> this.server.exchanges().size() >= 6);
		long start = System.nanoTime();
		int before = this.server.exchanges().size();
		await().pollDelay(Duration.ofMillis(500)).until(() -> true);
		int polls = this.server.exchanges().size() - before;
		double halfSeconds = (System.nanoTime() - start) / 500_000_000.0;
		assertThat(polls / halfSeconds).as("polls in half a second").isLessThan(5);
		subscription.dispose();
	}

	@Test
	void refusesATagThatTheServerRefuses() {
		start((exchange) -> exchange.respond(500, TYPE, "{}"));
		for (String tag : List.of("", "a,b", "a\\b", "a\"b", "a\nb", "a\u007fb")) {
			assertThat(org.assertj.core.api.Assertions
				.catchThrowable(() -> this.client.realtime().runs((query) -> query.tags(tag)))).as(tag)
				.isInstanceOf(IllegalArgumentException.class);
		}
		assertThat(this.server.exchanges()).isEmpty();
	}

	@Test
	void failsWithWhatTheServerSays() {
		start((exchange) -> exchange.respond(400, TYPE, "{\"error\":\"Query Error\"}"));
		StepVerifier.create(this.client.realtime().runs())
			.expectErrorSatisfies((failure) -> assertThat(failure).isInstanceOf(BadRequestException.class)
				.hasMessageContaining("Query Error"))
			.verify(LONGEST);
	}

}

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

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

import dev.trigger.spring.TriggerTemplate;
import dev.trigger.spring.auth.TriggerCredential;
import dev.trigger.spring.batch.Batch;
import dev.trigger.spring.batch.BatchHandle;
import dev.trigger.spring.exception.TriggerTimeoutException;
import dev.trigger.spring.feed.FeedTests;
import dev.trigger.spring.feed.LiveServer;
import dev.trigger.spring.feed.LiveServer.Exchange;
import dev.trigger.spring.feed.LiveServer.Handler;
import dev.trigger.spring.http.LiveSettings;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.netty.http.client.HttpClient;
import reactor.test.StepVerifier;
import reactor.test.scheduler.VirtualTimeScheduler;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import org.springframework.web.reactive.function.client.ClientRequest;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.ExchangeFunction;
import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link Push}: waits that the server wakes up.
 */
class PushTests {

	private static final Duration LONGEST = Duration.ofSeconds(60);

	private static final int RUNS = 50;

	/**
	 * The header that tells requests apart.
	 */
	private static final String NUMBER = "x-number";

	private static final Map<String, String> JSON = Map.of("content-type", "application/json");

	/**
	 * So seldom that a wait that polls would not end within the test.
	 */
	private static final Polling SELDOM = Polling.defaults().every(Duration.ofMinutes(10));

	private static final Polling OFTEN = Polling.defaults().every(Duration.ofMillis(50));

	/**
	 * A first poll soon, and no second one within the test.
	 */
	private static final Polling ONCE = new Polling(Duration.ofMillis(50), 10_000, Duration.ofMinutes(10), LONGEST);

	private volatile String batch = "\"runCount\":2,\"runs\":[\"run_1\",\"run_2\"]";

	private final AtomicInteger held = new AtomicInteger();

	private final AtomicInteger requests = new AtomicInteger();

	/**
	 * The requests of a client in virtual time.
	 */
	private final Set<String> underWay = ConcurrentHashMap.newKeySet();

	/**
	 * Those that the server holds.
	 */
	private final Set<String> holding = ConcurrentHashMap.newKeySet();

	private volatile boolean over;

	private volatile String status = "EXECUTING";

	/**
	 * Further properties of the run.
	 */
	private volatile String more = "";

	private final AtomicInteger refusals = new AtomicInteger();

	private volatile String finalStatus = "COMPLETED_SUCCESSFULLY";

	private final VirtualTimeScheduler time = VirtualTimeScheduler.create();

	private LiveServer server;

	private TriggerTemplate client;

	@AfterEach
	void close() {
		this.client.close();
		this.server.close();
	}

	private void start(Handler live, int maxFeeds) {
		this.server = new LiveServer((exchange) -> {
			if (exchange.path().startsWith("/realtime/")) {
				live.handle(exchange);
			}
			else if (exchange.path().contains("/batches/")) {
				exchange.respond(200, JSON, "{\"id\":\"batch_1\",\"status\":\"" + (this.over ? "COMPLETED" : "PENDING")
						+ "\"," + this.batch + "}");
			}
			else if (this.refusals.getAndDecrement() > 0) {
				exchange.respond(403, JSON, "{\"error\":\"no\"}");
			}
			else {
				exchange.respond(200, JSON,
						"{\"id\":\"run_1\"" + this.more + ",\"status\":\"" + (this.over ? "COMPLETED" : this.status)
								+ "\",\"taskIdentifier\":\"mail\",\"isCompleted\":" + this.over + ",\"isSuccess\":"
								+ this.over + ",\"output\":{\"n\":1}}");
			}
		});
		this.client = TriggerTemplate.builder(TriggerCredential.of("tr_prod_0123456789abcdefABCD"))
			.apiUrl(this.server.url())
			.retry((policy) -> policy.withJitter(false))
			.realtime((settings) -> settings.withMaxFeeds(maxFeeds))
			.build();
	}

	/**
	 * Start a server that pushes nothing for long, where others would end a poll.
	 */
	private void startInVirtualTime() {
		start(this::push, 8);
		inVirtualTime((live) -> live.withSilenceTimeout(LONGEST.multipliedBy(60)));
	}

	private void inVirtualTime() {
		inVirtualTime((settings) -> settings);
	}

	private void inVirtualTime(UnaryOperator<LiveSettings> live) {
		this.client.close();
		this.client = TriggerTemplate.builder(TriggerCredential.of("tr_prod_0123456789abcdefABCD"))
			.apiUrl(this.server.url())
			.webClientBuilder(WebClient.builder()
				.clientConnector(new ReactorClientHttpConnector(HttpClient.create().disableRetry(true)))
				.filter(this::follow))
			.scheduler(this.time)
			.realtime(live)
			.build();
	}

	/**
	 * Know of a request until its response was read.
	 */
	private Mono<ClientResponse> follow(ClientRequest request, ExchangeFunction next) {
		return Mono.defer(() -> {
			String number = Integer.toString(this.requests.getAndIncrement());
			this.underWay.add(number);
			Runnable end = () -> this.underWay.remove(number);
			return next.exchange(ClientRequest.from(request).header(NUMBER, number).build())
				.doOnError((failure) -> end.run())
				.doOnCancel(end)
				.map((response) -> response.mutate().body((body) -> body.doFinally((signal) -> end.run())).build());
		});
	}

	/**
	 * Let time pass until a condition is met. Servers and connections take real time, of
	 * which a busy machine needs a lot: none passes while the client waits for more than
	 * what the server holds.
	 */
	private void advanceUntil(BooleanSupplier condition) {
		advanceUntil(Duration.ofMillis(500), condition);
	}

	/**
	 * Wait for what needs the time of servers and connections, and next to none of the
	 * client: a pause of a millisecond if anything.
	 */
	private void awaitInNoTime(BooleanSupplier condition) {
		advanceUntil(Duration.ofMillis(1), condition);
	}

	private void advanceUntil(Duration step, BooleanSupplier condition) {
		await().atMost(LONGEST).pollInterval(Duration.ofMillis(10)).until(() -> {
			boolean idle = this.holding.containsAll(this.underWay);
			this.time.advanceTimeBy(idle ? step : Duration.ZERO);
			return condition.getAsBoolean();
		});
	}

	/**
	 * Hold a poll.
	 */
	private void hold(Exchange exchange, BooleanSupplier end) throws InterruptedException {
		String number = String.valueOf(exchange.header(NUMBER));
		this.holding.add(number);
		this.held.incrementAndGet();
		while (!end.getAsBoolean()) {
			Thread.sleep(10);
		}
		this.holding.remove(number);
	}

	@Test
	@ExtendWith(OutputCaptureExtension.class)
	void queuedRunThatNothingIsPushedAboutIsWarnedAbout(CapturedOutput output) {
		this.status = "QUEUED";
		startInVirtualTime();
		Disposable wait = this.client.runs().awaitCompletion("run_1").subscribe();
		advanceUntil(() -> output.toString().contains("Run run_1 has been QUEUED for 3"));
		assertThat(output).contains("s: the task 'mail' may not be deployed");
		assertThat(polls()).hasSize(1);
		wait.dispose();
	}

	@Test
	@ExtendWith(OutputCaptureExtension.class)
	void runThatWasDelayedIsWarnedAboutOnceItIsQueuedForLong(CapturedOutput output) {
		this.status = "DELAYED";
		this.more = ",\"delayedUntil\":\"2026-11-26T10:00:00.000Z\"";
		startInVirtualTime();
		Disposable wait = this.client.runs().awaitCompletion("run_1").subscribe();
		advanceUntil(() -> polls().size() == 2);
		assertThat(output).doesNotContain("has been");
		int looks = polls().size();
		long end = this.time.now(TimeUnit.SECONDS) + 1_800;
		advanceUntil(Duration.ofSeconds(5), () -> this.time.now(TimeUnit.SECONDS) >= end);
		assertThat(polls().size() - looks).as("looks in half an hour").isBetween(4, 10);
		this.status = "QUEUED";
		advanceUntil(() -> output.toString().contains("Run run_1 has been QUEUED for "));
		int polls = polls().size();
		advanceBy(120);
		assertThat(polls()).hasSize(polls);
		wait.dispose();
	}

	@Test
	@ExtendWith(OutputCaptureExtension.class)
	void lookThatFailsIsNotTheLastOne(CapturedOutput output) {
		this.status = "QUEUED";
		this.refusals.set(2);
		startInVirtualTime();
		Disposable wait = this.client.runs().awaitCompletion("run_1").subscribe();
		advanceUntil(() -> output.toString().contains("Run run_1 has been QUEUED for "));
		wait.dispose();
	}

	@Test
	@ExtendWith(OutputCaptureExtension.class)
	void runThatIsUnderWayIsNotWarnedAbout(CapturedOutput output) {
		startInVirtualTime();
		Disposable wait = this.client.runs().awaitCompletion("run_1").subscribe();
		advanceUntil(() -> polls().size() == 1);
		advanceBy(120);
		assertThat(polls()).hasSize(1);
		this.over = true;
		awaitInNoTime(wait::isDisposed);
		assertThat(output).doesNotContain("has been");
	}

	@Test
	void timeoutTellsHowLongTheRunWasQueued() {
		this.status = "QUEUED";
		start(this::push, 8);
		StepVerifier.create(this.client.runs().awaitCompletion("run_1", Duration.ofMillis(1_500)))
			.expectErrorSatisfies((failure) -> assertThat(failure)
				.hasMessageMatching(".*its last status was QUEUED, for 1[5-9]\\d\\d ms.*'mail' may not be deployed.*"))
			.verify(LONGEST);
	}

	private void push(Exchange exchange) throws IOException, InterruptedException {
		if (exchange.query().containsKey("live")) {
			hold(exchange, () -> this.over);
		}
		String status = this.over ? this.finalStatus : "EXECUTING";
		FeedTests.log(exchange, exchange.number() + "_0", row("run_1", status), row("run_2", status));
	}

	private String row(String id, String status) {
		return FeedTests
			.row("insert", "id", id.substring(4), "friendlyId", id, "status", status, "completedAt",
					this.over ? "2026-11-26T10:00:00.000" : null)
			.replace("\"key\":\"k1\"", "\"key\":\"" + id + "\"");
	}

	private List<Exchange> polls() {
		return this.server.exchanges()
			.stream()
			.filter((exchange) -> !exchange.path().startsWith("/realtime/"))
			.toList();
	}

	private List<Exchange> feeds() {
		return this.server.exchanges().stream().filter((exchange) -> exchange.path().startsWith("/realtime/")).toList();
	}

	private void awaitNoneOpen() {
		await().atMost(LONGEST).until(() -> this.client.realtime().statistics().open() == 0);
	}

	@Test
	void aRunIsRetrievedOnceWhenTheServerSaysThatItIsOver() {
		start(this::push, 8);
		StepVerifier.create(this.client.runs().awaitCompletion("run_1", (polling) -> SELDOM).map(Run::id))
			.then(() -> await().atMost(LONGEST).until(() -> this.held.get() == 1))
			.then(() -> this.over = true)
			.expectNext("run_1")
			.expectComplete()
			.verify(LONGEST);
		assertThat(polls()).hasSize(1);
		awaitNoneOpen();
	}

	@ParameterizedTest
	@ValueSource(strings = { "COMPLETED_SUCCESSFULLY", "OF_A_NEWER_SERVER" })
	void theResultIsTheSameAsByPolling(String status) {
		this.finalStatus = status;
		start(this::push, 8);
		this.over = true;
		Run pushed = this.client.runs().awaitCompletion("run_1", (polling) -> SELDOM).block(LONGEST);
		assertThat(feeds()).isNotEmpty();
		this.client.close();
		this.server.close();
		start(this::push, 0);
		Run polled = this.client.runs().awaitCompletion("run_1", (polling) -> SELDOM).block(LONGEST);
		assertThat(feeds()).isEmpty();
		assertThat(pushed).isEqualTo(polled);
	}

	@Test
	void aBatchIsOverWhenAllOfItsRunsAre() {
		start(this::push, 8);
		StepVerifier.create(this.client.batches().awaitCompletion("batch_1", (polling) -> ONCE).map(Batch::id))
			.then(() -> await().atMost(LONGEST).until(() -> this.held.get() == 1))
			.then(() -> this.over = true)
			.expectNext("batch_1")
			.expectComplete()
			.verify(LONGEST);
		assertThat(polls()).hasSize(2);
	}

	/**
	 * Two items with one key are one run, and an item that failed is none.
	 */
	@Test
	void aBatchMayHaveFewerRunsThanItems() {
		this.batch = "\"runCount\":4,\"runs\":[\"run_1\",\"run_2\",\"run_1\"],"
				+ "\"processing\":{\"completedAt\":\"2026-11-26T10:00:00.000Z\"}";
		start(this::push, 8);
		StepVerifier.create(this.client.batches().awaitCompletion("batch_1", (polling) -> ONCE).map(Batch::id))
			.then(() -> await().atMost(LONGEST).until(() -> this.held.get() == 1))
			.then(() -> this.over = true)
			.expectNext("batch_1")
			.expectComplete()
			.verify(LONGEST);
		assertThat(polls()).hasSize(2);
	}

	/**
	 * Which runs there are to wait for is not known before.
	 */
	@Test
	void aBatchIsPolledUntilItsRunsAreCreated() {
		this.batch = "\"runCount\":3,\"runs\":[\"run_1\"]";
		start(this::push, 8);
		StepVerifier.create(this.client.batches().awaitCompletion("batch_1", (polling) -> OFTEN).map(Batch::id))
			.then(() -> await().atMost(LONGEST).until(() -> polls().size() > 3))
			.then(() -> assertThat(feeds()).isEmpty())
			.then(() -> this.batch = "\"runCount\":3,\"runs\":[\"run_1\",\"run_2\"],"
					+ "\"processing\":{\"completedAt\":\"2026-11-26T10:00:00.000Z\"}")
			.then(() -> await().atMost(LONGEST).until(() -> this.held.get() == 1))
			.then(() -> this.over = true)
			.expectNext("batch_1")
			.expectComplete()
			.verify(LONGEST);
	}

	@ParameterizedTest
	@ValueSource(ints = { 400, 401, 403, 404, 501 })
	void pollsWhereThereIsNoFeed(int status) {
		start((exchange) -> exchange.respond(status, JSON, "{\"error\":\"no\"}"), 8);
		completeByPolling();
		assertThat(feeds()).hasSize(1);
	}

	/**
	 * A feed that has begun outlasts all of that, but a wait can have what it is for
	 * otherwise.
	 */
	@ParameterizedTest
	@ValueSource(ints = { 200, 429, 503, 409, 0 })
	void pollsWhenTheFeedIsAwayForLong(int status) {
		start((exchange) -> {
			if (!exchange.query().containsKey("handle")) {
				this.held.incrementAndGet();
				FeedTests.log(exchange, "1_0", row("run_1", "EXECUTING"));
			}
			else if (status == 0) {
				exchange.reset();
			}
			else {
				exchange.respond(status, Map.of("retry-after", "600"), "<html>Sorry</html>");
			}
		}, 8);
		inVirtualTime();
		Mono<Run> single = this.client.runs().awaitCompletion("run_1");
		Mono<Object> ofBatch = this.client.runs()
			.awaitOutput(new BatchHandle<>("batch_1", RUNS, false, Object.class, null).run("run_1"));
		this.over = true;
		Disposable waits = Mono.when(single, ofBatch).subscribe();
		awaitInNoTime(() -> this.held.get() == 2);
		long begin = this.time.now(TimeUnit.SECONDS);
		advanceUntil(waits::isDisposed);
		assertThat(this.time.now(TimeUnit.SECONDS) - begin).isBetween(8L, 25L);
		awaitNoneOpen();
	}

	@Test
	void sleepsAgainAfterTheServerWasAway() {
		start(this::pushBatch, 8);
		inVirtualTime();
		Disposable waits = awaitAllOfBatch((polling) -> polling).subscribe();
		awaitInNoTime(() -> this.held.get() == 1);
		this.server.stop();
		long begin = this.time.now(TimeUnit.SECONDS);
		advanceUntil(() -> this.time.now(TimeUnit.SECONDS) - begin > 20);
		this.server.restart();
		// slowly: what the client does between two requests is not known to take time
		advanceUntil(Duration.ofMillis(50), () -> this.held.get() == 2 && polls().size() == RUNS);
		this.time.advanceTimeBy(Duration.ofSeconds(30));
		this.over = true;
		advanceUntil(Duration.ofMillis(50), waits::isDisposed);
		assertThat(polls()).hasSize(2 * RUNS);
		awaitNoneOpen();
	}

	/**
	 * One wait tries now and then whether there are feeds again, the others poll.
	 */
	@ParameterizedTest
	@ValueSource(ints = { 200, 503, 0 })
	void sleepsAgainAfterOnlyFeedsWereAway(int status) {
		AtomicBoolean away = new AtomicBoolean();
		start((exchange) -> {
			if (!away.get()) {
				pushOrBreakOff(exchange, away);
			}
			else if (status == 0) {
				exchange.reset();
			}
			else {
				exchange.respond(status, JSON, "<html>Sorry</html>");
			}
		}, 8);
		inVirtualTime();
		Disposable waits = Flux.range(0, 6).flatMap((i) -> this.client.runs().awaitCompletion("run_1")).subscribe();
		awaitInNoTime(() -> this.held.get() == 6);
		away.set(true);
		advanceBy(30);
		int before = feeds().size();
		advanceBy(120);
		assertThat(feeds().size() - before).isBetween(2, 60);
		assertThat(this.client.realtime().statistics().open()).isLessThanOrEqualTo(1);
		Disposable later = this.client.runs().awaitCompletion("run_2").subscribe();
		// slowly: it may be the one that tries, and polls then when it has failed
		advanceUntil(Duration.ofMillis(50), () -> polls().stream().anyMatch((poll) -> poll.path().endsWith("/run_2")));
		away.set(false);
		advanceUntil(() -> this.held.get() == 6 + 7);
		int pushed = polls().size();
		this.time.advanceTimeBy(Duration.ofSeconds(15));
		assertThat(polls()).hasSize(pushed);
		this.over = true;
		awaitInNoTime(() -> waits.isDisposed() && later.isDisposed());
		awaitNoneOpen();
	}

	private void pushOrBreakOff(Exchange exchange, AtomicBoolean away) throws IOException, InterruptedException {
		if (exchange.query().containsKey("live")) {
			hold(exchange, () -> this.over || away.get());
			if (away.get()) {
				exchange.reset();
				return;
			}
		}
		FeedTests.log(exchange, exchange.number() + "_0", row("run_1", this.over ? this.finalStatus : "EXECUTING"));
	}

	private void advanceBy(int seconds) {
		long end = this.time.now(TimeUnit.SECONDS) + seconds;
		advanceUntil(() -> this.time.now(TimeUnit.SECONDS) >= end);
	}

	@Test
	void doesNotAskAServerAgainThatDoesNotKnowFeeds() {
		start((exchange) -> exchange.respond(404, Map.of("content-type", "text/html"), "<html>No such page</html>"), 8);
		completeByPolling();
		completeByPolling();
		assertThat(feeds()).hasSize(1);
	}

	@Test
	void pollsWhatIsOverTheNumberOfFeeds() {
		start(this::push, 2);
		StepVerifier
			.create(Flux.range(0, 5)
				.flatMap((i) -> this.client.runs().awaitCompletion("run_1", (polling) -> OFTEN))
				.count())
			.then(() -> await().atMost(LONGEST).until(() -> this.held.get() == 2))
			.then(() -> assertThat(this.client.realtime().statistics().open()).isEqualTo(2))
			.then(() -> await().atMost(LONGEST).until(() -> polls().size() > 10))
			.then(() -> this.over = true)
			.expectNext(5L)
			.expectComplete()
			.verify(LONGEST);
		awaitNoneOpen();
	}

	@Test
	void isPushedOnceAFeedIsFree() {
		start(this::push, 1);
		Disposable first = this.client.runs().awaitCompletion("run_1", (polling) -> SELDOM).subscribe();
		await().atMost(LONGEST).until(() -> this.held.get() == 1);
		StepVerifier.create(this.client.runs().awaitCompletion("run_2", (polling) -> OFTEN).map(Run::id))
			.then(() -> await().atMost(LONGEST).until(() -> polls().size() > 3))
			.then(first::dispose)
			.then(() -> await().atMost(LONGEST).until(() -> this.held.get() == 2))
			.then(() -> this.over = true)
			.expectNextCount(1)
			.expectComplete()
			.verify(LONGEST);
		awaitNoneOpen();
	}

	private Flux<Object> awaitAllOfBatch(UnaryOperator<Polling> polling) {
		BatchHandle<Object> batch = new BatchHandle<>("batch_1", RUNS, false, Object.class, null);
		return Flux.range(1, RUNS).flatMap((i) -> this.client.runs().awaitOutput(batch.run("run_" + i), polling), RUNS);
	}

	private void pushBatch(Exchange exchange) throws IOException, InterruptedException {
		if (exchange.query().containsKey("live")) {
			hold(exchange, () -> this.over);
		}
		FeedTests.log(exchange, exchange.number() + "_0",
				IntStream.rangeClosed(1, RUNS)
					.mapToObj((i) -> row("run_" + i, this.over ? "COMPLETED_SUCCESSFULLY" : "EXECUTING"))
					.toArray(String[]::new));
	}

	@Test
	void waitsForTheRunsOfABatchShareItsFeed() {
		start(this::pushBatch, 8);
		StepVerifier.create(awaitAllOfBatch((polling) -> SELDOM).count())
			.then(() -> await().atMost(LONGEST).until(() -> this.held.get() == 1))
			.then(() -> assertThat(this.client.realtime().statistics().open()).isEqualTo(1))
			.then(() -> this.over = true)
			.expectNext((long) RUNS)
			.expectComplete()
			.verify(LONGEST);
		assertThat(polls()).hasSize(RUNS);
		assertThat(feeds()).hasSize(2).allMatch((exchange) -> exchange.path().endsWith("/batches/batch_1"));
		awaitNoneOpen();
	}

	@Test
	void whoWaitsLaterForARunOfABatchJoinsItsFeed() {
		start(this::pushBatch, 1);
		BatchHandle<Object> batch = new BatchHandle<>("batch_1", RUNS, false, Object.class, null);
		Mono<Object> first = this.client.runs().awaitOutput(batch.run("run_1"), (polling) -> SELDOM);
		Mono<Object> second = this.client.runs().awaitOutput(batch.run("run_2"), (polling) -> SELDOM);
		StepVerifier
			.create(first.mergeWith(Mono.defer(() -> second)
				.delaySubscription(Mono.fromRunnable(() -> await().atMost(LONGEST).until(() -> this.held.get() == 1))
					.subscribeOn(Schedulers.boundedElastic())))
				.count())
			.then(() -> await().atMost(LONGEST).until(() -> this.held.get() == 1))
			.thenAwait(Duration.ofMillis(200))
			.then(() -> assertThat(polls()).isEmpty())
			.then(() -> this.over = true)
			.expectNext(2L)
			.expectComplete()
			.verify(LONGEST);
		assertThat(polls()).hasSize(2);
	}

	@Test
	void aRunThatIsNotInTheFeedOfItsBatchIsPolled() {
		start(this::pushBatch, 8);
		RunHandle<Object> other = new BatchHandle<>("batch_1", RUNS, false, Object.class, null).run("run_other");
		StepVerifier.create(this.client.runs().awaitOutput(other, (polling) -> OFTEN))
			.then(() -> await().atMost(LONGEST).until(() -> polls().size() > 2))
			.then(() -> this.over = true)
			.expectNextCount(1)
			.expectComplete()
			.verify(LONGEST);
		awaitNoneOpen();
	}

	/**
	 * Servers find the runs of a batch a moment after these were created.
	 */
	@Test
	void runsThatAreMissingInTheFeedOfTheirNewBatchArePushedLater() {
		AtomicBoolean created = new AtomicBoolean();
		start((exchange) -> {
			if (created.get()) {
				pushBatch(exchange);
			}
			else if (exchange.query().containsKey("live")) {
				exchange.hold();
			}
			else {
				FeedTests.log(exchange, "0_0");
			}
		}, 8);
		AtomicInteger seen = new AtomicInteger();
		StepVerifier.create(awaitAllOfBatch((polling) -> OFTEN).count())
			.then(() -> await().atMost(LONGEST).until(() -> polls().size() > 2 * RUNS))
			.then(() -> created.set(true))
			.then(() -> await().atMost(LONGEST)
				.pollInterval(Duration.ofMillis(500))
				.until(() -> seen.getAndSet(polls().size()) == polls().size()))
			.then(() -> this.over = true)
			.expectNext((long) RUNS)
			.expectComplete()
			.verify(LONGEST);
		assertThat(polls()).hasSize(seen.get() + RUNS);
		awaitNoneOpen();
	}

	@ParameterizedTest
	@ValueSource(ints = { 403, 404, 501 })
	void theRunsOfABatchWithoutAFeedArePolled(int status) {
		start((exchange) -> exchange.respond(status, JSON, "{\"error\":\"no\"}"), 8);
		StepVerifier.create(awaitAllOfBatch((polling) -> OFTEN).count())
			.then(() -> await().atMost(LONGEST).until(() -> polls().size() > RUNS))
			.then(() -> this.over = true)
			.expectNext((long) RUNS)
			.expectComplete()
			.verify(LONGEST);
		assertThat(feeds()).hasSizeLessThan(RUNS / 2);
		awaitNoneOpen();
	}

	@Test
	void theRunsOfABatchArePolledWhenItsFeedIsRefusedInTheMiddle() {
		start((exchange) -> {
			if (exchange.query().containsKey("live")) {
				exchange.respond(403, JSON, "{\"error\":\"no more\"}");
			}
			else {
				pushBatch(exchange);
			}
		}, 8);
		StepVerifier.create(awaitAllOfBatch((polling) -> OFTEN).count())
			.then(() -> await().atMost(LONGEST).until(() -> polls().size() > RUNS))
			.then(() -> this.over = true)
			.expectNext((long) RUNS)
			.expectComplete()
			.verify(LONGEST);
		awaitNoneOpen();
	}

	@Test
	void theFeedOfABatchGoesOnAfterItsConnectionBroke() {
		start((exchange) -> {
			if (exchange.query().containsKey("live") && this.held.getAndIncrement() == 0) {
				exchange.reset();
			}
			else {
				pushBatch(exchange);
			}
		}, 8);
		StepVerifier.create(awaitAllOfBatch((polling) -> SELDOM).count())
			.then(() -> await().atMost(LONGEST).until(() -> this.held.get() > 1))
			.then(() -> this.over = true)
			.expectNext((long) RUNS)
			.expectComplete()
			.verify(LONGEST);
		assertThat(polls()).hasSize(RUNS);
	}

	@Test
	void theFeedOfABatchIsClosedWithTheLastWait() {
		AtomicInteger closed = new AtomicInteger();
		start((exchange) -> {
			if (exchange.query().containsKey("live")) {
				this.held.incrementAndGet();
				try {
					exchange.hold();
				}
				finally {
					closed.incrementAndGet();
				}
			}
			else {
				pushBatch(exchange);
			}
		}, 8);
		Disposable waits = awaitAllOfBatch((polling) -> SELDOM).subscribe();
		await().atMost(LONGEST).until(() -> this.held.get() == 1);
		waits.dispose();
		await().atMost(LONGEST).until(() -> closed.get() == 1);
		awaitNoneOpen();
		// and one can wait again
		StepVerifier.create(awaitAllOfBatch((polling) -> SELDOM))
			.then(() -> await().atMost(LONGEST).until(() -> this.held.get() == 2))
			.thenCancel()
			.verify(LONGEST);
		awaitNoneOpen();
	}

	@Test
	void endsAtItsTimeWithALastPoll() {
		start(this::push, 8);
		StepVerifier
			.create(this.client.runs().awaitCompletion("run_1", (polling) -> SELDOM.withTimeout(Duration.ofSeconds(2))))
			.expectError(TriggerTimeoutException.class)
			.verify(LONGEST);
		await().atMost(LONGEST).until(() -> !polls().isEmpty());
		assertThat(polls()).hasSize(1);
		awaitNoneOpen();
	}

	@Test
	void endsAtItsTimeWithALastPollThoughItSleptAgain() {
		AtomicBoolean away = new AtomicBoolean();
		start((exchange) -> {
			if (away.get()) {
				exchange.respond(503, JSON, "{}");
			}
			else if (exchange.query().containsKey("live")) {
				hold(exchange, away::get);
				exchange.reset();
			}
			else {
				FeedTests.log(exchange, "1_0", row("run_1", "EXECUTING"));
			}
		}, 8);
		inVirtualTime();
		long begin = this.time.now(TimeUnit.SECONDS);
		AtomicReference<Object> result = new AtomicReference<>();
		RunHandle<Object> run = new BatchHandle<>("batch_1", 1, false, Object.class, null).run("run_1");
		Disposable wait = this.client.runs()
			.awaitOutput(run, (polling) -> polling.withTimeout(Duration.ofSeconds(60)))
			.subscribe(result::set);
		awaitInNoTime(() -> this.held.get() == 1);
		away.set(true);
		advanceBy(15);
		away.set(false);
		advanceUntil(() -> this.held.get() == 2);
		this.over = true;
		advanceUntil(() -> this.time.now(TimeUnit.SECONDS) - begin >= 58);
		assertThat(wait.isDisposed()).isFalse();
		this.time.advanceTimeBy(Duration.ofSeconds(2));
		awaitInNoTime(wait::isDisposed);
		away.set(true);
		assertThat(result.get()).isNotNull();
	}

	private void completeByPolling() {
		int before = polls().size();
		this.over = false;
		StepVerifier.create(this.client.runs().awaitCompletion("run_1", (polling) -> OFTEN).map(Run::id))
			.then(() -> await().atMost(LONGEST).until(() -> polls().size() > before))
			.then(() -> this.over = true)
			.expectNext("run_1")
			.expectComplete()
			.verify(LONGEST);
	}

}

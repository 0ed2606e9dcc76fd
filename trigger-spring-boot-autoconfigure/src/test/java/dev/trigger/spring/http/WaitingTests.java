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

package dev.trigger.spring.http;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

import dev.trigger.spring.TriggerOperations;
import dev.trigger.spring.TriggerTemplate;
import dev.trigger.spring.TriggerTemplateBuilder;
import dev.trigger.spring.auth.AuthMode;
import dev.trigger.spring.auth.TriggerCredential;
import dev.trigger.spring.auth.TriggerEnvironment;
import dev.trigger.spring.exception.BadRequestException;
import dev.trigger.spring.exception.NotFoundException;
import dev.trigger.spring.exception.RateLimitException;
import dev.trigger.spring.exception.ServerException;
import dev.trigger.spring.exception.TriggerException;
import dev.trigger.spring.exception.TriggerTimeoutException;
import dev.trigger.spring.http.ScriptedServer.Response;
import dev.trigger.spring.options.IdempotencyKey;
import dev.trigger.spring.queue.QueueAddress;
import dev.trigger.spring.run.Polling;
import dev.trigger.spring.run.RunQuery;
import dev.trigger.spring.waitpoint.WaitpointOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.test.scheduler.VirtualTimeScheduler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests of time as a user meets it: timeouts, waits, and what is repeated, against a
 * server that misbehaves.
 */
@Timeout(120)
class WaitingTests {

	private static final String KEY = "tr_prod_0123456789abcdefABCD";

	private static final String RUN = "{\"id\":\"run_1\",\"status\":\"COMPLETED\",\"isCompleted\":true,\"isSuccess\":true}";

	private static final String EXECUTING = "{\"id\":\"run_1\",\"status\":\"EXECUTING\",\"isExecuting\":true}";

	private static final String QUEUED = "{\"id\":\"run_1\",\"status\":\"QUEUED\",\"taskIdentifier\":\"mail\",\"isQueued\":true}";

	private static final Polling FAST = Polling.defaults().every(Duration.ofMillis(20));

	@Test
	void timeoutForEverLeavesThoseOfOtherCallsAlone() {
		try (ScriptedServer server = new ScriptedServer((request) -> request.number() > 3 ? hang() : ok(RUN))) {
			TriggerOperations trigger = client(server).timeout(Duration.ofMillis(800)).build();
			for (Duration forever : new Duration[] { Duration.ofMillis(Long.MAX_VALUE),
					ChronoUnit.FOREVER.getDuration(), Duration.ZERO }) {
				assertThat(trigger.withTimeout(forever).runs().retrieve("run_1").block()).isNotNull();
			}
			assertThatExceptionOfType(TriggerTimeoutException.class)
				.isThrownBy(() -> trigger.runs().retrieve("run_1").block(Duration.ofSeconds(20)));
		}
	}

	@Test
	void waitForEverIsPossible() {
		try (ScriptedServer server = new ScriptedServer((request) -> ok(request.number() < 3 ? EXECUTING : RUN))) {
			TriggerOperations trigger = client(server).build();
			for (Duration forever : new Duration[] { Duration.ofMillis(Long.MAX_VALUE),
					ChronoUnit.FOREVER.getDuration(), Duration.ZERO }) {
				assertThat(trigger.runs().awaitCompletion("run_1", FAST.withTimeout(forever)).block()).isNotNull();
			}
		}
	}

	@Test
	void delaysForEverAreWaitedForWithinTheTimeout() {
		try (ScriptedServer server = new ScriptedServer((request) -> new Response(503, "{}"))) {
			TriggerOperations trigger = client(server)
				.retry((policy) -> policy.withBackoff(ChronoUnit.FOREVER.getDuration(), 1e300,
						ChronoUnit.FOREVER.getDuration()))
				.timeout(Duration.ofSeconds(4))
				.build();
			assertThatExceptionOfType(TriggerTimeoutException.class)
				.isThrownBy(() -> trigger.runs().retrieve("run_1").block(Duration.ofSeconds(20)))
				.withCauseInstanceOf(ServerException.class);
		}
	}

	@Test
	void receiverThatFailsOrBlocksHoldsUpNoOtherTimeout() throws Exception {
		try (ScriptedServer server = new ScriptedServer((request) -> hang())) {
			TriggerOperations trigger = client(server).timeout(Duration.ofMillis(300)).build();
			CountDownLatch released = new CountDownLatch(1);
			CountDownLatch ended = new CountDownLatch(20);
			for (int i = 0; i < 23; i++) {
				int index = i;
				trigger.runs().retrieve("run_1").subscribe((run) -> {
				}, (failure) -> {
					if (index == 0) {
						throw new StackOverflowError();
					}
					if (index == 1) {
						throw new NoClassDefFoundError();
					}
					if (index == 2) {
						await(released);
					}
					ended.countDown();
				});
			}
			assertThat(ended.await(30, TimeUnit.SECONDS)).isTrue();
			released.countDown();
		}
	}

	@Test
	void virtualTimeOfATestIsNotKept() {
		try (ScriptedServer server = new ScriptedServer(
				(request) -> request.uri().endsWith("run_slow") ? hang() : ok(RUN))) {
			TriggerOperations trigger = client(server).timeout(Duration.ofMillis(500)).build();
			VirtualTimeScheduler.getOrSet();
			try {
				assertThat(trigger.withTimeout(Duration.ofMinutes(1)).runs().retrieve("run_1").block()).isNotNull();
			}
			finally {
				VirtualTimeScheduler.reset();
			}
			assertThatExceptionOfType(TriggerTimeoutException.class)
				.isThrownBy(() -> trigger.runs().retrieve("run_slow").block(Duration.ofSeconds(20)));
		}
	}

	@Test
	void schedulersOfReactorMayBeShutDown() {
		try (ScriptedServer server = new ScriptedServer(
				(request) -> (request.number() % 2 == 0) ? new Response(503, "{}") : ok(RUN))) {
			TriggerOperations trigger = client(server).build();
			assertThat(trigger.runs().retrieve("run_1").block()).isNotNull();
			Schedulers.shutdownNow();
			for (int i = 0; i < 3; i++) {
				assertThat(trigger.runs().retrieve("run_1").block(Duration.ofSeconds(20))).isNotNull();
			}
		}
	}

	@ParameterizedTest
	@CsvSource({ "503, retry-after, 3600", "429, retry-after, 3600", "429, x-ratelimit-reset, 99999999999999" })
	void responseThatComesBackTooLateFailsAtOnce(int status, String header, String value) {
		try (ScriptedServer server = new ScriptedServer(
				(request) -> new Response(status, "{\"error\":\"no\"}", header, value))) {
			TriggerOperations trigger = client(server).timeout(Duration.ofSeconds(30)).build();
			long start = System.nanoTime();
			assertThatExceptionOfType(TriggerException.class).isThrownBy(() -> trigger.runs().retrieve("run_1").block())
				.isInstanceOfAny(ServerException.class, RateLimitException.class);
			assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(15));
			assertThat(server.received()).hasSize(1);
		}
	}

	@Test
	void outageUsesUpTheRetryBudgetOfTheClient() {
		try (ScriptedServer server = new ScriptedServer((request) -> new Response(503, "{\"error\":\"down\"}"))) {
			TriggerOperations trigger = client(server).retryBudget(100).build();
			Flux.range(0, 100)
				.flatMap((i) -> trigger.runs().retrieve("run_1").onErrorResume((ex) -> Mono.empty()), 20)
				.blockLast();
			assertThat(server.received()).hasSizeBetween(100, 120);
			assertThatExceptionOfType(ServerException.class).isThrownBy(() -> trigger.runs().retrieve("run_1").block())
				.withMessageContaining("down")
				.withMessageContaining("'trigger.retry.budget'");
		}
	}

	@Test
	void retryBudgetIsGivenBackBySuccess() {
		try (ScriptedServer server = new ScriptedServer(
				(request) -> (request.number() % 2 == 1) ? new Response(503, "{}") : ok(RUN))) {
			TriggerOperations trigger = client(server).retryBudget(10).build();
			for (int i = 0; i < 30; i++) {
				assertThat(trigger.runs().retrieve("run_1").block()).isNotNull();
			}
		}
	}

	@Test
	void whatIsNotThereYetTakesNothingFromTheRetryBudget() {
		try (ScriptedServer server = new ScriptedServer((request) -> request.uri().endsWith("/run_2")
				? ((request.number() % 2 == 1) ? new Response(503, "{}") : ok(RUN))
				: new Response(404, "{\"error\":\"Run not found\"}", "x-should-retry", "true"))) {
			TriggerOperations trigger = client(server)
				.retry((policy) -> policy.withMaxAttempts(3).withBackoff(Duration.ofMillis(1), 1, Duration.ofMillis(1)))
				.retryBudget(10)
				.build();
			for (int i = 0; i < 8; i++) {
				assertThatExceptionOfType(NotFoundException.class)
					.isThrownBy(() -> trigger.runs().retrieve("run_1").block());
			}
			assertThat(server.received()).hasSize(24);
			assertThat(trigger.runs().retrieve("run_2").block()).isNotNull();
		}
	}

	@Test
	void timeForWhatIsNotThereYetBeginsWithTheFirstSuchResponse() {
		Duration appears = Duration.ofSeconds(1);
		try (ScriptedServer server = new ScriptedServer((request) -> {
			if (request.number() == 1) {
				Thread.sleep(appears.plusMillis(100).toMillis());
				return new Response(503, "{}");
			}
			return (request.number() == 2)
					? new Response(404, "{\"error\":\"Run not found\"}", "x-should-retry", "true") : ok(RUN);
		})) {
			TriggerOperations trigger = client(server).retry((policy) -> policy.withNotFoundTimeout(appears)).build();
			assertThat(trigger.runs().retrieve("run_1").block()).isNotNull();
		}
	}

	@Test
	void pollEndsInTheTimeOfACallWhateverItWaitsForButTheRateLimit() {
		AtomicInteger asked = new AtomicInteger();
		try (ScriptedServer server = new ScriptedServer((request) -> ok(RUN))) {
			TriggerOperations trigger = TriggerTemplate.builder()
				.apiUrl(server.url())
				.credentialProvider(AuthMode.SECRET_KEY,
						() -> (asked.incrementAndGet() == 1) ? Mono.never() : Mono.just(TriggerCredential.of(KEY)))
				.realtime((live) -> live.withMaxFeeds(0))
				.timeout(Duration.ofSeconds(2))
				.build();
			assertThat(trigger.runs().awaitCompletion("run_1", FAST).block(Duration.ofSeconds(20))).isNotNull();
			assertThat(asked).hasValue(2);
		}
	}

	@Test
	void waitOutlastsAnOutage() {
		try (ScriptedServer server = new ScriptedServer((request) -> switch (request.number()) {
			case 1 -> ok(EXECUTING);
			case 2, 3, 4, 5, 6, 7, 8, 9, 10, 11 -> new Response(502, "<html>Bad Gateway</html>");
			case 12 -> Response.lost();
			default -> ok(RUN);
		})) {
			assertThat(client(server).build().runs().awaitCompletion("run_1", FAST).block()).isNotNull();
		}
	}

	@Test
	void waitThatEndsReportsLastStatusAndLastFailure() {
		try (ScriptedServer server = new ScriptedServer(
				(request) -> (request.number() <= 2) ? ok(QUEUED) : new Response(502, "{\"error\":\"gateway\"}"))) {
			TriggerOperations trigger = client(server).build();
			// the first response of all is late on a busy machine
			trigger.runs().retrieve("run_1").block();
			assertThatExceptionOfType(TriggerTimeoutException.class)
				.isThrownBy(
						() -> trigger.runs().awaitCompletion("run_1", FAST.withTimeout(Duration.ofSeconds(1))).block())
				.withMessageContaining("Run run_1")
				.withMessageContaining("QUEUED")
				.withMessageContaining("'mail' may not be deployed")
				.withMessageContaining("gateway")
				.withMessageContaining("'trigger.polling.timeout'")
				.withCauseInstanceOf(ServerException.class);
		}
	}

	@Test
	void waitEndsAtItsTimeWithALastPoll() {
		try (ScriptedServer server = new ScriptedServer((request) -> ok(EXECUTING))) {
			TriggerOperations trigger = client(server).build();
			trigger.runs().awaitCompletion("run_1", FAST.withTimeout(Duration.ofMillis(100))).onErrorComplete().block();
			assertThat(shortest(Duration.ofMillis(2900), () -> {
				server.received().clear();
				long start = System.nanoTime();
				assertThatExceptionOfType(TriggerTimeoutException.class).isThrownBy(() -> trigger.runs()
					.awaitCompletion("run_1", Polling.defaults().withTimeout(Duration.ofSeconds(2)))
					.block());
				ScriptedServer.Received last = server.received().get(server.received().size() - 1);
				assertThat(Duration.ofNanos(last.nanos() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(1950));
			})).isBetween(Duration.ofMillis(1990), Duration.ofMillis(2900));
		}
	}

	@Test
	void waitEndsAtItsTimeAlsoIfTheServerHangs() {
		try (ScriptedServer server = new ScriptedServer((request) -> hang())) {
			assertThat(shortest(Duration.ofMillis(3500),
					() -> assertThatExceptionOfType(TriggerTimeoutException.class)
						.isThrownBy(() -> client(server).build()
							.runs()
							.awaitCompletion("run_1", Polling.defaults().withTimeout(Duration.ofSeconds(2)))
							.block())))
				.isBetween(Duration.ofMillis(1990), Duration.ofMillis(3500));
		}
	}

	/**
	 * Return how long something takes, which is tried again up to three times where it
	 * was too long: a machine may be busy with something else.
	 */
	private static Duration shortest(Duration longest, Runnable attempt) {
		Duration shortest = Duration.ofDays(1);
		for (int i = 0; i < 4 && shortest.compareTo(longest) > 0; i++) {
			long start = System.nanoTime();
			attempt.run();
			Duration taken = Duration.ofNanos(System.nanoTime() - start);
			shortest = (taken.compareTo(shortest) < 0) ? taken : shortest;
		}
		return shortest;
	}

	@Test
	void waitIsNotAffectedByTheTimeoutOfACall() {
		try (ScriptedServer server = new ScriptedServer(
				(request) -> (request.number() == 1) ? hang() : ok((request.number() < 40) ? EXECUTING : RUN))) {
			assertThat(client(server).timeout(Duration.ofMillis(400))
				.build()
				.runs()
				.awaitCompletion("run_1", FAST)
				.block()).isNotNull();
		}
	}

	@Test
	void triggersGoAheadOfThousandsOfWaits() {
		AtomicInteger left = new AtomicInteger(750);
		long reset = System.currentTimeMillis() + 30_000;
		try (ScriptedServer server = new ScriptedServer((request) -> {
			int remaining = left.decrementAndGet();
			return new Response((remaining < 0) ? 429 : 200,
					request.method().equals("POST") ? "{\"id\":\"run_2\"}" : EXECUTING, "x-ratelimit-limit", "750",
					"x-ratelimit-remaining", Integer.toString(Math.max(0, remaining)), "x-ratelimit-reset",
					Long.toString(reset));
		})) {
			TriggerOperations trigger = client(server).timeout(Duration.ofSeconds(5)).build();
			AtomicInteger failed = new AtomicInteger();
			var waits = Flux.range(0, 2000)
				.flatMap((i) -> trigger.runs().awaitCompletion("run_" + i), 2000)
				.subscribe((run) -> {
				}, (ex) -> failed.incrementAndGet());
			Flux.interval(Duration.ofMillis(50)).takeUntil((i) -> left.get() <= 400).blockLast(Duration.ofSeconds(60));
			for (int i = 0; i < 100; i++) {
				trigger.waitpoints().create(WaitpointOptions.defaults()).block();
			}
			waits.dispose();
			assertThat(failed).hasValue(0);
			assertThat(left.get()).isGreaterThanOrEqualTo(200);
		}
	}

	@Test
	void cursorsThatGoRoundAreNoticed() {
		try (ScriptedServer server = new ScriptedServer(
				(request) -> ok("{\"data\":[{\"id\":\"run_1\",\"status\":\"QUEUED\"}]," + "\"pagination\":{\"next\":\""
						+ (request.number() % 3) + "\"}}"))) {
			assertThatExceptionOfType(TriggerException.class)
				.isThrownBy(() -> client(server).build().runs().list(RunQuery.all()).take(500).count().block())
				.withMessageContaining("cursor");
			assertThat(server.received()).hasSizeLessThan(10);
		}
	}

	@Test
	void repeatThatIsToldThatItWasDoneIsSuccess() {
		assertDone(404, "{\"error\":\"Schedule not found\"}", (trigger) -> trigger.schedules().delete("sched_1"));
		assertDone(404, "{\"error\":\"Environment variable not found\"}",
				(trigger) -> trigger.project("proj_1").envVars(TriggerEnvironment.PROD).delete("NAME"));
		assertDone(400, "{\"error\":\"Environment variable value not found\"}",
				(trigger) -> trigger.project("proj_1").envVars(TriggerEnvironment.PROD).delete("NAME"));
		assertDone(404, "{\"error\":\"No runs found with idempotency key: x and task: mail\"}",
				(trigger) -> trigger.idempotencyKeys().reset("mail", IdempotencyKey.of("a", "b")));
		assertDone(400, "{\"error\":\"Branch already archived\"}",
				(trigger) -> trigger.project("proj_1").branches().archive("feature"));
		assertDone(409, "{\"error\":\"Bulk action group already aborted: bulk_1\"}",
				(trigger) -> trigger.bulkActions().abort("bulk_1"));
	}

	private static void assertDone(int status, String body, Function<TriggerOperations, Mono<Void>> operation) {
		for (Response lost : new Response[] { Response.lost(), new Response(502, "") }) {
			try (ScriptedServer server = new ScriptedServer(
					(request) -> (request.number() == 1) ? lost : new Response(status, body))) {
				operation.apply(client(server).build()).block();
				assertThat(server.received()).hasSize(2);
			}
		}
		try (ScriptedServer server = new ScriptedServer((request) -> new Response(status, body))) {
			assertThatExceptionOfType(TriggerException.class).as(body)
				.isThrownBy(() -> operation.apply(client(server).build()).block());
		}
		try (ScriptedServer server = new ScriptedServer(
				(request) -> (request.number() == 1) ? new Response(429, "") : new Response(status, body))) {
			assertThatExceptionOfType(TriggerException.class).as(body)
				.isThrownBy(() -> operation.apply(client(server).build()).block());
		}
	}

	@Test
	void limitThatIsResetAlreadyIsRetrievedInstead() {
		String queue = "{\"id\":\"queue_1\",\"name\":\"mail\",\"type\":\"task\",\"running\":0,\"queued\":0,\"paused\":false}";
		try (ScriptedServer server = new ScriptedServer((request) -> switch (request.number()) {
			case 1 -> Response.lost();
			case 2 -> new Response(400, "{\"error\":\"Queue is not overridden\"}");
			default -> ok(queue);
		})) {
			assertThat(client(server).build().queues().resetConcurrencyLimit(QueueAddress.ofTask("mail")).block())
				.isNotNull();
		}
		try (ScriptedServer server = new ScriptedServer(
				(request) -> new Response(400, "{\"error\":\"Queue is not overridden\"}"))) {
			assertThatExceptionOfType(BadRequestException.class).isThrownBy(
					() -> client(server).build().queues().resetConcurrencyLimit(QueueAddress.ofTask("mail")).block());
		}
	}

	@Test
	void tokenWithoutAKeyGetsOneForAllItsAttempts() {
		try (ScriptedServer server = new ScriptedServer((request) -> (request.number() == 1) ? Response.lost()
				: ok("{\"id\":\"waitpoint_1\",\"isCached\":true}"))) {
			assertThat(client(server).build().waitpoints().create(WaitpointOptions.defaults()).block()).isNotNull();
			assertThat(server.received()).hasSize(2)
				.extracting(ScriptedServer.Received::body)
				.allSatisfy((body) -> assertThat(body).contains("idempotencyKey")
					.isEqualTo(server.received().get(0).body()));
		}
	}

	@Test
	void idThatCannotBeThatOfARunIsRefusedBeforeSending() {
		try (ScriptedServer server = new ScriptedServer((request) -> ok(RUN))) {
			assertThatExceptionOfType(IllegalArgumentException.class)
				.isThrownBy(() -> client(server).build().runs().retrieve("nope").block())
				.withMessageContaining("'nope'");
			assertThat(server.received()).isEmpty();
		}
	}

	@Test
	void runThatIsNotVisibleIsRetriedOnlyForAShortTime() {
		try (ScriptedServer server = new ScriptedServer(
				(request) -> new Response(404, "{\"error\":\"Not found\"}", "x-should-retry", "true"))) {
			TriggerOperations trigger = TriggerTemplate.builder(TriggerCredential.of(KEY))
				.apiUrl(server.url())
				.realtime((live) -> live.withMaxFeeds(0))
				.build();
			for (Mono<?> call : new Mono<?>[] { trigger.runs().retrieve("run_1"),
					trigger.runs().awaitCompletion("run_1") }) {
				long start = System.nanoTime();
				assertThatExceptionOfType(NotFoundException.class).isThrownBy(call::block);
				assertThat(Duration.ofNanos(System.nanoTime() - start)).isBetween(Duration.ofMillis(2900),
						Duration.ofSeconds(8));
			}
		}
	}

	private static TriggerTemplateBuilder client(ScriptedServer server) {
		return TriggerTemplate.builder(TriggerCredential.of(KEY))
			.apiUrl(server.url())
			// what is polled is tested here
			.realtime((live) -> live.withMaxFeeds(0))
			.retry((policy) -> policy.withBackoff(Duration.ofMillis(20), 1, Duration.ofMillis(20)));
	}

	private static Response ok(String body) {
		return new Response(200, body);
	}

	private static Response hang() throws InterruptedException {
		Thread.sleep(60_000);
		return Response.lost();
	}

	private static void await(CountDownLatch latch) {
		try {
			latch.await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}

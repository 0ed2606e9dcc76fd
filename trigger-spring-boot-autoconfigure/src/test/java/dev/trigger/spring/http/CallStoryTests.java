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

import java.lang.reflect.Proxy;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.trigger.spring.auth.AuthMode;
import dev.trigger.spring.auth.PreviewBranch;
import dev.trigger.spring.auth.TriggerCredential;
import dev.trigger.spring.auth.TriggerCredentialProvider;
import dev.trigger.spring.auth.TriggerCredentials;
import dev.trigger.spring.endpoint.TriggerEndpoint;
import dev.trigger.spring.exception.AuthenticationException;
import dev.trigger.spring.exception.BadRequestException;
import dev.trigger.spring.exception.CredentialUnavailableException;
import dev.trigger.spring.exception.NotFoundException;
import dev.trigger.spring.exception.RateLimitException;
import dev.trigger.spring.exception.ServerException;
import dev.trigger.spring.exception.TriggerApiException;
import dev.trigger.spring.exception.TriggerConnectionException;
import dev.trigger.spring.exception.TriggerDecodingException;
import dev.trigger.spring.exception.TriggerTimeoutException;
import io.micrometer.common.KeyValues;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import reactor.test.scheduler.VirtualTimeScheduler;
import reactor.util.context.Context;
import tools.jackson.databind.JsonNode;

import org.springframework.http.client.reactive.JdkClientHttpConnector;
import org.springframework.web.reactive.function.client.ClientRequest;
import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

/**
 * Tests what becomes of a call: which attempts it makes, what listeners hear of them, and
 * which failure it ends with.
 */
class CallStoryTests {

	private static final Duration LONGEST = Duration.ofSeconds(20);

	private static final TriggerCredential DEV = TriggerCredential.of("tr_dev_0123456789abcdefDEV1");

	private static final TriggerCredential PROD = TriggerCredential.of("tr_prod_0123456789abcdefPRD1");

	private static final TriggerRequest<JsonNode> RETRIEVE = TriggerRequest.to(TriggerEndpoint.RUNS_RETRIEVE, "run_1")
		.returning(JsonNode.class);

	private static final TriggerRequest<JsonNode> DELETE = TriggerRequest
		.to(TriggerEndpoint.SCHEDULES_DELETE, "sched_1")
		.returning(JsonNode.class);

	private final LoopbackServer server = new LoopbackServer();

	private final VirtualTimeScheduler time = VirtualTimeScheduler.create();

	private final List<String> events = Collections.synchronizedList(new ArrayList<>());

	@AfterEach
	void stop() {
		this.server.close();
		this.time.dispose();
	}

	private TriggerHttpBuilder builder(TriggerCredentials credentials) {
		RetryPolicy quick = RetryPolicy.defaults()
			.withBackoff(Duration.ofMillis(1), 1, Duration.ofMillis(1))
			.withJitter(false);
		return TriggerHttp
			.builder(this.server.url(), new CallSettings(credentials, PreviewBranch.none(), null, quick, LONGEST))
			.client("eu")
			.listeners(List.of(new Listener()));
	}

	private TriggerHttp http(UnaryOperator<CallSettings> settings) {
		return builder(TriggerCredentials.of(DEV)).settings(settings).build();
	}

	private TriggerHttp http() {
		return http(UnaryOperator.identity());
	}

	private static UnaryOperator<CallSettings> retry(UnaryOperator<RetryPolicy> change) {
		return (settings) -> settings.withRetry(change.apply(settings.retry()));
	}

	private final class Listener implements TriggerCallListener {

		private void add(String event, TriggerCall call, Object detail) {
			CallStoryTests.this.events
				.add(event + " " + call.client() + " " + call.endpoint().operation() + " " + call.attempts() + detail);
		}

		@Override
		public void onRetry(TriggerCall call, Throwable failure) {
			add("retry", call, " " + failure.getClass().getSimpleName());
		}

		@Override
		public void onRateLimitWait(TriggerCall call) {
			add("wait", call, "");
		}

		@Override
		public void onAutoIdempotency(TriggerCall call) {
			add("key", call, "");
		}

		@Override
		public void onFailure(TriggerCall call, Throwable failure) {
			add("failure", call, " " + failure.getClass().getSimpleName());
		}

		@Override
		public void onTriggered(String client, String taskIdentifier, String runId) {
			CallStoryTests.this.events.add("triggered " + client + " " + taskIdentifier + " " + runId);
		}

	}

	@Test
	void listenersHearOfEachRetryAndOfTheFailure() {
		this.server.respond(503, "").drop().respond(200, "{}");
		http().send(RETRIEVE).block(LONGEST);
		assertThat(this.events).containsExactly("retry eu runs.retrieve 2 ServerException",
				"retry eu runs.retrieve 3 TriggerConnectionException");
		this.events.clear();
		this.server.respond(400, "{}");
		assertThatExceptionOfType(RuntimeException.class).isThrownBy(() -> http().send(RETRIEVE).block(LONGEST));
		assertThat(this.events).containsExactly("failure eu runs.retrieve 1 BadRequestException");
	}

	@Test
	void listenersHearOfKeysAndOfRuns() {
		this.server.respond(200, "{}").respond(200, "{}");
		TriggerHttp http = http();
		http.send(TriggerRequest.to(TriggerEndpoint.TASKS_TRIGGER, "t").autoKeyed(true).returning(JsonNode.class))
			.block(LONGEST);
		http.send(RETRIEVE).block(LONGEST);
		http.triggered("welcome", "run_1");
		assertThat(this.events).containsExactly("key eu tasks.trigger 0", "triggered eu welcome run_1");
	}

	@Test
	void listenersHearOfAWaitForTheRateLimit() {
		this.server
			.respond(200, "{}", "x-ratelimit-limit", "10", "x-ratelimit-remaining", "0", "x-ratelimit-reset", "5000")
			.respond(200, "{}");
		TriggerHttp http = builder(TriggerCredentials.of(DEV)).scheduler(this.time).build();
		assertThat(http.rateLimit(DEV)).isNull();
		http.send(RETRIEVE).block(LONGEST);
		assertThat(http.rateLimit(DEV)).isEqualTo(new RateLimit(10, 0, Instant.ofEpochMilli(5000)));
		assertThat(http.rateLimit(PROD)).isNull();
		CompletableFuture<JsonNode> waiting = http.send(RETRIEVE).toFuture();
		this.time.advanceTimeBy(Duration.ofMillis(4999));
		assertThat(this.events).containsExactly("wait eu runs.retrieve 1");
		assertThat(this.server.received()).hasSize(1);
		this.time.advanceTimeBy(Duration.ofMillis(1));
		assertThat(waiting).succeedsWithin(LONGEST);
	}

	@Test
	void listenerThatFailsChangesNothing() {
		TriggerHttp http = builder(TriggerCredentials.of(DEV))
			.listeners(List.of(failing(TriggerCallListener.class), new Listener()))
			.build();
		this.server.respond(503, "").respond(200, "{}");
		http.send(TriggerRequest.to(TriggerEndpoint.TASKS_TRIGGER, "t")
			.autoKeyed(true)
			.replaySafe(true)
			.returning(JsonNode.class)).block(LONGEST);
		http.triggered("welcome", "run_1");
		this.server.respond(400, "{}");
		assertThatExceptionOfType(BadRequestException.class).isThrownBy(() -> http.send(RETRIEVE).block(LONGEST));
		this.server.respond(200, "{}", "x-ratelimit-limit", "10", "x-ratelimit-remaining", "0", "x-ratelimit-reset",
				String.valueOf(System.currentTimeMillis() + 100));
		this.server.respond(200, "{}");
		http.send(RETRIEVE).block(LONGEST);
		assertThat(http.send(RETRIEVE).block(LONGEST)).isNotNull();
		assertThat(this.events).containsExactly("key eu tasks.trigger 0", "retry eu tasks.trigger 2 ServerException",
				"triggered eu welcome run_1", "failure eu runs.retrieve 1 BadRequestException",
				"wait eu runs.retrieve 1");
	}

	/**
	 * Whatever it is told.
	 */
	private static <T> T failing(Class<T> type) {
		return type
			.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] { type }, (proxy, method, args) -> {
				throw new IllegalStateException("broken " + method);
			}));
	}

	@Test
	void conventionThatFailsChangesNothing() {
		ObservationRegistry registry = ObservationRegistry.create();
		registry.observationConfig().observationHandler((context) -> true);
		this.server.respond(200, "{}");
		assertThat(
				builder(TriggerCredentials.of(DEV)).webClientBuilder(WebClient.builder().observationRegistry(registry))
					.observationConvention(failing(TriggerObservationConvention.class))
					.build()
					.send(RETRIEVE)
					.block(LONGEST))
			.isNotNull();
	}

	@Test
	void attemptsEndWithThePolicy() {
		this.server.respond(503, "").respond(503, "").respond(503, "");
		assertThatExceptionOfType(ServerException.class)
			.isThrownBy(() -> http(retry((policy) -> policy.withMaxAttempts(3))).send(RETRIEVE).block(LONGEST));
		assertThat(this.server.received()).hasSize(3);
	}

	@Test
	void attemptsEndWithTheBudget() {
		this.server.respond(503, "").respond(503, "").respond(503, "");
		TriggerHttp http = builder(TriggerCredentials.of(DEV)).retryBudget(5).build();
		assertThatExceptionOfType(ServerException.class).isThrownBy(() -> http.send(RETRIEVE).block(LONGEST))
			.withMessageContaining("'trigger.retry.budget'");
		assertThat(this.server.received()).hasSize(2);
	}

	@Test
	void outageEndsWithTheFirstSuccess() {
		Logger logger = (Logger) LoggerFactory.getLogger("dev.trigger.spring");
		ListAppender<ILoggingEvent> appender = new ListAppender<>();
		appender.start();
		logger.addAppender(appender);
		try {
			for (int i = 0; i < 5; i++) {
				this.server.respond(503, "");
			}
			this.server.respond(200, "{}");
			http(retry((policy) -> policy.withMaxAttempts(6))).send(RETRIEVE).block(LONGEST);
		}
		finally {
			logger.detachAppender(appender);
		}
		assertThat(appender.list).extracting(ILoggingEvent::getLevel).containsExactly(Level.WARN, Level.INFO);
		assertThat(appender.list.get(1).getFormattedMessage()).contains(this.server.url(), "5 failed attempts");
	}

	@Test
	void successRefillsTheBudget() {
		TriggerHttp http = builder(TriggerCredentials.of(DEV)).retryBudget(5).build();
		for (int i = 0; i < 3; i++) {
			this.server.respond(503, "").respond(200, "{}");
			http.send(RETRIEVE).block(LONGEST);
		}
		assertThat(this.server.received()).hasSize(6);
	}

	@Test
	void repeatThatFindsNothingLeftToDoIsASuccess() {
		this.server.drop().respond(404, "{\"error\":\"Schedule not found\"}");
		assertThat(http().send(DELETE).block(LONGEST)).isNull();
		this.server.respond(502, "").respond(404, "{\"error\":\"Schedule not found\"}");
		assertThat(http().send(DELETE).block(LONGEST)).isNull();
		assertThat(this.server.received()).hasSize(4);
	}

	@Test
	void firstAttemptThatFindsNothingIsAFailure() {
		this.server.respond(404, "{\"error\":\"Schedule not found\"}");
		assertThatExceptionOfType(NotFoundException.class).isThrownBy(() -> http().send(DELETE).block(LONGEST));
		this.server.respond(429, "{}").respond(404, "{\"error\":\"Schedule not found\"}");
		assertThatExceptionOfType(NotFoundException.class).isThrownBy(() -> http().send(DELETE).block(LONGEST))
			.satisfies((ex) -> assertThat(ex.getSuppressed()).noneMatch(RateLimitException.class::isInstance));
	}

	@ParameterizedTest
	@ValueSource(ints = { 408, 500, 502 })
	void failureAfterALostResponseNamesIt(int lost) {
		this.server.respond(lost, "").respond(400, "{}");
		assertThatExceptionOfType(RuntimeException.class).isThrownBy(() -> http().send(RETRIEVE).block(LONGEST))
			.satisfies(
					(ex) -> assertThat(List.of(ex.getSuppressed())).first().asString().contains(String.valueOf(lost)));
	}

	@Test
	void runThatIsNotThereYetIsRetriedForItsTime() {
		String[] notYet = { "x-should-retry", "true" };
		this.server.respond(404, "{}", notYet).respond(404, "{}", notYet).respond(200, "{}");
		assertThat(http().send(RETRIEVE).block(LONGEST)).isNotNull();
		for (int i = 0; i < 8; i++) {
			this.server.respond(404, "{}", notYet);
		}
		TriggerHttp brief = http(retry((policy) -> policy.withNotFoundTimeout(Duration.ofMillis(60))
			.withMaxAttempts(50)
			.withBackoff(Duration.ofMillis(40), 1, Duration.ofMillis(40))));
		assertThatExceptionOfType(NotFoundException.class).isThrownBy(() -> brief.send(RETRIEVE).block(LONGEST));
		assertThat(this.server.received()).hasSizeBetween(5, 7);
	}

	@Test
	void stepsOfAnOperationShareItsTime() {
		this.server.respond(200, "{}").silence();
		TriggerHttp http = limited();
		Mono<JsonNode> steps = http.send(RETRIEVE).then(http.send(RETRIEVE));
		assertThat(timeout(http.limit("The report", http.limit("Its half", steps)), 2))
			.hasMessage("The report (at the step runs.retrieve (GET /api/v3/runs/{runId})) did not succeed within "
					+ "400 ms, in 1 attempt(s): 'trigger.timeout' allows more")
			.extracting(TriggerTimeoutException::getTimeout)
			.isEqualTo(Duration.ofMillis(400));
		assertThat(this.events).containsExactly("failure eu runs.retrieve 1 TriggerTimeoutException");
		this.server.silence();
		assertThat(timeout(http.limit(TriggerEndpoint.RUNS_RETRIEVE.toString(), http.send(RETRIEVE)), 3))
			.hasMessageStartingWith("runs.retrieve (GET /api/v3/runs/{runId}) did not succeed within 400 ms");
		assertThat(timeout(http.limit("Nothing", Mono.never()), 3))
			.hasMessage("Nothing did not succeed within 400 ms: 'trigger.timeout' allows more");
	}

	/**
	 * A client whose calls have 400 ms of a clock that stands still.
	 */
	private TriggerHttp limited() {
		return builder(TriggerCredentials.of(DEV)).scheduler(this.time)
			.settings((settings) -> settings.withTimeout(Duration.ofMillis(400)))
			.build();
	}

	private TriggerTimeoutException timeout(Mono<?> call, int received) {
		CompletableFuture<?> result = call.toFuture();
		await().atMost(LONGEST).until(() -> this.server.received().size() == received);
		this.time.advanceTimeBy(Duration.ofMillis(399));
		assertThat(result).isNotDone();
		this.time.advanceTimeBy(Duration.ofMillis(1));
		AtomicReference<TriggerTimeoutException> failure = new AtomicReference<>();
		assertThat(result).failsWithin(LONGEST)
			.withThrowableThat()
			.havingCause()
			.isInstanceOfSatisfying(TriggerTimeoutException.class, failure::set);
		return failure.get();
	}

	@Test
	void waitThatTheServerAsksForBeyondTheTimeLeftIsNotBegun() {
		this.server.respond(503, "", "retry-after", "100").respond(503, "", "retry-after", "100");
		assertThatExceptionOfType(ServerException.class).isThrownBy(() -> http().send(RETRIEVE).block(LONGEST));
		TriggerHttp http = http();
		assertThatExceptionOfType(ServerException.class)
			.isThrownBy(() -> http.limit("All", http.send(RETRIEVE)).block(LONGEST));
		assertThat(this.server.received()).hasSize(2);
	}

	@Test
	void callWithoutTimeLimitWaitsForItsResponse() {
		this.server.respond(503, "", "retry-after", "0").respond(200, "{}");
		TriggerHttp http = http((settings) -> settings.withTimeout(null));
		assertThat(http.limit("All", http.send(RETRIEVE)).block(LONGEST)).isNotNull();
		this.server.respond(200, "{}");
		assertThat(http.send(RETRIEVE).block(LONGEST)).isNotNull();
	}

	@Test
	void pollHasItsTimeLimitAndOneAttempt() {
		this.server.respond(200, "{}").respond(503, "").silence();
		TriggerHttp http = limited();
		TriggerRequest<JsonNode> poll = TriggerRequest.to(TriggerEndpoint.RUNS_RETRIEVE, "run_1")
			.poll()
			.returning(JsonNode.class);
		assertThat(http.send(poll).block(LONGEST)).isNotNull();
		assertThatExceptionOfType(ServerException.class).isThrownBy(() -> http.send(poll).block(LONGEST));
		assertThat(timeout(http.send(poll), 3)).hasMessageContaining("400 ms, in 1 attempt(s)");
	}

	@Test
	void callMayWorkInTheBackground() {
		assertThat(TriggerHttp.isBackground(TriggerHttp.IN_BACKGROUND)).isTrue();
		assertThat(TriggerHttp.isBackground(Context.empty())).isFalse();
	}

	@Test
	void rulesOfTheClientAreThereForItsOperations() {
		TriggerHttp http = http(retry((policy) -> policy.withBackoff(Duration.ofSeconds(1), 2, Duration.ofSeconds(9))));
		assertThat(http.delayAfter(new IllegalStateException(), 2)).isEqualTo(Duration.ofSeconds(2));
		assertThat(http.isRetryable(RetryRulesTests.status(503))).isTrue();
		assertThat(http.isRetryable(RetryRulesTests.status(404))).isFalse();
		assertThat(http.mayWarn("once")).isTrue();
		assertThat(http.mayWarn("once")).isFalse();
		List<Integer> attempts = new ArrayList<>();
		Mono<Integer> step = Mono.defer(() -> {
			attempts.add(1);
			return (attempts.size() == 1) ? Mono.error(new IllegalStateException()) : Mono.just(attempts.size());
		});
		assertThat(
				http().retry(step, http().settings().retry(), IllegalStateException.class::isInstance).block(LONGEST))
			.isEqualTo(2);
		assertThat(Mono.fromDirect(http.deadline(Duration.ofMillis(1))).block(LONGEST)).isNull();
		assertThat(http.objectStore()).isNotNull();
		assertThat(http.live()).isNotNull();
	}

	@Test
	void responseIsReadAsItsTypeSays() {
		TriggerHttp http = http();
		this.server.respond(200, "caf\u00e9", "x-answer", "42");
		TriggerResponse<String> text = http
			.exchange(TriggerRequest.to(TriggerEndpoint.RUNS_RETRIEVE, "run_1").returning(String.class))
			.block(LONGEST);
		assertThat(text.body()).isEqualTo("caf\u00e9");
		assertThat(text.headers().getFirst("x-answer")).isEqualTo("42");
		assertThat(text.credential()).isEqualTo(DEV);
		this.server.respond(200, "whatever");
		assertThat(
				http.send(TriggerRequest.to(TriggerEndpoint.RUNS_RETRIEVE, "run_1").returningNothing()).block(LONGEST))
			.isNull();
		assertThat(this.server.received()).extracting((received) -> received.header("accept"))
			.containsExactly("*/*", "application/json");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "null" })
	void responseWithoutBodyIsAFailure(String body) {
		this.server.respond(200, body);
		TriggerRequest<?> request = TriggerRequest.to(TriggerEndpoint.RUNS_RETRIEVE, "run_1").returning(List.class);
		assertThatExceptionOfType(TriggerDecodingException.class).isThrownBy(() -> http().send(request).block(LONGEST))
			.withMessageContaining("runs.retrieve")
			.withMessageContaining("a body")
			.satisfies((ex) -> assertThat(ex.getEndpoint()).isEqualTo(TriggerEndpoint.RUNS_RETRIEVE));
	}

	@Test
	void bodyThatIsNotJsonIsQuotedInNoCauseIfItHoldsTheCredential() {
		this.server.respond(200, "{\"" + DEV.token() + "\": oops}").respond(200, "{\"a\": oops}");
		assertThatExceptionOfType(TriggerDecodingException.class).isThrownBy(() -> http().send(RETRIEVE).block(LONGEST))
			.satisfies((ex) -> {
				for (Throwable cause = ex; cause != null; cause = cause.getCause()) {
					assertThat(cause.toString()).doesNotContain(DEV.token());
				}
			});
		assertThatExceptionOfType(TriggerDecodingException.class).isThrownBy(() -> http().send(RETRIEVE).block(LONGEST))
			.withMessageContaining("returned a body that is not what was expected")
			.satisfies((ex) -> assertThat(ex.getCause()).isNotNull());
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			value = { "{\"error\":\"text\"}|text",
					"{\"error\":{\"message\":\"inner\",\"code\":\"c\",\"type\":\"t\",\"param\":\"p\"}}|inner",
					"{\"message\":\"outer\"}|outer", "{\"error\":{\"code\":1}}|{\"code\":1}",
					"{\"error\":null}|400 status code (no body)", "{}|400 status code (no body)",
					"''|400 status code (no body)", "plain|400 plain", "null|400 null",
					"{\"error\":\"\",\"message\":\"outer\"}|outer" })
	void messageOfTheServerIsFoundInEachForm(String body, String message) {
		this.server.respond(400, body);
		assertThatExceptionOfType(TriggerApiException.class).isThrownBy(() -> http().send(RETRIEVE).block(LONGEST))
			.satisfies((ex) -> assertThat(ex.getServerMessage()).isEqualTo(message))
			.satisfies((ex) -> assertThat(ex.getResponseBody()).isEqualTo(body))
			.satisfies((ex) -> assertThat(ex.getCode()).isEqualTo(body.contains("inner") ? "c" : null))
			.satisfies((ex) -> assertThat(ex.getType()).isEqualTo(body.contains("inner") ? "t" : null))
			.satisfies((ex) -> assertThat(ex.getParam()).isEqualTo(body.contains("inner") ? "p" : null));
	}

	@Test
	void longErrorsAreShortened() {
		this.server.respond(400, "x".repeat(70_000)).respond(400, "x".repeat(2048)).respond(400, "x".repeat(65_536));
		assertThatExceptionOfType(TriggerApiException.class).isThrownBy(() -> http().send(RETRIEVE).block(LONGEST))
			.satisfies((ex) -> assertThat(ex.getServerMessage()).isEqualTo("400 " + "x".repeat(2048) + "\u2026"))
			.satisfies((ex) -> assertThat(ex.getResponseBody()).hasSize(65_537).endsWith("x\u2026"));
		assertThatExceptionOfType(TriggerApiException.class).isThrownBy(() -> http().send(RETRIEVE).block(LONGEST))
			.satisfies((ex) -> assertThat(ex.getServerMessage()).isEqualTo("400 " + "x".repeat(2048)));
		assertThatExceptionOfType(TriggerApiException.class).isThrownBy(() -> http().send(RETRIEVE).block(LONGEST))
			.satisfies((ex) -> assertThat(ex.getResponseBody()).isEqualTo("x".repeat(65_536)));
	}

	@Test
	void errorWhoseBodyCannotBeReadStaysThatError() {
		this.server.respond(400, "not gzip", "content-encoding", "br").respond(400, "x".repeat(2000));
		assertThatExceptionOfType(BadRequestException.class).isThrownBy(() -> http().send(RETRIEVE).block(LONGEST))
			.withMessageContaining("400 status code (no body)");
		TriggerHttp small = builder(TriggerCredentials.of(DEV)).maxInMemorySize(1000).build();
		assertThatExceptionOfType(BadRequestException.class).isThrownBy(() -> small.send(RETRIEVE).block(LONGEST))
			.withMessageContaining("400 status code (no body)");
		this.server.respond(200, "not br", "content-encoding", "br");
		assertThatExceptionOfType(TriggerDecodingException.class).isThrownBy(() -> http().send(RETRIEVE).block(LONGEST))
			.withMessageContaining("runs.retrieve")
			.withMessageContaining("compressed with 'br'");
	}

	@Test
	void failureToConnectSaysWhereAndHowOften() {
		this.server.close();
		TriggerHttp http = http(retry((policy) -> policy.withMaxAttempts(2)));
		assertThatExceptionOfType(TriggerConnectionException.class).isThrownBy(() -> http.send(RETRIEVE).block(LONGEST))
			.withMessageMatching("runs.retrieve \\(GET /api/v3/runs/\\{runId}\\): " + this.server.url()
					+ " \\('trigger.clients.eu.api-url'\\) could not be reached in 2 attempt\\(s\\) within \\d+ ms: .*"
					+ "Connect.*")
			.satisfies((ex) -> assertThat(ex.getEndpoint()).isEqualTo(TriggerEndpoint.RUNS_RETRIEVE));
	}

	@Test
	void connectionThatBreaksOffSaysSo() {
		this.server.drop();
		assertThatExceptionOfType(TriggerConnectionException.class)
			.isThrownBy(() -> http(retry((policy) -> policy.withMaxAttempts(1))).send(RETRIEVE).block(LONGEST))
			.withMessageContaining("sent no complete response in 1 attempt(s)")
			.satisfies((ex) -> assertThat(ex.isRequestUnsent()).isFalse());
	}

	@Test
	void filterOfTheApplicationCanNotLeadTheCredentialElsewhere() {
		for (String other : List.of("http://localhost:1", "http://127.0.0.1:1", "https://127.0.0.1")) {
			TriggerHttp http = builder(TriggerCredentials.of(DEV))
				.webClientBuilder(WebClient.builder()
					.filter((request, next) -> next
						.exchange(ClientRequest.from(request).url(URI.create(other)).build())))
				.build();
			assertThatIllegalStateException().isThrownBy(() -> http.send(RETRIEVE).block(LONGEST))
				.withMessageContaining("redirected from the origin of 'trigger.api-url'");
		}
	}

	@Test
	void filterOfTheApplicationCanNotSetTheBranch() {
		this.server.respond(200, "{}").respond(200, "{}");
		TriggerHttp http = builder(TriggerCredentials.of(PROD))
			.webClientBuilder(WebClient.builder()
				.filter((request, next) -> next
					.exchange(ClientRequest.from(request).header("x-trigger-branch", "evil").build())))
			.build();
		http.send(RETRIEVE).block(LONGEST);
		assertThat(this.server.received().get(0).header("x-trigger-branch")).isNull();
	}

	@Test
	void headersOfSettingsAndRequestAreSent() {
		this.server.respond(200, "{}");
		http((settings) -> settings.withHeader("x-a", "1")).send(
				TriggerRequest.to(TriggerEndpoint.RUNS_RETRIEVE, "run_1").header("x-b", "2").returning(JsonNode.class))
			.block(LONGEST);
		assertThat(this.server.received().get(0).headers()).containsEntry("x-a", "1").containsEntry("x-b", "2");
	}

	@Test
	void clientOfTheJdkRefusesAHeaderThatItCanNotSend() {
		TriggerHttp http = builder(TriggerCredentials.of(DEV))
			.webClientBuilder(WebClient.builder().clientConnector(new JdkClientHttpConnector()))
			.settings((settings) -> settings.withHeader("x-a", "caf\u00e9"))
			.build();
		assertThatIllegalArgumentException().isThrownBy(() -> http.send(RETRIEVE).block(LONGEST))
			.withMessageContaining("ASCII, which the HTTP client of the JDK can't send");
		this.server.respond(200, "{}");
		http((settings) -> settings.withHeader("x-a", "caf\u00e9")).send(RETRIEVE).block(LONGEST);
		assertThat(this.server.received()).hasSize(1);
	}

	private TriggerHttp refreshing(TriggerCredentialProvider provider) {
		return builder(TriggerCredentials.none().with(AuthMode.SECRET_KEY, provider)).build();
	}

	private static TriggerCredentialProvider provider(Mono<TriggerCredential> refreshed) {
		return new TriggerCredentialProvider() {

			@Override
			public Mono<TriggerCredential> getCredential() {
				return Mono.just(DEV);
			}

			@Override
			public Mono<TriggerCredential> refresh(TriggerCredential rejected) {
				return refreshed;
			}

		};
	}

	@Test
	void rejectionCountsWhereThereIsNoOtherCredential() {
		for (Mono<TriggerCredential> refreshed : List.of(Mono.just(DEV), Mono.<TriggerCredential>empty())) {
			this.server.respond(401, "{\"error\":\"Invalid\"}");
			assertThatExceptionOfType(AuthenticationException.class)
				.isThrownBy(() -> refreshing(provider(refreshed)).send(RETRIEVE).block(LONGEST))
				.withMessageContaining("Invalid");
		}
		this.server.respond(401, "{}");
		assertThatExceptionOfType(CredentialUnavailableException.class)
			.isThrownBy(
					() -> refreshing(provider(Mono.error(new IllegalStateException("vault is sealed")))).send(RETRIEVE)
						.block(LONGEST))
			.withMessageContaining("vault is sealed");
		assertThat(this.server.received()).hasSize(3);
	}

	@Test
	void credentialThatWasNotRejectedIsNotRefreshed() {
		TriggerHttp http = refreshing(provider(Mono.error(new IllegalStateException("not to be asked"))));
		this.server.respond(200, "{}").respond(400, "{}");
		assertThat(http.send(RETRIEVE).block(LONGEST)).isNotNull();
		assertThatExceptionOfType(BadRequestException.class).isThrownBy(() -> http.send(RETRIEVE).block(LONGEST));
	}

	@Test
	void eachCallIsOneObservationWithItsKeys() {
		Map<String, String> low = new TreeMap<>();
		Map<String, String> high = new TreeMap<>();
		ObservationRegistry registry = ObservationRegistry.create();
		registry.observationConfig().observationHandler(new ObservationHandler<Observation.Context>() {

			@Override
			public void onStop(Observation.Context context) {
				context.getLowCardinalityKeyValues().forEach((entry) -> low.put(entry.getKey(), entry.getValue()));
				context.getHighCardinalityKeyValues().forEach((entry) -> high.put(entry.getKey(), entry.getValue()));
				CallStoryTests.this.events.add("observed");
			}

			@Override
			public boolean supportsContext(Observation.Context context) {
				return true;
			}

		});
		this.server.respond(503, "").respond(200, "{}");
		builder(TriggerCredentials.of(DEV)).webClientBuilder(WebClient.builder().observationRegistry(registry))
			.observationConvention(new DefaultTriggerObservationConvention() {

				@Override
				public KeyValues getHighCardinalityKeyValues(TriggerCall call) {
					return KeyValues.of("run", "run_1");
				}

			})
			.build()
			.send(RETRIEVE)
			.block(LONGEST);
		await().atMost(LONGEST)
			.untilAsserted(() -> assertThat(this.events).containsExactly("retry eu runs.retrieve 2 ServerException",
					"observed"));
		assertThat(low).containsEntry("uri", "/api/v3/runs/{runId}")
			.containsEntry("method", "GET")
			.containsEntry("trigger.client", "eu")
			.containsEntry("trigger.endpoint", "runs.retrieve")
			.containsEntry("trigger.auth.mode", "SECRET_KEY")
			.containsEntry("trigger.attempts", "2");
		assertThat(high).containsEntry("run", "run_1").containsKey("http.url");
	}

}

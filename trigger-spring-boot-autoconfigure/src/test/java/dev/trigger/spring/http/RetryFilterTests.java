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

import java.net.ConnectException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import dev.trigger.spring.auth.AuthMode;
import dev.trigger.spring.auth.PreviewBranch;
import dev.trigger.spring.auth.TriggerCredential;
import dev.trigger.spring.auth.TriggerCredentialProvider;
import dev.trigger.spring.auth.TriggerCredentials;
import dev.trigger.spring.endpoint.TriggerEndpoint;
import dev.trigger.spring.exception.NotFoundException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import reactor.test.scheduler.VirtualTimeScheduler;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link RetryFilter}: what a success gives back, what is not there yet, and
 * what is logged of attempts.
 */
class RetryFilterTests {

	private static final Duration LONGEST = Duration.ofSeconds(20);

	private static final Duration DELAY = Duration.ofMillis(40);

	private static final TriggerRequest<JsonNode> RETRIEVE = TriggerRequest.to(TriggerEndpoint.RUNS_RETRIEVE, "run_1")
		.returning(JsonNode.class);

	private static final TriggerRequest<JsonNode> DELETE = TriggerRequest
		.to(TriggerEndpoint.SCHEDULES_DELETE, "sched_1")
		.returning(JsonNode.class);

	private final LoopbackServer server = new LoopbackServer();

	private final VirtualTimeScheduler time = VirtualTimeScheduler.create();

	private final Logger logger = (Logger) LoggerFactory.getLogger(CallLog.CATEGORY);

	private final List<String> logged = new CopyOnWriteArrayList<>();

	private final AppenderBase<ILoggingEvent> appender = new AppenderBase<>() {

		@Override
		protected void append(ILoggingEvent event) {
			RetryFilterTests.this.logged.add(event.getFormattedMessage() + "\n");
		}

	};

	private Level level;

	@BeforeEach
	void logEverything() {
		this.level = this.logger.getLevel();
		this.logger.setLevel(Level.DEBUG);
		this.appender.start();
		this.logger.addAppender(this.appender);
	}

	@AfterEach
	void stop() {
		this.logger.detachAppender(this.appender);
		this.logger.setLevel(this.level);
		this.server.close();
		this.time.dispose();
	}

	private TriggerHttp http(RetryPolicy policy, int budget) {
		CallSettings settings = new CallSettings(
				TriggerCredentials.of(TriggerCredential.of("tr_dev_0123456789abcdefDEV1")), PreviewBranch.none(), null,
				policy.withJitter(false), LONGEST);
		return TriggerHttp.builder(this.server.url(), settings).scheduler(this.time).retryBudget(budget).build();
	}

	private static RetryPolicy quick() {
		return RetryPolicy.defaults().withBackoff(Duration.ZERO, 1, Duration.ZERO);
	}

	/**
	 * Let the time pass that the next attempt waits for.
	 */
	private void awaitAttempt(int attempts, Duration delay) {
		await().until(() -> this.server.received().size() == attempts);
		await().until(() -> debugs().contains("since attempt " + attempts + " failed"));
		this.time.advanceTimeBy(delay);
	}

	private String debugs() {
		return String.join("", this.logged);
	}

	@Test
	void repeatThatFindsNothingLeftToDoRefillsTheBudget() {
		TriggerHttp http = http(quick(), 5);
		for (int i = 1; i <= 3; i++) {
			this.server.drop().respond(404, "{\"error\":\"Schedule not found\"}");
			this.logged.clear();
			CompletableFuture<JsonNode> result = http.send(DELETE).toFuture();
			int received = 2 * i;
			await().until(() -> {
				this.time.advanceTime();
				return this.server.received().size() == received;
			});
			assertThat(result).succeedsWithin(LONGEST);
		}
		assertThat(debugs())
			.contains("[default] schedules.del (DELETE /api/v1/schedules/{scheduleId}): attempt 1 of 5\n")
			.contains("attempt 2 of 5 in 0 ms, since attempt 1 failed: TriggerConnectionException: ")
			.contains("[default] schedules.del (DELETE /api/v1/schedules/{scheduleId}): an earlier attempt, whose "
					+ "response was lost, had succeeded: NotFoundException: ");
	}

	@Test
	void whatIsNotThereYetIsNotRetriedWhenItsTimeHasJustPassed() {
		for (int i = 0; i < 3; i++) {
			this.server.respond(404, "{}", "x-should-retry", "true");
		}
		CompletableFuture<JsonNode> result = http(
				RetryPolicy.defaults().withBackoff(DELAY, 1, DELAY).withNotFoundTimeout(DELAY), 0)
			.send(RETRIEVE)
			.toFuture();
		awaitAttempt(1, DELAY);
		assertThat(result).failsWithin(LONGEST).withThrowableThat().havingCause().isInstanceOf(NotFoundException.class);
		assertThat(this.server.received()).hasSize(2);
		assertThat(debugs())
			.contains("[default] runs.retrieve (GET /api/v3/runs/{runId}): failed after attempt 2 of 5: "
					+ "NotFoundException: ");
	}

	@Test
	void lastWaitForWhatIsNotThereYetIsShortened() {
		this.server.respond(404, "{}", "x-should-retry", "true").respond(200, "{}");
		CompletableFuture<JsonNode> result = http(
				RetryPolicy.defaults().withBackoff(DELAY, 1, DELAY).withNotFoundTimeout(DELAY.dividedBy(2)), 0)
			.send(RETRIEVE)
			.toFuture();
		awaitAttempt(1, DELAY.dividedBy(2));
		assertThat(result).succeedsWithin(LONGEST);
	}

	@Test
	void waitThatTheServerAsksForWithinTheTimeIsWaitedFor() {
		this.server.respond(503, "", "retry-after", "10").respond(200, "{}");
		CompletableFuture<JsonNode> result = http(quick(), 0).send(RETRIEVE).toFuture();
		awaitAttempt(1, Duration.ofSeconds(10));
		assertThat(result).succeedsWithin(LONGEST);
	}

	/**
	 * Each attempt within the one before would end with an overflow.
	 */
	@Test
	void stackDoesNotGrowWithTheAttempts() {
		assertThat(stackDepthAfter(150)).isLessThan(stackDepthAfter(5) + 100);
	}

	private int stackDepthAfter(int attempts) {
		for (int i = 0; i < attempts; i++) {
			this.server.respond(503, "");
		}
		CallSettings settings = new CallSettings(
				TriggerCredentials.of(TriggerCredential.of("tr_dev_0123456789abcdefDEV1")))
			.withRetry(quick().withMaxAttempts(attempts));
		AtomicInteger depth = new AtomicInteger();
		assertThat(TriggerHttp.builder(this.server.url(), settings)
			.retryBudget(0)
			.build()
			.send(RETRIEVE)
			.doOnError((ex) -> depth.set(new Throwable().getStackTrace().length))
			.toFuture()).failsWithin(LONGEST);
		return depth.get();
	}

	@Test
	void unreachableProviderIsNoOutageOfTheApi() {
		TriggerCredentialProvider provider = () -> Mono.error(new ConnectException("vault"));
		CallSettings settings = new CallSettings(TriggerCredentials.none().with(AuthMode.SECRET_KEY, provider))
			.withRetry(quick());
		assertThat(TriggerHttp.builder(this.server.url(), settings).build().send(RETRIEVE).toFuture())
			.failsWithin(LONGEST);
		assertThat(debugs()).contains("attempt 5 of 5").doesNotContain("is not available");
	}

	@Test
	void nothingIsWrittenForThoseWhoDoNotWantToKnow() {
		this.logger.setLevel(Level.INFO);
		this.server.respond(200, "{}");
		http(quick(), 0).send(RETRIEVE).block(LONGEST);
		assertThat(this.logged).isEmpty();
	}

}

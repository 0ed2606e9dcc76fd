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
import java.util.concurrent.CompletableFuture;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.trigger.spring.auth.PreviewBranch;
import dev.trigger.spring.auth.TriggerCredential;
import dev.trigger.spring.auth.TriggerCredentials;
import dev.trigger.spring.endpoint.TriggerEndpoint;
import dev.trigger.spring.exception.TriggerConnectionException;
import dev.trigger.spring.exception.TriggerTimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.test.scheduler.VirtualTimeScheduler;
import tools.jackson.databind.JsonNode;

import org.springframework.http.HttpStatusCode;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.reactive.function.client.support.ClientResponseWrapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link RateLimitFilter}: which calls take a permit, and that each is given
 * back.
 */
class RateLimitFilterTests {

	private static final Duration LONGEST = Duration.ofSeconds(20);

	private static final Duration TIMEOUT = Duration.ofMillis(400);

	private static final long RESET = 5000;

	private static final TriggerCredential KEY = TriggerCredential.of("tr_dev_0123456789abcdefDEV1");

	private static final TriggerRequest<JsonNode> CALL = TriggerRequest.to(TriggerEndpoint.RUNS_RETRIEVE, "run_1")
		.returning(JsonNode.class);

	private static final TriggerRequest<JsonNode> POLL = TriggerRequest.to(TriggerEndpoint.RUNS_RETRIEVE, "run_1")
		.poll()
		.returning(JsonNode.class);

	private final LoopbackServer server = new LoopbackServer();

	private final VirtualTimeScheduler time = VirtualTimeScheduler.create();

	@AfterEach
	void stop() {
		this.server.close();
		this.time.dispose();
	}

	private TriggerHttp http(WebClient.Builder builder) {
		CallSettings settings = new CallSettings(TriggerCredentials.of(KEY), PreviewBranch.none(), null,
				RetryPolicy.defaults().withMaxAttempts(1), TIMEOUT);
		return TriggerHttp.builder(this.server.url(), settings).webClientBuilder(builder).scheduler(this.time).build();
	}

	private TriggerHttp http() {
		return http(WebClient.builder());
	}

	private LoopbackServer respond(long remaining) {
		return this.server.respond(200, "{}", "x-ratelimit-limit", "10", "x-ratelimit-remaining",
				String.valueOf(remaining), "x-ratelimit-reset", String.valueOf(RESET));
	}

	private void awaitReceived(int count) {
		await().until(() -> this.server.received().size() == count);
	}

	@Test
	void callWithoutCredentialNeedsNoPermit() {
		TriggerHttp http = http();
		respond(0);
		http.send(CALL).block(LONGEST);
		this.server.respond(200, "[]");
		TriggerRequest<JsonNode> open = TriggerRequest.to(TriggerEndpoint.SCHEDULES_TIMEZONES)
			.returning(JsonNode.class);
		assertThat(http.send(open).block(LONGEST)).isNotNull();
	}

	@Test
	void callThatIsCanceledGivesItsPermitBack() {
		TriggerHttp http = http();
		respond(1).silence().respond(200, "{}");
		http.send(CALL).block(LONGEST);
		Disposable canceled = http.send(CALL).subscribe();
		awaitReceived(2);
		CompletableFuture<JsonNode> next = http.send(CALL).toFuture();
		canceled.dispose();
		this.time.advanceTime();
		assertThat(next).succeedsWithin(LONGEST);
	}

	@Test
	void responseWithoutPossibleStatusGivesItsPermitBack() {
		TriggerHttp http = http(
				WebClient.builder().filter((request, next) -> next.exchange(request).map(Impossible::new)));
		respond(0);
		assertThatExceptionOfType(TriggerConnectionException.class).isThrownBy(() -> http.send(CALL).block(LONGEST))
			.withMessageContaining("not one of 100 to 999");
		assertThat(http.rateLimit(KEY)).isNotNull();
	}

	@Test
	void pollThatIsHeldBackHasItsTimeFromThePermit() {
		TriggerHttp http = http();
		respond(0).silence();
		http.send(CALL).block(LONGEST);
		CompletableFuture<JsonNode> poll = http.send(POLL).toFuture();
		this.time.advanceTimeBy(Duration.ofMillis(RESET - 1));
		assertThat(poll).isNotDone();
		this.time.advanceTimeBy(Duration.ofMillis(1));
		awaitReceived(2);
		this.time.advanceTimeBy(TIMEOUT.minusMillis(1));
		assertThat(poll).isNotDone();
		this.time.advanceTimeBy(Duration.ofMillis(1));
		assertThat(poll).failsWithin(LONGEST)
			.withThrowableThat()
			.havingCause()
			.isInstanceOf(TriggerTimeoutException.class);
	}

	@Test
	void pollsNeedNotWaitOnceTheServerHasResponded() {
		TriggerHttp http = http();
		this.server.respond(200, "{}");
		http.send(CALL).block(LONGEST);
		Disposable.Composite polls = Disposables.composite();
		for (int i = 0; i < 9; i++) {
			this.server.silence();
			polls.add(http.send(POLL).subscribe());
		}
		awaitReceived(10);
		polls.dispose();
	}

	@Test
	void waitIsLoggedWithTheReading() {
		Logger logger = (Logger) LoggerFactory.getLogger(CallLog.CATEGORY);
		ListAppender<ILoggingEvent> appender = new ListAppender<>();
		appender.start();
		Level level = logger.getLevel();
		logger.setLevel(Level.DEBUG);
		logger.addAppender(appender);
		try {
			TriggerHttp http = http();
			respond(0);
			http.send(CALL).block(LONGEST);
			http.send(CALL).subscribe().dispose();
		}
		finally {
			logger.detachAppender(appender);
			logger.setLevel(level);
		}
		assertThat(appender.list).extracting(ILoggingEvent::getFormattedMessage)
			.contains("[default] runs.retrieve (GET /api/v3/runs/{runId}): waits for the rate limit "
					+ "(0 of 10 left, reset at 1970-01-01T00:00:05Z)");
	}

	private static final class Impossible extends ClientResponseWrapper {

		private Impossible(ClientResponse response) {
			super(response);
		}

		@Override
		public HttpStatusCode statusCode() {
			throw new IllegalArgumentException("99 is no status");
		}

	}

}

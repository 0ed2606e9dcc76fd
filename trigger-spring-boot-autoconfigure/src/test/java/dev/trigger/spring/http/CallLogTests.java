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
import java.time.Instant;
import java.util.List;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.trigger.spring.TriggerOperations;
import dev.trigger.spring.TriggerTemplate;
import dev.trigger.spring.auth.TriggerCredential;
import dev.trigger.spring.contract.RecordingScheduler;
import dev.trigger.spring.http.ScriptedServer.Response;
import dev.trigger.spring.query.TriggerQuery;
import dev.trigger.spring.run.Polling;
import dev.trigger.spring.task.TaskType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests what the category {@code dev.trigger.spring} logs.
 */
class CallLogTests {

	private static final String KEY = "tr_prod_0123456789abcdefABCD";

	private static final Polling EVERY_SECOND = new Polling(Duration.ofSeconds(1), 1, Duration.ofSeconds(1),
			Duration.ofHours(2));

	private final Logger logger = (Logger) LoggerFactory.getLogger("dev.trigger.spring");

	private final ListAppender<ILoggingEvent> appender = new ListAppender<>();

	@BeforeEach
	void listen() {
		this.logger.setLevel(Level.DEBUG);
		this.appender.start();
		this.logger.addAppender(this.appender);
	}

	@AfterEach
	void stopListening() {
		this.logger.detachAppender(this.appender);
		this.logger.setLevel(null);
	}

	@Test
	void outageIsLoggedOnceWhenItStartsAndOnceWhenItEnds() {
		try (ScriptedServer server = new ScriptedServer(
				(request) -> (request.number() <= 60) ? new Response(503, "{\"error\":\"down\"}")
						: new Response(200, "{\"id\":\"run_1\",\"status\":\"QUEUED\"}"))) {
			TriggerOperations trigger = client(server);
			Flux.range(0, 12)
				.flatMap((i) -> trigger.runs().retrieve("run_1").onErrorResume((ex) -> Mono.empty()), 3)
				.blockLast();
			for (int i = 0; i < 5; i++) {
				trigger.runs().retrieve("run_1").block();
			}
			assertThat(messages(Level.WARN)).singleElement()
				.asString()
				.contains(server.url(), "'trigger.api-url'", "503", "down");
			assertThat(messages(Level.INFO)).singleElement().asString().contains(server.url(), "60 failed attempts");
		}
	}

	@Test
	void oneFailureAmongSuccessesIsNoOutage() {
		try (ScriptedServer server = new ScriptedServer((request) -> (request.number() % 2 == 1)
				? new Response(503, "{}") : new Response(200, "{\"id\":\"run_1\",\"status\":\"QUEUED\"}"))) {
			TriggerOperations trigger = client(server);
			for (int i = 0; i < 10; i++) {
				trigger.runs().retrieve("run_1").block();
			}
			assertThat(messages(Level.WARN)).isEmpty();
		}
	}

	@Test
	void whatTheClientItselfRepeatsForEverIsTracedUnlessItFails() {
		try (ScriptedServer server = new ScriptedServer((request) -> (request.number() == 1)
				? new Response(503, "{\"error\":\"down\"}") : new Response(200, "{\"results\":[]}"))) {
			TriggerOperations trigger = client(server).withRetry((policy) -> policy.withMaxAttempts(1));
			TriggerQuery query = TriggerQuery.of((builder) -> builder.query("SELECT run_id FROM runs"));
			trigger.query()
				.execute(query, Object.class)
				.contextWrite(TriggerHttp.IN_BACKGROUND)
				.onErrorResume((ex) -> Mono.empty())
				.block();
			assertThat(messages(Level.DEBUG)).singleElement().asString().contains("failed after attempt 1 of 1");
			this.appender.list.clear();
			trigger.query().execute(query, Object.class).contextWrite(TriggerHttp.IN_BACKGROUND).block();
			assertThat(messages(Level.DEBUG)).isEmpty();
			trigger.query().execute(query, Object.class).block();
			assertThat(messages(Level.DEBUG)).singleElement().asString().contains("attempt 1 of 1");
		}
	}

	@Test
	void attemptsAndRetriesAreLoggedWithoutPayloadAndKey() {
		try (ScriptedServer server = new ScriptedServer((request) -> (request.number() == 1)
				? new Response(503, "{\"error\":\"down\"}") : new Response(200, "{\"id\":\"run_1\"}"))) {
			client(server).tasks().trigger(TaskType.of("mail", String.class, Object.class), "secret-payload").block();
			List<String> messages = messages(Level.DEBUG);
			assertThat(messages)
				.anySatisfy((message) -> assertThat(message).contains("tasks.trigger", "attempt 1 of 5"))
				.anySatisfy((message) -> assertThat(message).contains("attempt 2 of 5 in", "ms", "down"))
				.allSatisfy((message) -> assertThat(message).doesNotContain("secret-payload", KEY));
		}
	}

	@Test
	void pollsAreLoggedAndOneWarningForARunThatStaysInItsQueue() {
		try (ScriptedServer server = new ScriptedServer((request) -> new Response(200,
				(request.number() < 40) ? "{\"id\":\"run_1\",\"taskIdentifier\":\"mail\",\"status\":\"QUEUED\"}"
						: "{\"id\":\"run_1\",\"status\":\"COMPLETED\",\"isSuccess\":true}"))) {
			waiting(server).runs().awaitCompletion("run_1", EVERY_SECOND).block();
			assertThat(messages(Level.WARN)).singleElement()
				.asString()
				.contains("run_1", "QUEUED", "for 30 s", "'mail'", "deployed");
			assertThat(messages(Level.DEBUG)).filteredOn((message) -> message.contains("poll 3, QUEUED")).hasSize(1);
			assertThat(messages(Level.DEBUG)).filteredOn((message) -> message.contains("poll 40, COMPLETED"))
				.hasSize(1);
		}
	}

	@Test
	void runThatIsUnderWayIsNotWarnedAbout() {
		try (ScriptedServer server = new ScriptedServer((request) -> new Response(200,
				(request.number() < 40)
						? "{\"id\":\"run_1\",\"status\":\"%s\"}"
							.formatted((request.number() < 20) ? "QUEUED" : "EXECUTING")
						: "{\"id\":\"run_1\",\"status\":\"COMPLETED\",\"isSuccess\":true}"))) {
			waiting(server).runs().awaitCompletion("run_1", EVERY_SECOND).block();
			assertThat(messages(Level.WARN)).isEmpty();
		}
	}

	@Test
	void pollThatFailsIsLogged() {
		try (ScriptedServer server = new ScriptedServer(
				(request) -> (request.number() <= 5) ? new Response(502, "{\"error\":\"gateway\"}")
						: new Response(200, "{\"id\":\"run_1\",\"status\":\"COMPLETED\",\"isSuccess\":true}"))) {
			waiting(server).runs().awaitCompletion("run_1", EVERY_SECOND).block();
			assertThat(messages(Level.DEBUG))
				.filteredOn((message) -> message.contains("poll 1 failed") && message.contains("gateway"))
				.hasSize(1);
		}
	}

	@Test
	void waitForTheRateLimitIsLogged() {
		try (ScriptedServer server = new ScriptedServer(
				(request) -> new Response(200, "{\"id\":\"run_1\"}", "x-ratelimit-limit", "2", "x-ratelimit-remaining",
						"0", "x-ratelimit-reset", String.valueOf(Instant.now().plusSeconds(2).toEpochMilli())))) {
			TriggerOperations trigger = client(server);
			trigger.runs().retrieve("run_1").block();
			trigger.runs().retrieve("run_1").block();
			assertThat(messages(Level.DEBUG)).filteredOn((message) -> message.contains("waits for the rate limit"))
				.singleElement()
				.asString()
				.contains("runs.retrieve");
		}
	}

	private static TriggerOperations waiting(ScriptedServer server) {
		return TriggerTemplate.builder(TriggerCredential.of(KEY))
			.apiUrl(server.url())
			.realtime((settings) -> settings.withMaxFeeds(0))
			.timeout(RecordingScheduler.LEAST_LIMIT)
			.scheduler(new RecordingScheduler(Instant.parse("2026-11-26T10:00:00Z"), () -> 0))
			.build();
	}

	private static TriggerOperations client(ScriptedServer server) {
		return TriggerTemplate.builder(TriggerCredential.of(KEY))
			.apiUrl(server.url())
			.retry((policy) -> policy.withBackoff(Duration.ofMillis(5), 1, Duration.ofMillis(5)))
			.build();
	}

	private List<String> messages(Level level) {
		return this.appender.list.stream()
			.filter((event) -> event.getLevel().equals(level))
			.map(ILoggingEvent::getFormattedMessage)
			.toList();
	}

}

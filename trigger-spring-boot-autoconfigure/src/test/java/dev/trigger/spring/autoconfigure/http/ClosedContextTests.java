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

package dev.trigger.spring.autoconfigure.http;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;

import dev.trigger.spring.TriggerOperations;
import dev.trigger.spring.autoconfigure.RecordingServer;
import dev.trigger.spring.autoconfigure.RecordingServer.Response;
import dev.trigger.spring.exception.TriggerConnectionException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Tests for what becomes of connections and calls when an application is closed.
 */
class ClosedContextTests {

	private static final Duration PATIENCE = Duration.ofSeconds(20);

	/**
	 * The event loops of Reactor Netty take two seconds, and the close of HttpComponents
	 * waits for five.
	 */
	private static final Duration BRIEF = Duration.ofSeconds(4);

	private static final String RUN = "{\"id\":\"run_1\",\"status\":\"COMPLETED\"}";

	private static final Response NO_RESPONSE = new Response(0, "");

	@ParameterizedTest
	@ValueSource(strings = { "reactor", "jdk", "jetty", "http-components" })
	void serverThatDoesNotEndTlsIsNotWaitedFor(String connector) {
		run(connector, (context, server) -> {
			client(context).runs().retrieve("run_1").block(PATIENCE);
			close(context);
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "reactor", "jetty", "http-components" })
	void callsThatAreUnderWayAndThatWaitForAConnectionEnd(String connector) {
		run(connector, (context, server) -> {
			CompletableFuture<?> call = client(context).runs().retrieve("run_slow").toFuture();
			CompletableFuture<?> waiting = client(context).runs().retrieve("run_slow").toFuture();
			await().atMost(PATIENCE).until(() -> server.requests().size() == 1);
			close(context);
			assertEnds(call);
			assertEnds(waiting);
		}, "trigger.http.pool.max-connections=1", "trigger.retry.max-attempts=1");
	}

	@ParameterizedTest
	@ValueSource(strings = { "reactor", "jdk", "jetty", "http-components" })
	void callThatBeginsLaterFails(String connector) {
		run(connector, (context, server) -> {
			TriggerOperations client = client(context);
			client.runs().retrieve("run_1").block(PATIENCE);
			close(context);
			assertThatExceptionOfType(TriggerConnectionException.class)
				.isThrownBy(() -> client.runs().retrieve("run_1").block(PATIENCE))
				.withMessageContaining("in 1 attempt(s)")
				.withMessageContaining("the application is closed or closing");
			assertThat(server.requests()).hasSize(1);
		});
	}

	private static void run(String connector, BiConsumer<AssertableApplicationContext, RecordingServer> test,
			String... properties) {
		TestCertificate certificate = TestCertificate.of("localhost");
		try (RecordingServer server = RecordingServer.overTls(
				(path) -> path.endsWith("run_slow") ? NO_RESPONSE : new Response(200, RUN),
				certificate.serverBundle())) {
			ClientRunner.of(connector, server.url(), "trigger.http.ssl.bundle=mine")
				.withPropertyValues(certificate.clientProperties("mine"))
				.withPropertyValues(properties)
				.run((context) -> test.accept(context, server));
		}
	}

	private static TriggerOperations client(AssertableApplicationContext context) {
		return context.getBean(TriggerOperations.class);
	}

	private static void close(AssertableApplicationContext context) {
		long start = System.nanoTime();
		context.getSourceApplicationContext(ConfigurableApplicationContext.class).close();
		assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(BRIEF);
	}

	private static void assertEnds(CompletableFuture<?> call) {
		assertThat(call).failsWithin(BRIEF).withThrowableThat().withCauseInstanceOf(TriggerConnectionException.class);
	}

}

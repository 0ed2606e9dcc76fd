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
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.stream.Stream;

import dev.trigger.spring.TriggerOperations;
import dev.trigger.spring.autoconfigure.TriggerAutoConfiguration;
import dev.trigger.spring.exception.TriggerConnectionException;
import dev.trigger.spring.http.RawServer;
import dev.trigger.spring.http.RawServer.Behavior;
import dev.trigger.spring.run.Run;
import dev.trigger.spring.task.TaskType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.http.client.autoconfigure.HttpClientAutoConfiguration;
import org.springframework.boot.http.client.autoconfigure.reactive.ReactiveHttpClientAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.webclient.autoconfigure.WebClientAutoConfiguration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for what a server may send beside, before, and instead of a response, on every
 * connector.
 */
class ForeignBytesTests {

	private static final Duration PATIENCE = Duration.ofSeconds(20);

	private static final int CALLS = 30;

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(SslAutoConfiguration.class, HttpClientAutoConfiguration.class,
				ReactiveHttpClientAutoConfiguration.class, WebClientAutoConfiguration.class,
				TriggerAutoConfiguration.class))
		.withPropertyValues("trigger.secret-key=tr_dev_0123456789abcdefDEV1", "trigger.retry.delay=5ms",
				"trigger.http.read-timeout=1s");

	@ParameterizedTest
	@CsvSource({ "reactor,100", "reactor,102", "reactor,103", "reactor,104", "jdk,100", "jdk,102", "jdk,103", "jdk,104",
			"jetty,100", "jetty,102", "jetty,103", "jetty,104", "http-components,100", "http-components,102",
			"http-components,103", "http-components,104" })
	void interimResponseIsSkipped(String connector, int status) {
		String interim = "HTTP/1.1 " + status + " Interim\r\nlink: </style.css>; rel=preload\r\n\r\n";
		withServer(connector, (request) -> {
			request.write(interim);
			Thread.sleep(2);
			request.write(interim + run(request.id()));
		}, ForeignBytesTests::eachCallGetsItsOwnResponse);
	}

	@ParameterizedTest
	@CsvSource({ "reactor,200 OK", "reactor,408 Request Timeout", "jdk,200 OK", "jdk,408 Request Timeout",
			"jetty,200 OK", "jetty,408 Request Timeout" })
	void unsolicitedResponseIsNotTheResponseToTheNextCall(String connector, String status) {
		String unsolicited = RawServer.response(status, "{\"id\":\"run_of_another_call\",\"status\":\"COMPLETED\"}");
		Semaphore responses = new Semaphore(0);
		try (RawServer server = new RawServer((request) -> {
			request.write(run(request.id()));
			assertThat(responses.tryAcquire(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
			// by now the client has put the connection aside
			Thread.sleep(20);
			request.write(unsolicited);
		})) {
			ClientRunner.run(connector, server.url(), (client) -> {
				for (int i = 1; i <= 5; i++) {
					String id = "run_" + i;
					assertThat(client.runs().retrieve(id).block(PATIENCE))
						.satisfies((run) -> assertThat(run.id()).isEqualTo(id));
					responses.release();
					// Jetty drops what nobody asked for, and may keep the connection
					boolean kept = connector.equals("jetty");
					assertThat(awaitClosed(server, i, kept ? Duration.ofMillis(500) : PATIENCE) || kept)
						.as("the connection is closed")
						.isTrue();
				}
			});
		}
	}

	@Test
	void serverThatSendsSecondResponsesMixesUpFewCalls() {
		try (RawServer server = new RawServer((request) -> {
			request.write(run(request.id()));
			// by now the next request is on its way
			Thread.sleep(3);
			request.write(run("run_of_another_call"));
		})) {
			ClientRunner.run("reactor", server.url(), (client) -> {
				List<String> mixedUp = new ArrayList<>();
				for (int i = 0; i < CALLS; i++) {
					String id = String.valueOf(client.runs().retrieve("run_" + i).map(Run::id).block(PATIENCE));
					if (!id.equals("run_" + i)) {
						mixedUp.add(id);
					}
				}
				// one, as a rule: what comes while a connection is being given up is a
				// race
				assertThat(mixedUp).hasSizeLessThanOrEqualTo(3);
			});
		}
	}

	private static boolean awaitClosed(RawServer server, int connections, Duration patience) {
		long end = System.nanoTime() + patience.toNanos();
		while (server.closed() < connections && System.nanoTime() < end) {
			LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
		}
		return server.closed() >= connections;
	}

	@ParameterizedTest
	@ValueSource(strings = { "reactor", "jdk", "jetty", "http-components" })
	void responseThatComesTogetherWithAnotherOneIsNotTheResponseToTheNextCall(String connector) {
		withServer(connector, (request) -> request.write(run(request.id()) + run("run_of_another_call")),
				ForeignBytesTests::eachCallGetsItsOwnResponse);
	}

	@ParameterizedTest
	@ValueSource(strings = { "reactor", "jdk", "jetty" })
	void beginningOfAnotherResponseIsNotTheResponseToTheNextCall(String connector) {
		withServer(connector, (request) -> {
			if (request.number() > 1) {
				request.write(run("run_of_another_call").substring(20));
			}
			request.write(run(request.id()) + run("run_of_another_call").substring(0, 20));
		}, ForeignBytesTests::eachCallGetsItsOwnResponse);
	}

	private static void eachCallGetsItsOwnResponse(TriggerOperations client) {
		for (int i = 0; i < CALLS; i++) {
			String id = "run_" + i;
			assertThat(client.runs().retrieve(id).block(PATIENCE))
				.satisfies((run) -> assertThat(run.id()).isEqualTo(id));
		}
	}

	static Stream<Arguments> brokenResponses() {
		String ok = run("run_1");
		return Stream.of("reactor", "jdk", "jetty", "http-components")
			.flatMap((connector) -> Stream
				.of(ok.replace("200 OK", "0 OK"), ok.replace("200 OK", "099 OK"), ok.replace("200 OK", "1000 OK"),
						ok.replace("200 OK", "two hundred"), "SSH-2.0-OpenSSH_9.9\r\n\r\n",
						"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nzz\r\nhello\r\n0\r\n\r\n",
						"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n-5\r\nhello\r\n0\r\n\r\n",
						"HTTP/1.1 200 OK\r\ncontent-length: many\r\n\r\nhello",
						"HTTP/1.1 200 OK\r\ncontent-length: 400\r\n\r\nshort")
				.map((response) -> Arguments.of(connector, response)));
	}

	@ParameterizedTest
	@MethodSource("brokenResponses")
	void brokenResponseIsTriedAgain(String connector, String response) {
		withServer(connector, (request) -> {
			if (request.path().endsWith("/first")) {
				request.write(run("first"));
			}
			else {
				request.write(response);
				request.socket().shutdownOutput();
			}
		}, (client) -> assertThatExceptionOfType(TriggerConnectionException.class).isThrownBy(
				() -> client.withRetry((policy) -> policy.withMaxAttempts(2)).runs().retrieve("run_1").block(PATIENCE))
			.satisfies((ex) -> assertThat(ex.isRequestUnsent()).isFalse()), 2);
	}

	@ParameterizedTest
	@ValueSource(strings = { "reactor", "jdk", "jetty", "http-components" })
	void connectionWhoseProtocolTheServerSwitchesIsNotUsedAgain(String connector) {
		withServer(connector,
				(request) -> request.write(request.id().equals("run_switched")
						? "HTTP/1.1 101 Switching Protocols\r\nupgrade: h2c\r\nconnection: upgrade\r\n\r\n"
						: run(request.id())),
				(client) -> {
					TriggerOperations once = client.withRetry((policy) -> policy.withMaxAttempts(1));
					assertThatExceptionOfType(TriggerConnectionException.class)
						.isThrownBy(() -> once.runs().retrieve("run_switched").block(PATIENCE));
					assertThat(once.runs().retrieve("run_1").block(PATIENCE)).isNotNull();
				}, 2);
	}

	@ParameterizedTest
	@ValueSource(strings = { "reactor", "jdk", "jetty", "http-components" })
	void responseMayHaveManyHeadersAndNotAnyNumber(String connector) {
		withServer(connector, (request) -> {
			int headers = request.id().equals("run_1") ? 500 : 100_000;
			request.write("HTTP/1.1 200 OK\r\n" + "x-trace: 0123456789\r\n".repeat(headers)
					+ run(request.id()).substring("HTTP/1.1 200 OK\r\n".length()));
		}, (client) -> {
			TriggerOperations once = client.withRetry((policy) -> policy.withMaxAttempts(1));
			assertThat(once.runs().retrieve("run_1").block(PATIENCE)).isNotNull();
			assertThatExceptionOfType(TriggerConnectionException.class)
				.isThrownBy(() -> once.runs().retrieve("run_2").block(PATIENCE));
		}, 2);
	}

	@ParameterizedTest
	@ValueSource(strings = { "reactor", "jdk", "jetty", "http-components" })
	void uploadSkipsInterimResponses(String connector) {
		StringBuilder url = new StringBuilder();
		withServer(connector, (request) -> {
			request.write("HTTP/1.1 103 Early Hints\r\n\r\n");
			request.write(request.path().startsWith("/api/v2/packets/")
					? RawServer.response("200 OK", "{\"presignedUrl\":\"" + url + "/bucket/1\",\"storagePath\":\"1\"}")
					: run("run_1"));
		}, (client) -> {
			url.append(client.apiUrl());
			for (int i = 0; i < 5; i++) {
				assertThat(client.tasks()
					.trigger(TaskType.of("t", String.class, Void.class), "x".repeat(200_000))
					.block(PATIENCE)).satisfies((handle) -> assertThat(handle.id()).isEqualTo("run_1"));
			}
		});
	}

	private static String run(String id) {
		return RawServer.response("200 OK", "{\"id\":\"" + id + "\",\"status\":\"COMPLETED\"}");
	}

	private void withServer(String connector, Behavior behavior, Consumer<TriggerOperations> test) {
		withServer(connector, behavior, test, -1);
	}

	private void withServer(String connector, Behavior behavior, Consumer<TriggerOperations> test, int requests) {
		try (RawServer server = new RawServer(behavior)) {
			this.contextRunner
				.withPropertyValues("trigger.api-url=" + server.url(),
						"spring.http.clients.reactive.connector=" + connector)
				.run((context) -> test.accept(context.getBean(TriggerOperations.class)));
			if (requests >= 0) {
				assertThat(server.heads()).hasSize(requests);
			}
		}
	}

}

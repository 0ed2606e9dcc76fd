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
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.trigger.spring.TriggerOperations;
import dev.trigger.spring.autoconfigure.RecordingServer;
import dev.trigger.spring.autoconfigure.RecordingServer.Response;
import dev.trigger.spring.exception.TriggerConnectionException;
import dev.trigger.spring.http.RawServer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

/**
 * Tests that what a proxy says is not taken for what the API says.
 */
class ProxyRefusalTests {

	private static final Duration PATIENCE = Duration.ofSeconds(20);

	private static final Pattern REFUSAL = Pattern
		.compile("the proxy \\('trigger\\.http\\.proxy\\.host', or what the connector has\\) responded with (\\d{3}) "
				+ "instead of connecting");

	private static final List<String> STATUSES = List.of("302 Found\r\nlocation: https://login.example/",
			"401 Unauthorized", "403 Forbidden", "404 Not Found",
			"407 Proxy Authentication Required\r\nproxy-authenticate: Basic realm=\"p\"",
			"407 Proxy Authentication Required\r\nproxy-authenticate: Negotiate\r\nconnection: close",
			"429 Too Many Requests\r\nretry-after: 3600", "502 Bad Gateway", "503 Service Unavailable");

	@ParameterizedTest
	@ValueSource(strings = { "reactor", "jdk", "jetty", "http-components" })
	void responseToConnectIsNotThatOfTheApi(String connector) {
		String[] pool = connector.equals("jdk") ? new String[0]
				: new String[] { "trigger.http.pool.max-connections=1" };
		// it may end a call with the failure of the connection before
		boolean jetty = connector.equals("jetty");
		AtomicReference<String> status = new AtomicReference<>();
		try (RawServer proxy = new RawServer((request) -> request
			.write("HTTP/1.1 " + status + "\r\ncontent-length: 16\r\n\r\n{\"error\":\"Proxy\"}"))) {
			ClientRunner.of(connector, "https://trigger.example", "trigger.retry.max-attempts=1")
				.withPropertyValues("trigger.http.proxy.host=127.0.0.1", "trigger.http.proxy.port=" + proxy.port())
				.withPropertyValues(pool)
				.run((context) -> {
					TriggerOperations client = context.getBean(TriggerOperations.class);
					for (String next : STATUSES) {
						status.set(next);
						List<String> refusals = List.of(refusal(client.runs().retrieve("run_1")),
								refusal(client.tasks().trigger("hello", "x")));
						assertThat(refusals).as(next).contains(next.substring(0, 3));
						if (!jetty) {
							assertThat(refusals).as(next).containsOnly(next.substring(0, 3));
						}
					}
				});
			assertThat(proxy.heads()).allMatch((head) -> head.startsWith("CONNECT "));
			if (!jetty) {
				assertThat(proxy.heads()).hasSize(2 * STATUSES.size());
			}
		}
	}

	private static String refusal(Mono<?> call) {
		TriggerConnectionException failure = catchThrowableOfType(TriggerConnectionException.class,
				() -> call.block(PATIENCE));
		assertThat(failure.isRequestUnsent()).isTrue();
		assertThat(failure).hasMessageContaining("https://trigger.example ('trigger.api-url') could not be reached");
		Matcher refusal = REFUSAL.matcher(failure.getMessage());
		assertThat(refusal.find()).as(failure.getMessage()).isTrue();
		return refusal.group(1);
	}

	@ParameterizedTest
	@ValueSource(strings = { "reactor", "jdk", "jetty", "http-components" })
	void callIsNotRepeatedWhereCredentialsAreRequired(String connector) {
		try (RawServer proxy = new RawServer((request) -> request
			.write("HTTP/1.1 407 Proxy Authentication Required\r\nproxy-authenticate: Basic realm=\"p\"\r\n"
					+ "content-length: 0\r\n\r\n"))) {
			ClientRunner.run(connector, "https://trigger.example",
					(client) -> assertThat(refusal(client.runs().retrieve("run_1"))).isEqualTo("407"),
					"trigger.http.proxy.host=127.0.0.1", "trigger.http.proxy.port=" + proxy.port());
			assertThat(proxy.heads()).hasSize(1);
		}
	}

	@ParameterizedTest
	@CsvSource({ "reactor,https", "jdk,https", "jetty,https", "http-components,https", "reactor,http", "jdk,http",
			"jetty,http", "http-components,http" })
	void proxyThatCanNotBeReachedIsNamed(String connector, String scheme) {
		for (String host : List.of("127.0.0.1", "proxy.invalid")) {
			ClientRunner.run(connector, scheme + "://localhost:2",
					(client) -> assertThatExceptionOfType(TriggerConnectionException.class)
						.isThrownBy(() -> client.runs().retrieve("run_1").block(PATIENCE))
						.withMessageContaining("://localhost:2 ('trigger.api-url') could not be reached")
						.withMessageContaining("the proxy " + host + ":1 ('trigger.http.proxy.host')")
						.matches(TriggerConnectionException::isRequestUnsent),
					"trigger.http.proxy.host=" + host, "trigger.http.proxy.port=1", "trigger.retry.max-attempts=2");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "reactor", "jdk", "jetty", "http-components" })
	void connectionThroughAProxyIsUsedAgain(String connector) throws Exception {
		TestCertificate certificate = TestCertificate.of("localhost");
		try (RecordingServer server = RecordingServer.overTls(
				(path) -> new Response(200, "{\"id\":\"run_1\",\"status\":\"COMPLETED\"}"), certificate.serverBundle());
				ForwardProxy proxy = new ForwardProxy()) {
			ClientRunner
				.of(connector, server.url(), "trigger.retry.max-attempts=1", "trigger.http.ssl.bundle=mine",
						"trigger.http.proxy.host=127.0.0.1", "trigger.http.proxy.port=" + proxy.port())
				.withPropertyValues(certificate.clientProperties("mine"))
				// a connection is given back after its response, maybe after the next
				// call
				.run((context) -> await().atMost(PATIENCE).until(() -> {
					context.getBean(TriggerOperations.class).runs().retrieve("run_1").block(PATIENCE);
					return server.requests().size() > proxy.connections();
				}));
		}
	}

}

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

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;

import dev.trigger.spring.batch.BatchItem;
import dev.trigger.spring.exception.TriggerConnectionException;
import dev.trigger.spring.http.RawServer;
import dev.trigger.spring.http.RawServer.Request;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests that the read timeout is how long the response is waited for, and then each part
 * of it, on every connector.
 */
class ReadTimeoutTests {

	private static final Duration PATIENCE = Duration.ofSeconds(20);

	private static final String[] PROPERTIES = { "trigger.http.read-timeout=300ms", "trigger.retry.max-attempts=1" };

	private static final String RUN = "{\"id\":\"run_1\",\"status\":\"COMPLETED\"}";

	private static final String HEAD = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n";

	@ParameterizedTest
	@ValueSource(strings = { "reactor", "jdk", "jetty", "http-components" })
	void responseThatStopsFails(String connector) {
		try (RawServer server = new RawServer((request) -> {
			if (request.id().equals("run_1")) {
				request.write(HEAD + "content-length: " + RUN.length() + "\r\n\r\n" + RUN.substring(0, 10));
			}
		})) {
			ClientRunner.run(connector, server.url(), (client) -> {
				for (String id : new String[] { "run_1", "run_never" }) {
					assertThatExceptionOfType(TriggerConnectionException.class)
						.isThrownBy(() -> client.runs().retrieve(id).block(PATIENCE))
						.withMessageContaining("1 attempt(s)");
				}
			}, PROPERTIES);
			assertThat(server.heads()).hasSize(2);
		}
	}

	/**
	 * That of Reactor Netty takes 10 s, whatever is configured.
	 */
	@ParameterizedTest
	@ValueSource(strings = { "jdk", "jetty", "http-components" })
	void handshakeThatNobodyAnswersFails(String connector) {
		try (RawServer server = new RawServer((request) -> {
		})) {
			String url = server.url().replace("http://", "https://");
			ClientRunner.run(connector, url,
					(client) -> assertThatExceptionOfType(TriggerConnectionException.class)
						.isThrownBy(() -> client.tasks().trigger("hello", "x").block(PATIENCE))
						.satisfies((ex) -> assertThat(ex.isRequestUnsent()).isEqualTo(!connector.startsWith("http"))),
					"trigger.http.connect-timeout=300ms", "trigger.http.read-timeout=300ms",
					"trigger.retry.max-attempts=1");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "reactor", "jdk", "jetty", "http-components" })
	void proxyThatDoesNotAnswerFails(String connector) {
		try (RawServer proxy = new RawServer((request) -> Thread.sleep(PATIENCE.toMillis()))) {
			ClientRunner.run(connector, "https://trigger.example",
					(client) -> assertThatExceptionOfType(TriggerConnectionException.class)
						.isThrownBy(() -> client.tasks().trigger("hello", "x").block(PATIENCE)),
					"trigger.http.connect-timeout=300ms", "trigger.http.read-timeout=300ms",
					"trigger.retry.max-attempts=1", "trigger.http.proxy.host=127.0.0.1",
					"trigger.http.proxy.port=" + proxy.port());
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "reactor", "jdk", "jetty", "http-components" })
	void responseMayTakeLongerThanEachPartOfIt(String connector) {
		try (RawServer server = new RawServer((request) -> {
			request.write(HEAD + "transfer-encoding: chunked\r\n\r\n");
			for (char next : RUN.substring(0, 9).toCharArray()) {
				Thread.sleep(150);
				request.write("1\r\n" + next + "\r\n");
			}
			String rest = RUN.substring(9);
			request.write(Integer.toHexString(rest.length()) + "\r\n" + rest + "\r\n0\r\n\r\n");
		})) {
			ClientRunner.run(connector, server.url(),
					(client) -> assertThat(client.runs().retrieve("run_1").block(PATIENCE)).isNotNull(),
					"trigger.http.read-timeout=1s", "trigger.retry.max-attempts=1");
			assertThat(server.heads()).hasSize(1);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "reactor", "jetty", "http-components" })
	void responseMayTakeLongerThanAnIdleConnectionIsKept(String connector) {
		try (RawServer server = new RawServer((request) -> {
			Thread.sleep(1000);
			request.write(HEAD + "content-length: " + RUN.length() + "\r\n\r\n" + RUN.substring(0, 10));
			Thread.sleep(1000);
			request.write(RUN.substring(10));
		})) {
			ClientRunner.run(connector, server.url(),
					(client) -> assertThat(client.runs().retrieve("run_1").block(PATIENCE)).isNotNull(),
					"trigger.http.pool.max-idle-time=200ms", "trigger.retry.max-attempts=1");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "reactor", "jdk", "jetty", "http-components" })
	void requestMayTakeLongerThanTheResponse(String connector) {
		try (RawServer server = new RawServer((request) -> {
			readChunks(request);
			request.write(RawServer.response("200 OK",
					"{\"id\":\"batch_1\",\"itemsAccepted\":9,\"itemsDeduplicated\":0,\"sealed\":true}"));
		})) {
			Flux<BatchItem> items = Flux.range(0, 9)
				.delayElements(Duration.ofMillis(100))
				.map((i) -> BatchItem.of("hello", "item " + i));
			ClientRunner.run(connector, server.url(),
					(client) -> assertThat(client.batches().streamItems("batch_1", items).block(PATIENCE)).isNotNull(),
					PROPERTIES);
			assertThat(server.heads()).hasSize(1);
		}
	}

	private static void readChunks(Request request) throws IOException {
		InputStream in = request.socket().getInputStream();
		StringBuilder end = new StringBuilder();
		while (!end.toString().equals("\r\n0\r\n\r\n")) {
			end.append((char) in.read());
			if (end.length() > 7) {
				end.deleteCharAt(0);
			}
		}
	}

}

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
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

import dev.trigger.spring.autoconfigure.RecordingServer;
import dev.trigger.spring.autoconfigure.RecordingServer.Response;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.test.scheduler.VirtualTimeScheduler;

import org.springframework.boot.http.client.reactive.ClientHttpConnectorBuilder;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for what becomes of connectors whose SSL bundle has changed.
 */
class RenewedConnectorTests {

	private static final Duration PATIENCE = Duration.ofSeconds(20);

	@ParameterizedTest
	@MethodSource("connectors")
	void formerConnectorIsClosedAfterSomeTime(ClientHttpConnectorBuilder<?> builder, String threads) {
		TestCertificate certificate = TestCertificate.of("localhost");
		VirtualTimeScheduler time = VirtualTimeScheduler.create();
		AtomicReference<SslBundle> bundle = new AtomicReference<>(certificate.clientBundle());
		try (RecordingServer server = RecordingServer.overTls((path) -> new Response(200, "{}"),
				certificate.serverBundle());
				ConnectorFactory factory = new ConnectorFactory(builder, null, null, null, time)) {
			WebClient client = WebClient.builder()
				.clientConnector(factory.create(new TriggerHttpProperties(), server.url(), bundle::get, (name) -> name))
				.baseUrl(server.url())
				.build();
			call(client);
			long before = count(threads);
			assertThat(before).isPositive();
			for (int i = 0; i < 5; i++) {
				bundle.set(certificate.clientBundle());
				call(client);
			}
			time.advanceTimeBy(Duration.ofMinutes(9));
			assertThat(count(threads)).isGreaterThan(2 * before);
			time.advanceTimeBy(Duration.ofMinutes(2));
			await().atMost(PATIENCE).until(() -> count(threads) < 2 * before);
			call(client);
		}
	}

	static Stream<Arguments> connectors() {
		return Stream.of(Arguments.of(ClientHttpConnectorBuilder.jetty(), ".*HttpClient\\w*@.*"),
				Arguments.of(ClientHttpConnectorBuilder.httpComponents(), "httpclient-.*"));
	}

	private static void call(WebClient client) {
		client.get().uri("/x").retrieve().toBodilessEntity().block(PATIENCE);
	}

	private static long count(String names) {
		return Thread.getAllStackTraces().keySet().stream().filter((thread) -> thread.getName().matches(names)).count();
	}

}

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

import dev.trigger.spring.TriggerOperations;
import dev.trigger.spring.autoconfigure.RecordingServer;
import dev.trigger.spring.autoconfigure.RecordingServer.Response;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.test.scheduler.VirtualTimeScheduler;

import org.springframework.boot.ssl.DefaultSslBundleRegistry;
import org.springframework.boot.ssl.SslBundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for what becomes of connectors whose SSL bundle has changed.
 */
class RenewedConnectorTests {

	private static final Duration PATIENCE = Duration.ofSeconds(20);

	@ParameterizedTest
	@CsvSource({ "jetty,.*HttpClient\\w*@.*", "http-components,httpclient-.*" })
	void formerConnectorIsClosedAfterSomeTime(String connector, String threads) {
		TestCertificate certificate = TestCertificate.of("localhost");
		VirtualTimeScheduler time = VirtualTimeScheduler.getOrSet();
		try (RecordingServer server = RecordingServer.overTls(
				(path) -> new Response(200, "{\"id\":\"run_1\",\"status\":\"COMPLETED\"}"),
				certificate.serverBundle())) {
			ClientRunner.of(connector, server.url(), "trigger.http.ssl.bundle=mine")
				.withPropertyValues(certificate.clientProperties("mine"))
				.run((context) -> {
					TriggerOperations client = context.getBean(TriggerOperations.class);
					DefaultSslBundleRegistry bundles = context.getBean(DefaultSslBundleRegistry.class);
					client.runs().retrieve("run_1").block(PATIENCE);
					long before = count(threads);
					assertThat(before).isPositive();
					for (int i = 0; i < 5; i++) {
						bundles.updateBundle("mine", SslBundle.of(bundles.getBundle("mine").getStores()));
						client.runs().retrieve("run_1").block(PATIENCE);
					}
					time.advanceTimeBy(Duration.ofMinutes(9));
					assertThat(count(threads)).isGreaterThan(2 * before);
					time.advanceTimeBy(Duration.ofMinutes(2));
					await().atMost(PATIENCE).until(() -> count(threads) < 2 * before);
					client.runs().retrieve("run_1").block(PATIENCE);
				});
		}
		finally {
			VirtualTimeScheduler.reset();
		}
	}

	private static long count(String names) {
		return Thread.getAllStackTraces().keySet().stream().filter((thread) -> thread.getName().matches(names)).count();
	}

}

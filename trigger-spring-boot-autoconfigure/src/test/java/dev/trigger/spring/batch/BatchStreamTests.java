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

package dev.trigger.spring.batch;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.trigger.spring.TriggerTemplate;
import dev.trigger.spring.auth.TriggerCredential;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;

import org.springframework.http.client.reactive.ClientHttpConnector;
import org.springframework.http.client.reactive.JdkClientHttpConnector;
import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for the stream of items, against a server that reads as they come.
 */
class BatchStreamTests {

	private static final int COUNT = 20_000;

	private final CountDownLatch arrived = new CountDownLatch(1);

	private final AtomicInteger lines = new AtomicInteger();

	private final ExecutorService executor = Executors.newCachedThreadPool();

	private HttpServer server;

	@BeforeEach
	void start() throws IOException {
		this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		this.server.setExecutor(this.executor);
		this.server.createContext("/", this::read);
		this.server.start();
	}

	@AfterEach
	void stop() {
		this.server.stop(0);
		this.executor.shutdownNow();
	}

	private void read(HttpExchange exchange) throws IOException {
		InputStream body = exchange.getRequestBody();
		byte[] buffer = new byte[8192];
		for (int length = body.read(buffer); length >= 0; length = body.read(buffer)) {
			this.arrived.countDown();
			for (int i = 0; i < length; i++) {
				this.lines.addAndGet((buffer[i] == '\n') ? 1 : 0);
			}
		}
		byte[] response = ("{\"id\":\"batch_1\",\"itemsAccepted\":" + this.lines.get() + ",\"sealed\":true}")
			.getBytes(StandardCharsets.UTF_8);
		exchange.getResponseHeaders().set("content-type", "application/json");
		exchange.sendResponseHeaders(200, response.length);
		exchange.getResponseBody().write(response);
		exchange.close();
	}

	@ParameterizedTest
	@ValueSource(strings = { "reactor", "jdk" })
	void firstItemIsOnTheWireBeforeTheThousandthIsProduced(String connector) {
		AtomicInteger tooLate = new AtomicInteger();
		Flux<BatchItem> items = Flux.range(0, COUNT).map((index) -> {
			if (index == 999 && !awaitArrival()) {
				tooLate.incrementAndGet();
			}
			return BatchItem.of("welcome", "someone-" + index + "@example.com");
		});
		StreamedItems streamed = batches(connector).streamItems("batch_1", items).block();
		assertThat(streamed).isNotNull();
		assertThat(streamed.itemsAccepted()).isEqualTo(COUNT);
		assertThat(tooLate).hasValue(0);
	}

	@Test
	void itemThatCannotBeWrittenEndsTheStream() {
		Flux<BatchItem> items = Flux.range(0, 100)
			.map((index) -> BatchItem.of("welcome", (index == 50) ? new Object[] { new Unwritable() } : index));
		assertThatIllegalArgumentException().isThrownBy(() -> batches("reactor").streamItems("batch_1", items).block())
			.withMessageStartingWith("Item 50 of the task 'welcome': The payload cannot be written as JSON")
			.havingRootCause()
			.isInstanceOf(IllegalStateException.class);
		assertThat(this.lines).hasValueLessThanOrEqualTo(50);
	}

	/**
	 * Keep the source from going on, as one that takes its time does.
	 */
	private boolean awaitArrival() {
		try {
			return this.arrived.await(30, TimeUnit.SECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return false;
		}
	}

	private BatchOperations batches(String connector) {
		ClientHttpConnector clientConnector = connector.equals("jdk") ? new JdkClientHttpConnector()
				: new ReactorClientHttpConnector();
		return TriggerTemplate.builder(TriggerCredential.of("tr_dev_0123456789abcdefDEV1"))
			.apiUrl("http://localhost:" + this.server.getAddress().getPort())
			.webClientBuilder(WebClient.builder().clientConnector(clientConnector))
			.build()
			.batches();
	}

	static final class Unwritable {

		public String getValue() {
			throw new IllegalStateException("not to be read");
		}

	}

}

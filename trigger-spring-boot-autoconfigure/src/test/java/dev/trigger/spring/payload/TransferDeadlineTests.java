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

package dev.trigger.spring.payload;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.trigger.spring.TriggerOperations;
import dev.trigger.spring.TriggerTemplate;
import dev.trigger.spring.auth.TriggerCredential;
import dev.trigger.spring.batch.BatchException;
import dev.trigger.spring.batch.BatchItem;
import dev.trigger.spring.exception.TriggerTimeoutException;
import dev.trigger.spring.task.TaskType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests that a call with uploads or downloads has one timeout for all of its steps, and
 * that the uploads of a batch go side by side.
 */
class TransferDeadlineTests {

	private static final TaskType<Object, Object> TASK = TaskType.of("welcome", Object.class, Object.class);

	private static final String LARGE = "x".repeat(200_000);

	private static final Duration STEP = Duration.ofMillis(300);

	private static final Duration TIMEOUT = Duration.ofMillis(700);

	private final ExecutorService executor = Executors.newCachedThreadPool();

	private final AtomicInteger uploading = new AtomicInteger();

	private final AtomicInteger mostUploads = new AtomicInteger();

	private CountDownLatch together = new CountDownLatch(0);

	private Duration pace = Duration.ZERO;

	private HttpServer server;

	@BeforeEach
	void start() throws IOException {
		this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		this.server.setExecutor(this.executor);
		this.server.createContext("/", this::handle);
		this.server.start();
	}

	@AfterEach
	void stop() {
		this.server.stop(0);
		this.executor.shutdownNow();
	}

	private void handle(HttpExchange exchange) throws IOException {
		exchange.getRequestBody().readAllBytes();
		String path = exchange.getRequestURI().getPath();
		try {
			if (path.startsWith("/store/") && exchange.getRequestMethod().equals("PUT")) {
				this.mostUploads.accumulateAndGet(this.uploading.incrementAndGet(), Math::max);
				this.together.countDown();
				this.together.await(20, TimeUnit.SECONDS);
				this.uploading.decrementAndGet();
			}
			TimeUnit.MILLISECONDS.sleep(this.pace.toMillis());
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		byte[] body = body(path).getBytes(StandardCharsets.UTF_8);
		exchange.getResponseHeaders().set("content-type", "application/json");
		exchange.sendResponseHeaders(200, body.length);
		exchange.getResponseBody().write(body);
		exchange.close();
	}

	private String body(String path) {
		String url = url() + "/store/x";
		if (path.contains("/packets/")) {
			return "{\"presignedUrl\":\"" + url + "\",\"storagePath\":\"x\"}";
		}
		if (path.endsWith("/items")) {
			return "{\"id\":\"batch_1\",\"sealed\":true}";
		}
		if (path.startsWith("/api/v3/runs/")) {
			return "{\"id\":\"run_1\",\"status\":\"COMPLETED\",\"payloadPresignedUrl\":\"" + url
					+ "\",\"outputPresignedUrl\":\"" + url + "\"}";
		}
		return path.startsWith("/store/") ? "{}" : "{\"id\":\"batch_1\"}";
	}

	private String url() {
		return "http://localhost:" + this.server.getAddress().getPort();
	}

	private TriggerOperations client(Duration timeout) {
		return TriggerTemplate.builder(TriggerCredential.of("tr_dev_0123456789abcdefDEV1"))
			.apiUrl(url())
			.timeout(timeout)
			.build();
	}

	@Test
	void triggerWithUploadHasOneTimeout() {
		this.pace = STEP;
		assertThatTimesOut(client(TIMEOUT).tasks().trigger(TASK, LARGE));
	}

	@Test
	void batchWithUploadHasOneTimeout() {
		this.pace = STEP;
		assertThatExceptionOfType(BatchException.class)
			.isThrownBy(() -> client(TIMEOUT).batches().trigger(List.of(BatchItem.of("welcome", LARGE))).block())
			.withCauseInstanceOf(TriggerTimeoutException.class);
	}

	@Test
	void runWithDownloadsHasOneTimeout() {
		this.pace = STEP;
		assertThatTimesOut(client(TIMEOUT).runs().retrieve("run_1"));
	}

	private static void assertThatTimesOut(Publisher<?> call) {
		assertThatExceptionOfType(TriggerTimeoutException.class).isThrownBy(() -> Flux.from(call).blockLast())
			.withMessageContaining("'trigger.timeout' allows more")
			.satisfies((ex) -> assertThat(ex.getTimeout()).isEqualTo(TIMEOUT));
	}

	@Test
	void uploadsOfABatchGoSideBySideButNotAllAtOnce() {
		this.together = new CountDownLatch(4);
		List<BatchItem> items = IntStream.range(0, 20).mapToObj((index) -> BatchItem.of("welcome", LARGE)).toList();
		client(Duration.ofMinutes(2)).batches().trigger(items).block();
		assertThat(this.mostUploads).hasValueBetween(4, 8);
	}

}

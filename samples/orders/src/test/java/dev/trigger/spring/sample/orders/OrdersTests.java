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

package dev.trigger.spring.sample.orders;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

import dev.trigger.emulator.TriggerEmulator;
import dev.trigger.spring.browser.Chromium;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for the service as a process of its own, with an emulator that outlives it.
 */
class OrdersTests {

	private static final Duration PATIENCE = Duration.ofSeconds(90);

	private static final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

	@TempDir
	static Path directory;

	private static TriggerEmulator emulator;

	private static Supervisor supervisor;

	private static int port;

	/**
	 * Return a port that is free, and stays so: systems give none of these to clients.
	 */
	private static int freePort() {
		for (int attempt = 0; attempt < 100; attempt++) {
			try (ServerSocket socket = new ServerSocket(ThreadLocalRandom.current().nextInt(15_000, 30_000))) {
				return socket.getLocalPort();
			}
			catch (IOException ex) {
				// somebody has it
			}
		}
		throw new IllegalStateException("No port is free");
	}

	@BeforeAll
	static void start() {
		emulator = TriggerEmulator.start();
		EmulatedTasks.register(emulator, Duration.ofMillis(200));
		port = freePort();
		supervisor = new Supervisor(Supervisor.environment(emulator), List.of("--server.port=" + port,
				"--spring.datasource.url=jdbc:h2:file:" + directory.resolve("orders") + ";WRITE_DELAY=0"));
		Thread thread = new Thread(() -> {
			try {
				supervisor.run();
			}
			catch (IOException | InterruptedException ex) {
				throw new IllegalStateException(ex);
			}
		});
		thread.setDaemon(true);
		thread.start();
		await().atMost(PATIENCE).ignoreExceptions().until(() -> get("/orders").statusCode() == 200);
	}

	@AfterAll
	static void stop() {
		if (supervisor != null) {
			supervisor.close();
		}
		if (emulator != null) {
			emulator.close();
		}
	}

	@Test
	void orderIsFulfilled() throws Exception {
		HttpResponse<String> placed = post("/orders", "Chair");
		assertThat(placed.statusCode()).isEqualTo(201);
		assertThat(placed.body()).contains("\"item\":\"Chair\"", "\"state\":\"PLACED\"");
		await().atMost(PATIENCE).until(() -> get("/orders").body().matches(".*\"Chair\",\"state\":\"FULFILLED\".*"));
		assertThat(post("/orders", " ").statusCode()).isEqualTo(400);
		assertThat(post("/orders", "x".repeat(61)).statusCode()).isEqualTo(400);
	}

	@Test
	void orderIsFulfilledAlthoughTheServiceIsKilledBeforeItTriggers() throws Exception {
		int starts = supervisor.starts();
		int runs = runs("Shelf");
		assertThat(runs).isZero();
		try {
			post("/orders?die=true", "Shelf");
			throw new AssertionError("The service lives");
		}
		catch (IOException ex) {
			// there is no response of a process that is dead
		}
		await().atMost(PATIENCE)
			.ignoreExceptions()
			.until(() -> get("/orders").body().matches(".*\"Shelf\",\"state\":\"FULFILLED\".*"));
		assertThat(supervisor.starts()).isEqualTo(starts + 1);
		assertThat(runs("Shelf")).isOne();
	}

	@Test
	void pageShowsAnOrderThatSurvivesTheService() {
		try (Chromium browser = Chromium.start()) {
			browser.desktop();
			browser.open("http://localhost:" + port + "/");
			browser.awaitText("#connection", "Connected");
			browser.type("#item", "Mirror <b>");
			browser.click("#place button");
			browser.awaitText("#orders", "Mirror <b>");
			browser.awaitText("#orders", "Fulfilled");
			assertThat(browser.errors()).isEmpty();
			browser.type("#item", "Desk");
			browser.click("#die");
			browser.awaitText("#connection", "The service is down");
			await().atMost(PATIENCE).until(() -> browser.text("#connection").equals("Connected"));
			browser.awaitText("#orders", "Desk");
			await().atMost(PATIENCE).until(() -> browser.text("#orders tbody tr").contains("Fulfilled"));
			assertThat(browser.text("#orders tbody tr")).contains("Desk", "PARCEL-");
			browser.screenshot(Path.of("target", "screenshots", "desktop.png"));
			if (Boolean.getBoolean("trigger.docs.write")) {
				browser.screenshot(Path.of("orders.png"));
			}
			browser.phone();
			assertThat(browser.evaluate("return document.scrollingElement.scrollWidth <= window.innerWidth"))
				.isEqualTo(true);
			browser.screenshot(Path.of("target", "screenshots", "phone.png"));
			assertThat(browser.errors()).allMatch((error) -> error.contains("/orders") && error.contains("net::ERR_"));
		}
	}

	private static int runs(String item) {
		return (int) emulator.runs()
			.stream()
			.filter((run) -> run.payload().path("item").asString().equals(item))
			.count();
	}

	private static HttpResponse<String> get(String path) throws IOException, InterruptedException {
		return client.send(HttpRequest.newBuilder(uri(path)).build(), BodyHandlers.ofString());
	}

	private static HttpResponse<String> post(String path, String item) throws IOException, InterruptedException {
		return client.send(HttpRequest.newBuilder(uri(path))
			.header("content-type", "application/json")
			.POST(BodyPublishers.ofString("{\"item\":\"" + item + "\"}"))
			.build(), BodyHandlers.ofString());
	}

	private static URI uri(String path) {
		return URI.create("http://localhost:" + port + path);
	}

}

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

package dev.trigger.emulator;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What becomes of errors that the emulator does not expect: in task functions, in what an
 * application gave it, in its own code. Nobody waits for a response that never comes.
 */
class InternalErrorsTests {

	private final FailingClock clock = new FailingClock();

	private final TriggerEmulator emulator = TriggerEmulator.builder().clock(this.clock).start();

	private final TestClient client = TestClient.of(this.emulator, "prod");

	@AfterEach
	void close() {
		this.clock.recover();
		this.emulator.close();
	}

	static Stream<Error> errors() {
		return Stream.of(new StackOverflowError("too deep"), new OutOfMemoryError("too much"),
				new NoClassDefFoundError("a/Missing"), new AssertionError("not so"));
	}

	@ParameterizedTest
	@MethodSource("errors")
	void errorOfATaskFunctionCrashesTheRun(Error error) {
		this.emulator.task("bad", Object.class, (payload, context) -> {
			throw error;
		}, (settings) -> settings.maxAttempts(5));
		EmulatedRun run = this.emulator.awaitRun(trigger("bad"));
		assertThat(run.status()).isEqualTo("CRASHED");
		assertThat(run.attempts()).isOne();
		assertThat(run.errorMessage()).isEqualTo(error.getMessage());
		assertTheRestWorks();
	}

	@Test
	void endlessRecursionOfATaskFunctionCrashesTheRun() {
		this.emulator.task("deep", Object.class, (payload) -> recurse(0));
		assertThat(this.emulator.awaitRun(trigger("deep")).status()).isEqualTo("CRASHED");
		assertTheRestWorks();
	}

	@Test
	void outputThatContainsItselfEndsTheRun() {
		List<Object> output = new ArrayList<>();
		output.add(output);
		this.emulator.task("circle", Object.class, (payload) -> output);
		assertThat(this.emulator.awaitRun(trigger("circle")).status()).isIn("FAILED", "CRASHED");
		assertTheRestWorks();
	}

	@Test
	void errorWhileARequestIsHandledIsTheServersResponse() {
		this.clock.failIn("dev.trigger.emulator.api.EmulatedApi.route");
		TestClient.Reply reply = this.client.header("origin", "http://localhost:3000")
			.get("/api/v3/runs/run_cm5abcdefgh01234567890123");
		assertThat(reply.status()).isEqualTo(500);
		assertThat(reply.error()).isEqualTo("Internal Server Error");
		assertThat(reply.header("access-control-allow-origin")).isEqualTo("http://localhost:3000");
		assertThat(reply.header("date")).isNotNull();
		this.clock.recover();
		assertTheRestWorks();
	}

	@Test
	void pathThatCannotBeDecodedIsRefused() throws IOException {
		URI address = URI.create(this.emulator.apiUrl());
		try (Socket socket = new Socket(address.getHost(), address.getPort())) {
			socket.getOutputStream()
				.write(("GET /api/v3/runs/%zz HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\nauthorization: Bearer "
						+ this.emulator.secretKey("prod") + "\r\n\r\n")
					.getBytes(StandardCharsets.US_ASCII));
			assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
				.startsWith("HTTP/1.1 400 Bad Request")
				.doesNotContain("x-emulator-failure")
				.contains("<pre>Bad Request</pre>");
		}
		assertTheRestWorks();
	}

	@Test
	void closedEmulatorStartsNoMoreRuns() throws InterruptedException {
		CountDownLatch begun = new CountDownLatch(1);
		this.emulator.environmentConcurrency(1);
		this.emulator.task("slow", Object.class, (payload, context) -> {
			begun.countDown();
			return new CountDownLatch(1).await(1, TimeUnit.MINUTES);
		}, (settings) -> settings.maxAttempts(1));
		String first = trigger("slow");
		String second = trigger("slow");
		assertThat(begun.await(30, TimeUnit.SECONDS)).isTrue();
		this.emulator.close();
		assertThat(this.emulator.awaitRun(first).status()).isEqualTo("FAILED");
		assertThat(this.emulator.run(second).status()).isEqualTo("QUEUED");
	}

	@Test
	void errorOfTheAdminApiIsAResponse() {
		this.clock.failIn("dev.trigger.emulator.state.VirtualClock.advance");
		assertThat(new TestClient(this.emulator.apiUrl()).header("content-type", "application/json")
			.post("/emulator/advance", Map.of("duration", "1m"))
			.status()).isEqualTo(500);
		this.clock.recover();
		assertTheRestWorks();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`',
			textBlock = """
					/api/v1/tasks/hello/trigger | N
					/api/v1/tasks/hello/trigger | {"options":{"metadata":N}}
					/api/v1/tasks/hello/trigger | {"options":{"delay":N}}
					/api/v1/tasks/hello/trigger | {"options":{"ttl":N}}
					/api/v1/tasks/hello/trigger | {"options":{"priority":N}}
					/api/v1/tasks/hello/trigger | {"options":{"maxDuration":N}}
					/api/v1/tasks/hello/trigger | {"options":{"maxAttempts":N}}
					/api/v2/tasks/batch         | {"items":[{"task":"hello","options":{"priority":N}}]}
					/api/v3/batches             | {"runCount":N}
					/api/v1/waitpoints/tokens   | {"timeout":N}
					/api/v1/auth/jwt            | {"expirationTime":N}
					/api/v1/sessions            | {"type":"t","taskIdentifier":"hello","triggerConfig":{"basePayload":{}},"expiresAt":N}
					""")
	void numberThatIsTooLargeIsNoFailure(String path, String body) {
		this.emulator.task("hello", Object.class, (payload) -> "hi");
		for (String number : List.of("9".repeat(400), "-" + "9".repeat(400), "1e400")) {
			TestClient.Reply reply = this.client.post(path, body.replace("N", number));
			assertThat(reply.header("x-emulator-failure")).isNull();
		}
		this.emulator.awaitIdle();
		assertThat(this.emulator.runs()).noneMatch((run) -> run.status().equals("CRASHED"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "/api/v1/runs", "/api/v1/bulk-actions", "/api/v1/errors" })
	void numberOfACursorThatIsTooLargeIsNoFailure(String path) {
		for (String number : List.of("9".repeat(20), "9".repeat(400), "1e400")) {
			String place = "{\"c\":N,\"r\":\"a\",\"createdAt\":N,\"id\":\"a\",\"occurrenceCount\":N,\"fingerprint\":\"a\",\"taskIdentifier\":\"a\"}"
				.replace("N", number);
			String cursor = Base64.getUrlEncoder()
				.withoutPadding()
				.encodeToString(place.getBytes(StandardCharsets.UTF_8));
			TestClient.Reply reply = this.client.get(path + "?page%5Bafter%5D=" + cursor);
			assertThat(reply.header("x-emulator-failure")).isNull();
			assertThat(reply.status()).isIn(200, 400);
		}
	}

	private void assertTheRestWorks() {
		this.emulator.task("good", Object.class, (payload) -> "fine");
		EmulatedRun run = this.emulator.awaitRun(trigger("good"));
		assertThat(run.status()).isEqualTo("COMPLETED");
		assertThat(this.client.get("/api/v3/runs/" + run.id()).status()).isEqualTo(200);
		this.emulator.awaitIdle();
	}

	private String trigger(String task) {
		return this.client.post("/api/v1/tasks/" + task + "/trigger", Map.of()).json().path("id").asString();
	}

	private static int recurse(int depth) {
		return 1 + recurse(depth + 1);
	}

}

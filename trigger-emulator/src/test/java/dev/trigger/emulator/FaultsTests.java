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
import java.net.http.HttpRequest;
import java.time.Duration;

import dev.trigger.emulator.TestClient.Reply;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link Faults}.
 */
class FaultsTests {

	private TriggerEmulator emulator;

	private TestClient client;

	@BeforeEach
	void start() {
		this.emulator = TriggerEmulator.start();
		this.client = TestClient.of(this.emulator, "prod");
	}

	@AfterEach
	void stop() {
		this.emulator.close();
	}

	@Test
	void lostResponseHasActed() throws IOException {
		this.emulator.faults().onOperation("tasks.trigger").loseResponse().once();
		assertThatIOException().isThrownBy(this::trigger);
		assertThat(this.emulator.runs("hello")).hasSize(1);
		assertThat(trigger().status()).isEqualTo(200);
		assertThat(this.emulator.requests("tasks.trigger")).extracting(RecordedRequest::fault)
			.containsExactly("LOSE_RESPONSE", null);
	}

	@Test
	void resetHasNotActed() {
		this.emulator.faults().onOperation("tasks.trigger").reset().once();
		assertThatIOException().isThrownBy(this::trigger);
		assertThat(this.emulator.runs()).isEmpty();
	}

	@Test
	void truncatedResponseEndsEarly() {
		this.emulator.faults().onOperation("tasks.trigger").truncate().once();
		assertThatIOException().isThrownBy(this::trigger);
		assertThat(this.emulator.runs("hello")).hasSize(1);
	}

	@Test
	void statusIsReturnedSomeTimes() throws IOException {
		Faults.Rule rule = this.emulator.faults().onOperation("tasks.trigger").status(503).times(2);
		assertThat(trigger().status()).isEqualTo(503);
		assertThat(trigger().status()).isEqualTo(503);
		assertThat(trigger().status()).isEqualTo(200);
		assertThat(rule.count()).isEqualTo(2);
	}

	@Test
	void faultLeavesOtherOperationsAlone() throws IOException {
		this.emulator.faults().onOperation("runs.list").status(500);
		assertThat(trigger().status()).isEqualTo(200);
		assertThat(this.client.get("/api/v1/runs").status()).isEqualTo(500);
	}

	@Test
	void rateLimitEndsAtItsTime() throws IOException {
		this.emulator.faults().onAnyOperation().rateLimitedUntil(this.emulator.now().plus(Duration.ofSeconds(30)));
		Reply refused = trigger();
		assertThat(refused.status()).isEqualTo(429);
		assertThat(refused.json().path("status").asInt()).isEqualTo(429);
		assertThat(refused.header("x-ratelimit-reset")).hasSize(13);
		this.emulator.advance(Duration.ofSeconds(31));
		assertThat(trigger().status()).isEqualTo(200);
	}

	@Test
	void proxyRespondsWithHtml() throws IOException {
		this.emulator.faults().onAnyOperation().html(502);
		Reply reply = trigger();
		assertThat(reply.status()).isEqualTo(502);
		assertThat(reply.header("content-type")).startsWith("text/html");
	}

	@Test
	void delayedResponseComesLater() throws IOException {
		this.emulator.faults().onAnyOperation().delay(Duration.ofMillis(200));
		long began = System.nanoTime();
		assertThat(trigger().status()).isEqualTo(200);
		assertThat(Duration.ofNanos(System.nanoTime() - began)).isGreaterThan(Duration.ofMillis(190));
	}

	@Test
	void randomFaultsCanBeRepeated() throws IOException {
		Faults.Rule rule = this.emulator.faults().onOperation("tasks.trigger").status(500).randomly(20, 42);
		StringBuilder first = new StringBuilder();
		for (int i = 0; i < 50; i++) {
			first.append(trigger().status()).append(' ');
		}
		assertThat(rule.count()).isBetween(3, 20);
		this.emulator.faults().clear();
		this.emulator.faults().onOperation("tasks.trigger").status(500).randomly(20, 42);
		StringBuilder second = new StringBuilder();
		for (int i = 0; i < 50; i++) {
			second.append(trigger().status()).append(' ');
		}
		assertThat(second.toString()).isEqualTo(first.toString());
	}

	@Test
	void someRequestsMayPassFirst() throws IOException {
		this.emulator.faults().onOperation("tasks.trigger").status(500).after(1).once();
		assertThat(trigger().status()).isEqualTo(200);
		assertThat(trigger().status()).isEqualTo(500);
		assertThat(trigger().status()).isEqualTo(200);
	}

	@Test
	void unknownOperationIsRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> this.emulator.faults().onOperation("tasks.trigge"))
			.withMessageContaining("'tasks.trigge'")
			.withMessageContaining("tasks.trigger");
	}

	private Reply trigger() throws IOException {
		return this.client.exchange("POST", "/api/v1/tasks/hello/trigger", HttpRequest.BodyPublishers.ofString("{}"));
	}

}

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

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

import dev.trigger.emulator.TestClient.Reply;
import dev.trigger.emulator.http.Json;
import dev.trigger.emulator.http.JsonBody;
import dev.trigger.emulator.state.Environment;
import dev.trigger.emulator.state.EnvironmentKind;
import dev.trigger.emulator.state.Tokens;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Rules of the server that time, versions or tokens have to be prepared for.
 */
class SmallRulesTests {

	private final TriggerEmulator emulator = TriggerEmulator.builder()
		.clock(Clock.fixed(Instant.parse("2026-01-31T12:00:00Z"), ZoneOffset.UTC))
		.start();

	private final TestClient prod = TestClient.of(this.emulator, "prod");

	private final Environment environment = this.emulator.project().environment(EnvironmentKind.PRODUCTION);

	@AfterEach
	void close() {
		this.emulator.close();
	}

	@Test
	void versionsOfADayBeginWithOne() {
		assertThat(deploy()).isEqualTo("20260131.2");
		assertThat(deploy()).isEqualTo("20260131.3");
		this.emulator.advance(Duration.ofDays(1));
		assertThat(deploy()).isEqualTo("20260201.1");
		assertThat(deploy()).isEqualTo("20260201.2");
	}

	private String deploy() {
		return this.prod.post("/api/v1/deployments", Map.of("contentHash", "h", "type", "MANAGED"))
			.json()
			.path("version")
			.asString();
	}

	@Test
	void priorityCountsPartsOfASecond() {
		List<String> order = new CopyOnWriteArrayList<>();
		CountDownLatch hold = new CountDownLatch(1);
		this.emulator.environmentConcurrency(1);
		this.emulator.task("holds", JsonNode.class, (payload) -> {
			hold.await();
			return null;
		});
		this.emulator.task("notes", String.class, (payload) -> order.add(payload));
		trigger("holds", "", 0);
		trigger("notes", "later", 0);
		trigger("notes", "sooner", 0.5);
		trigger("notes", "latest", -0.5);
		hold.countDown();
		this.emulator.awaitIdle();
		assertThat(order).containsExactly("sooner", "later", "latest");
	}

	private void trigger(String task, String payload, double priority) {
		Reply reply = this.prod.post("/api/v1/tasks/" + task + "/trigger",
				Map.of("payload", payload, "options", Map.of("priority", priority)));
		assertThat(reply.status()).isEqualTo(200);
	}

	@Test
	void errorHasItsLatestVersions() {
		this.emulator.task("fails", JsonNode.class, (payload, context) -> {
			throw new IllegalStateException("no");
		}, (settings) -> settings.maxAttempts(1));
		for (int number : List.of(3, 10, 1, 2, 9, 4)) {
			this.environment.setCurrentVersion("20260131." + number);
			trigger("fails", "", 0);
			this.emulator.awaitIdle();
		}
		String error = this.prod.get("/api/v1/errors").json().at("/data/0/id").asString();
		assertThat(Json.texts(this.prod.get("/api/v1/errors/" + error).json().path("affectedVersions")))
			.containsExactly("20260131.10", "20260131.9", "20260131.4", "20260131.3", "20260131.2");
	}

	@Test
	void tokenOfARunLeavesOutTheColumnsThatTheOneOfTheCallerDoes() {
		JsonBody claims = JsonBody.of("sub", this.environment.id())
			.with("pub", true)
			.with("scopes", List.of("trigger:tasks:hello"))
			.with("realtime", JsonBody.of("skipColumns", List.of("payload")));
		String token = Tokens.sign(claims, this.environment.apiKey(), this.emulator.now(), Duration.ofHours(1));
		TestClient client = new TestClient(this.emulator.apiUrl());
		Reply reply = client.token(token).post("/api/v1/tasks/hello/trigger", "{}");
		String feed = "/realtime/v1/runs/" + reply.json().path("id").asString() + "?offset=-1";
		assertThat(client.token(reply.header("x-trigger-jwt")).get(feed).header("electric-schema"))
			.doesNotContain("\"payload\"")
			.contains("\"output\"");
		assertThat(
				Json.mapper().readTree(reply.header("x-trigger-jwt-claims")).at("/realtime/skipColumns/0").asString())
			.isEqualTo("payload");
	}

}

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

import java.util.Map;

import dev.trigger.emulator.TestClient.Reply;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the report of an environment's health.
 */
class ReportTests {

	@Test
	void healthIsReportedInThreeForms() {
		try (TriggerEmulator emulator = TriggerEmulator.start()) {
			emulator.task("echo", JsonNode.class, (payload) -> payload);
			TestClient client = TestClient.of(emulator, "dev");
			emulator.awaitRun(client.post("/api/v1/tasks/echo/trigger", Map.of()).json().path("id").asString());
			Reply markdown = client.get("/api/v1/reports/health?format=markdown&period=1h");
			assertThat(markdown.header("content-type")).startsWith("text/markdown");
			assertThat(markdown.text()).contains("# health", "0 failed of 1 done");
			assertThat(client.get("/api/v1/reports/health?format=ansi").text()).contains("\u001b[1mhealth");
			JsonNode json = client.get("/api/v1/reports/health?format=json&period=7d").json();
			assertThat(json.path("windowMinutes").asInt()).isEqualTo(7 * 24 * 60);
			assertThat(json.path("summary").path("severity").asString()).isEqualTo("ok");
			assertThat(client.get("/api/v1/reports/health?period=10s").status()).isEqualTo(400);
			assertThat(client.get("/api/v1/reports/health?period=91d").status()).isEqualTo(400);
			assertThat(client.get("/api/v1/reports/overview").status()).isEqualTo(403);
		}
	}

}

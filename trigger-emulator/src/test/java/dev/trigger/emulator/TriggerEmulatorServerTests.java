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
import dev.trigger.emulator.http.Json;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.from;

/**
 * Tests for {@link TriggerEmulatorServer}.
 */
class TriggerEmulatorServerTests {

	@Test
	void variablesConfigureTheEmulator() {
		Map<String, String> variables = Map.of("PORT", "0", "TRIGGER_EMULATOR_PROJECT_REF", "proj_abcdefghijklmnopqrst",
				"TRIGGER_EMULATOR_PROD_KEY", "tr_prod_given", "TRIGGER_EMULATOR_PREVIEW_BRANCHES", "one, two",
				"TRIGGER_EMULATOR_TASKS", "echo", "TRIGGER_EMULATOR_SCHEDULED_TASKS", "report");
		try (TriggerEmulator emulator = TriggerEmulatorServer.start(variables)) {
			assertThat(emulator.projectRef()).isEqualTo("proj_abcdefghijklmnopqrst");
			TestClient client = new TestClient(emulator.apiUrl()).token("tr_prod_given");
			Reply reply = client.post("/api/v1/tasks/echo/trigger", Map.of("payload", 42));
			assertThat(emulator.awaitRun(reply.json().path("id").asString()))
				.returns("COMPLETED", from(EmulatedRun::status))
				.returns(Json.tree(42), from(EmulatedRun::output));
			assertThat(client
				.post("/api/v1/schedules", Map.of("task", "report", "cron", "* * * * *", "deduplicationKey", "k"))
				.status()).isEqualTo(200);
			assertThat(
					client.token("tr_preview_emulator").header("x-trigger-branch", "two").get("/api/v1/runs").status())
				.isEqualTo(200);
			assertThat(client.token("tr_pat_emulator").get("/api/v2/whoami").status()).isEqualTo(200);
		}
	}

	@Test
	void secretKeyBelongsToTheEnvironmentOfItsPrefix() {
		try (TriggerEmulator emulator = TriggerEmulatorServer
			.start(Map.of("PORT", "0", "TRIGGER_EMULATOR_SECRET_KEY", "tr_stg_given"))) {
			assertThat(emulator.secretKey("staging")).isEqualTo("tr_stg_given");
			assertThat(emulator.secretKey("prod")).isEqualTo("tr_prod_emulator");
		}
	}

	@Test
	void emptyVariableIsNone() {
		try (TriggerEmulator emulator = TriggerEmulatorServer
			.start(Map.of("PORT", "0", "TRIGGER_EMULATOR_SECRET_KEY", "", "TRIGGER_EMULATOR_ACCESS_TOKEN", " "))) {
			assertThat(emulator.personalAccessToken()).isEqualTo("tr_pat_emulator");
		}
	}

	@Test
	void rateLimitIsGiven() {
		try (TriggerEmulator emulator = TriggerEmulatorServer
			.start(Map.of("PORT", "0", "TRIGGER_EMULATOR_RATE_LIMIT", "12"))) {
			Reply reply = new TestClient(emulator.apiUrl()).token("tr_dev_emulator").get("/api/v1/runs");
			assertThat(reply.header("x-ratelimit-limit")).isEqualTo("12");
		}
	}

	@Test
	void healthcheckNeedsNoCredential() {
		try (TriggerEmulator emulator = TriggerEmulatorServer.start(Map.of("PORT", "0"))) {
			Reply reply = new TestClient(emulator.apiUrl()).get("/healthcheck");
			assertThat(reply.status()).isEqualTo(200);
			assertThat(reply.text()).isEqualTo("OK");
		}
	}

	@Test
	void malformedVariableIsNamedAndASecretNotShown() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> TriggerEmulatorServer.start(Map.of("TRIGGER_EMULATOR_SECRET_KEY", "sk_secret")))
			.withMessageContaining("'TRIGGER_EMULATOR_SECRET_KEY' must begin with tr_dev_")
			.withMessageNotContaining("sk_secret");
		assertThatIllegalArgumentException().isThrownBy(() -> TriggerEmulatorServer.start(Map.of("PORT", "http")))
			.withMessage("'PORT' must be a number, not 'http'");
	}

}

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
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import dev.trigger.emulator.TestClient.Reply;
import dev.trigger.emulator.http.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
	void greetingTellsHowToConnectAndShowsNoKeyThatWasSet() {
		try (TriggerEmulator emulator = TriggerEmulatorServer.start(Map.of("PORT", "0"))) {
			assertThat(TriggerEmulatorServer.greeting(emulator)).endsWith(
					"TRIGGER_API_URL=http://localhost:" + emulator.port() + " and TRIGGER_SECRET_KEY=tr_dev_emulator");
		}
		try (TriggerEmulator emulator = TriggerEmulatorServer
			.start(Map.of("PORT", "0", "TRIGGER_EMULATOR_SECRET_KEY", "tr_dev_given"))) {
			assertThat(TriggerEmulatorServer.greeting(emulator)).contains("TRIGGER_API_URL")
				.doesNotContain("tr_dev_given");
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
	void argumentOutranksVariableAndFileDescribesTasks(@TempDir Path directory) throws IOException {
		Path file = Files.writeString(directory.resolve("tasks.json"), """
				{"tasks": {"greet": {"output": "Hello {{payload}}"}}}""");
		try (TriggerEmulator emulator = TriggerEmulatorServer.start(
				Map.of("PORT", "1", "TRIGGER_EMULATOR_DEV_KEY", "tr_dev_variable"), "--port=0", "--tasks-file",
				file.toString(), "--dev-key=tr_dev_argument")) {
			assertThat(emulator.secretKey("dev")).isEqualTo("tr_dev_argument");
			Reply reply = TestClient.of(emulator, "dev").post("/api/v1/tasks/greet/trigger", Map.of("payload", "you"));
			assertThat(emulator.awaitRun(reply.json().path("id").asString()).output())
				.isEqualTo(Json.tree("Hello you"));
		}
	}

	@Test
	void portInUseIsSaidSo() {
		try (TriggerEmulator emulator = TriggerEmulatorServer.start(Map.of("PORT", "0"))) {
			assertThatIllegalArgumentException()
				.isThrownBy(() -> TriggerEmulatorServer.start(Map.of("PORT", String.valueOf(emulator.port()))))
				.withMessage("the port is in use or not permitted. Set another one with PORT or --port");
		}
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '"',
			textBlock = """
					TRIGGER_EMULATOR_TASK          | echo      | there is no setting 'TRIGGER_EMULATOR_TASK'. --help lists all
					PORT                           | 65536     | 'PORT' must be a number from 0 to 65535, not '65536'
					TRIGGER_EMULATOR_RATE_LIMIT    | 0         | 'TRIGGER_EMULATOR_RATE_LIMIT' must be a number from 1
					TRIGGER_EMULATOR_DEV_KEY       | tr_prod_x | 'TRIGGER_EMULATOR_DEV_KEY' must begin with tr_dev_
					TRIGGER_EMULATOR_ACCESS_TOKEN  | tr_dev_x  | 'TRIGGER_EMULATOR_ACCESS_TOKEN' must begin with tr_pat_
					TRIGGER_EMULATOR_PROJECT_REF   | shop      | 'TRIGGER_EMULATOR_PROJECT_REF' must begin with proj_, followed by letters and digits
					TRIGGER_EMULATOR_TASKS_FILE    | none.json | 'TRIGGER_EMULATOR_TASKS_FILE' must name a file, and there is no 'none.json'
					TRIGGER_EMULATOR_ADMIN_TOKEN   | short     | 'TRIGGER_EMULATOR_ADMIN_TOKEN' must have at least 8 characters
					TRIGGER_EMULATOR_REQUEST_LOG   | yes       | 'TRIGGER_EMULATOR_REQUEST_LOG' must be true or false, not 'yes'
					""")
	void mistakeIsNamed(String variable, String value, String message) {
		assertThatIllegalArgumentException().isThrownBy(() -> TriggerEmulatorServer.start(Map.of(variable, value)))
			.withMessageStartingWith(message);
	}

	@Test
	void wrongArgumentIsNamed() {
		assertThatIllegalArgumentException().isThrownBy(() -> TriggerEmulatorServer.start(Map.of(), "--prot=1"))
			.withMessage("there is no argument '--prot'. --help lists all");
		assertThatIllegalArgumentException().isThrownBy(() -> TriggerEmulatorServer.start(Map.of(), "--port"))
			.withMessageStartingWith("'--port' needs a value.");
	}

	@Test
	void variablesOfServiceLinksAreNoMistake() {
		TriggerEmulatorServer.start(Map.of("PORT", "0", "TRIGGER_EMULATOR_SERVICE_HOST", "10.0.0.1",
				"TRIGGER_EMULATOR_PORT", "tcp://10.0.0.1:8030"))
			.close();
	}

	@Test
	void helpNamesEverySetting() {
		assertThat(ServerSettings.read(Map.of(), "--help").mode()).isEqualTo(ServerSettings.Mode.HELP);
		assertThat(ServerSettings.help()).contains("--port", "TRIGGER_EMULATOR_TASKS_FILE", "--request-log",
				"--self-test", "--unpack", "/healthcheck");
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

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

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The official TypeScript client believes the emulator. It needs Node.js with npm, and is
 * left out where there is none, unless {@code TRIGGER_SDK_REQUIRED} is set.
 */
class OfficialClientTests {

	private static final String CLIENT = "@trigger.dev/sdk@4.8.3";

	private static final Map<String, JsonNode> calls = new LinkedHashMap<>();

	private static TriggerEmulator emulator;

	@BeforeAll
	static void drive() throws Exception {
		NodePackage client = NodePackage.install(CLIENT, "sdk");
		emulator = TriggerEmulator.builder()
			.realtimeHold(Duration.ofSeconds(2))
			.start()
			.task("echo", JsonNode.class, (payload) -> payload)
			.task("live", JsonNode.class, OfficialClientTests::live)
			.scheduledTask("nightly")
			.prompt("greeting", "Hello {{name}}");
		String output = client.run(client.home(),
				Map.of("TRIGGER_API_URL", emulator.apiUrl(), "TRIGGER_SECRET_KEY", emulator.secretKey("prod"),
						"PERSONAL_ACCESS_TOKEN", emulator.personalAccessToken(), "PROJECT_REF", emulator.projectRef()),
				"node", NodePackage.script("/sdk/drive.mjs"), client.home().toString());
		JsonMapper json = JsonMapper.shared();
		output.lines().filter((line) -> line.startsWith("{\"name\"")).map(json::readTree).forEach((call) -> {
			calls.put(call.path("name").asString(), call);
		});
		System.out.println("official client: " + calls.size() + " calls, "
				+ calls.values().stream().filter((call) -> call.path("ok").asBoolean()).count() + " passed");
	}

	private static Object live(JsonNode payload, TaskContext context) throws InterruptedException {
		context.stream("out").pipe(List.of("one", Map.of("two", 2), 3));
		context.metadata().set("step", "waits");
		return context.input("approval").next(JsonNode.class);
	}

	@AfterAll
	static void stop() {
		if (emulator != null) {
			emulator.close();
		}
	}

	@Test
	void everyCallSucceeds() {
		assertThat(calls).hasSize(57);
		assertThat(calls.values()).filteredOn((call) -> !call.path("ok").asBoolean()).isEmpty();
	}

	@Test
	void runIsFollowedToItsOutput() {
		JsonNode run = result("runs.poll");
		assertThat(run.path("status").asString()).isEqualTo("COMPLETED");
		assertThat(run.path("output").path("hello").asString()).isEqualTo("world");
		assertThat(result("tasks.trigger (cached)").path("id")).isEqualTo(result("tasks.trigger").path("id"));
		assertThat(result("runs.list").size()).isEqualTo(1);
		assertThat(result("runs.retrieve (public token)").path("id")).isEqualTo(run.path("id"));
	}

	@Test
	void runIsFollowedWhileItHappens() {
		JsonNode seen = result("runs.subscribeToRun");
		assertThat(seen.path(seen.size() - 1).path("status").asString()).isEqualTo("COMPLETED");
		assertThat(seen.path(seen.size() - 1).path("output").path("approved").asBoolean()).isTrue();
		assertThat(result("runs.subscribeToRunsWithTag").path("tags").path(0).asString()).isEqualTo("live");
		assertThat(result("runs.subscribeToBatch").toString()).isEqualTo("[{\"approved\":false},{\"approved\":false}]");
	}

	@Test
	void streamsAreReadFromBothEnds() {
		String parts = "[\"one\",{\"two\":2},3]";
		assertThat(result("runs.subscribeToRun (with streams)").path("out").toString()).isEqualTo(parts);
		assertThat(result("streams.read").toString()).isEqualTo(parts);
		assertThat(result("runs.fetchStream").toString()).isEqualTo(parts);
		assertThat(result("sessions.open().out.read").toString()).contains("hello");
	}

	@Test
	void whatIsWrittenIsRead() {
		assertThat(result("envvars.retrieve").path("value").asString()).isEqualTo("3");
		assertThat(result("envvars.list").size()).isEqualTo(2);
		assertThat(result("envvars.list (personal access token)").size()).isEqualTo(1);
		assertThat(result("schedules.update").path("generator").path("expression").asString()).isEqualTo("0 4 * * *");
		assertThat(result("queues.pause").path("paused").asBoolean()).isTrue();
		assertThat(result("wait.retrieveToken").path("output").path("approved").asBoolean()).isTrue();
		assertThat(result("wait.listTokens").size()).isEqualTo(1);
		assertThat(result("query.execute").path("results").size()).isEqualTo(2);
	}

	private static JsonNode result(String call) {
		return calls.get(call).path("result");
	}

}

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
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The official TypeScript client believes the emulator: whatever it can ask a server for
 * returns what a server returns, which the scripts check. It needs Node.js with npm, and
 * is left out where there is none, unless {@code TRIGGER_SDK_REQUIRED} is set.
 */
class OfficialClientTests {

	private static final String CLIENT = "@trigger.dev/sdk@4.8.3";

	private static List<JsonNode> calls = List.of();

	private static JsonNode surface;

	private static TriggerEmulator emulator;

	@BeforeAll
	static void drive() throws Exception {
		NodePackage client = NodePackage.install(CLIENT, "sdk");
		emulator = TriggerEmulator.builder()
			.realtimeHold(Duration.ofSeconds(2))
			.start()
			.previewBranch("feature")
			.queue("orders", 4)
			.concurrencyLimit("per-tenant", 5)
			.task("echo", JsonNode.class, (payload) -> payload)
			.task("fails", JsonNode.class, OfficialClientTests::fail)
			.task("parent", JsonNode.class,
					(payload, context) -> context.triggerAndWait("echo", payload, JsonNode.class))
			.task("live", JsonNode.class, OfficialClientTests::live)
			.undeployedTask("unborn")
			.scheduledTask("nightly")
			.prompt("greeting", "Hello {{name}}")
			.webhookEndpoint("payments", "stripe");
		emulator.webhookDelivery("prod", "payments", Map.of("amount", 5));
		String output = client.run(client.home(), variables(), "node", NodePackage.script("/sdk/drive.mjs"),
				client.home().toString());
		List<JsonNode> lines = output.lines()
			.filter((line) -> line.startsWith("{\""))
			.map(JsonMapper.shared()::readTree)
			.toList();
		calls = lines.stream().filter((line) -> line.has("name")).toList();
		surface = lines.get(lines.size() - 1).path("surface");
		System.out.println("official client: " + calls.size() + " calls, "
				+ calls.stream().filter((call) -> call.path("ok").asBoolean()).count() + " passed");
	}

	private static Map<String, String> variables() {
		Map<String, String> variables = new HashMap<>();
		variables.put("TRIGGER_API_URL", emulator.apiUrl());
		variables.put("TRIGGER_SECRET_KEY", emulator.secretKey("prod"));
		variables.put("ADDITIONAL_KEY", emulator.additionalKey("prod"));
		variables.put("PREVIEW_KEY", emulator.secretKey("preview"));
		variables.put("PERSONAL_ACCESS_TOKEN", emulator.personalAccessToken());
		variables.put("PROJECT_REF", emulator.projectRef());
		return variables;
	}

	private static Object fail(JsonNode payload) {
		throw new IllegalStateException("boom");
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
	void everyCallReturnsWhatServersReturn() {
		assertThat(calls).hasSizeGreaterThan(250).allSatisfy((call) -> {
			String reason = call.path("name").asString() + ": " + call.path("error").asString("");
			assertThat(call.path("ok").asBoolean()).as(reason).isTrue();
		});
	}

	/**
	 * The functions that are left out, with the reasons, are in {@code surface.mjs}.
	 */
	@Test
	void everyFunctionIsCalledOrLeftOutForReason() {
		assertThat(surface.path("functions").asInt()).as("functions that the client has").isGreaterThan(400);
		assertThat(surface.path("missing")).as("neither called nor left out").isEmpty();
		assertThat(surface.path("needless")).as("left out, but called").isEmpty();
		assertThat(surface.path("stale")).as("left out, but not there").isEmpty();
	}

}

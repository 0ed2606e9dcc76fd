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
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.trigger.emulator.TestClient.Reply;
import dev.trigger.emulator.http.Json;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Sends bodies with one wrong member each, and compares what is said about it with what
 * the schemas of a server say. The file {@code hostile-bodies.json} has for each
 * operation a body that is right, and rows: where something is put into that body, what,
 * and the error or the issues that come of it.
 */
class HostileBodiesTests {

	private static final List<Object> VALUES = List.of(0, 1.5, -1, 1e300, "", "text", true, Map.of(), List.of(),
			List.of(1), Map.of("a", 1), "x".repeat(3000), "\u0000", "9".repeat(40));

	private final TriggerEmulator emulator = TriggerEmulator.builder()
		.previewBranches("feature-two")
		.rateLimit(1_000_000, 1_000_000, Duration.ofSeconds(1))
		.start();

	private final JsonNode file = read();

	private final Map<String, String> variables = new LinkedHashMap<>();

	@BeforeEach
	void prepare() {
		this.emulator.scheduledTask("nightly");
		TestClient client = TestClient.of(this.emulator, "prod");
		this.variables.put("project", this.emulator.projectRef());
		this.variables.put("org", token().get("/api/v1/orgs").json().path(0).path("slug").asString());
		this.variables.put("run", id(client.post("/api/v1/tasks/hello/trigger", "{\"options\":{\"delay\":\"1h\"}}")));
		this.variables.put("batch", id(client.post("/api/v3/batches", "{\"runCount\":2}")));
		this.variables.put("token", id(client.post("/api/v1/waitpoints/tokens", "{}")));
		this.variables.put("schedule", id(client.post("/api/v1/schedules",
				"{\"task\":\"nightly\",\"cron\":\"0 0 * * *\",\"deduplicationKey\":\"k\"}")));
		this.variables.put("queue", client.get("/api/v1/queues").json().path("data").path(0).path("id").asString());
		this.variables.put("session", id(client.post("/api/v1/sessions",
				"{\"type\":\"chat\",\"taskIdentifier\":\"hello\",\"triggerConfig\":{\"basePayload\":{}}}")));
		client.post("/api/v1/projects/" + this.emulator.projectRef() + "/envvars/prod",
				"{\"name\":\"NAME\",\"value\":\"value\"}");
		this.emulator.prompt("greeting", "Hello");
		client.post("/api/v1/prompts/greeting/override", "{\"textContent\":\"Hi\"}");
	}

	@AfterEach
	void close() {
		this.emulator.close();
	}

	@Test
	void areRefusedInTheWordsOfTheServer() {
		List<String> differences = new ArrayList<>();
		for (JsonNode row : this.file.path("rows")) {
			String operation = row.path("operation").asString();
			Reply reply = send(operation, row.path("at"), row.get("value"));
			int status = row.path("status").asInt(400);
			JsonNode error = reply.text().startsWith("{") ? reply.json() : Json.tree(reply.text());
			boolean same = reply.status() == status && (row.has("error") ? row.get("error").equals(error.get("error"))
					: row.get("issues").equals(error.get("issues")));
			if (!same) {
				differences.add(row + "\n    but was " + reply);
			}
		}
		assertThat(differences).isEmpty();
	}

	@Test
	void breakNothing() {
		List<String> broken = new ArrayList<>();
		this.file.path("operations").properties().forEach((operation) -> {
			List<JsonNode> places = new ArrayList<>();
			collect(operation.getValue().path("places"), places);
			for (JsonNode place : places) {
				for (Object value : VALUES) {
					Reply reply = send(operation.getKey(), place, Json.tree(value));
					if (reply.header("x-emulator-failure") != null) {
						broken.add(operation.getKey() + " " + place + " = " + Json.string(value) + ": "
								+ reply.header("x-emulator-failure"));
					}
				}
			}
		});
		assertThat(broken).isEmpty();
	}

	private static void collect(JsonNode places, List<JsonNode> all) {
		places.forEach(all::add);
	}

	private Reply send(String operation, JsonNode place, JsonNode value) {
		JsonNode route = this.file.path("operations").path(operation);
		JsonNode body = put(route.path("body"), place, 0, resolve(value));
		String path = route.path("path").asString();
		for (Map.Entry<String, String> variable : this.variables.entrySet()) {
			path = path.replace("{" + variable.getKey() + "}", variable.getValue());
		}
		TestClient client = path.contains("/projects") ? token() : TestClient.of(this.emulator, "prod");
		return client.header("content-type", route.path("type").asString("application/json"))
			.send(route.path("method").asString("POST"), path, Json.string(body));
	}

	private TestClient token() {
		return new TestClient(this.emulator.apiUrl()).token(this.emulator.personalAccessToken());
	}

	private static JsonNode resolve(JsonNode value) {
		if (value != null && value.has("$repeat")) {
			return Json.tree(value.path("$repeat").path(0).asString().repeat(value.path("$repeat").path(1).asInt()));
		}
		return value;
	}

	/**
	 * Put a value into a copy of a body, with what is missing on the way; {@code null}
	 * removes the member.
	 */
	private static JsonNode put(JsonNode body, JsonNode place, int depth, JsonNode value) {
		if (depth == place.size()) {
			return value;
		}
		JsonNode step = place.get(depth);
		if (step.isNumber()) {
			ArrayNode list = (body instanceof ArrayNode given) ? given.deepCopy() : Json.mapper().createArrayNode();
			JsonNode element = put(list.path(step.asInt()), place, depth + 1, value);
			if (element == null) {
				list.removeAll();
			}
			else if (list.isEmpty()) {
				list.add(element);
			}
			else {
				list.set(0, element);
			}
			return list;
		}
		ObjectNode object = (body instanceof ObjectNode given) ? given.deepCopy() : Json.object();
		JsonNode member = put(object.path(step.asString()), place, depth + 1, value);
		if (member == null) {
			object.remove(step.asString());
		}
		else {
			object.set(step.asString(), member);
		}
		return object;
	}

	private static String id(Reply reply) {
		assertThat(reply.status()).as("%s", reply).isLessThan(300);
		return reply.json().path("id").asString();
	}

	private static JsonNode read() {
		String other = System.getProperty("trigger.hostile.bodies", "");
		try {
			if (!other.isEmpty()) {
				return Json.mapper().readTree(Files.readString(Path.of(other)));
			}
			try (InputStream stream = HostileBodiesTests.class.getResourceAsStream("hostile-bodies.json")) {
				return Json.mapper().readTree(stream);
			}
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

}

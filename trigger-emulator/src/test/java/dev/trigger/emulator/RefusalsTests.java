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
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import dev.trigger.emulator.TestClient.Reply;
import dev.trigger.emulator.http.Json;
import dev.trigger.emulator.http.JsonBody;
import dev.trigger.emulator.state.Environment;
import dev.trigger.emulator.state.Tokens;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the routes say to requests that are wrong in more than their body: in which order
 * they look, and with which status and text they refuse. The file {@code refusals.json}
 * has a row for each.
 */
class RefusalsTests {

	private static TriggerEmulator emulator;

	private static final Map<String, String> VARIABLES = new LinkedHashMap<>();

	@BeforeAll
	static void start() {
		emulator = TriggerEmulator.builder().rateLimit(100_000, 100_000, Duration.ofSeconds(1)).start();
		TestClient client = TestClient.of(emulator, "prod");
		VARIABLES.put("{project}", emulator.projectRef());
		String run = id(client.post("/api/v1/tasks/hello/trigger", "{\"options\":{\"delay\":\"1h\"}}"));
		VARIABLES.put("{run}", run);
		VARIABLES.put("{other}", id(client.post("/api/v1/tasks/hello/trigger", "{\"options\":{\"delay\":\"1h\"}}")));
		VARIABLES.put("{batch}", id(client.post("/api/v3/batches", "{\"runCount\":2}")));
		VARIABLES.put("{token}", id(client.post("/api/v1/waitpoints/tokens", "{}")));
	}

	@AfterAll
	static void stop() {
		emulator.close();
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("rows")
	void areThoseOfTheServer(JsonNode row) {
		Reply reply = send(row);
		assertThat(reply.status()).as("%s", reply).isEqualTo(row.path("status").asInt());
		JsonNode expected = row.path("body");
		JsonNode actual = reply.text().startsWith("{") ? reply.json() : Json.tree(reply.text());
		if (expected.isObject()) {
			expected.properties()
				.forEach((member) -> assertThat(actual.get(member.getKey())).as("%s", reply)
					.isEqualTo(member.getValue().isNull() ? null : member.getValue()));
		}
		else if (expected.isString()) {
			assertThat(reply.text()).isEqualTo(expected.asString());
		}
		row.path("headers-after")
			.properties()
			.forEach((header) -> assertThat(reply.header(header.getKey())).as(header.getKey())
				.isEqualTo(header.getValue().isNull() ? null : header.getValue().asString()));
	}

	private static Reply send(JsonNode row) {
		TestClient client = new TestClient(emulator.apiUrl());
		String token = credential(row.path("as"));
		if (!token.isEmpty()) {
			client = client.token(token);
		}
		String content = row.path("type").asString("application/json");
		if (row.has("send")) {
			client = client.header("content-type", content);
		}
		for (Map.Entry<String, JsonNode> header : row.path("headers").properties()) {
			client = client.header(header.getKey(), resolve(header.getValue()).asString());
		}
		String body = null;
		if (row.has("send")) {
			JsonNode send = resolve(row.get("send"));
			body = replace(send.isString() ? send.asString() : Json.string(send));
		}
		return client.send(row.path("method").asString("GET"), replace(row.path("path").asString()), body);
	}

	private static String credential(JsonNode as) {
		if (as.isArray()) {
			List<String> scopes = new ArrayList<>();
			as.forEach((scope) -> scopes.add(replace(scope.asString())));
			return token(scopes);
		}
		return switch (as.asString("prod")) {
			case "nobody" -> "";
			case "user" -> emulator.personalAccessToken();
			case "stranger" ->
				Tokens.sign(JsonBody.of("sub", "cm000").with("pub", true).with("scopes", List.of("admin")), "key",
						emulator.now(), Duration.ofHours(1));
			case "forger" -> {
				String token = token(List.of("admin"));
				yield token.substring(0, token.length() - 4) + "AAAA";
			}
			default -> emulator.secretKey("prod");
		};
	}

	private static String token(List<String> scopes) {
		Environment environment = Objects
			.requireNonNull(emulator.state().accounts().keys().environment(emulator.secretKey("prod")));
		return Tokens.sign(JsonBody.of("sub", environment.id()).with("pub", true).with("scopes", scopes),
				environment.apiKey(), emulator.now(), Duration.ofHours(1));
	}

	private static JsonNode resolve(JsonNode value) {
		return value.has("$repeat")
				? Json.tree(value.path("$repeat").path(0).asString().repeat(value.path("$repeat").path(1).asInt()))
				: value;
	}

	private static String replace(String text) {
		String replaced = text;
		for (Map.Entry<String, String> variable : VARIABLES.entrySet()) {
			replaced = replaced.replace(variable.getKey(), variable.getValue());
		}
		return replaced;
	}

	private static String id(Reply reply) {
		assertThat(reply.status()).as("%s", reply).isLessThan(300);
		return reply.json().path("id").asString();
	}

	static List<JsonNode> rows() {
		try (InputStream stream = RefusalsTests.class.getResourceAsStream("refusals.json")) {
			List<JsonNode> rows = new ArrayList<>();
			Json.mapper().readTree(stream).forEach(rows::add);
			return rows;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}

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
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.trigger.emulator.TestClient.Reply;
import dev.trigger.emulator.http.Json;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Walks through stories of requests: each of the files {@code route-rules.json} and
 * {@code realtime-rules.json} is a list of requests with what the route of a server
 * responds, in which order it looks at what is wrong with them, and what they change.
 * {@code "*"} in a response stands for any value, and {@code "*end"} for any text with
 * that end; in a {@code text} it stands for any text, and a header that begins with
 * {@code "~"} is a pattern. {@code with} has headers of a request; a member of
 * {@code keep} names a value for the paths and bodies that follow.
 */
class RouteRulesTests {

	@ParameterizedTest(name = "{0}")
	@MethodSource("stories")
	void areThoseOfTheServer(JsonNode story) {
		try (TriggerEmulator emulator = TriggerEmulator.builder()
			.previewBranches("one", "two")
			.realtimeHold(Duration.ofMillis(400))
			.rateLimit(1_000_000, 1_000_000, Duration.ofSeconds(1))
			.start()) {
			emulator.scheduledTask("nightly");
			emulator.scheduledTask("weekly");
			emulator.prompt("greeting", "Hello {{name}}");
			Map<String, String> names = new LinkedHashMap<>();
			names.put("project", emulator.projectRef());
			names.put("secret-prod", emulator.secretKey("prod"));
			List<String> wrong = new ArrayList<>();
			for (JsonNode row : story) {
				Reply reply = send(emulator, row, names);
				List<String> differences = differences(row, reply, names);
				if (!differences.isEmpty()) {
					wrong.add(row + "\n    but was " + reply + "\n    " + String.join("\n    ", differences));
				}
				row.path("keep")
					.properties()
					.forEach(
							(name) -> names.put(name.getKey(), reply.json().at(name.getValue().asString()).asString()));
			}
			assertThat(wrong).as(wrong.size() + " of " + story.size() + " differ").isEmpty();
		}
	}

	private static List<String> differences(JsonNode row, Reply reply, Map<String, String> names) {
		List<String> differences = new ArrayList<>();
		int status = row.path("status").asInt(200);
		if (reply.status() != status) {
			differences.add("status " + reply.status() + " is not " + status);
		}
		JsonNode body = row.has("response") ? Json.parse(reply.text()) : null;
		if (row.has("response") && (body == null || !matches(resolve(row.get("response"), names), body))) {
			differences.add("body");
		}
		if (row.has("text") && !pattern(replace(row.path("text").asString(), names)).matcher(reply.text()).matches()) {
			differences.add("text");
		}
		row.path("headers").properties().forEach((header) -> {
			String expected = replace(header.getValue().asString(), names);
			String actual = String.valueOf(reply.header(header.getKey()));
			if (expected.startsWith("~") ? !actual.matches(expected.substring(1)) : !actual.equals(expected)) {
				differences.add(header.getKey() + " is " + actual);
			}
		});
		return differences;
	}

	/**
	 * Return the pattern of a text in which stars stand for any text.
	 */
	private static Pattern pattern(String text) {
		return Pattern.compile(Stream.of(text.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*?")),
				Pattern.DOTALL);
	}

	private static Reply send(TriggerEmulator emulator, JsonNode row, Map<String, String> names) {
		String credential = row.path("as").asString("prod");
		TestClient client = switch (credential) {
			case "nobody" -> new TestClient(emulator.apiUrl());
			case "pat" -> new TestClient(emulator.apiUrl()).token(emulator.personalAccessToken());
			case "dev", "staging", "prod", "preview" -> TestClient.of(emulator, credential);
			default -> new TestClient(emulator.apiUrl()).token(replace(credential, names));
		};
		if (row.has("branch")) {
			client = client.header("x-trigger-branch", row.path("branch").asString());
		}
		for (Map.Entry<String, JsonNode> header : row.path("with").properties()) {
			client = client.header(header.getKey(), header.getValue().asString());
		}
		String path = replace(row.path("path").asString(), names);
		JsonNode body = row.get("body");
		String text = (body == null) ? null : body.isString() ? body.asString() : replace(Json.string(body), names);
		if (!row.path("with").has("content-type")) {
			client = client.header("content-type", "application/json");
		}
		return client.send(row.path("method").asString("GET"), path, text);
	}

	private static JsonNode resolve(JsonNode response, Map<String, String> names) {
		return Json.mapper().readTree(replace(Json.string(response), names));
	}

	private static String replace(String text, Map<String, String> names) {
		String result = text;
		for (Map.Entry<String, String> name : names.entrySet()) {
			result = result.replace("<" + name.getKey() + ">", name.getValue());
		}
		return result;
	}

	/**
	 * Compare a response with a pattern, in which {@code "..."} as the last member or
	 * element allows more.
	 */
	private static boolean matches(JsonNode pattern, JsonNode actual) {
		if (pattern.isString() && pattern.asString().equals("*")) {
			return true;
		}
		if (pattern.isString() && pattern.asString().startsWith("*")) {
			return actual.isString() && actual.asString().endsWith(pattern.asString().substring(1));
		}
		if (pattern.isObject() && actual.isObject()) {
			boolean open = pattern.has("...");
			return (open || pattern.size() == actual.size()) && pattern.properties()
				.stream()
				.filter((member) -> !member.getKey().equals("..."))
				.allMatch((member) -> actual.has(member.getKey())
						&& matches(member.getValue(), actual.get(member.getKey())));
		}
		if (pattern.isArray() && actual.isArray() && pattern.size() == actual.size()) {
			for (int i = 0; i < pattern.size(); i++) {
				if (!matches(pattern.get(i), actual.get(i))) {
					return false;
				}
			}
			return true;
		}
		return pattern.equals(actual);
	}

	static Stream<Named<JsonNode>> stories() {
		return Stream.of("route-rules.json", "realtime-rules.json")
			.flatMap((file) -> read(file).properties().stream())
			.map((story) -> Named.of(story.getKey(), story.getValue()));
	}

	private static JsonNode read(String file) {
		try (InputStream stream = RouteRulesTests.class.getResourceAsStream(file)) {
			return Json.mapper().readTree(stream);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}

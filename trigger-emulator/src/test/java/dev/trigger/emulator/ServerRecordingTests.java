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

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import dev.trigger.emulator.TestClient.Reply;
import dev.trigger.emulator.http.Json;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Sends what was once sent to a real server: errors must be the same, word by word, and
 * successes must have at least the members that the real response had, of the same types.
 */
class ServerRecordingTests {

	/**
	 * Members whose content belongs to the user.
	 */
	private static final Set<String> FREE = Set.of("payload", "output", "metadata", "variables", "error", "git",
			"claims");

	/**
	 * What cannot be set up, and why.
	 */
	private static final Map<String, String> LEFT_OUT = Map.of("trigger/payload-600kb-no-object-store",
			"the emulator always has an object store", "realtime", "the emulator has no streams of changes");

	private RecordedWorld state;

	@BeforeEach
	void start() {
		this.state = new RecordedWorld();
	}

	@AfterEach
	void stop() {
		this.state.close();
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("recordings")
	void respondsAsTheRealServer(Recording recording) {
		RecordingSetup setup = new RecordingSetup(this.state, recording);
		setup.prepare();
		TestClient client = setup.client();
		for (Map.Entry<String, String> header : recording.headers().entrySet()) {
			client = client.header(header.getKey(), header.getValue());
		}
		Reply reply = client.send(recording.method(), setup.path() + TestClient.query(setup.query()), setup.body());
		assertThat(reply.status()).as("%s: %s %s", recording, reply, reply.header("x-emulator-failure"))
			.isEqualTo(recording.status());
		compareHeaders(recording, reply);
		compareBodies(recording, setup, reply);
	}

	static Stream<Recording> recordings() {
		return Recording.all()
			.filter((recording) -> !LEFT_OUT.containsKey(recording.name()))
			.filter((recording) -> !LEFT_OUT.containsKey(recording.name().split("/")[0]));
	}

	private static void compareHeaders(Recording recording, Reply reply) {
		if (recording.name().equals("batches/v3-items-404")) {
			// of the recordings of this route, which is not rate limited, this one alone
			// has the headers
			return;
		}
		for (String name : List.of("content-type", "location", "x-should-retry", "access-control-expose-headers",
				"access-control-allow-origin", "access-control-allow-methods")) {
			assertThat(reply.header(name)).as("%s: %s", recording, name).isEqualTo(recording.responseHeader(name));
		}
		for (String name : List.of("x-ratelimit-limit", "x-ratelimit-remaining", "x-ratelimit-reset",
				"x-trigger-jwt")) {
			assertThat(reply.header(name) != null).as("%s: has %s", recording, name)
				.isEqualTo(recording.responseHeader(name) != null);
		}
		String claims = recording.responseHeader("x-trigger-jwt-claims");
		if (claims != null) {
			JsonNode actual = Json.parse(String.valueOf(reply.header("x-trigger-jwt-claims")));
			assertThat(actual.propertyNames()).as("%s: x-trigger-jwt-claims", recording)
				.containsExactlyElementsOf(Json.parse(claims).propertyNames());
		}
	}

	private static void compareBodies(Recording recording, RecordingSetup setup, Reply reply) {
		JsonNode expected = recording.responseBody();
		if (expected == null) {
			if (!"text/html; charset=utf-8".equals(recording.responseHeader("content-type"))) {
				assertThat(reply.text()).isEqualTo((recording.responseText() != null) ? recording.responseText() : "");
			}
			return;
		}
		if (recording.status() >= 400 && recording.status() != 429) {
			assertThat(reply.text()).as("%s", recording).isEqualTo(setup.replaceIds(expected.toString()));
			return;
		}
		List<String> differences = new ArrayList<>();
		compare("", expected, reply.json(), differences);
		assertThat(differences).as("%s: %s", recording, reply).isEmpty();
	}

	private static void compare(String path, JsonNode expected, @Nullable JsonNode actual, List<String> differences) {
		if (actual == null) {
			differences.add(path + " is missing");
			return;
		}
		if (expected.isNull() || FREE.contains(path.substring(path.lastIndexOf('.') + 1))) {
			return;
		}
		if (expected.getNodeType() != actual.getNodeType()) {
			differences.add(path + " is " + actual.getNodeType() + " but was " + expected.getNodeType());
			return;
		}
		if (expected.isObject()) {
			for (Map.Entry<String, JsonNode> member : expected.properties()) {
				compare(path + "." + member.getKey(), member.getValue(), actual.get(member.getKey()), differences);
			}
		}
		if (expected.isArray() && !expected.isEmpty()) {
			compareFirst(path + "[]", expected.get(0), actual, differences);
		}
	}

	/**
	 * Some element must be like the first one recorded.
	 */
	private static void compareFirst(String path, JsonNode expected, JsonNode actual, List<String> differences) {
		List<String> closest = List.of(path + " is empty");
		for (JsonNode element : actual) {
			List<String> found = new ArrayList<>();
			compare(path, expected, element, found);
			if (found.isEmpty()) {
				return;
			}
			closest = found;
		}
		differences.addAll(closest);
	}

}

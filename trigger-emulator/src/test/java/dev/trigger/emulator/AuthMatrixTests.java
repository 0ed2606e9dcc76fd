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

import dev.trigger.emulator.TestClient.Reply;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a real server said to each kind of credential, endpoint by endpoint.
 */
class AuthMatrixTests {

	private static RecordedServer state;

	@BeforeAll
	static void start() {
		state = new RecordedServer();
	}

	@AfterAll
	static void stop() {
		state.close();
	}

	@ParameterizedTest(name = "{0} with {1}")
	@MethodSource("rows")
	void respondsAsTheRealServer(String endpoint, String credential, JsonNode row, JsonNode expected) {
		String path = row.path("path").asString().replaceFirst("run_cm\\w+", state.publicRun().id());
		Reply reply = state.client(credential)
			.send(row.path("method").asString(), path, body(row.path("operation").asString()));
		assertThat(reply.status()).as("%s with %s: %s", endpoint, credential, reply)
			.isEqualTo(expected.path("status").asInt());
		if (expected.has("error")) {
			assertThat(reply.error()).as("%s with %s", endpoint, credential)
				.isEqualTo(expected.path("error").asString());
		}
	}

	static List<Arguments> rows() {
		List<Arguments> rows = new ArrayList<>();
		for (JsonNode endpoint : Recording.read("auth-matrix.json").path("endpoints")) {
			for (Map.Entry<String, JsonNode> result : endpoint.path("results").properties()) {
				rows.add(Arguments.of(endpoint.path("name").asString(), result.getKey(), endpoint, result.getValue()));
			}
		}
		return rows;
	}

	private static String body(String operation) {
		return switch (operation) {
			case "tasks.trigger" -> "{\"payload\":{}}";
			case "wait.createToken" -> "{\"timeout\":\"1h\"}";
			case "query.execute" -> "{\"query\":\"SELECT run_id, status FROM runs LIMIT 2\"}";
			case "auth.jwtClaims" -> "{}";
			default -> null;
		};
	}

}

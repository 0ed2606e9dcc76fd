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

package dev.trigger.emulator.api;

import java.io.IOException;
import java.io.InputStream;
import java.util.stream.Stream;

import dev.trigger.emulator.http.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/**
 * What servers say of a text that is no JSON. The file {@code json-faults.json} has texts
 * with what Node.js 20 says; newer ones add the line and the column.
 */
class JsonFaultTests {

	@ParameterizedTest
	@MethodSource("texts")
	void isThatOfNode(String text, String message) {
		assertThat(JsonFault.explain(text).replaceFirst(" \\(line \\d+ column \\d+\\)$", "")).isEqualTo(message);
	}

	@Test
	void positionHasLineAndColumn() {
		assertThat(JsonFault.explain("{")).endsWith(" in JSON at position 1 (line 1 column 2)");
		assertThat(JsonFault.explain("{\n  \"a\": 1,\r\n  b")).endsWith(" in JSON at position 15 (line 3 column 3)");
	}

	@Test
	void depthHasNoLimit() {
		assertThat(JsonFault.explain("[".repeat(1_000_000) + "x")).startsWith("Unexpected token 'x'");
	}

	static Stream<Arguments> texts() throws IOException {
		try (InputStream stream = JsonFaultTests.class.getResourceAsStream("json-faults.json")) {
			JsonNode rows = Json.mapper().readTree(stream);
			return rows.valueStream().map((row) -> arguments(row.path(0).asString(), row.path(1).asString()));
		}
	}

}

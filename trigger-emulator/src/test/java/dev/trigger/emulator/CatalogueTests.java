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

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import dev.trigger.emulator.api.EmulatedApi;
import dev.trigger.emulator.api.RateLimit;
import dev.trigger.emulator.http.ServerRequest;
import dev.trigger.emulator.state.EmulatorState;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The emulator serves the catalogue of endpoints, under the same names.
 */
class CatalogueTests {

	@Test
	void everyEndpointIsServedUnderItsName() {
		try (EmulatorState state = new EmulatorState(Clock.systemUTC(), 1)) {
			EmulatedApi api = new EmulatedApi(state, RateLimit.DEFAULT, Duration.ofSeconds(20));
			List<String> wrong = Recording.read("endpoints.json")
				.valueStream()
				.filter((row) -> !row.path("operation").asString().equals(operation(api, row)))
				.map((row) -> row.path("operation").asString() + " is " + operation(api, row))
				.toList();
			assertThat(wrong).isEmpty();
		}
	}

	private static String operation(EmulatedApi api, JsonNode row) {
		String path = row.path("path").asString().replace("{io}", "out").replaceAll("[{}]", "");
		return api.operation(new ServerRequest(row.path("method").asString(), path, Map.of(), new byte[0]));
	}

}

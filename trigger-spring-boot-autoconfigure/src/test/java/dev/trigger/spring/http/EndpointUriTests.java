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

package dev.trigger.spring.http;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

import dev.trigger.spring.endpoint.TriggerEndpoint;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for {@link EndpointUri}.
 */
class EndpointUriTests {

	private static final String BASE = "https://api.example.com/prefix";

	@ParameterizedTest
	@ValueSource(strings = { "run_1", "a/b", "a?b#c", "%2e%2e", "../../etc", "//host", "a b+c&d=e", "é☃🚀", "...",
			"a;b", "[x]{y}", "\\" })
	void variableIsOneSegmentThatDecodesToItself(String id) {
		URI uri = EndpointUri.of(BASE, TriggerEndpoint.RUNS_CANCEL, List.of(id), List.of());
		String[] segments = uri.getRawPath().split("/", -1);
		assertThat(segments).hasSize(7);
		assertThat(segments[5]).satisfies((segment) -> assertThat(decode(segment)).isEqualTo(id));
		assertThat(uri.getRawQuery()).isNull();
		assertThat(uri.getHost()).isEqualTo("api.example.com");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " ", ".", "..", "a\r\nb", "a\u0000", "\ud800", "x\udc00y" })
	void variableThatCannotBeOneSegmentIsRefusedByName(String id) {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> EndpointUri.of(BASE, TriggerEndpoint.RUNS_CANCEL, List.of(id), List.of()))
			.withMessageContaining("'runId'");
	}

	@Test
	void variableOfMegabyteIsRefused() {
		assertThatIllegalArgumentException().isThrownBy(
				() -> EndpointUri.of(BASE, TriggerEndpoint.RUNS_CANCEL, List.of("x".repeat(1_000_000)), List.of()));
	}

	@Test
	void queryIsEncodedByNameAndValue() {
		URI uri = EndpointUri.of(BASE, TriggerEndpoint.RUNS_LIST, List.of(),
				List.of(Map.entry("page[size]", "10"), Map.entry("filter[tag]", "a b&c=d,é")));
		assertThat(uri.getRawQuery()).isEqualTo("page%5Bsize%5D=10&filter%5Btag%5D=a%20b%26c%3Dd%2C%C3%A9");
	}

	private static String decode(String segment) {
		return URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8);
	}

	@Test
	void lettersAndDigitsAreLeftAsTheyAre() {
		assertThat(EndpointUri.of("https://host", TriggerEndpoint.SCHEDULES_RETRIEVE,
				List.of("azAZ09-_.!~*'()/:@[`{\u00e9"), List.of()))
			.hasToString("https://host/api/v1/schedules/azAZ09-_.!~*'()%2F%3A%40%5B%60%7B%C3%A9");
	}

	@Test
	void variablesAreAsManyAsThePathHas() {
		assertThatIllegalStateException()
			.isThrownBy(() -> EndpointUri.of("https://host", TriggerEndpoint.SCHEDULES_RETRIEVE, List.of(), List.of()))
			.withMessage("Variables are missing for schedules.retrieve (GET /api/v1/schedules/{scheduleId})");
		assertThatIllegalStateException().isThrownBy(
				() -> EndpointUri.of("https://host", TriggerEndpoint.SCHEDULES_RETRIEVE, List.of("a", "b"), List.of()))
			.withMessage("There are too many variables for schedules.retrieve (GET /api/v1/schedules/{scheduleId})");
	}

	@Test
	void variableMayHaveFourThousandCharacters() {
		String longest = "x".repeat(4096);
		assertThat(EndpointUri.of("https://host", TriggerEndpoint.SCHEDULES_RETRIEVE, List.of(longest), List.of())
			.getPath()).endsWith(longest);
		assertThatIllegalArgumentException()
			.isThrownBy(() -> EndpointUri.of("https://host", TriggerEndpoint.SCHEDULES_RETRIEVE, List.of(longest + "x"),
					List.of()))
			.withMessage("'scheduleId' must not be longer than 4096 characters");
	}

	@Test
	void secretOfAPathIsMasked() {
		List<String> variables = List.of("waitpoint_1", "0123456789");
		assertThat(EndpointUri.secret(TriggerEndpoint.WAIT_COMPLETE_TOKEN_BY_CALLBACK, variables))
			.isEqualTo("0123456789");
		assertThat(EndpointUri.secret(TriggerEndpoint.SCHEDULES_RETRIEVE, List.of("sched_1"))).isNull();
		assertThat(EndpointUri.maskSecret(variables)).containsExactly("waitpoint_1", "****");
		assertThat(EndpointUri.isSecret("callbackHash")).isTrue();
		assertThat(EndpointUri.isSecret("waitpointId")).isFalse();
	}

}

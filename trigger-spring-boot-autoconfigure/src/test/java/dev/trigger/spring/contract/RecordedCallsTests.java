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

package dev.trigger.spring.contract;

import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.condition.EnabledIf;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Makes calls with many combinations of arguments, and compares the requests on the wire
 * with those of the official client. {@code contract/recorder} records them.
 */
@EnabledIf("isRecorded")
class RecordedCallsTests {

	private static final Tally TALLY = new Tally("official client's requests");

	static boolean isRecorded() {
		return Contract.has("calls");
	}

	@TestFactory
	Stream<DynamicTest> calls() {
		List<JsonNode> areas = Contract.cases("calls");
		assertThat(areas).as("areas").isNotEmpty();
		return areas.stream()
			.flatMap((area) -> Contract.elements(area.path("cases")).stream())
			.map((call) -> WireCase.test(call, TALLY));
	}

	@AfterAll
	static void report() {
		TALLY.report();
		assertThat(TALLY.hasRun()).as("any call was made").isTrue();
	}

}

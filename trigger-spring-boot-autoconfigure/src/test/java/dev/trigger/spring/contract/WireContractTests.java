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
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Makes the calls of the contract, and compares the requests on the wire and the results.
 */
class WireContractTests {

	private static final Tally TALLY = new Tally("wire contract");

	@TestFactory
	Stream<DynamicTest> cases() {
		List<JsonNode> cases = Contract.cases("wire");
		assertThat(cases).as("cases").isNotEmpty();
		return cases.stream().map((wireCase) -> WireCase.test(wireCase, TALLY));
	}

	@AfterAll
	static void report() {
		TALLY.report();
		assertThat(TALLY.hasRun()).as("any case was run").isTrue();
	}

}

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

import dev.trigger.spring.auth.AuthMode;
import dev.trigger.spring.auth.PreviewBranch;
import dev.trigger.spring.auth.TriggerCredential;
import dev.trigger.spring.auth.TriggerCredentials;
import dev.trigger.spring.auth.TriggerEnvironment;
import dev.trigger.spring.contract.ContractExchange.Outcome;
import dev.trigger.spring.endpoint.TriggerEndpoint;
import dev.trigger.spring.exception.PreviewBranchRequiredException;
import dev.trigger.spring.http.CallSettings;
import dev.trigger.spring.http.RetryPolicy;
import dev.trigger.spring.http.TriggerHttp;
import dev.trigger.spring.http.TriggerRequest;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.publisher.Flux;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Sends requests with the settings and variables of the contract, to see which branch
 * they name.
 */
class BranchResolutionVectorTests {

	@ParameterizedTest(name = "{0}", allowZeroInvocations = true)
	@MethodSource
	void branchIsThatOfTheContract(String name, JsonNode row) {
		JsonNode response = Contract.json("{\"status\":200,\"body\":{}}");
		try (ContractExchange exchange = new ContractExchange(List.of(response), false, MissingNode.getInstance())) {
			Outcome outcome = exchange.call((self) -> Flux.from(http(self, row).send(request(name, row))));
			String expected = text(row.path("header"));
			if (outcome.failure() != null) {
				assertThat(outcome.failure()).isInstanceOfAny(PreviewBranchRequiredException.class,
						IllegalArgumentException.class);
				assertThat(exchange.requests()).isEmpty();
				assertThat(expected).isNull();
				return;
			}
			assertThat(exchange.requests()).singleElement()
				.satisfies((request) -> assertThat(request.header("x-trigger-branch")).isEqualTo(expected));
		}
	}

	static Stream<Arguments> branchIsThatOfTheContract() {
		return Contract.vectors("branch-resolution")
			.stream()
			.map((row) -> Arguments.of(row.path("name").asString(), row));
	}

	private static TriggerHttp http(ContractExchange exchange, JsonNode row) {
		TriggerCredential credential = TriggerCredential.of(row.path("credential").asString());
		JsonNode variables = row.path("environment");
		PreviewBranch branch = PreviewBranch.resolve(text(row.path("previewBranch")),
				(variable) -> text(variables.path(variable)));
		CallSettings settings = new CallSettings(TriggerCredentials.of(credential), branch, null,
				RetryPolicy.defaults(), null);
		return TriggerHttp.builder(exchange.url(), settings).build();
	}

	/**
	 * A personal access token names the environment in the path, which only the name of
	 * the row tells.
	 */
	private static TriggerRequest<JsonNode> request(String name, JsonNode row) {
		TriggerCredential credential = TriggerCredential.of(row.path("credential").asString());
		if (credential.mode() != AuthMode.PERSONAL_ACCESS_TOKEN) {
			return TriggerRequest.to(TriggerEndpoint.RUNS_LIST).returning(JsonNode.class);
		}
		TriggerEnvironment environment = Stream.of("dev", "stg", "staging", "prod", "preview")
			.filter((slug) -> name.contains(slug + "-path"))
			.map(TriggerEnvironment::of)
			.findFirst()
			.orElseThrow();
		return TriggerRequest.to(TriggerEndpoint.ENV_VARS_LIST, "proj_1", environment.slug())
			.environment(environment)
			.returning(JsonNode.class);
	}

	private static @Nullable String text(JsonNode node) {
		return node.isString() ? node.stringValue() : null;
	}

}

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

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

import dev.trigger.spring.auth.PreviewBranch;
import dev.trigger.spring.auth.TriggerCredential;
import dev.trigger.spring.auth.TriggerCredentials;
import dev.trigger.spring.contract.ContractExchange.Outcome;
import dev.trigger.spring.endpoint.TriggerEndpoint;
import dev.trigger.spring.http.CallSettings;
import dev.trigger.spring.http.RetryPolicy;
import dev.trigger.spring.http.TriggerHttp;
import dev.trigger.spring.http.TriggerRequest;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.publisher.Flux;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ObjectNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Lets attempts fail as the contract says, to see how many follow and after what time.
 */
class RetryScheduleVectorTests {

	private static final TriggerCredential CREDENTIAL = TriggerCredential.of("tr_prod_0123456789abcdefABCD");

	@ParameterizedTest(name = "{0}", allowZeroInvocations = true)
	@MethodSource
	void attemptsAreThoseOfTheContract(String name, JsonNode row) {
		TriggerEndpoint endpoint = find(row.path("operation").asString());
		try (ContractExchange exchange = new ContractExchange(responses(row), false, MissingNode.getInstance())) {
			Outcome outcome = exchange.call((self) -> Flux.from(http(self, row).send(request(endpoint))));
			assertThat(exchange.requests()).hasSize(row.path("attempts").intValue())
				.allSatisfy((request) -> assertThat(request.method()).isEqualTo(row.path("method").asString()));
			List<Long> waits = new ArrayList<>();
			for (int i = 1; i <= row.path("delaysMs").size(); i++) {
				waits.add(exchange.waitedAfter(i).toMillis());
			}
			for (int i = 0; i < waits.size(); i++) {
				assertThat(waits.get(i)).as("waits %s", waits)
					.isGreaterThanOrEqualTo(row.path("delaysMs").get(i).longValue());
			}
			JsonNode error = row.path("outcome").path("error");
			if (error.isMissingNode()) {
				assertThat(outcome.failure()).isNull();
			}
			else {
				assertThat(outcome.failure()).isNotNull();
				assertThat(ErrorComparison.compare(error, outcome.failure())).isEmpty();
			}
		}
	}

	static Stream<Arguments> attemptsAreThoseOfTheContract() {
		return Contract.vectors("retry-schedule").stream().map((row) -> Arguments.of(row.path("name").asString(), row));
	}

	private static TriggerEndpoint find(String operation) {
		return Arrays.stream(TriggerEndpoint.values())
			.filter((endpoint) -> endpoint.operation().equals(operation))
			.findFirst()
			.orElseThrow();
	}

	private static List<JsonNode> responses(JsonNode row) {
		List<JsonNode> responses = Contract.elements(row.path("answers"));
		for (JsonNode response : responses) {
			if (response instanceof ObjectNode object && !object.has("body")) {
				object.putObject("body");
			}
		}
		return responses;
	}

	private static TriggerHttp http(ContractExchange exchange, JsonNode row) {
		RetryPolicy policy = ContractClient.retry(row.path("retry")).apply(RetryPolicy.defaults().withJitter(false));
		CallSettings settings = new CallSettings(TriggerCredentials.of(CREDENTIAL), PreviewBranch.none(), null, policy,
				null);
		return TriggerHttp.builder(exchange.url(), settings).scheduler(exchange.scheduler()).random(() -> 0.5).build();
	}

	/**
	 * The requests carry a key where the endpoint needs one to be repeated.
	 */
	private static TriggerRequest<JsonNode> request(TriggerEndpoint endpoint) {
		String[] variables = new String[(int) endpoint.path().chars().filter((character) -> character == '{').count()];
		Arrays.fill(variables, "run_x");
		return TriggerRequest.to(endpoint, variables).replaySafe(true).returning(JsonNode.class);
	}

}

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
import java.util.Locale;
import java.util.function.Predicate;
import java.util.stream.Stream;

import dev.trigger.spring.contract.CallRegistry.Registration;
import dev.trigger.spring.contract.ContractExchange.Outcome;
import dev.trigger.spring.options.IdempotencyKey;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.MissingNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * Makes idempotency keys as the contract does.
 */
class IdempotencyKeyVectorTests {

	@ParameterizedTest(name = "{0}", allowZeroInvocations = true)
	@MethodSource
	void keyIsThatOfTheContract(String name, JsonNode row) {
		String[] parts = new Argument("parts", row.path("parts")).strings().toArray(String[]::new);
		IdempotencyKey.Scope scope = IdempotencyKey.Scope
			.valueOf(row.path("scope").asString().toUpperCase(Locale.ROOT));
		JsonNode context = row.path("context");
		IdempotencyKey key = context.isObject() ? IdempotencyKey.createWithin(scope, context.path("runId").asString(),
				context.path("attemptNumber").intValue(), parts) : IdempotencyKey.create(scope, parts);
		assertThat(key.value()).isEqualTo(row.path("hash").asString());
		assertThat(key.scope()).isEqualTo(scope);
	}

	static Stream<org.junit.jupiter.params.provider.Arguments> keyIsThatOfTheContract() {
		return rows((row) -> row.has("parts"));
	}

	@ParameterizedTest(name = "{0}", allowZeroInvocations = true)
	@MethodSource
	void keyThatIsSentIsThatOfTheContract(String name, JsonNode row) {
		Registration<?> trigger = CallRegistry.get().find("tasks.trigger");
		assumeTrue(trigger != null, "No adapter makes tasks.trigger");
		ArrayNode arguments = JsonNodeFactory.instance.arrayNode();
		arguments.add("t").add(1).addObject().set("idempotencyKey", row.get("option"));
		JsonNode response = Contract.json("{\"status\":200,\"body\":{\"id\":\"run_1\"}}");
		try (ContractExchange exchange = new ContractExchange(List.of(response), false, MissingNode.getInstance())) {
			Outcome outcome = exchange.call((self) -> trigger.invoke(self.client("tasks.trigger",
					Contract.json("{\"credential\":\"tr_prod_0123456789abcdefABCD\"}"), MissingNode.getInstance()),
					Arguments.of(arguments)));
			assertThat(outcome.failure()).isNull();
			JsonNode sent = Contract.json(exchange.requests().get(0).text()).path("options").path("idempotencyKey");
			assertThat(sent.isString() ? sent.stringValue() : null)
				.isEqualTo(row.path("sent").isString() ? row.path("sent").stringValue() : null);
		}
	}

	static Stream<org.junit.jupiter.params.provider.Arguments> keyThatIsSentIsThatOfTheContract() {
		return rows((row) -> row.has("option"));
	}

	private static Stream<org.junit.jupiter.params.provider.Arguments> rows(Predicate<JsonNode> filter) {
		return Contract.vectors("idempotency-keys")
			.stream()
			.filter(filter)
			.map((row) -> org.junit.jupiter.params.provider.Arguments.of(row.path("name").asString(), row));
	}

}

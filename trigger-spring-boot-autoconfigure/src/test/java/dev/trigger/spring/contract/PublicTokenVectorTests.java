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

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.stream.Stream;

import dev.trigger.spring.contract.CallRegistry.Registration;
import dev.trigger.spring.contract.ContractExchange.Outcome;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ObjectNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * Signs tokens at the time of the contract, and compares them byte for byte.
 */
class PublicTokenVectorTests {

	private static final String HANDLE_SCOPE = "read:runs:";

	@ParameterizedTest(name = "{0}", allowZeroInvocations = true)
	@MethodSource
	void tokenIsThatOfTheContract(String name, JsonNode row) {
		Registration<?> registration = CallRegistry.get().find(row.path("operation").asString());
		assumeTrue(registration != null, "No adapter makes " + row.path("operation"));
		try (ContractExchange exchange = new ContractExchange(java.util.List.of(respond(row)), false,
				row.path("clock"))) {
			ObjectNode client = JsonNodeFactory.instance.objectNode();
			client.set("credential", row.get("secretKey"));
			client.put("previewBranch", "any");
			Outcome outcome = exchange.call((self) -> registration.invoke(
					self.client(registration.operation, client, MissingNode.getInstance()),
					Arguments.of(row.path("arguments"))));
			assertThat(outcome.failure()).isNull();
			JsonNode result = ResultJson.write(registration.json.apply(outcome.items().get(0)));
			String token = (result.isString() ? result : result.path("publicAccessToken")).asString("");
			assertThat(claims(token)).isEqualTo(row.path("claimsJson").asString());
			assertThat(token).isEqualTo(row.path("jwt").asString());
		}
	}

	static Stream<org.junit.jupiter.params.provider.Arguments> tokenIsThatOfTheContract() {
		return Contract.vectors("public-tokens")
			.stream()
			.map((row) -> org.junit.jupiter.params.provider.Arguments.of(row.path("name").asString(), row));
	}

	/**
	 * The claims of the server are the response, or for the token of a handle a header of
	 * it; without that header the body takes their place.
	 */
	private static JsonNode respond(JsonNode row) {
		JsonNode claims = row.path("serverClaims");
		ObjectNode response = JsonNodeFactory.instance.objectNode();
		response.put("status", 200);
		if (!row.path("operation").asString().startsWith("tasks.") || claims.has("id")) {
			response.set("body", claims);
			return response;
		}
		response.putObject("headers").put("x-trigger-jwt-claims", claims.toString());
		String scope = Contract.json(row.path("claimsJson").asString()).path("scopes").path(0).asString();
		response.putObject("body").put("id", scope.substring(HANDLE_SCOPE.length()));
		return response;
	}

	private static String claims(String token) {
		String[] parts = token.split("\\.");
		return (parts.length == 3) ? new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8)
				: token;
	}

}

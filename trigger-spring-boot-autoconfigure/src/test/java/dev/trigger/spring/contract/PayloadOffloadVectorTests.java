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
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import dev.trigger.spring.contract.CallRegistry.Registration;
import dev.trigger.spring.contract.ContractExchange.Outcome;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.MissingNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * Triggers a task with the payloads of the contract, to see which of them are uploaded.
 */
class PayloadOffloadVectorTests {

	private static final String CREDENTIAL = "tr_prod_0123456789abcdefABCD";

	private static final String STORAGE_PATH = "packets/PACKET/payload";

	@ParameterizedTest(name = "{0}", allowZeroInvocations = true)
	@MethodSource
	void payloadIsUploadedFromTheLimitOn(String name, JsonNode row) {
		Registration<?> trigger = CallRegistry.get().find("tasks.trigger");
		assumeTrue(trigger != null, "No adapter makes tasks.trigger");
		List<JsonNode> expected = Contract.elements(row.path("requests"));
		try (ContractExchange exchange = new ContractExchange(responses(expected.size() > 1), false,
				MissingNode.getInstance())) {
			ArrayNode arguments = JsonNodeFactory.instance.arrayNode();
			arguments.add("my-task").add(row.get("payload"));
			Outcome outcome = exchange.call((self) -> trigger.invoke(self.client("tasks.trigger",
					Contract.json("{\"credential\":\"" + CREDENTIAL + "\"}"), MissingNode.getInstance()),
					Arguments.of(arguments)));
			assertThat(outcome.failure()).isNull();
			List<ReceivedRequest> requests = exchange.requests();
			assertThat(requests).extracting(ReceivedRequest::method)
				.containsExactlyElementsOf(
						expected.stream().map((request) -> request.path("method").asString()).toList());
			verifyTrigger(row, expected.get(expected.size() - 1), requests.get(requests.size() - 1));
			if (expected.size() > 1) {
				verifyUpload(row, expected, requests);
			}
		}
	}

	static Stream<org.junit.jupiter.params.provider.Arguments> payloadIsUploadedFromTheLimitOn() {
		return Contract.vectors("payload-offload")
			.stream()
			.map((row) -> org.junit.jupiter.params.provider.Arguments.of(row.path("name").asString(), row));
	}

	private static List<JsonNode> responses(boolean upload) {
		List<JsonNode> responses = new ArrayList<>();
		if (upload) {
			responses.add(Contract.json("{\"status\":200,\"body\":{\"presignedUrl\":\"" + Contract.SERVER
					+ "/put/a%2Fb?X-Signature=c\",\"storagePath\":\"" + STORAGE_PATH + "\"}}"));
			responses.add(Contract.json("{\"status\":200}"));
		}
		responses.add(Contract.json("{\"status\":200,\"body\":{\"id\":\"run_1\"}}"));
		return responses;
	}

	private static void verifyTrigger(JsonNode row, JsonNode expected, ReceivedRequest request) {
		assertThat(request.target()).isEqualTo(expected.path("path").asString());
		JsonNode body = Contract.json(request.text());
		assertThat(body.path("options").path("payloadType")).isEqualTo(expected.path("payloadType"));
		boolean stored = expected.path("payloadType").asString().equals("application/store");
		JsonNode payload = stored ? JsonNodeFactory.instance.stringNode(STORAGE_PATH)
				: Argument.expand(row.path("payload"));
		assertThat(JsonComparison.ofRequest("payload", payload, body.path("payload"))).isEmpty();
	}

	private static void verifyUpload(JsonNode row, List<JsonNode> expected, List<ReceivedRequest> requests) {
		String type = expected.get(1).path("contentType").asString();
		assertThat(requests.get(0).target())
			.matches("/api/v2/packets/[^/?#]+%2Fpayload\\." + (type.equals("text/plain") ? "txt" : "json"));
		assertThat(requests.get(0).header("authorization")).isEqualTo("Bearer " + CREDENTIAL);
		ReceivedRequest upload = requests.get(1);
		assertThat(upload.target()).isEqualTo("/put/a%2Fb?X-Signature=c");
		assertThat(upload.header("authorization")).isNull();
		assertThat(upload.header("x-trigger-branch")).isNull();
		assertThat(upload.header("content-type")).startsWith(type);
		assertThat(upload.body()).hasSize(row.path("serializedBytes").intValue());
		JsonNode payload = Argument.expand(row.path("payload"));
		assertThat(new String(upload.body(), StandardCharsets.UTF_8))
			.isEqualTo(payload.isString() ? payload.stringValue() : payload.toString());
	}

}

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
import java.util.stream.Stream;

import dev.trigger.spring.alert.WebhookSignatureException;
import dev.trigger.spring.alert.WebhookVerifier;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

import org.springframework.http.HttpHeaders;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Verifies the signatures of the contract.
 */
class WebhookSignatureVectorTests {

	@ParameterizedTest(name = "{0}", allowZeroInvocations = true)
	@MethodSource
	void signatureIsAcceptedOrRefusedAsInTheContract(String name, JsonNode row) {
		assertThat(isAccepted(row)).isEqualTo(row.path("valid").booleanValue());
	}

	static Stream<org.junit.jupiter.params.provider.Arguments> signatureIsAcceptedOrRefusedAsInTheContract() {
		return Contract.vectors("webhook-signatures")
			.stream()
			.map((row) -> org.junit.jupiter.params.provider.Arguments.of(row.path("name").asString(), row));
	}

	private static boolean isAccepted(JsonNode row) {
		HttpHeaders headers = new HttpHeaders();
		if (row.path("header").isString()) {
			headers.add(WebhookVerifier.SIGNATURE_HEADER, row.path("header").stringValue());
		}
		try {
			WebhookVerifier.of(row.path("secret").asString())
				.verify(row.path("body").asString().getBytes(StandardCharsets.UTF_8), headers);
			return true;
		}
		catch (WebhookSignatureException | IllegalArgumentException ex) {
			// without a secret there is no verifier
			return false;
		}
	}

}

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

import java.time.Duration;

import dev.trigger.spring.auth.PreviewBranch;
import dev.trigger.spring.auth.TriggerCredential;
import dev.trigger.spring.auth.TriggerCredentials;
import dev.trigger.spring.endpoint.TriggerEndpoint;
import dev.trigger.spring.exception.TriggerApiException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests that a credential is not logged, however much is.
 */
@ExtendWith(OutputCaptureExtension.class)
class CredentialLoggingTests {

	private static final TriggerCredential KEY = TriggerCredential.of("tr_dev_0123456789abcdefLOG1");

	private final LoggingSystem logging = LoggingSystem.get(getClass().getClassLoader());

	@Test
	void credentialIsNotLoggedAtTraceEvenWithRequestDetails(CapturedOutput output) {
		this.logging.setLogLevel("org.springframework.web", LogLevel.TRACE);
		this.logging.setLogLevel("reactor.netty.http.client", LogLevel.TRACE);
		try (LoopbackServer server = new LoopbackServer()) {
			server.respond(200, "{}").respond(400, "{\"error\":\"no " + KEY.token() + "\"}");
			TriggerHttp http = http(server);
			TriggerRequest<JsonNode> request = TriggerRequest.to(TriggerEndpoint.RUNS_RETRIEVE, "run_1")
				.returning(JsonNode.class);
			http.send(request).block();
			assertThatExceptionOfType(TriggerApiException.class).isThrownBy(() -> http.send(request).block());
		}
		finally {
			this.logging.setLogLevel("org.springframework.web", null);
			this.logging.setLogLevel("reactor.netty.http.client", null);
		}
		assertThat(output).contains("HTTP GET").doesNotContain(KEY.token()).doesNotContain("0123456789abcdef");
	}

	private static TriggerHttp http(LoopbackServer server) {
		WebClient.Builder builder = WebClient.builder()
			.codecs((codecs) -> codecs.defaultCodecs().enableLoggingRequestDetails(true));
		CallSettings settings = new CallSettings(TriggerCredentials.of(KEY), PreviewBranch.none(), null,
				RetryPolicy.defaults(), Duration.ofSeconds(10));
		return TriggerHttp.builder(server.url(), settings).webClientBuilder(builder).build();
	}

}

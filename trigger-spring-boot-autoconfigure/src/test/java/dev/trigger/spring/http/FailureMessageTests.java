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

import java.io.IOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

import dev.trigger.spring.TriggerOperations;
import dev.trigger.spring.TriggerTemplate;
import dev.trigger.spring.TriggerTemplateBuilder;
import dev.trigger.spring.auth.AuthMode;
import dev.trigger.spring.auth.PreviewBranch;
import dev.trigger.spring.auth.TriggerCredential;
import dev.trigger.spring.auth.TriggerCredentialProvider;
import dev.trigger.spring.auth.TriggerEnvironment;
import dev.trigger.spring.autoconfigure.TriggerAutoConfiguration;
import dev.trigger.spring.batch.BatchItem;
import dev.trigger.spring.exception.AuthenticationException;
import dev.trigger.spring.exception.BadRequestException;
import dev.trigger.spring.exception.CredentialUnavailableException;
import dev.trigger.spring.exception.NotFoundException;
import dev.trigger.spring.exception.ServerException;
import dev.trigger.spring.exception.TriggerApiException;
import dev.trigger.spring.exception.TriggerConnectionException;
import dev.trigger.spring.exception.UnprocessableEntityException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for what the exceptions of refused calls tell a person.
 */
class FailureMessageTests {

	private static final Duration PATIENCE = Duration.ofSeconds(20);

	private static final String PAGE = "<!DOCTYPE html><html lang=\"en\"><head><title>Not here</title></head><body>"
			+ "<p>line</p>\n".repeat(40) + "</body></html>";

	private final LoopbackServer server = new LoopbackServer();

	@AfterEach
	void stop() {
		this.server.close();
	}

	@Test
	void pageOfHtmlInPlaceOfAnEndpointSaysThatTheServerLacksIt() {
		this.server.respond(404, PAGE, "content-type", "text/html; charset=utf-8");
		assertThatExceptionOfType(RuntimeException.class)
			.isThrownBy(() -> client("tr_dev_0123456789abcdefDEV1").build()
				.batches()
				.trigger(List.of(BatchItem.of("t", 1)))
				.block(PATIENCE))
			.satisfies((ex) -> {
				String messages = messages(ex);
				assertThat(messages).contains("POST /api/v3/batches")
					.contains("the server does not have this endpoint. Trigger.dev 4.5.12 has it")
					.contains("older version")
					.contains("'trigger.api-url'")
					.doesNotContain("<");
			});
	}

	@Test
	void endpointOfNewerServersOnlySaysSo() {
		this.server.respond(404, PAGE);
		assertThatExceptionOfType(NotFoundException.class)
			.isThrownBy(() -> client("tr_dev_0123456789abcdefDEV1").build()
				.concurrencyLimits()
				.retrieve("limit")
				.block(PATIENCE))
			.withMessageContaining("only since a version after Trigger.dev 4.5.12")
			.satisfies((ex) -> assertThat(ex.getResponseBody()).contains("<p>line</p>"));
	}

	@Test
	void pageOfHtmlIsNoMessageWhateverTheStatus() {
		this.server.respond(502, PAGE, "content-type", "text/html");
		assertThatExceptionOfType(ServerException.class)
			.isThrownBy(() -> client("tr_dev_0123456789abcdefDEV1").build().runs().retrieve("run_1").block(PATIENCE))
			.withMessageEndingWith("returned 502: a page of HTML with the title 'Not here'");
	}

	@Test
	void notFoundNamesTheId() {
		this.server.respond(404, "{\"error\":\"Run not found\"}");
		assertThatExceptionOfType(NotFoundException.class)
			.isThrownBy(() -> client("tr_dev_0123456789abcdefDEV1").build().runs().cancel("run_gone").block(PATIENCE))
			.withMessageEndingWith("returned 404: Run not found (runId 'run_gone')")
			.satisfies((ex) -> assertThat(ex.getServerMessage()).isEqualTo("Run not found"));
	}

	@Test
	void keyInPlaceOfAnIdIsNotShown() {
		this.server.respond(404, "{\"error\":\"Batch not found\"}");
		assertThatExceptionOfType(NotFoundException.class)
			.isThrownBy(() -> client("tr_dev_0123456789abcdefDEV1").build()
				.batches()
				.retrieve("tr_prod_0123456789abcdefPRD1")
				.block(PATIENCE))
			.withMessageEndingWith("(batchId 'tr_prod_••••PRD1')");
	}

	@ParameterizedTest
	@ValueSource(strings = { "\n", "\r\n", "\r", "\u001b[2J", "\u0000", "\u0085", "\u2028", "\u2029" })
	void textOfTheServerCanNotForgeALine(String separator) {
		String text = "down" + separator + "INFO all is well";
		this.server.respond(422, JsonMapper.shared().writeValueAsString(Map.of("error", text)));
		assertThatExceptionOfType(UnprocessableEntityException.class)
			.isThrownBy(() -> client("tr_dev_0123456789abcdefDEV1").build().runs().cancel("run_1").block(PATIENCE))
			.satisfies((ex) -> assertThat(ex.getServerMessage()).isEqualTo(text))
			.satisfies((ex) -> assertThat(ex.getMessage()).contains("returned 422: down ")
				.endsWith("INFO all is well")
				.doesNotContainPattern("[\\p{Cc}\u2028\u2029]"));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					https://trigger.example.com/api/v3/runs/run_1?token=secret-of-sso | '''https://trigger.example.com/api/v3/runs/run_1'''
					http://user:secret-of-sso@sso.example.com/login#secret-of-sso     | '''http://sso.example.com/login'''
					//user:secret-of-sso@sso.example.com/login                        | '''//sso.example.com/login'''
					https://sso.example.com/@team/login                               | '''https://sso.example.com/@team/login'''
					/login                                                            | '''/login'''
					""")
	void redirectIsExplainedWithItsTarget(String location, String target) {
		this.server.respond(308, "", "location", location);
		assertThatExceptionOfType(TriggerApiException.class)
			.isThrownBy(() -> client("tr_dev_0123456789abcdefDEV1").build().runs().retrieve("run_1").block(PATIENCE))
			.withMessageContaining("returned 308")
			.withMessageContaining("redirects to " + target + ", but the client does not follow")
			.withMessageContaining("'trigger.api-url'")
			.satisfies((ex) -> assertThat(ex.getMessage()).doesNotContain("secret-of-sso"));
	}

	@Test
	void redirectWithoutTargetIsExplained() {
		this.server.respond(302, "");
		assertThatExceptionOfType(TriggerApiException.class)
			.isThrownBy(() -> client("tr_dev_0123456789abcdefDEV1").build().runs().retrieve("run_1").block(PATIENCE))
			.withMessageContaining("The server redirects, but");
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "{\"title\":\"Bad\",\"detail\":\"Because\"}", "{\"errors\":[\"Because\"]}", "\"Because\"" })
	void errorOfAGatewayIsShown(String body) {
		this.server.respond(400, body, "content-type", "application/problem+json");
		assertThatExceptionOfType(BadRequestException.class)
			.isThrownBy(() -> client("tr_dev_0123456789abcdefDEV1").build().runs().retrieve("run_1").block(PATIENCE))
			.withMessageEndingWith("returned 400: " + body)
			.satisfies((ex) -> assertThat(ex.getServerMessage()).isEqualTo("400 status code (no body)"));
	}

	@Test
	void proxyThatWantsCredentialsIsNamed() {
		this.server.respond(407, "");
		assertThatExceptionOfType(TriggerApiException.class)
			.isThrownBy(() -> client("tr_dev_0123456789abcdefDEV1").build().runs().retrieve("run_1").block(PATIENCE))
			.withMessageContaining("The proxy requires credentials")
			.withMessageContaining("ClientHttpConnectorBuilder")
			.satisfies((ex) -> assertThat(ex.getStatus()).isEqualTo(407));
		assertThat(this.server.received()).hasSize(1);
	}

	@Test
	void callbackHashIsNotNamed() {
		String hash = "0123456789abcdefcafe";
		this.server.respond(404, "{\"error\":\"no /callback/" + hash + "\"}", "location", "/callback/" + hash, "x-echo",
				hash);
		assertThatExceptionOfType(NotFoundException.class)
			.isThrownBy(() -> client("tr_dev_0123456789abcdefDEV1").build()
				.waitpoints()
				.completeByCallback("waitpoint_1", hash, "ok")
				.block(PATIENCE))
			.satisfies((ex) -> assertThat(messages(ex) + ex.getHeaders() + ex.getResponseBody()).contains("waitpoint_1")
				.doesNotContain("cafe"));
		assertThat(this.server.received().get(0).uri()).endsWith("/callback/" + hash);
	}

	@Test
	void rejectedCredentialIsNamedWithItsProperty() {
		this.server.respond(401, "{\"error\":\"Invalid API key\"}");
		assertThatExceptionOfType(AuthenticationException.class)
			.isThrownBy(() -> client("tr_prod_0123456789abcdefPRD1").build().runs().retrieve("run_1").block(PATIENCE))
			.withMessageContaining("Invalid API key. The server rejected the secret key tr_prod_")
			.withMessageContaining("(from 'trigger.secret-key') for the environment 'prod'")
			.satisfies((ex) -> assertThat(ex.getMessage()).doesNotContain("0123456789").doesNotContain("branch"));
	}

	@ParameterizedTest
	@CsvSource({ "trigger.secret-key, tr_pat_0123456789abcdef0123456789abPAT1",
			"trigger.access-token, tr_pat_0123456789abcdef0123456789abPAT1",
			"trigger.access-token, tr_prod_0123456789abcdefPRD1" })
	void rejectedCredentialIsNamedWithThePropertyThatItWasSetIn(String property, String key) {
		this.server.respond(401, "{\"error\":\"no\"}");
		run(Map.of("trigger.api-url", this.server.url(), property, key),
				(trigger) -> assertThatExceptionOfType(AuthenticationException.class).isThrownBy(
						() -> trigger.project("proj_1").envVars(TriggerEnvironment.PROD).list().blockFirst(PATIENCE))
					.withMessageContaining("(from '" + property + "')"));
	}

	@Test
	void refusedConnectionIsNamedWithItsAddress() throws IOException {
		int port;
		try (ServerSocket socket = new ServerSocket(0)) {
			port = socket.getLocalPort();
		}
		run(Map.of("trigger.api-url", this.server.url(), "trigger.secret-key", "tr_prod_0123456789abcdefPRD1",
				"trigger.http.proxy.host", "localhost", "trigger.http.proxy.port", port, "trigger.retry.max-attempts",
				1),
				(trigger) -> assertThatExceptionOfType(TriggerConnectionException.class)
					.isThrownBy(() -> trigger.runs().retrieve("run_1").block(PATIENCE))
					.withMessageContaining(this.server.url() + " ('trigger.api-url') could not be reached")
					.withMessageContaining("ConnectException (")
					.withMessageContaining(":" + port + ")"));
	}

	private static void run(Map<String, Object> properties, Consumer<TriggerOperations> call) {
		new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(TriggerAutoConfiguration.class))
			.withPropertyValues(properties.entrySet()
				.stream()
				.map((property) -> property.getKey() + "=" + property.getValue())
				.toArray(String[]::new))
			.run((context) -> call.accept(context.getBean(TriggerOperations.class)));
	}

	@Test
	void branchMayBeTheReasonOfARejection() {
		this.server.respond(401, "{\"error\":\"Invalid API key\"}");
		assertThatExceptionOfType(AuthenticationException.class)
			.isThrownBy(() -> client("tr_preview_0123456789abcdefPRV1").branch(PreviewBranch.of("feature/one"))
				.build()
				.runs()
				.retrieve("run_1")
				.block(PATIENCE))
			.withMessageContaining("the branch 'feature/one' may not exist or be archived ('trigger.preview-branch')");
	}

	@Test
	void credentialOfAnotherSourceIsNotSaidToBeThatOfAProperty() {
		this.server.respond(401, "{}").respond(401, "{}");
		assertThatExceptionOfType(AuthenticationException.class)
			.isThrownBy(() -> client("tr_prod_0123456789abcdefPRD1").build()
				.withCredential(TriggerCredential.of("tr_prod_0123456789abcdefPRD2"))
				.runs()
				.retrieve("run_1")
				.block(PATIENCE))
			.withMessageContaining("(given for this call)");
		assertThatExceptionOfType(AuthenticationException.class)
			.isThrownBy(() -> TriggerTemplate.builder()
				.credentialProvider(AuthMode.SECRET_KEY,
						() -> Mono.just(TriggerCredential.of("tr_prod_0123456789abcdefPRD3")))
				.apiUrl(this.server.url())
				.build()
				.runs()
				.retrieve("run_1")
				.block(PATIENCE))
			.withMessageContaining("(from the TriggerCredentialProvider)");
	}

	@Test
	void providerWithoutCredentialIsTypedErrorBeforeAnyRequest() {
		Stream.<TriggerCredentialProvider>of(Mono::empty, () -> null)
			.forEach((provider) -> assertThatExceptionOfType(CredentialUnavailableException.class)
				.isThrownBy(() -> TriggerTemplate.builder()
					.credentialProvider(AuthMode.SECRET_KEY, provider)
					.apiUrl(this.server.url())
					.build()
					.runs()
					.retrieve("run_1")
					.block(PATIENCE))
				.withMessageContaining("TriggerCredentialProvider")
				.withMessageContaining("secret key"));
		assertThat(this.server.received()).isEmpty();
	}

	static Stream<String> hostileTexts() {
		return Stream.of("eyJ-", "eyJa.", "eyJ.eyJ.", "tr_dev_", "tr_", "a-eyJ", "/callback/", "signature=", "<title>",
				"{\"a\":");
	}

	@ParameterizedTest
	@MethodSource("hostileTexts")
	void timeToReadAnErrorGrowsWithItsSizeAtMost(String text) {
		long small = nanos(text.repeat(60_000 / text.length()));
		long large = nanos(text.repeat(240_000 / text.length()));
		assertThat(large).isLessThanOrEqualTo(Math.max(8 * small, Duration.ofMillis(400).toNanos()));
	}

	private static long nanos(String text) {
		long best = Long.MAX_VALUE;
		for (int i = 0; i < 4; i++) {
			long start = System.nanoTime();
			UrlSecrets.redact(dev.trigger.spring.auth.CredentialRedactor.redact(text));
			best = Math.min(best, System.nanoTime() - start);
		}
		return best;
	}

	@Test
	void exceptionsOfTransfersNeitherQuoteAPage() {
		Exception failure = ExceptionTranslator.ofResponse(java.net.URI.create("https://store.example/1?a=b"), 403,
				new org.springframework.http.HttpHeaders(), PAGE.getBytes());
		assertThat(failure).hasMessage("The object store returned 403: a page of HTML with the title 'Not here'");
	}

	private TriggerTemplateBuilder client(String key) {
		return TriggerTemplate.builder(TriggerCredential.of(key))
			.apiUrl(this.server.url())
			.retry((policy) -> policy.withMaxAttempts(1));
	}

	private static String messages(Throwable failure) {
		StringBuilder messages = new StringBuilder();
		for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
			messages.append(cause).append('\n');
		}
		return messages.toString();
	}

}

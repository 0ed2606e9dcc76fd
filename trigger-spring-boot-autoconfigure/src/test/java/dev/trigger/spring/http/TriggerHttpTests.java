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
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

import dev.trigger.spring.auth.AuthMode;
import dev.trigger.spring.auth.PreviewBranch;
import dev.trigger.spring.auth.TriggerCredential;
import dev.trigger.spring.auth.TriggerCredentialProvider;
import dev.trigger.spring.auth.TriggerCredentials;
import dev.trigger.spring.auth.TriggerEnvironment;
import dev.trigger.spring.endpoint.TriggerEndpoint;
import dev.trigger.spring.exception.AuthenticationException;
import dev.trigger.spring.exception.EnvironmentMismatchException;
import dev.trigger.spring.exception.PreviewBranchRequiredException;
import dev.trigger.spring.exception.ServerException;
import dev.trigger.spring.exception.TriggerApiException;
import dev.trigger.spring.exception.TriggerConnectionException;
import dev.trigger.spring.exception.TriggerDecodingException;
import dev.trigger.spring.exception.TriggerTimeoutException;
import dev.trigger.spring.exception.UnsupportedAuthModeException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;
import tools.jackson.databind.JsonNode;

import org.springframework.http.client.reactive.ClientHttpConnector;
import org.springframework.http.client.reactive.JdkClientHttpConnector;
import org.springframework.http.client.reactive.JettyClientHttpConnector;
import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link TriggerHttp} with all its filters, against a server on loopback.
 */
class TriggerHttpTests {

	private static final TriggerCredential DEV = TriggerCredential.of("tr_dev_0123456789abcdefDEV1");

	private static final TriggerCredential PROD = TriggerCredential.of("tr_prod_0123456789abcdefPRD1");

	private static final TriggerCredential PREVIEW = TriggerCredential.of("tr_preview_0123456789abcdefPRV1");

	private static final TriggerCredential PERSONAL = TriggerCredential.of("tr_pat_0123456789abcdef0123456789abPAT1");

	private static final TriggerRequest<JsonNode> RETRIEVE = TriggerRequest.to(TriggerEndpoint.RUNS_RETRIEVE, "run_1")
		.returning(JsonNode.class);

	private final LoopbackServer server = new LoopbackServer();

	@AfterEach
	void stop() {
		this.server.close();
	}

	static List<ClientHttpConnector> connectors() {
		return List.of(new ReactorClientHttpConnector(), new JettyClientHttpConnector(), new JdkClientHttpConnector());
	}

	@ParameterizedTest
	@MethodSource("connectors")
	void requestCarriesTheCredentialAndTheHeadersOfTheApi(ClientHttpConnector connector) {
		this.server.respond(200, "{\"id\":\"run_1\"}");
		TriggerHttp http = builder(TriggerCredentials.of(DEV))
			.webClientBuilder(WebClient.builder().clientConnector(connector))
			.build();
		assertThat(http.send(RETRIEVE).block()).isNotNull();
		LoopbackServer.Received received = this.server.received().get(0);
		assertThat(received.uri()).isEqualTo("/api/v3/runs/run_1");
		assertThat(received.header("authorization")).isEqualTo("Bearer " + DEV.token());
		assertThat(received.header("x-trigger-api-version")).isEqualTo("2025-07-16");
		assertThat(received.header("x-trigger-source")).isEqualTo("sdk");
		assertThat(received.header("x-trigger-realtime-streams-version")).isEqualTo("v2");
		assertThat(received.header("trigger-version")).isNotEmpty();
		assertThat(received.header("user-agent")).startsWith("trigger-spring-boot/");
		assertThat(received.header("x-trigger-branch")).isNull();
	}

	@ParameterizedTest
	@MethodSource("connectors")
	void headersOfTheApplicationReplaceThoseOfTheApiButNotTheCredential(ClientHttpConnector connector) {
		this.server.respond(200, "{}");
		WebClient.Builder builder = WebClient.builder()
			.clientConnector(connector)
			.defaultHeader("User-Agent", "mine")
			.defaultHeader("Authorization", "Bearer other");
		builder(TriggerCredentials.of(DEV)).webClientBuilder(builder).build().send(RETRIEVE).block();
		LoopbackServer.Received received = this.server.received().get(0);
		assertThat(received.header("authorization")).isEqualTo("Bearer " + DEV.token());
		assertThat(received.header("user-agent")).isEqualTo("mine");
		assertThat(received.header("x-trigger-api-version")).isEqualTo("2025-07-16");
	}

	@Test
	void jsonBodyAndEmptyPostCarryTheirLength() {
		this.server.respond(200, "{}").respond(200, "{}");
		TriggerHttp http = http(DEV);
		http.send(TriggerRequest.to(TriggerEndpoint.TASKS_TRIGGER, "t").json(Map.of("a", 1)).returning(JsonNode.class))
			.block();
		http.send(TriggerRequest.to(TriggerEndpoint.RUNS_CANCEL, "run_1").returning(JsonNode.class)).block();
		assertThat(this.server.received()).extracting((received) -> received.header("content-length"))
			.containsExactly("7", "0");
	}

	@Test
	void itemStreamIsChunked() {
		this.server.respond(200, "{}");
		http(DEV)
			.send(TriggerRequest.to(TriggerEndpoint.BATCH_STREAM_ITEMS, "batch_1")
				.ndjson(Flux.just("{\"a\":1}\n".getBytes(), "{\"a\":2}\n".getBytes()))
				.returning(JsonNode.class))
			.block();
		LoopbackServer.Received received = this.server.received().get(0);
		assertThat(received.header("content-length")).isNull();
		assertThat(received.header("content-type")).isEqualTo("application/x-ndjson");
		assertThat(received.body()).isEqualTo("{\"a\":1}\n{\"a\":2}\n");
	}

	@Test
	void credentialOfUnacceptedKindIsRefusedBeforeAnyRequest() {
		assertThatExceptionOfType(UnsupportedAuthModeException.class)
			.isThrownBy(() -> http(PERSONAL).send(RETRIEVE).block())
			.withMessageContaining("runs.retrieve")
			.withMessageContaining("personal access token")
			.withMessageContaining("'trigger.secret-key'")
			.satisfies((ex) -> assertThat(ex.getAcceptedModes()).contains(AuthMode.SECRET_KEY));
		assertThat(this.server.received()).isEmpty();
	}

	@Test
	void withBothCredentialsEachCallTakesTheOneThatIsAccepted() {
		this.server.respond(200, "{}").respond(200, "{}").respond(200, "{}");
		TriggerHttp http = http(DEV, PERSONAL);
		http.send(RETRIEVE).block();
		http.send(TriggerRequest.to(TriggerEndpoint.PROJECTS_LIST).returning(JsonNode.class)).block();
		http.send(envVars(TriggerEnvironment.PROD)).block();
		assertThat(this.server.received()).extracting((received) -> received.header("authorization"))
			.containsExactly("Bearer " + DEV.token(), "Bearer " + PERSONAL.token(), "Bearer " + PERSONAL.token());
	}

	@Test
	void secretKeyOfAnotherEnvironmentIsRefusedBeforeAnyRequest() {
		assertThatExceptionOfType(EnvironmentMismatchException.class)
			.isThrownBy(() -> http(DEV).send(envVars(TriggerEnvironment.PROD)).block())
			.withMessageContaining("'prod'")
			.withMessageContaining("'dev'");
		assertThat(this.server.received()).isEmpty();
	}

	@Test
	void previewKeyWithoutBranchIsRefusedBeforeAnyRequest() {
		assertThatExceptionOfType(PreviewBranchRequiredException.class)
			.isThrownBy(() -> http(PREVIEW).send(RETRIEVE).block());
		assertThat(this.server.received()).isEmpty();
	}

	@ParameterizedTest
	@CsvSource({ "prod,", "stg,", "staging,", "preview,feature/one", "dev,feature/one" })
	void personalAccessTokenNamesTheBranchOnlyWhereThePathNamesAnEnvironmentWithBranches(String environment,
			String header) {
		this.server.respond(200, "{}");
		http(PERSONAL).with((settings) -> settings.withBranch(PreviewBranch.of("feature/one")))
			.send(envVars(TriggerEnvironment.of(environment)))
			.block();
		assertThat(this.server.received().get(0).header("x-trigger-branch")).isEqualTo(header);
	}

	@Test
	void secretKeyOfProductionNeverNamesBranch() {
		this.server.respond(200, "{}").respond(200, "{}");
		UnaryOperator<CallSettings> branch = (settings) -> settings.withBranch(PreviewBranch.of("feature/one"));
		http(PROD).with(branch).send(RETRIEVE).block();
		http(PREVIEW).with(branch).send(RETRIEVE).block();
		assertThat(this.server.received()).extracting((received) -> received.header("x-trigger-branch"))
			.containsExactly(null, "feature/one");
	}

	@Test
	void providerIsAskedOnEveryAttempt() {
		this.server.respond(500, "").respond(200, "{}");
		AtomicInteger asked = new AtomicInteger();
		TriggerCredentialProvider provider = () -> Mono
			.just(TriggerCredential.of("tr_dev_0123456789abcdefKEY" + asked.incrementAndGet()));
		http(TriggerCredentials.none().with(AuthMode.SECRET_KEY, provider)).send(RETRIEVE).block();
		assertThat(this.server.received()).extracting((received) -> received.header("authorization"))
			.containsExactly("Bearer tr_dev_0123456789abcdefKEY1", "Bearer tr_dev_0123456789abcdefKEY2");
	}

	@Test
	void rejectedCredentialIsRefreshedOnce() {
		this.server.respond(401, "{\"error\":\"Invalid API key\"}").respond(200, "{\"ok\":true}");
		http(TriggerCredentials.none().with(AuthMode.SECRET_KEY, rotating())).send(RETRIEVE).block();
		assertThat(this.server.received()).extracting((received) -> received.header("authorization"))
			.containsExactly("Bearer " + DEV.token(), "Bearer tr_dev_0123456789abcdefNEW1");
	}

	@Test
	void credentialThatIsRejectedAgainFails() {
		this.server.respond(401, "{\"error\":\"Invalid API key\"}").respond(401, "{\"error\":\"Invalid API key\"}");
		assertThatExceptionOfType(AuthenticationException.class)
			.isThrownBy(
					() -> http(TriggerCredentials.none().with(AuthMode.SECRET_KEY, rotating())).send(RETRIEVE).block())
			.satisfies((ex) -> assertThat(ex.getServerMessage()).isEqualTo("Invalid API key"));
		assertThat(this.server.received()).hasSize(2);
	}

	@Test
	void redirectIsReportedAndNotFollowed() {
		this.server.respond(302, "", "location", this.server.url() + "/elsewhere");
		assertThatExceptionOfType(TriggerApiException.class).isThrownBy(() -> http(DEV).send(RETRIEVE).block())
			.satisfies((ex) -> assertThat(ex.getStatus()).isEqualTo(302));
		assertThat(this.server.received()).hasSize(1);
	}

	@Test
	void unsafeRequestIsNotRepeatedWhenItMayHaveArrived() {
		TriggerRequest<JsonNode> replay = TriggerRequest.to(TriggerEndpoint.RUNS_REPLAY, "run_1")
			.returning(JsonNode.class);
		this.server.respond(500, "").drop();
		assertThatExceptionOfType(ServerException.class).isThrownBy(() -> http(DEV).send(replay).block());
		assertThatExceptionOfType(TriggerConnectionException.class).isThrownBy(() -> http(DEV).send(replay).block())
			.satisfies((ex) -> assertThat(ex.isRequestUnsent()).isFalse());
		assertThat(this.server.received()).hasSize(2);
	}

	@Test
	void unsafeRequestIsRepeatedWhenTheServerSaysSoOrTheLimitWasReached() {
		TriggerRequest<JsonNode> replay = TriggerRequest.to(TriggerEndpoint.RUNS_REPLAY, "run_1")
			.returning(JsonNode.class);
		this.server.respond(429, "").respond(500, "", "x-should-retry", "true").respond(200, "{}");
		http(DEV).send(replay).block();
		assertThat(this.server.received()).hasSize(3);
	}

	@Test
	void unsafeRequestIsRepeatedWhenTheCallerAcceptsIt() {
		TriggerRequest<JsonNode> replay = TriggerRequest.to(TriggerEndpoint.RUNS_REPLAY, "run_1")
			.returning(JsonNode.class);
		this.server.drop().respond(200, "{}");
		http(DEV).with((settings) -> settings.withRetry(settings.retry().withRepeatUnsafe(true))).send(replay).block();
		assertThat(this.server.received()).hasSize(2);
	}

	@Test
	void refusedConnectionIsUnsentAndRepeatedForEveryRequest() {
		this.server.close();
		TriggerRequest<JsonNode> replay = TriggerRequest.to(TriggerEndpoint.RUNS_REPLAY, "run_1")
			.returning(JsonNode.class);
		assertThatExceptionOfType(TriggerConnectionException.class).isThrownBy(() -> http(DEV).send(replay).block())
			.satisfies((ex) -> assertThat(ex.isRequestUnsent()).isTrue())
			.withMessageContaining("could not be reached");
	}

	@Test
	void timeoutBoundsTheWholeCallAndTellsTheLastFailure() {
		this.server.respond(500, "{\"error\":\"down\"}").silence();
		TriggerHttp http = http(DEV).with((settings) -> settings.withTimeout(Duration.ofMillis(500)));
		assertThatExceptionOfType(TriggerTimeoutException.class).isThrownBy(() -> http.send(RETRIEVE).block())
			.withMessageContaining("2 attempt(s)")
			.withMessageContaining("'trigger.timeout'")
			.withCauseInstanceOf(ServerException.class);
	}

	@Test
	void responseOverTheLimitIsTypedErrorAndNotRepeated() {
		this.server.respond(200, "\"" + "x".repeat(2000) + "\"");
		TriggerHttp http = builder(TriggerCredentials.of(DEV)).maxInMemorySize(1000).build();
		assertThatExceptionOfType(TriggerDecodingException.class).isThrownBy(() -> http.send(RETRIEVE).block())
			.withMessageContaining("'trigger.http.max-in-memory-size'");
		assertThat(this.server.received()).hasSize(1);
	}

	@Test
	void responseThatIsNotJsonIsTypedErrorAndNotQuoted() {
		this.server.respond(200, "secret-in-the-body");
		assertThatExceptionOfType(TriggerDecodingException.class).isThrownBy(() -> http(DEV).send(RETRIEVE).block())
			.satisfies((ex) -> assertThat(ex.getMessage()).doesNotContain("secret-in-the-body"));
	}

	@Test
	void errorMasksCredentialsThatTheServerEchoes() {
		this.server.respond(400, "{\"error\":\"bad key " + DEV.token() + "\"}");
		assertThatExceptionOfType(TriggerApiException.class).isThrownBy(() -> http(DEV).send(RETRIEVE).block())
			.satisfies((ex) -> assertThat(ex.getMessage() + ex.getResponseBody()).doesNotContain(DEV.token())
				.contains("bad key tr_dev_"));
	}

	@Test
	void cancellationStopsTheAttempts() {
		this.server.respond(500, "").respond(200, "{}");
		TriggerHttp http = http(DEV).with((settings) -> settings
			.withRetry(settings.retry().withBackoff(Duration.ofHours(1), 1, Duration.ofHours(1))));
		StepVerifier.create(http.send(RETRIEVE))
			.thenAwait(Duration.ofMillis(300))
			.thenCancel()
			.verify(Duration.ofSeconds(30));
		assertThat(this.server.received()).hasSizeLessThanOrEqualTo(1);
	}

	private static TriggerRequest<JsonNode> envVars(TriggerEnvironment environment) {
		return TriggerRequest.to(TriggerEndpoint.ENV_VARS_LIST, "proj_1", environment.slug())
			.environment(environment)
			.returning(JsonNode.class);
	}

	private static TriggerCredentialProvider rotating() {
		return new TriggerCredentialProvider() {

			@Override
			public Mono<TriggerCredential> getCredential() {
				return Mono.just(DEV);
			}

			@Override
			public Mono<TriggerCredential> refresh(TriggerCredential rejected) {
				return Mono.just(TriggerCredential.of("tr_dev_0123456789abcdefNEW1"));
			}

		};
	}

	private TriggerHttp http(TriggerCredential... credentials) {
		return http(TriggerCredentials.of(credentials));
	}

	private TriggerHttp http(TriggerCredentials credentials) {
		return builder(credentials).build();
	}

	private TriggerHttpBuilder builder(TriggerCredentials credentials) {
		RetryPolicy quick = RetryPolicy.defaults()
			.withBackoff(Duration.ofMillis(1), 1, Duration.ofMillis(1))
			.withJitter(false);
		CallSettings settings = new CallSettings(credentials, PreviewBranch.none(), null, quick,
				Duration.ofSeconds(10));
		return TriggerHttp.builder(this.server.url(), settings);
	}

}

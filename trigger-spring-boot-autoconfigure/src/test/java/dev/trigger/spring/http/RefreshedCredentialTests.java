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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

import dev.trigger.spring.auth.AuthMode;
import dev.trigger.spring.auth.PreviewBranch;
import dev.trigger.spring.auth.TriggerCredential;
import dev.trigger.spring.auth.TriggerCredentialProvider;
import dev.trigger.spring.auth.TriggerCredentials;
import dev.trigger.spring.auth.TriggerEnvironment;
import dev.trigger.spring.autoconfigure.RecordingServer;
import dev.trigger.spring.autoconfigure.RecordingServer.Response;
import dev.trigger.spring.endpoint.TriggerEndpoint;
import dev.trigger.spring.exception.AuthenticationException;
import dev.trigger.spring.exception.CredentialUnavailableException;
import dev.trigger.spring.exception.EnvironmentMismatchException;
import dev.trigger.spring.exception.PreviewBranchRequiredException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

import org.springframework.http.client.reactive.JdkClientHttpConnector;
import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Tests for providers that are asked for another credential after a 401, and for those
 * that fail.
 */
class RefreshedCredentialTests {

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	private static final String DEV = "tr_dev_0123456789abcdefDEV1";

	private static final String PROD = "tr_prod_0123456789abcdefPRD1";

	private static final TriggerRequest<JsonNode> RETRIEVE = TriggerRequest.to(TriggerEndpoint.RUNS_RETRIEVE, "run_1")
		.returning(JsonNode.class);

	private final AtomicInteger responses = new AtomicInteger();

	private final AtomicInteger refreshes = new AtomicInteger();

	private volatile int rejections = 1;

	private final RecordingServer server = new RecordingServer(
			(path) -> (this.responses.incrementAndGet() <= this.rejections)
					? new Response(401, "{\"error\":\"Invalid API key\"}") : new Response(200, "{}"));

	@AfterEach
	void stop() {
		this.server.close();
	}

	@Test
	void credentialOfAnotherEnvironmentIsNotUsed() {
		TriggerRequest<JsonNode> update = TriggerRequest.to(TriggerEndpoint.ENV_VARS_UPDATE, "proj_1", "prod", "NAME")
			.environment(TriggerEnvironment.PROD)
			.json(Map.of("value", "1"))
			.returning(JsonNode.class);
		TriggerHttp http = http(PROD, () -> Mono.just(TriggerCredential.of(DEV)));
		assertThatExceptionOfType(EnvironmentMismatchException.class)
			.isThrownBy(() -> http.send(update).block(PATIENCE));
		assertThat(this.server.requests()).hasSize(1);
	}

	@Test
	void credentialThatNeedsABranchIsNotUsedWithoutOne() {
		TriggerHttp http = http(PROD, () -> Mono.just(TriggerCredential.of("tr_preview_0123456789abcdefPRV1")));
		TriggerRequest<JsonNode> trigger = TriggerRequest.to(TriggerEndpoint.TASKS_TRIGGER, "task")
			.json(Map.of())
			.returning(JsonNode.class);
		assertThatExceptionOfType(PreviewBranchRequiredException.class)
			.isThrownBy(() -> http.send(trigger).block(PATIENCE));
		assertThat(this.server.requests()).hasSize(1);
	}

	@Test
	void branchAndRateLimitAreThoseOfTheCredentialThatIsUsed() {
		TriggerHttp http = http(DEV, () -> Mono.just(TriggerCredential.of(PROD)))
			.with((settings) -> settings.withBranch(PreviewBranch.of("feature")));
		http.send(RETRIEVE).block(PATIENCE);
		assertThat(this.server.requests()).extracting((request) -> request.get("authorization"))
			.containsExactly("Bearer " + DEV, "Bearer " + PROD);
		assertThat(this.server.requests()).extracting((request) -> request.get("x-trigger-branch"))
			.containsExactly("feature", null);
	}

	@Test
	void rejectionIsReportedIfThereIsNoOtherCredential() {
		for (Supplier<@Nullable Mono<TriggerCredential>> same : List.<Supplier<@Nullable Mono<TriggerCredential>>>of(
				() -> Mono.just(TriggerCredential.of(DEV)), Mono::empty, () -> null)) {
			this.rejections = this.responses.get() + 1;
			TriggerHttp http = http(DEV, same);
			assertThatExceptionOfType(AuthenticationException.class)
				.isThrownBy(() -> http.send(RETRIEVE).block(PATIENCE))
				.satisfies((ex) -> assertThat(ex.getServerMessage()).isEqualTo("Invalid API key"));
		}
		assertThat(this.server.requests()).hasSize(3);
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void connectionOfARejectionIsFreeWhateverBecomesOfTheRefresh(boolean failing) {
		this.rejections = Integer.MAX_VALUE;
		TriggerHttp http = http(DEV, () -> {
			if (failing) {
				throw new IllegalStateException("no vault");
			}
			return Mono.never();
		});
		for (int i = 1; i <= 5; i++) {
			CompletableFuture<JsonNode> result = http.send(RETRIEVE).toFuture();
			int calls = i;
			await().atMost(PATIENCE).until(() -> this.refreshes.get() == calls);
			if (failing) {
				assertThat(result).failsWithin(PATIENCE)
					.withThrowableThat()
					.havingCause()
					.isInstanceOf(CredentialUnavailableException.class)
					.withMessageContaining("no vault");
			}
			else {
				result.cancel(true);
			}
		}
		assertThat(this.server.requests().stream().map((request) -> request.get(":peer")).distinct())
			.hasSizeLessThan(5);
	}

	@Test
	void providerThatHasNoConnectionIsNamedAndAskedAgain() {
		AtomicInteger asked = new AtomicInteger();
		WebClient vault = WebClient.create("http://127.0.0.1:1");
		TriggerCredentialProvider provider = () -> {
			asked.incrementAndGet();
			return vault.get().uri("/key").retrieve().bodyToMono(String.class).map(TriggerCredential::of);
		};
		assertThatExceptionOfType(CredentialUnavailableException.class)
			.isThrownBy(() -> http(provider).send(RETRIEVE).block(PATIENCE))
			.withMessageContaining("TriggerCredentialProvider")
			.withMessageContaining("127.0.0.1:1")
			.withMessageNotContaining("api-url");
		assertThat(asked).hasValue(2);
		assertThat(this.server.requests()).isEmpty();
	}

	@Test
	void providerThatFailsOtherwiseIsAskedOnce() {
		AtomicInteger asked = new AtomicInteger();
		assertThatExceptionOfType(CredentialUnavailableException.class).isThrownBy(() -> http(() -> {
			asked.incrementAndGet();
			throw new IllegalStateException("sealed with " + PROD);
		}).send(RETRIEVE).block(PATIENCE))
			.withMessageContaining("sealed with tr_prod_••••PRD1")
			.withCauseInstanceOf(IllegalStateException.class);
		assertThat(asked).hasValue(1);
	}

	private TriggerHttp http(String key, Supplier<@Nullable Mono<TriggerCredential>> refresh) {
		return http(new TriggerCredentialProvider() {

			@Override
			public Mono<TriggerCredential> getCredential() {
				return Mono.just(TriggerCredential.of(key));
			}

			@Override
			@SuppressWarnings("NullAway") // as a provider without nullability does
			public Mono<TriggerCredential> refresh(TriggerCredential rejected) {
				RefreshedCredentialTests.this.refreshes.incrementAndGet();
				return refresh.get();
			}

		});
	}

	private TriggerHttp http(TriggerCredentialProvider provider) {
		CallSettings settings = new CallSettings(TriggerCredentials.none().with(AuthMode.SECRET_KEY, provider))
			.withRetry(RetryPolicy.defaults().withMaxAttempts(2).withBackoff(Duration.ZERO, 1, Duration.ZERO));
		// this connector can't use a connection again whose response was not read
		return TriggerHttp.builder(this.server.url(), settings)
			.webClientBuilder(
					WebClient.builder().clientConnector(new AddressHidingConnector(new JdkClientHttpConnector())))
			.build();
	}

}

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

package dev.trigger.spring.token;

import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;

import dev.trigger.spring.auth.AuthMode;
import dev.trigger.spring.auth.PreviewBranch;
import dev.trigger.spring.auth.TriggerCredential;
import dev.trigger.spring.auth.TriggerCredentialProvider;
import dev.trigger.spring.auth.TriggerCredentials;
import dev.trigger.spring.endpoint.TriggerEndpoint;
import dev.trigger.spring.exception.AuthenticationException;
import dev.trigger.spring.exception.CredentialUnavailableException;
import dev.trigger.spring.exception.UnsupportedAuthModeException;
import dev.trigger.spring.http.CallSettings;
import dev.trigger.spring.http.LoopbackServer;
import dev.trigger.spring.http.RetryPolicy;
import dev.trigger.spring.http.TriggerHttp;
import dev.trigger.spring.http.TriggerRequest;
import dev.trigger.spring.http.TriggerResponse;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.test.scheduler.VirtualTimeScheduler;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link PublicTokenOperations} and {@link HandleTokens}, at a frozen clock and
 * with a server on loopback.
 */
class PublicTokenOperationsTests {

	private static final TriggerCredential KEY = TriggerCredential.of("tr_prod_GoldenRootKey0123456");

	private static final TriggerCredential ADDITIONAL_KEY = TriggerCredential.of("tr_prod_sk_0123456789abcdefABCDEFgh");

	private static final String CLAIMS = "{\"sub\":\"cm0env0000000000000000001\",\"pub\":true}";

	private final LoopbackServer server = new LoopbackServer();

	private final VirtualTimeScheduler clock = VirtualTimeScheduler.create();

	@BeforeEach
	void freeze() {
		this.clock.advanceTimeTo(Instant.parse("2025-01-02T03:04:05.678Z"));
	}

	@AfterEach
	void stop() {
		this.server.close();
		this.clock.dispose();
	}

	@Test
	void tokenIsThatOfTheOfficialSdkByteForByte() {
		this.server.respond(200, CLAIMS);
		assertThat(tokens(KEY).createPublicToken(PublicTokenOptions.none()).block()).isEqualTo("eyJhbGciOiJIUzI1NiJ9."
				+ "eyJzdWIiOiJjbTBlbnYwMDAwMDAwMDAwMDAwMDAwMDAxIiwicHViIjp0cnVlLCJpc3MiOiJodHRwczovL2lkLnRyaWdn"
				+ "ZXIuZGV2IiwiYXVkIjoiaHR0cHM6Ly9hcGkudHJpZ2dlci5kZXYiLCJleHAiOjE3MzU3ODc5NDUsImlhdCI6MTczNTc4"
				+ "NzA0NX0.ghB5Wbqw6UDhSIWs8xn-Mc93eRrlFbLeSP7QnhnU1rs");
		LoopbackServer.Received received = this.server.received().get(0);
		assertThat(received.method() + " " + received.uri()).isEqualTo("POST /api/v1/auth/jwt/claims");
		assertThat(received.body()).isEmpty();
	}

	@Test
	void scopesStandInTheOrderInWhichTheyWereAdded() {
		PublicTokenOptions request = PublicTokenOptions.of((token) -> token.admin()
			.read(TokenResource.RUNS, "run_1", "run_2")
			.readAll(TokenResource.RUNS)
			.write(TokenResource.WAITPOINTS, "waitpoint_1")
			.writeAll(TokenResource.WAITPOINTS)
			.trigger("a")
			.batchTrigger("b")
			.read(TokenResource.TAGS, "user:1"));
		assertThat(claims(request).path("scopes").toString())
			.isEqualTo("[\"admin\",\"read:runs:run_1\",\"read:runs:run_2\",\"read:runs\","
					+ "\"write:waitpoints:waitpoint_1\",\"write:waitpoints\",\"trigger:tasks:a\","
					+ "\"batchTrigger:tasks:b\",\"read:tags:user:1\"]");
	}

	@Test
	void expirationIsALifetimeOrAnInstant() {
		long now = Instant.parse("2025-01-02T03:04:05Z").getEpochSecond();
		JsonNode later = claims(PublicTokenOptions.of((token) -> token.expiresAfter(Duration.ofHours(24))));
		assertThat(later.path("iat").longValue()).isEqualTo(now);
		assertThat(later.path("exp").longValue()).isEqualTo(now + 86_400);
		JsonNode instant = claims(PublicTokenOptions.of((token) -> token.expiresAt(Instant.ofEpochSecond(1893456000))));
		assertThat(instant.path("exp").longValue()).isEqualTo(1893456000L);
	}

	@Test
	void badScopesAndLifetimesAreRefusedBeforeAnyRequest() {
		assertThatIllegalArgumentException().isThrownBy(() -> options((token) -> token.read(TokenResource.RUNS, " ")))
			.withMessageContaining("read:runs")
			.withMessageContaining("blank");
		assertThatIllegalArgumentException().isThrownBy(() -> options((token) -> token.read(TokenResource.RUNS)))
			.withMessageContaining("at least one id");
		assertThatIllegalArgumentException().isThrownBy(() -> options((token) -> token.scope("read:runs: ")));
		assertThatIllegalArgumentException().isThrownBy(() -> TaskTokenOptions.of(new String[0]));
		assertThatIllegalArgumentException().isThrownBy(() -> TaskTokenOptions.of("a", ""));
		assertThatIllegalArgumentException().isThrownBy(() -> options((token) -> token.expiresAfter(Duration.ZERO)))
			.withMessageContaining("'lifetime'");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> options((token) -> token.expiresAfter(Duration.ofSeconds(Long.MAX_VALUE))))
			.withMessageContaining("'lifetime'");
	}

	private static PublicTokenOptions options(Consumer<PublicTokenOptions.Builder> customizer) {
		return PublicTokenOptions.of(customizer);
	}

	@Test
	void tokenThatHasExpiredAlreadyIsRefusedBeforeAnyRequest() {
		Instant now = Instant.parse("2025-01-02T03:04:05Z");
		for (TriggerCredential credential : List.of(KEY, ADDITIONAL_KEY)) {
			assertThatIllegalArgumentException()
				.isThrownBy(() -> tokens(credential)
					.createPublicToken((token) -> token.readAll(TokenResource.RUNS).expiresAt(now))
					.block())
				.withMessageContaining("'expiresAt'")
				.withMessageContaining("future");
			assertThatIllegalArgumentException().isThrownBy(
					() -> tokens(credential).createTriggerToken((token) -> token.tasks("t").expiresAt(Instant.EPOCH))
						.block());
		}
		assertThat(this.server.received()).isEmpty();
	}

	@Test
	void instantOfExpirationHasTheLimitOfALifetime() {
		Instant last = Instant.parse("2025-01-02T03:04:05Z").plus(Duration.ofDays(36500));
		assertThat(
				claims(PublicTokenOptions.of((token) -> token.readAll(TokenResource.RUNS).expiresAt(last))).path("exp")
					.asLong())
			.isEqualTo(last.getEpochSecond());
		for (Instant late : List.of(last.plusSeconds(1), Instant.MAX)) {
			assertThatIllegalArgumentException()
				.isThrownBy(() -> tokens(ADDITIONAL_KEY)
					.createPublicToken((token) -> token.readAll(TokenResource.RUNS).expiresAt(late))
					.block())
				.withMessageContaining("'expiresAt'")
				.withMessageContaining("36500 days");
		}
		assertThat(this.server.received()).noneMatch((request) -> request.uri().endsWith("/public-tokens"));
	}

	@Test
	void emptyListOfScopesIsInTheToken() {
		JsonNode claims = claims(PublicTokenOptions.of((token) -> token.scopes(List.of())));
		assertThat(claims.path("scopes").isArray()).isTrue();
		assertThat(claims.path("scopes")).isEmpty();
	}

	@Test
	void additionalKeyLetsTheServerSign() {
		this.server.respond(200, "{\"token\":\"minted\"}").respond(200, "{\"token\":\"minted\"}");
		PublicTokenOperations tokens = tokens(ADDITIONAL_KEY);
		PublicTokenOptions request = PublicTokenOptions.of((token) -> token.read(TokenResource.RUNS, "run_1")
			.expiresAfter(Duration.ofMinutes(90))
			.skipColumns("payload"));
		assertThat(tokens.createPublicToken(request).block()).isEqualTo("minted");
		TaskTokenOptions taskRequest = TaskTokenOptions
			.of((token) -> token.tasks("a", "b").multipleUse().expiresAt(Instant.ofEpochSecond(1893456000)));
		assertThat(tokens.createBatchTriggerToken(taskRequest).block()).isEqualTo("minted");
		assertThat(this.server.received()).extracting((received) -> received.uri() + " " + received.body())
			.containsExactly(
					"/api/v1/auth/public-tokens {\"scopes\":[\"read:runs:run_1\"],\"expirationTime\":\"90m\","
							+ "\"realtime\":{\"skipColumns\":[\"payload\"]}}",
					"/api/v1/auth/public-tokens {\"scopes\":[\"batchTrigger:tasks:a\",\"batchTrigger:tasks:b\"],"
							+ "\"expirationTime\":1893456000,\"oneTimeUse\":false}");
	}

	@Test
	void additionalKeyOnAServerThatDoesNotSignFailsWithARemedy() {
		this.server.respond(404, "{\"error\":\"Not found\"}");
		PublicTokenOptions request = PublicTokenOptions.of((token) -> token.readAll(TokenResource.RUNS));
		assertThatExceptionOfType(PublicTokenException.class)
			.isThrownBy(() -> tokens(ADDITIONAL_KEY).createPublicToken(request).block())
			.withMessageContaining("'trigger.secret-key'");
	}

	@Test
	void additionalKeyNeedsAScope() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> tokens(ADDITIONAL_KEY).createPublicToken(PublicTokenOptions.none()).block())
			.withMessageContaining("at least one scope");
		assertThat(this.server.received()).isEmpty();
	}

	@Test
	void providerWithoutKeyIsAnErrorOfTheCall() {
		for (Mono<TriggerCredential> provided : List.of(Mono.<TriggerCredential>empty(),
				Mono.<TriggerCredential>error(new IllegalStateException("no vault")))) {
			PublicTokenOperations tokens = PublicTokenOperations
				.create(http(TriggerCredentials.none().with(AuthMode.SECRET_KEY, () -> provided)));
			assertThatExceptionOfType(CredentialUnavailableException.class)
				.isThrownBy(() -> tokens.createTriggerToken("my-task").block());
		}
		assertThat(this.server.received()).isEmpty();
	}

	@Test
	void tokenIsSignedWithTheKeyThatTheClaimsWereFetchedWith() {
		this.server.respond(401, "{}").respond(200, CLAIMS).respond(200, CLAIMS);
		TriggerCredentialProvider rotating = new TriggerCredentialProvider() {

			@Override
			public Mono<TriggerCredential> getCredential() {
				return Mono.just(TriggerCredential.of("tr_prod_OldRootKey01234567890"));
			}

			@Override
			public Mono<TriggerCredential> refresh(TriggerCredential rejected) {
				return Mono.just(KEY);
			}

		};
		String rotated = PublicTokenOperations
			.create(http(TriggerCredentials.none().with(AuthMode.SECRET_KEY, rotating)))
			.createTriggerToken("my-task")
			.block();
		assertThat(rotated).isEqualTo(tokens(KEY).createTriggerToken("my-task").block());
	}

	@Test
	void otherCredentialsAreRefusedBeforeAnyRequest() {
		TriggerCredential personal = TriggerCredential.of("tr_pat_0123456789abcdef0123456789abPAT1");
		assertThatExceptionOfType(UnsupportedAuthModeException.class)
			.isThrownBy(() -> tokens(personal).createPublicToken(PublicTokenOptions.none()).block());
		assertThat(this.server.received()).isEmpty();
	}

	@Test
	void refusedClaimsFailTheCall() {
		this.server.respond(401, "{\"error\":\"Invalid API key\"}");
		assertThatExceptionOfType(AuthenticationException.class)
			.isThrownBy(() -> tokens(KEY).createPublicToken(PublicTokenOptions.none()).block());
	}

	@Test
	void handleHasTheServersTokenIfThereIsOne() {
		assertThat(handleToken(KEY, "x-trigger-jwt", "ready", "x-trigger-jwt-claims", "{}").get()).isEqualTo("ready");
		assertThat(handleToken(ADDITIONAL_KEY, "x-trigger-jwt", "ready").get()).isEqualTo("ready");
	}

	@Test
	void handleTokenIsSignedOnceItIsAskedFor() {
		Supplier<@Nullable String> token = handleToken(KEY, "x-trigger-jwt-claims", CLAIMS);
		this.clock.advanceTimeBy(Duration.ofMinutes(1));
		String first = token.get();
		assertThat(payload(first).path("iat").longValue()).isEqualTo(this.clock.now(TimeUnit.SECONDS));
		assertThat(payload(first).path("sub").stringValue()).isEqualTo("cm0env0000000000000000001");
		assertThat(payload(first).path("scopes").toString()).isEqualTo("[\"read:runs:run_1\"]");
		this.clock.advanceTimeBy(Duration.ofMinutes(1));
		assertThat(token.get()).isSameAs(first);
	}

	@Test
	void handleTokenWithoutClaimsHasOnlyScopes() {
		assertThat(handleToken(KEY).get()).isEqualTo("eyJhbGciOiJIUzI1NiJ9."
				+ "eyJzY29wZXMiOlsicmVhZDpydW5zOnJ1bl8xIl0sImlzcyI6Imh0dHBzOi8vaWQudHJpZ2dlci5kZXYiLCJhdWQiOiJodHRw"
				+ "czovL2FwaS50cmlnZ2VyLmRldiIsImV4cCI6MTczNTc5MDY0NSwiaWF0IjoxNzM1Nzg3MDQ1fQ."
				+ "V7vzOq2dDPJJYAjpYBJCMzJhSzFO9BUAqIJXbMhgS0M");
	}

	@Test
	void handleOfAnAdditionalKeyOrWithUnusableClaimsHasNoToken() {
		assertThat(handleToken(ADDITIONAL_KEY, "x-trigger-jwt-claims", CLAIMS).get()).isNull();
		assertThat(handleToken(KEY, "x-trigger-jwt-claims", "no json").get()).isNull();
	}

	private Supplier<@Nullable String> handleToken(TriggerCredential credential, String... headers) {
		this.server.respond(200, "{\"id\":\"run_1\"}", headers);
		TriggerHttp http = http(TriggerCredentials.of(credential));
		TriggerResponse<JsonNode> response = http
			.exchange(TriggerRequest.to(TriggerEndpoint.TASKS_TRIGGER, "t").json("x").returning(JsonNode.class))
			.block();
		assertThat(response).isNotNull();
		return HandleTokens.of(http, response, List.of("read:runs:run_1"), Duration.ofHours(1));
	}

	private JsonNode claims(PublicTokenOptions request) {
		this.server.respond(200, CLAIMS);
		return payload(tokens(KEY).createPublicToken(request).block());
	}

	private static JsonNode payload(@Nullable String token) {
		assertThat(token).isNotNull();
		return JsonMapper.shared().readTree(Base64.getUrlDecoder().decode(token.split("\\.")[1]));
	}

	private PublicTokenOperations tokens(TriggerCredential credential) {
		return PublicTokenOperations.create(http(TriggerCredentials.of(credential)));
	}

	private TriggerHttp http(TriggerCredentials credentials) {
		CallSettings settings = new CallSettings(credentials, PreviewBranch.none(), null,
				RetryPolicy.defaults().withMaxAttempts(1), null);
		return TriggerHttp.builder(this.server.url(), settings).scheduler(this.clock).build();
	}

}

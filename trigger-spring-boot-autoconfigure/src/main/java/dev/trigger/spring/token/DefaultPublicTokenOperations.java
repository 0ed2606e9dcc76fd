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

import java.util.Map;
import java.util.concurrent.TimeUnit;

import dev.trigger.spring.auth.AuthMode;
import dev.trigger.spring.auth.TriggerCredential;
import dev.trigger.spring.auth.TriggerCredentials;
import dev.trigger.spring.endpoint.TriggerEndpoint;
import dev.trigger.spring.exception.NotFoundException;
import dev.trigger.spring.exception.TriggerDecodingException;
import dev.trigger.spring.http.TriggerHttp;
import dev.trigger.spring.http.TriggerRequest;
import dev.trigger.spring.http.TriggerResponse;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

import org.springframework.core.ParameterizedTypeReference;

/**
 * Default {@link PublicTokenOperations}.
 */
final class DefaultPublicTokenOperations implements PublicTokenOperations {

	private static final ParameterizedTypeReference<Map<String, JsonNode>> CLAIMS = new ParameterizedTypeReference<>() {
	};

	private final TriggerHttp http;

	DefaultPublicTokenOperations(TriggerHttp http) {
		this.http = http;
	}

	@Override
	public Mono<String> createPublicToken(PublicTokenOptions options) {
		return create(options.toClaims());
	}

	@Override
	public Mono<String> createTriggerToken(TaskTokenOptions options) {
		return create(options.toClaims("trigger"));
	}

	@Override
	public Mono<String> createBatchTriggerToken(TaskTokenOptions options) {
		return create(options.toClaims("batchTrigger"));
	}

	private Mono<String> create(TokenClaims claims) {
		return Mono.defer(() -> {
			claims.checkExpiration(this.http.scheduler().now(TimeUnit.SECONDS));
			return canSign();
		}).flatMap((canSign) -> canSign ? sign(claims) : mint(claims));
	}

	/**
	 * Return whether the secret key can sign. Without any, also from a provider, the call
	 * itself will tell what is missing.
	 */
	private Mono<Boolean> canSign() {
		TriggerCredentials credentials = this.http.settings().credentials();
		return credentials.modes().contains(AuthMode.SECRET_KEY)
				? Mono.defer(credentials.provider(AuthMode.SECRET_KEY)::getCredential)
					.map(TriggerCredential::canSignPublicTokens)
					.onErrorReturn(true)
					.defaultIfEmpty(true)
				: Mono.just(true);
	}

	private Mono<String> sign(TokenClaims claims) {
		return this.http.exchange(TriggerRequest.to(TriggerEndpoint.AUTH_JWT_CLAIMS).returning(CLAIMS))
			.flatMap((response) -> sign(claims, response));
	}

	private Mono<String> sign(TokenClaims claims, TriggerResponse<Map<String, JsonNode>> response) {
		TriggerCredential credential = response.credential();
		if (credential == null || !credential.canSignPublicTokens()) {
			// the credential was replaced after its kind was checked
			return mint(claims);
		}
		Map<String, JsonNode> serverClaims = (response.body() != null) ? response.body() : Map.of();
		long now = this.http.scheduler().now(TimeUnit.SECONDS);
		return Mono.fromSupplier(() -> TokenSigner.sign(claims.claims(serverClaims, now), credential));
	}

	private Mono<String> mint(TokenClaims claims) {
		if (claims.allowsNothing()) {
			return Mono.error(new IllegalArgumentException(
					"A public access token for an additional key needs at least one scope, such as "
							+ "read(TokenResource.RUNS, \"run_1234\")"));
		}
		return this.http
			.send(TriggerRequest.to(TriggerEndpoint.AUTH_PUBLIC_TOKENS).json(claims.toBody()).returning(Minted.class))
			.map(Minted::toToken)
			.onErrorMap(NotFoundException.class,
					(ex) -> new PublicTokenException("An additional key (tr_<env>_sk_…) can't sign public access "
							+ "tokens, and this server does not sign them either: upgrade the server, or set "
							+ "'trigger.secret-key' to the main secret key of the environment", ex));
	}

	/**
	 * The response with a token that the server signed.
	 *
	 * @param token the token
	 */
	record Minted(@Nullable String token) {

		String toToken() {
			if (this.token == null) {
				throw TriggerDecodingException.missing(TriggerEndpoint.AUTH_PUBLIC_TOKENS, "a token");
			}
			return this.token;
		}

		@Override
		public String toString() {
			return "Minted[]";
		}

	}

}

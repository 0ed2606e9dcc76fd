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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import dev.trigger.spring.auth.TriggerCredential;
import dev.trigger.spring.http.TriggerHttp;
import dev.trigger.spring.http.TriggerResponse;
import dev.trigger.spring.json.TriggerJson;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import reactor.core.scheduler.Scheduler;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

import org.springframework.util.StringUtils;
import org.springframework.util.function.SingletonSupplier;

/**
 * Creates the public access tokens that come with the handles of runs, batches and
 * waitpoint tokens.
 *
 * @since 1.0.0
 * @hidden shared by the packages of the client, not an API for applications
 */
public final class HandleTokens {

	private static final String TOKEN_HEADER = "x-trigger-jwt";

	private static final String CLAIMS_HEADER = "x-trigger-jwt-claims";

	private static final Log logger = LogFactory.getLog(HandleTokens.class);

	private HandleTokens() {
	}

	/**
	 * Return the token for what a response created: the server's own if it sent one, else
	 * one signed here with the secret key. Signing waits until the token is asked for,
	 * and happens once.
	 * @param http the transport, which supplies the time
	 * @param response the response, with its headers and credential
	 * @param scopes the scopes, such as {@code read:runs:run_1234}
	 * @param lifetime how long the token lives
	 * @return supplies the token, {@code null} if the credential can't sign
	 */
	public static Supplier<@Nullable String> of(TriggerHttp http, TriggerResponse<?> response, List<String> scopes,
			Duration lifetime) {
		String token = response.headers().getFirst(TOKEN_HEADER);
		if (StringUtils.hasText(token)) {
			return () -> token;
		}
		TriggerCredential credential = response.credential();
		if (credential == null || !credential.canSignPublicTokens()) {
			return () -> null;
		}
		String claims = response.headers().getFirst(CLAIMS_HEADER);
		Scheduler scheduler = http.scheduler();
		return SingletonSupplier
			.ofNullable(() -> sign(new TokenClaims(List.copyOf(scopes), null, lifetime, null, List.of()), claims,
					credential, scheduler));
	}

	/**
	 * Sign, or do without: the call succeeded, and must not seem to have failed.
	 */
	private static @Nullable String sign(TokenClaims spec, @Nullable String claims, TriggerCredential credential,
			Scheduler scheduler) {
		try {
			return TokenSigner.sign(spec.claims(parse(claims), scheduler.now(TimeUnit.SECONDS)), credential);
		}
		catch (JacksonException | IllegalStateException ex) {
			logger.warn("A handle has no public access token, since the server's claims for it cannot be used: "
					+ ex.getClass().getSimpleName());
			return null;
		}
	}

	private static Map<String, JsonNode> parse(@Nullable String claims) {
		Map<String, JsonNode> result = new LinkedHashMap<>();
		if (StringUtils.hasText(claims)) {
			TriggerJson.shared()
				.readTree(claims)
				.properties()
				.forEach((claim) -> result.put(claim.getKey(), claim.getValue()));
		}
		return result;
	}

}

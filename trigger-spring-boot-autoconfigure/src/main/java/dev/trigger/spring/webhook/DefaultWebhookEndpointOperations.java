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

package dev.trigger.spring.webhook;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

import dev.trigger.spring.endpoint.TriggerEndpoint;
import dev.trigger.spring.http.TriggerHttp;
import dev.trigger.spring.http.TriggerRequest;
import dev.trigger.spring.page.CursorPage;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.core.ParameterizedTypeReference;
import org.springframework.util.Assert;

/**
 * Default {@link WebhookEndpointOperations}.
 */
final class DefaultWebhookEndpointOperations implements WebhookEndpointOperations {

	private static final ParameterizedTypeReference<CursorPage<WebhookEndpoint>> ENDPOINTS = new ParameterizedTypeReference<>() {
	};

	private static final Duration MAX_PREVIOUS_SECRET_TTL = Duration.ofDays(7);

	private static final int MAX_SECRET_LENGTH = 4096;

	private final TriggerHttp http;

	DefaultWebhookEndpointOperations(TriggerHttp http) {
		this.http = http;
	}

	@Override
	public Flux<WebhookEndpoint> list() {
		return this.http.send(TriggerRequest.to(TriggerEndpoint.WEBHOOKS_ENDPOINTS_LIST).returning(ENDPOINTS))
			.flatMapIterable(CursorPage::data);
	}

	@Override
	public Mono<WebhookEndpoint> retrieve(String endpointId) {
		return this.http.send(TriggerRequest.to(TriggerEndpoint.WEBHOOKS_ENDPOINTS_RETRIEVE, endpointId)
			.returning(WebhookEndpoint.class));
	}

	@Override
	public Mono<WebhookSecret> rotateSecret(String endpointId, @Nullable Duration previousSecretTtl) {
		return this.http.send(TriggerRequest.to(TriggerEndpoint.WEBHOOKS_ENDPOINTS_ROTATE_SECRET, endpointId)
			.json(secretBody(previousSecretTtl))
			.returning(WebhookSecret.class));
	}

	@Override
	public Mono<WebhookSecret> setSecret(String endpointId, String secret, @Nullable Duration previousSecretTtl) {
		Assert.hasText(secret, "'secret' must not be empty");
		Assert.isTrue(secret.length() <= MAX_SECRET_LENGTH, "'secret' must not be longer than 4096 characters");
		Map<String, Object> body = secretBody(previousSecretTtl);
		body.put("secret", secret);
		return this.http.send(TriggerRequest.to(TriggerEndpoint.WEBHOOKS_ENDPOINTS_SET_SECRET, endpointId)
			.json(body)
			.returning(WebhookSecret.class));
	}

	private static Map<String, Object> secretBody(@Nullable Duration previousSecretTtl) {
		Map<String, Object> body = new LinkedHashMap<>();
		if (previousSecretTtl != null) {
			Assert.isTrue(!previousSecretTtl.isNegative() && previousSecretTtl.compareTo(MAX_PREVIOUS_SECRET_TTL) <= 0,
					"'previousSecretTtl' must be from 0 to 7 days");
			body.put("previousSecretTtlSeconds", previousSecretTtl.toSeconds());
		}
		return body;
	}

}

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
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

import dev.trigger.spring.endpoint.TriggerEndpoint;
import dev.trigger.spring.http.TriggerHttp;
import dev.trigger.spring.http.TriggerRequest;
import dev.trigger.spring.json.ApiFormat;
import dev.trigger.spring.page.CursorPage;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.core.ParameterizedTypeReference;
import org.springframework.util.Assert;

/**
 * Default {@link WebhookOperations}.
 */
final class DefaultWebhookOperations implements WebhookOperations {

	private static final ParameterizedTypeReference<CursorPage<WebhookEndpoint>> ENDPOINTS = new ParameterizedTypeReference<>() {
	};

	private static final ParameterizedTypeReference<CursorPage<WebhookDelivery>> DELIVERIES = new ParameterizedTypeReference<>() {
	};

	private static final Duration MAX_PREVIOUS_SECRET_TTL = Duration.ofDays(7);

	private static final int MAX_SECRET_LENGTH = 4096;

	private final TriggerHttp http;

	DefaultWebhookOperations(TriggerHttp http) {
		this.http = http;
	}

	@Override
	public Flux<WebhookEndpoint> listEndpoints() {
		return this.http.send(TriggerRequest.to(TriggerEndpoint.WEBHOOKS_ENDPOINTS_LIST).returning(ENDPOINTS))
			.flatMapIterable(CursorPage::data);
	}

	@Override
	public Mono<WebhookEndpoint> retrieveEndpoint(String endpointId) {
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

	@Override
	public Flux<WebhookDelivery> listDeliveries(WebhookDeliveryQuery query) {
		return CursorPage.walk((cursor) -> pageOfDeliveries((cursor != null) ? query.after(cursor) : query));
	}

	@Override
	public Mono<CursorPage<WebhookDelivery>> pageOfDeliveries(WebhookDeliveryQuery query) {
		return this.http.send(TriggerRequest.to(TriggerEndpoint.WEBHOOKS_DELIVERIES_LIST)
			.query("filter[endpoint]", query.endpoints())
			.query("filter[status]", query.statuses())
			.query("filter[period]", query.period())
			.query("filter[from]", toText(query.from()))
			.query("filter[to]", toText(query.to()))
			.query("page[size]", query.limit())
			.query("page[after]", query.after())
			.returning(DELIVERIES));
	}

	private static @Nullable String toText(@Nullable Instant instant) {
		return (instant != null) ? ApiFormat.of(instant) : null;
	}

	@Override
	public Mono<WebhookDelivery> retrieveDelivery(String deliveryId) {
		return this.http.send(TriggerRequest.to(TriggerEndpoint.WEBHOOKS_DELIVERIES_RETRIEVE, deliveryId)
			.returning(WebhookDelivery.class));
	}

	@Override
	public Mono<WebhookReplay> replayDelivery(String deliveryId, @Nullable String targetId) {
		return this.http.send(TriggerRequest.to(TriggerEndpoint.WEBHOOKS_DELIVERIES_REPLAY, deliveryId)
			.query("targetId", targetId)
			.returning(WebhookReplay.class));
	}

	@Override
	public Mono<WebhookWaiter> createWaiter(String endpointId, WebhookWaiterSpec spec) {
		return Mono.defer(() -> {
			// with a key of its own, the waiter is made once however often it is tried
			String key = (spec.idempotencyKey() != null) ? spec.idempotencyKey().value() : UUID.randomUUID().toString();
			return this.http.send(TriggerRequest.to(TriggerEndpoint.WEBHOOKS_WAITER_CREATE, endpointId)
				.json(spec.body(key))
				.replaySafe(true)
				.returning(WebhookWaiter.class));
		});
	}

	@Override
	public Mono<WebhookWaiterCancellation> cancelWaiter(String waiterId) {
		return this.http.send(TriggerRequest.to(TriggerEndpoint.WEBHOOKS_WAITER_CANCEL, waiterId)
			.returning(WebhookWaiterCancellation.class));
	}

}

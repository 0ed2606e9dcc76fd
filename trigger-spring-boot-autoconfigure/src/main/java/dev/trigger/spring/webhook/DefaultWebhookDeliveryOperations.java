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

import dev.trigger.spring.endpoint.TriggerEndpoint;
import dev.trigger.spring.http.TriggerHttp;
import dev.trigger.spring.http.TriggerRequest;
import dev.trigger.spring.page.CursorPage;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.core.ParameterizedTypeReference;

/**
 * Default {@link WebhookDeliveryOperations}.
 */
final class DefaultWebhookDeliveryOperations implements WebhookDeliveryOperations {

	private static final ParameterizedTypeReference<CursorPage<WebhookDelivery>> PAGE = new ParameterizedTypeReference<>() {
	};

	private final TriggerHttp http;

	DefaultWebhookDeliveryOperations(TriggerHttp http) {
		this.http = http;
	}

	@Override
	public Flux<WebhookDelivery> list(WebhookDeliveryQuery query) {
		return CursorPage.walk((cursor) -> page(query.following(cursor)));
	}

	@Override
	public Mono<CursorPage<WebhookDelivery>> page(WebhookDeliveryQuery query) {
		return this.http
			.send(TriggerRequest.to(TriggerEndpoint.WEBHOOKS_DELIVERIES_LIST).query(query.toQuery()).returning(PAGE));
	}

	@Override
	public Mono<WebhookDelivery> retrieve(String deliveryId) {
		return this.http.send(TriggerRequest.to(TriggerEndpoint.WEBHOOKS_DELIVERIES_RETRIEVE, deliveryId)
			.returning(WebhookDelivery.class));
	}

	@Override
	public Mono<WebhookReplay> replay(String deliveryId, @Nullable String targetId) {
		return this.http.send(TriggerRequest.to(TriggerEndpoint.WEBHOOKS_DELIVERIES_REPLAY, deliveryId)
			.query("targetId", targetId)
			.returning(WebhookReplay.class));
	}

}

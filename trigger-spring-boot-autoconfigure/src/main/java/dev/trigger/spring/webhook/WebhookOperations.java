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

import dev.trigger.spring.alert.WebhookVerifier;
import dev.trigger.spring.http.TriggerHttp;
import dev.trigger.spring.page.CursorPage;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Manages the endpoints at which Trigger.dev receives the webhooks of others, and their
 * deliveries. For the webhooks that Trigger.dev sends itself see {@link WebhookVerifier}.
 *
 * @since 1.0.0
 */
public interface WebhookOperations {

	/**
	 * Return all endpoints.
	 * <p>
	 * {@code GET /api/v1/webhooks/endpoints}
	 * @return the endpoints, without subscribers
	 */
	Flux<WebhookEndpoint> listEndpoints();

	/**
	 * Return an endpoint.
	 * <p>
	 * {@code GET /api/v1/webhooks/endpoints/{endpointId}}
	 * @param endpointId the id, {@code wh_…}
	 * @return the endpoint
	 */
	Mono<WebhookEndpoint> retrieveEndpoint(String endpointId);

	/**
	 * Let the server make a new secret for an endpoint.
	 * <p>
	 * {@code POST /api/v1/webhooks/endpoints/{endpointId}/rotate-secret}
	 * @param endpointId the id, {@code wh_…}
	 * @param previousSecretTtl how long the previous secret is accepted as well, in whole
	 * seconds, at most 7 days; the server's choice if {@code null}
	 * @return the new secret, which is told only this once
	 */
	Mono<WebhookSecret> rotateSecret(String endpointId, @Nullable Duration previousSecretTtl);

	/**
	 * Set the secret of an endpoint.
	 * <p>
	 * {@code PUT /api/v1/webhooks/endpoints/{endpointId}/secret}
	 * @param endpointId the id, {@code wh_…}
	 * @param secret the secret, at most 4096 characters
	 * @param previousSecretTtl how long the previous secret is accepted as well, in whole
	 * seconds, at most 7 days; the server's choice if {@code null}
	 * @return what became of the secrets
	 */
	Mono<WebhookSecret> setSecret(String endpointId, String secret, @Nullable Duration previousSecretTtl);

	/**
	 * Return deliveries, page by page as they are asked for.
	 * <p>
	 * {@code GET /api/v1/webhooks/deliveries}
	 * @param query which deliveries
	 * @return the deliveries, without what arrived
	 */
	Flux<WebhookDelivery> listDeliveries(WebhookDeliveryQuery query);

	/**
	 * Return one page of deliveries.
	 * <p>
	 * {@code GET /api/v1/webhooks/deliveries}
	 * @param query which deliveries
	 * @return the page
	 */
	Mono<CursorPage<WebhookDelivery>> pageOfDeliveries(WebhookDeliveryQuery query);

	/**
	 * Return a delivery.
	 * <p>
	 * {@code GET /api/v1/webhooks/deliveries/{deliveryId}}
	 * @param deliveryId the id, {@code whd_…}
	 * @return the delivery
	 */
	Mono<WebhookDelivery> retrieveDelivery(String deliveryId);

	/**
	 * Repeat a delivery to all of its targets.
	 * <p>
	 * {@code POST /api/v1/webhooks/deliveries/{deliveryId}/replay}
	 * @param deliveryId the id, {@code whd_…}
	 * @return the new delivery
	 */
	default Mono<WebhookReplay> replayDelivery(String deliveryId) {
		return replayDelivery(deliveryId, null);
	}

	/**
	 * Repeat a delivery.
	 * <p>
	 * {@code POST /api/v1/webhooks/deliveries/{deliveryId}/replay}
	 * @param deliveryId the id, {@code whd_…}
	 * @param targetId the only target to repeat it to, {@code null} for all
	 * @return the new delivery
	 */
	Mono<WebhookReplay> replayDelivery(String deliveryId, @Nullable String targetId);

	/**
	 * Make a waiter for a delivery. Make it before doing what causes the webhook.
	 * <p>
	 * {@code POST /api/v1/webhooks/endpoints/{endpointId}/waiters}
	 * @param endpointId the id, or the id that the code declares
	 * @param spec which delivery to wait for
	 * @return the waiter
	 */
	Mono<WebhookWaiter> createWaiter(String endpointId, WebhookWaiterSpec spec);

	/**
	 * Let a waiter wait no more.
	 * <p>
	 * {@code POST /api/v1/webhooks/waiters/{waiterId}/cancel}
	 * @param waiterId the id, {@code waitpoint_…}
	 * @return what became of it
	 */
	Mono<WebhookWaiterCancellation> cancelWaiter(String waiterId);

	/**
	 * Create the operations on a client. Applications get them from
	 * {@code TriggerOperations} instead.
	 * @param http the way to the network
	 * @return the operations
	 */
	static WebhookOperations create(TriggerHttp http) {
		return new DefaultWebhookOperations(http);
	}

}

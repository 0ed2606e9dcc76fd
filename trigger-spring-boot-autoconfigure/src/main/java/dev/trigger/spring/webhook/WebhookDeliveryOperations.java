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

import java.util.function.Consumer;

import dev.trigger.spring.page.CursorPage;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Finds and replays the deliveries to webhook endpoints. All take a secret key or a
 * public access token.
 *
 * @since 1.0.0
 */
public interface WebhookDeliveryOperations {

	/**
	 * Return deliveries, requesting pages as they are needed.
	 * <p>
	 * {@code GET /api/v1/webhooks/deliveries}
	 * @param query which deliveries
	 * @return the deliveries, without their content
	 */
	Flux<WebhookDelivery> list(WebhookDeliveryQuery query);

	/**
	 * Return all deliveries, requesting pages as they are needed.
	 * @return the deliveries, without their content
	 * @see #list(WebhookDeliveryQuery)
	 */
	default Flux<WebhookDelivery> list() {
		return list(WebhookDeliveryQuery.all());
	}

	/**
	 * Return deliveries, requesting pages as they are needed.
	 * @param query sets the filters and the page
	 * @return the deliveries, without their content
	 * @see #list(WebhookDeliveryQuery)
	 */
	default Flux<WebhookDelivery> list(Consumer<WebhookDeliveryQuery.Builder> query) {
		return list(WebhookDeliveryQuery.of(query));
	}

	/**
	 * Return one page of deliveries.
	 * <p>
	 * {@code GET /api/v1/webhooks/deliveries}
	 * @param query which deliveries
	 * @return the page
	 */
	Mono<CursorPage<WebhookDelivery>> page(WebhookDeliveryQuery query);

	/**
	 * Return one page of deliveries.
	 * @param query sets the filters and the page
	 * @return the page
	 * @see #page(WebhookDeliveryQuery)
	 */
	default Mono<CursorPage<WebhookDelivery>> page(Consumer<WebhookDeliveryQuery.Builder> query) {
		return page(WebhookDeliveryQuery.of(query));
	}

	/**
	 * Return a delivery.
	 * <p>
	 * {@code GET /api/v1/webhooks/deliveries/{deliveryId}}
	 * @param deliveryId the id, {@code whd_…}
	 * @return the delivery
	 */
	Mono<WebhookDelivery> retrieve(String deliveryId);

	/**
	 * Repeat a delivery to all of its targets.
	 * <p>
	 * {@code POST /api/v1/webhooks/deliveries/{deliveryId}/replay}
	 * @param deliveryId the id, {@code whd_…}
	 * @return the new delivery
	 */
	default Mono<WebhookReplay> replay(String deliveryId) {
		return replay(deliveryId, null);
	}

	/**
	 * Repeat a delivery.
	 * <p>
	 * {@code POST /api/v1/webhooks/deliveries/{deliveryId}/replay}
	 * @param deliveryId the id, {@code whd_…}
	 * @param targetId the only target to repeat it to, {@code null} for all
	 * @return the new delivery
	 */
	Mono<WebhookReplay> replay(String deliveryId, @Nullable String targetId);

}

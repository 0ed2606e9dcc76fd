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

import reactor.core.publisher.Mono;

/**
 * Creates and cancels waiters for webhook deliveries. All need a secret key.
 *
 * @since 1.0.0
 */
public interface WebhookWaiterOperations {

	/**
	 * Create a waiter for a delivery. Create it before doing what causes the webhook.
	 * <p>
	 * {@code POST /api/v1/webhooks/endpoints/{endpointId}/waiters}
	 * @param endpointId the id, or the id that the code declares
	 * @param options which delivery to wait for
	 * @return the waiter
	 */
	Mono<WebhookWaiter> create(String endpointId, WebhookWaiterOptions options);

	/**
	 * Create a waiter for a delivery.
	 * @param endpointId the id, or the id that the code declares
	 * @param options sets the options
	 * @return the waiter
	 * @see #create(String, WebhookWaiterOptions)
	 */
	default Mono<WebhookWaiter> create(String endpointId, Consumer<WebhookWaiterOptions.Builder> options) {
		return create(endpointId, WebhookWaiterOptions.of(options));
	}

	/**
	 * Cancel a waiter.
	 * <p>
	 * {@code POST /api/v1/webhooks/waiters/{waiterId}/cancel}
	 * @param waiterId the id, {@code waitpoint_…}
	 * @return the result of the cancellation
	 */
	Mono<WebhookWaiterCancellation> cancel(String waiterId);

}

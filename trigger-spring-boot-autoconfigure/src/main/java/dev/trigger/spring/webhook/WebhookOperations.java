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

import dev.trigger.spring.http.TriggerHttp;

/**
 * Manages the webhooks of third parties that Trigger.dev receives: its endpoints, their
 * deliveries, and waiters for deliveries. For the webhooks that Trigger.dev sends itself
 * see {@link dev.trigger.spring.alert.WebhookVerifier}.
 *
 * @since 1.0.0
 */
public interface WebhookOperations {

	/**
	 * Return the operations on the endpoints at which webhooks are received.
	 * @return the endpoint operations
	 */
	WebhookEndpointOperations endpoints();

	/**
	 * Return the operations on the deliveries to the endpoints.
	 * @return the delivery operations
	 */
	WebhookDeliveryOperations deliveries();

	/**
	 * Return the operations on the waiters for deliveries.
	 * @return the waiter operations
	 */
	WebhookWaiterOperations waiters();

	/**
	 * Create the operations on a client. Applications get them from
	 * {@code TriggerOperations} instead.
	 * @param http the transport
	 * @return the operations
	 * @hidden shared by the packages of the client, not an API for applications
	 */
	static WebhookOperations create(TriggerHttp http) {
		return new DefaultWebhookOperations(http);
	}

}

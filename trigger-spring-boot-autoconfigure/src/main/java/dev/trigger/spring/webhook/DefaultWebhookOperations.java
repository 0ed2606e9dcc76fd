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
 * Default {@link WebhookOperations}.
 */
final class DefaultWebhookOperations implements WebhookOperations {

	private final WebhookEndpointOperations endpoints;

	private final WebhookDeliveryOperations deliveries;

	private final WebhookWaiterOperations waiters;

	DefaultWebhookOperations(TriggerHttp http) {
		this.endpoints = new DefaultWebhookEndpointOperations(http);
		this.deliveries = new DefaultWebhookDeliveryOperations(http);
		this.waiters = new DefaultWebhookWaiterOperations(http);
	}

	@Override
	public WebhookEndpointOperations endpoints() {
		return this.endpoints;
	}

	@Override
	public WebhookDeliveryOperations deliveries() {
		return this.deliveries;
	}

	@Override
	public WebhookWaiterOperations waiters() {
		return this.waiters;
	}

}

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
import reactor.core.publisher.Mono;

/**
 * Default {@link WebhookWaiterOperations}.
 */
final class DefaultWebhookWaiterOperations implements WebhookWaiterOperations {

	private final TriggerHttp http;

	DefaultWebhookWaiterOperations(TriggerHttp http) {
		this.http = http;
	}

	@Override
	public Mono<WebhookWaiter> create(String endpointId, WebhookWaiterOptions options) {
		return Mono.defer(() -> this.http.send(TriggerRequest.to(TriggerEndpoint.WEBHOOKS_WAITER_CREATE, endpointId)
			.json(options.toBody())
			.replaySafe(true)
			.returning(WebhookWaiter.class)));
	}

	@Override
	public Mono<WebhookWaiterCancellation> cancel(String waiterId) {
		return this.http.send(TriggerRequest.to(TriggerEndpoint.WEBHOOKS_WAITER_CANCEL, waiterId)
			.returning(WebhookWaiterCancellation.class));
	}

}

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

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Manages the endpoints at which Trigger.dev receives the webhooks of third parties. All
 * take a secret key; all but {@link #setSecret setSecret} take a public access token too.
 *
 * @since 1.0.0
 */
public interface WebhookEndpointOperations {

	/**
	 * Return all endpoints.
	 * <p>
	 * {@code GET /api/v1/webhooks/endpoints}
	 * @return the endpoints, without subscribers
	 */
	Flux<WebhookEndpoint> list();

	/**
	 * Return an endpoint.
	 * <p>
	 * {@code GET /api/v1/webhooks/endpoints/{endpointId}}
	 * @param endpointId the id, {@code wh_…}
	 * @return the endpoint
	 */
	Mono<WebhookEndpoint> retrieve(String endpointId);

	/**
	 * Replace the secret of an endpoint with a new one of the server, which decides how
	 * long the previous secret is accepted as well.
	 * <p>
	 * {@code POST /api/v1/webhooks/endpoints/{endpointId}/rotate-secret}
	 * @param endpointId the id, {@code wh_…}
	 * @return the new secret, which is returned only this once
	 */
	default Mono<WebhookSecret> rotateSecret(String endpointId) {
		return rotateSecret(endpointId, null);
	}

	/**
	 * Replace the secret of an endpoint with a new one of the server.
	 * <p>
	 * {@code POST /api/v1/webhooks/endpoints/{endpointId}/rotate-secret}
	 * @param endpointId the id, {@code wh_…}
	 * @param previousSecretTtl how long the previous secret is accepted as well, at most
	 * 7 days; a fraction of a second is dropped; the server's choice if {@code null}
	 * @return the new secret, which is returned only this once
	 */
	Mono<WebhookSecret> rotateSecret(String endpointId, @Nullable Duration previousSecretTtl);

	/**
	 * Set the secret of an endpoint. The server decides how long the previous secret is
	 * accepted as well.
	 * <p>
	 * {@code PUT /api/v1/webhooks/endpoints/{endpointId}/secret}
	 * @param endpointId the id, {@code wh_…}
	 * @param secret the secret, at most 4096 characters
	 * @return the state of the secrets
	 */
	default Mono<WebhookSecret> setSecret(String endpointId, String secret) {
		return setSecret(endpointId, secret, null);
	}

	/**
	 * Set the secret of an endpoint.
	 * <p>
	 * {@code PUT /api/v1/webhooks/endpoints/{endpointId}/secret}
	 * @param endpointId the id, {@code wh_…}
	 * @param secret the secret, at most 4096 characters
	 * @param previousSecretTtl how long the previous secret is accepted as well, at most
	 * 7 days; a fraction of a second is dropped; the server's choice if {@code null}
	 * @return the state of the secrets
	 */
	Mono<WebhookSecret> setSecret(String endpointId, String secret, @Nullable Duration previousSecretTtl);

}

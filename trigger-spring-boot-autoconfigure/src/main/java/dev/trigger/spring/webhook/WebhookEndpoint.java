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

import java.io.Serializable;
import java.time.Instant;
import java.util.List;

import com.fasterxml.jackson.annotation.JsonAlias;
import org.jspecify.annotations.Nullable;

/**
 * An endpoint at which Trigger.dev receives the webhooks of third parties.
 *
 * @param id the id, {@code wh_…}
 * @param declaredId the id that the code declares
 * @param source where the webhooks come from, such as {@code stripe}
 * @param status the status
 * @param secretProvisioning who creates the secret: {@code provider}, {@code integrator}
 * or {@code either}
 * @param secretSet whether there is a secret
 * @param tenantId the tenant that it belongs to
 * @param externalRef an id that the application chose
 * @param url the address that webhooks are sent to
 * @param createdAt when it was created
 * @param updatedAt when it was changed last
 * @param subscribers the tasks and sessions that deliveries go to; left out of lists
 * @param setupPrompt what remains to be done to set it up; left out of lists
 * @since 1.0.0
 */
public record WebhookEndpoint(String id, @JsonAlias("webhook") @Nullable String declaredId, @Nullable String source,
		@Nullable WebhookEndpointStatus status, @Nullable String secretProvisioning, @Nullable Boolean secretSet,
		@Nullable String tenantId, @Nullable String externalRef, @Nullable String url, @Nullable Instant createdAt,
		@Nullable Instant updatedAt, List<Subscriber> subscribers,
		@Nullable String setupPrompt) implements Serializable {

	/**
	 * Create an endpoint.
	 */
	public WebhookEndpoint {
		subscribers = (subscribers != null) ? List.copyOf(subscribers) : List.of();
	}

	/**
	 * A task or session that deliveries go to.
	 *
	 * @param id the id
	 * @param type the kind, {@code task} or {@code session}
	 * @param taskId the identifier of the task
	 * @param filter which deliveries it gets, all if {@code null}
	 */
	public record Subscriber(@Nullable String id, @Nullable String type, @Nullable String taskId,
			@Nullable String filter) implements Serializable {

	}

}

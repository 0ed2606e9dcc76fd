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
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonAlias;
import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonFormat;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A webhook that arrived at an endpoint. {@link #toString()} leaves out its content.
 * Older servers show of an endpoint only what the code declares, and of targets only a
 * run.
 *
 * @param id the id, {@code whd_…}
 * @param endpoint the endpoint, {@code null} if it no longer exists
 * @param status the status
 * @param externalDeliveryId the id that the sender gave it
 * @param isTest whether it is a test
 * @param createdAt when it arrived
 * @param processedAt when it was processed
 * @param idempotencyKey the key by which repeated deliveries are found; lists leave out
 * this and all that follows
 * @param event the body
 * @param headers the headers
 * @param rawBodyHash the hash of the body as it arrived
 * @param error why it failed
 * @param filterReason why it was left out
 * @param targets the tasks, sessions and waiters that it went to
 * @param updatedAt when it was changed last
 * @since 1.0.0
 */
public record WebhookDelivery(String id, @JsonAlias("webhook") @Nullable Endpoint endpoint,
		@Nullable WebhookDeliveryStatus status, @Nullable String externalDeliveryId, boolean isTest,
		@Nullable Instant createdAt, @Nullable Instant processedAt, @Nullable String idempotencyKey,
		@Nullable JsonNode event, Map<String, @Nullable String> headers, @Nullable String rawBodyHash,
		@Nullable String error, @Nullable String filterReason,
		@JsonAlias("runId") @JsonFormat(with = JsonFormat.Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY) List<Target> targets,
		@Nullable Instant updatedAt) implements Serializable {

	/**
	 * Create a delivery.
	 */
	public WebhookDelivery {
		// a header may be null, which Map.copyOf does not take
		headers = (headers != null) ? Collections.unmodifiableMap(new LinkedHashMap<>(headers)) : Map.of();
		targets = (targets != null) ? List.copyOf(targets) : List.of();
	}

	@Override
	public String toString() {
		return "WebhookDelivery[id=" + this.id + ", endpoint=" + this.endpoint + ", status=" + this.status + "]";
	}

	/**
	 * The endpoint that a delivery arrived at.
	 *
	 * @param id the id, {@code wh_…}
	 * @param declaredId the id that the code declares
	 */
	public record Endpoint(@Nullable String id, @Nullable String declaredId) implements Serializable {

		/**
		 * Create an endpoint.
		 */
		@JsonCreator
		public Endpoint {
		}

		@JsonCreator(mode = JsonCreator.Mode.DELEGATING)
		static Endpoint declared(String declaredId) {
			return new Endpoint(null, declaredId);
		}

	}

	/**
	 * A task, a session or waiters that a delivery went to.
	 *
	 * @param id the id
	 * @param type the kind: {@code task}, {@code session} or {@code waiter}
	 * @param status the status
	 * @param reason why it has this status
	 * @param error why it failed
	 * @param runId the run that was triggered
	 * @param sessionId the session that was reached
	 * @param waiters how many waiters were reached
	 */
	public record Target(@Nullable String id, @Nullable String type, @Nullable WebhookDeliveryStatus status,
			@Nullable String reason, @Nullable String error, @Nullable String runId, @Nullable String sessionId,
			@Nullable Waiters waiters) implements Serializable {

		/**
		 * Create a target.
		 */
		@JsonCreator
		public Target {
		}

		@JsonCreator(mode = JsonCreator.Mode.DELEGATING)
		static Target run(String runId) {
			return new Target(null, "task", null, null, null, runId, null, null);
		}

	}

	/**
	 * How many waiters a delivery reached.
	 *
	 * @param matched how many waited for it
	 * @param resumed how many of them continued
	 * @param failed how many of them failed
	 */
	public record Waiters(int matched, int resumed, int failed) implements Serializable {

	}

}

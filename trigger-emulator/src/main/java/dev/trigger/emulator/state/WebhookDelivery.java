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

package dev.trigger.emulator.state;

import java.time.Instant;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A webhook that came in.
 *
 * @param id its identifier
 * @param endpoint where it came in
 * @param externalId the sender's identifier
 * @param event what was sent
 * @param createdAt when it came
 * @param replayedFrom the delivery that this one repeats
 * @since 1.0.0
 */
public record WebhookDelivery(String id, WebhookEndpoint endpoint, String externalId, JsonNode event, Instant createdAt,
		@Nullable String replayedFrom) {

	/**
	 * Add what came in to an environment.
	 * @param state the state
	 * @param environment the environment
	 * @param endpoint where it came in
	 * @param externalId the sender's identifier
	 * @param event what was sent
	 * @param replayedFrom the delivery that it repeats, {@code null} for none
	 * @return the delivery
	 */
	public static WebhookDelivery add(EmulatorState state, Environment environment, WebhookEndpoint endpoint,
			String externalId, JsonNode event, @Nullable String replayedFrom) {
		WebhookDelivery delivery = new WebhookDelivery("whd_" + state.ids().random(21), endpoint, externalId, event,
				state.now(), replayedFrom);
		environment.all(WebhookDelivery.class).put(delivery.id(), delivery);
		return delivery;
	}

}

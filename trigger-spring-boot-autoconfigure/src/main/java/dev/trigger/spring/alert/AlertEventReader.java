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

package dev.trigger.spring.alert;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Map;

import dev.trigger.spring.json.TriggerJson;
import dev.trigger.spring.json.UtcInstant;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads alerts from the body of a webhook.
 */
final class AlertEventReader {

	private static final Map<String, Class<? extends AlertEvent>> TYPES = Map.of(AlertEvent.RunFailed.TYPE,
			AlertEvent.RunFailed.class, AlertEvent.DeploymentSuccess.TYPE, AlertEvent.DeploymentSuccess.class,
			AlertEvent.DeploymentFailed.TYPE, AlertEvent.DeploymentFailed.class, AlertEvent.ErrorGroup.TYPE,
			AlertEvent.ErrorGroup.class);

	private AlertEventReader() {
	}

	static AlertEvent read(byte[] body) {
		try {
			JsonNode json = TriggerJson.shared().readTree(new String(body, StandardCharsets.UTF_8));
			if (!json.isObject()) {
				throw new WebhookPayloadException("The body of the webhook is not a JSON object", null);
			}
			return read(json);
		}
		catch (JacksonException ex) {
			throw new WebhookPayloadException(
					"The body of the webhook is not the JSON of an alert: " + ex.getClass().getSimpleName(), ex);
		}
	}

	private static AlertEvent read(JsonNode json) {
		String type = json.path("type").asString("");
		Class<? extends AlertEvent> eventType = TYPES.get(type);
		if (eventType == null || !(json.path("object") instanceof ObjectNode object)) {
			return new AlertEvent.Unknown(string(json, "id"), instant(json.path("created")),
					string(json, "webhookVersion"), type, json);
		}
		ObjectNode event = object.deepCopy();
		for (String name : new String[] { "id", "created", "webhookVersion" }) {
			event.set(name, json.path(name).isMissingNode() ? event.nullNode() : json.path(name));
		}
		return (AlertEvent) TriggerJson.shared().read(TriggerJson.shared().write(event), eventType);
	}

	private static @Nullable String string(JsonNode json, String name) {
		return json.path(name).isString() ? json.path(name).stringValue() : null;
	}

	private static @Nullable Instant instant(JsonNode node) {
		try {
			return node.isString() ? UtcInstant.parse(node.stringValue()) : null;
		}
		catch (DateTimeException ex) {
			return null;
		}
	}

}

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

package dev.trigger.spring.autoconfigure.webhook;

import java.util.Collection;

import dev.trigger.spring.alert.TriggerWebhook;
import dev.trigger.spring.autoconfigure.property.InvalidTriggerPropertyException;

import org.springframework.core.MethodParameter;
import org.springframework.web.method.HandlerMethod;

/**
 * Stops the start of an application that has a controller for webhooks but nothing to
 * verify them with, rather than have each webhook fail.
 */
final class WebhookSecretCheck {

	private WebhookSecretCheck() {
	}

	static void check(Collection<HandlerMethod> methods) {
		for (HandlerMethod method : methods) {
			for (MethodParameter parameter : method.getMethodParameters()) {
				if (parameter.hasParameterAnnotation(TriggerWebhook.class)) {
					throw new InvalidTriggerPropertyException(OnWebhookSecretCondition.PROPERTY,
							method.getShortLogMessage() + " has a parameter with @TriggerWebhook, but '"
									+ OnWebhookSecretCondition.PROPERTY + "' is not set",
							"Set it to the secret that the dashboard shows for the webhook, or define a "
									+ "WebhookVerifier bean");
				}
			}
		}
	}

}

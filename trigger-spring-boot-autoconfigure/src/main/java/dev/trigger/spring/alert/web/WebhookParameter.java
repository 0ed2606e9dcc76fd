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

package dev.trigger.spring.alert.web;

import dev.trigger.spring.alert.AlertEvent;
import dev.trigger.spring.alert.TriggerWebhook;
import dev.trigger.spring.alert.WebhookVerifier;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.core.MethodParameter;
import org.springframework.util.Assert;

/**
 * Logic shared by the argument resolvers: which parameters they resolve, and which
 * verifier they use.
 */
final class WebhookParameter {

	private WebhookParameter() {
	}

	static boolean isMarked(MethodParameter parameter) {
		if (!parameter.hasParameterAnnotation(TriggerWebhook.class)) {
			return false;
		}
		Assert.state(parameter.getParameterType() == AlertEvent.class,
				() -> "A parameter with @TriggerWebhook must be of the type AlertEvent: " + parameter);
		return true;
	}

	static WebhookVerifier verifier(ObjectProvider<WebhookVerifier> verifier) {
		WebhookVerifier available = verifier.getIfAvailable();
		Assert.state(available != null,
				"A webhook cannot be verified: set 'trigger.webhook.secret' to the secret that the dashboard shows");
		return available;
	}

}

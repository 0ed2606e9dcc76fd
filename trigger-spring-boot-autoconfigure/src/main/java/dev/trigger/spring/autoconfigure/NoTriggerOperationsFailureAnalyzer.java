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

package dev.trigger.spring.autoconfigure;

import dev.trigger.spring.TriggerOperations;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.NoSuchBeanDefinitionException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/**
 * Says what to configure when the client is injected, but there is none. Goes before the
 * analyzer that suggests to define a bean.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
class NoTriggerOperationsFailureAnalyzer extends AbstractFailureAnalyzer<NoSuchBeanDefinitionException> {

	@Override
	protected @Nullable FailureAnalysis analyze(Throwable rootFailure, NoSuchBeanDefinitionException cause) {
		Class<?> type = (cause.getResolvableType() != null) ? cause.getResolvableType().resolve() : null;
		if (cause.getNumberOfBeansFound() > 0 || type == null || !TriggerOperations.class.isAssignableFrom(type)) {
			return null;
		}
		return new FailureAnalysis(
				"A bean of type '" + type.getName() + "' is needed, but no Trigger.dev credential is configured.",
				"Set 'trigger.secret-key' or the environment variable TRIGGER_SECRET_KEY to a secret key, or "
						+ "'trigger.access-token' to a personal access token. In a test, "
						+ "@AutoConfigureTriggerEmulator starts an emulator.",
				cause);
	}

}

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
import dev.trigger.spring.annotation.TriggerTasks;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.NoSuchBeanDefinitionException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.MergedAnnotations;
import org.springframework.core.annotation.Order;

/**
 * Says what to configure when the client, or an interface whose methods are tasks, is
 * injected, but there is none. Goes before the analyzer that suggests to define a bean.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
class NoTriggerOperationsFailureAnalyzer extends AbstractFailureAnalyzer<NoSuchBeanDefinitionException> {

	private static final String ACTION = "Set 'trigger.secret-key' or the environment variable TRIGGER_SECRET_KEY to a "
			+ "secret key, or 'trigger.access-token' to a personal access token. In a test, "
			+ "@AutoConfigureTriggerEmulator starts an emulator.";

	@Override
	protected @Nullable FailureAnalysis analyze(Throwable rootFailure, NoSuchBeanDefinitionException cause) {
		Class<?> type = (cause.getResolvableType() != null) ? cause.getResolvableType().resolve() : null;
		if (cause.getNumberOfBeansFound() > 0 || type == null) {
			return null;
		}
		if (TriggerOperations.class.isAssignableFrom(type)) {
			return new FailureAnalysis(
					"A bean of type '" + type.getName() + "' is needed, but no Trigger.dev credential is configured.",
					ACTION, cause);
		}
		if (MergedAnnotations.from(type).isPresent(TriggerTasks.class)) {
			return new FailureAnalysis(
					"A bean of type '" + type.getName() + "' is needed, but no Trigger.dev "
							+ "credential is configured, or the interface is in none of the packages that are scanned.",
					ACTION + " Name other packages than those of the application with @TriggerTasksScan.", cause);
		}
		return null;
	}

}

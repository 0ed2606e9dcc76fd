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

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Map;

import dev.trigger.spring.TriggerOperations;
import dev.trigger.spring.alert.WebhookVerifier;
import dev.trigger.spring.annotation.TriggerTask;
import dev.trigger.spring.annotation.TriggerTasks;
import dev.trigger.spring.outbox.TriggerOutbox;
import dev.trigger.spring.runlistener.RunListenerContainer;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.NoSuchBeanDefinitionException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.MergedAnnotations;
import org.springframework.core.annotation.Order;

/**
 * Reports why there is no bean of a type of this library, although a client may be
 * configured: the type is a part of the client, or of a feature that has to be turned on.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
class MissingTriggerBeanFailureAnalyzer extends AbstractFailureAnalyzer<NoSuchBeanDefinitionException> {

	private static final Map<Class<?>, String> CONDITIONS = Map.of(TriggerOutbox.class,
			"Set 'trigger.outbox.enabled' to true, and give the application a DataSource, spring-boot-jdbc and a "
					+ "credential of Trigger.dev.",
			RunListenerContainer.class,
			"Annotate a method of a bean with @TriggerRunListener, and leave 'trigger.run-listener.enabled' true.",
			WebhookVerifier.class, "Set 'trigger.webhook.secret' to the secret that the dashboard shows.");

	@Override
	protected @Nullable FailureAnalysis analyze(Throwable rootFailure, NoSuchBeanDefinitionException cause) {
		Class<?> type = (cause.getResolvableType() != null) ? cause.getResolvableType().resolve() : null;
		if (cause.getNumberOfBeansFound() > 0 || type == null) {
			return null;
		}
		String needed = "A bean of type '" + type.getName() + "' is needed, but ";
		String condition = CONDITIONS.get(TriggerOutbox.class.isAssignableFrom(type) ? TriggerOutbox.class : type);
		if (condition != null) {
			return new FailureAnalysis(needed + "there is none.", condition, cause);
		}
		String accessor = accessor(type);
		if (accessor != null) {
			return new FailureAnalysis(needed + "it is a part of the Trigger.dev client, which is the bean.",
					"Inject TriggerOperations, and call its method " + accessor + "().", cause);
		}
		if (hasTasks(type) && !MergedAnnotations.from(type).isPresent(TriggerTasks.class)) {
			return new FailureAnalysis(
					needed + "the interface has methods with @TriggerTask and is not annotated with @TriggerTasks.",
					"Annotate the interface with @TriggerTasks.", cause);
		}
		return null;
	}

	/**
	 * Return how the client gives operations. A text or a URI, which it has as well, is
	 * missing for other reasons.
	 */
	private static @Nullable String accessor(Class<?> type) {
		return Arrays.stream(TriggerOperations.class.getMethods())
			.filter((method) -> method.getReturnType() == type && type != TriggerOperations.class
					&& type.getSimpleName().endsWith("Operations"))
			.map(Method::getName)
			.sorted()
			.findFirst()
			.orElse(null);
	}

	private static boolean hasTasks(Class<?> type) {
		return type.isInterface() && Arrays.stream(type.getMethods())
			.anyMatch((method) -> MergedAnnotations.from(method).isPresent(TriggerTask.class));
	}

}

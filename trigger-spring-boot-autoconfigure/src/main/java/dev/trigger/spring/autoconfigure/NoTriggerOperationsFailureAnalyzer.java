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

import java.util.Set;
import java.util.TreeSet;

import dev.trigger.spring.TriggerOperations;
import dev.trigger.spring.annotation.TriggerTasks;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.InjectionPoint;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.NoSuchBeanDefinitionException;
import org.springframework.beans.factory.UnsatisfiedDependencyException;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.MergedAnnotations;
import org.springframework.core.annotation.Order;

/**
 * Reports what to configure when a client, or an interface whose methods are tasks, is
 * injected, but there is none. Goes before the analyzer that suggests to define a bean.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
class NoTriggerOperationsFailureAnalyzer extends AbstractFailureAnalyzer<NoSuchBeanDefinitionException> {

	private static final String ACTION = "Set 'trigger.secret-key' or the environment variable TRIGGER_SECRET_KEY to a "
			+ "secret key, or 'trigger.access-token' to a personal access token. In a test, "
			+ "@AutoConfigureTriggerEmulator starts an emulator.";

	private final BeanFactory beanFactory;

	NoTriggerOperationsFailureAnalyzer(BeanFactory beanFactory) {
		this.beanFactory = beanFactory;
	}

	@Override
	protected @Nullable FailureAnalysis analyze(Throwable rootFailure, NoSuchBeanDefinitionException cause) {
		Class<?> type = (cause.getResolvableType() != null) ? cause.getResolvableType().resolve() : null;
		if (cause.getNumberOfBeansFound() > 0 || type == null) {
			return null;
		}
		if (TriggerOperations.class.isAssignableFrom(type)) {
			return analyzeClient(rootFailure, cause, type);
		}
		if (MergedAnnotations.from(type).isPresent(TriggerTasks.class)) {
			return new FailureAnalysis(
					"A bean of type '" + type.getName() + "' is needed, but no Trigger.dev "
							+ "credential is configured, or the interface is in none of the packages that are scanned.",
					ACTION + " Name other packages than those of the application with @TriggerTasksScan.", cause);
		}
		return null;
	}

	private FailureAnalysis analyzeClient(Throwable rootFailure, NoSuchBeanDefinitionException cause, Class<?> type) {
		Set<String> clients = clients();
		if (clients.isEmpty()) {
			return new FailureAnalysis(
					"A bean of type '" + type.getName() + "' is needed, but no Trigger.dev credential is configured.",
					ACTION, cause);
		}
		String there = "; there are: " + String.join(", ", clients) + ".";
		InjectionPoint injectionPoint = injectionPoint(rootFailure);
		String name = qualifier(injectionPoint);
		if (name == null) {
			return new FailureAnalysis(
					"There is no Trigger.dev client that can be injected as '" + type.getName() + "'" + there,
					"Inject a client by its name, with @Qualifier, or configure one without a name with "
							+ "'trigger.secret-key'.",
					cause);
		}
		return new FailureAnalysis("There is no Trigger.dev client '" + name + "'" + there,
				"Correct the name in the @Qualifier of " + injectionPoint + ", or configure the client with "
						+ "'trigger.clients." + name + ".secret-key'.",
				cause);
	}

	private Set<String> clients() {
		Set<String> clients = new TreeSet<>();
		if (!(this.beanFactory instanceof ListableBeanFactory beans)) {
			return clients;
		}
		for (String beanName : beans.getBeanNamesForType(TriggerOperations.class, true, false)) {
			clients.add(TriggerClientBeans.clientName(beanName));
		}
		return clients;
	}

	private static @Nullable InjectionPoint injectionPoint(Throwable failure) {
		InjectionPoint found = null;
		for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
			if (cause instanceof UnsatisfiedDependencyException unsatisfied
					&& unsatisfied.getInjectionPoint() != null) {
				found = unsatisfied.getInjectionPoint();
			}
		}
		return found;
	}

	private static @Nullable String qualifier(@Nullable InjectionPoint injectionPoint) {
		return (injectionPoint != null) ? MergedAnnotations.from(injectionPoint.getAnnotations())
			.get(Qualifier.class)
			.getValue("value", String.class)
			.orElse(null) : null;
	}

}

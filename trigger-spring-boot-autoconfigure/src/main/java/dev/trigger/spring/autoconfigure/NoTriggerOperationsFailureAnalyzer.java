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
import java.util.function.Predicate;

import dev.trigger.spring.TriggerOperations;
import dev.trigger.spring.TriggerOperationsRegistry;
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
import org.springframework.core.env.Environment;

/**
 * Reports what to configure when a client, or an interface whose methods are tasks, is
 * injected, but there is none. Takes precedence over the one that suggests defining a
 * bean.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
class NoTriggerOperationsFailureAnalyzer extends AbstractFailureAnalyzer<NoSuchBeanDefinitionException> {

	private static final String ACTION = "Set 'trigger.secret-key' or the environment variable TRIGGER_SECRET_KEY to a "
			+ "secret key, or 'trigger.access-token' to a personal access token. In a test, "
			+ "@AutoConfigureTriggerEmulator starts an emulator.";

	private final BeanFactory beanFactory;

	private final @Nullable Environment environment;

	NoTriggerOperationsFailureAnalyzer(BeanFactory beanFactory, @Nullable Environment environment) {
		this.beanFactory = beanFactory;
		this.environment = environment;
	}

	@Override
	protected @Nullable FailureAnalysis analyze(Throwable rootFailure, NoSuchBeanDefinitionException cause) {
		Class<?> type = (cause.getResolvableType() != null) ? cause.getResolvableType().resolve() : null;
		if (type == null) {
			return null;
		}
		if (cause.getNumberOfBeansFound() > 0) {
			return TriggerOperations.class.isAssignableFrom(type) ? analyzeSeveralClients(rootFailure, cause) : null;
		}
		if (TriggerOperations.class.isAssignableFrom(type)) {
			return analyzeClient(rootFailure, cause, type);
		}
		if (MergedAnnotations.from(type).isPresent(TriggerTasks.class)) {
			return clients().isEmpty() ? withoutCredential(cause, type) : new FailureAnalysis(
					"A bean of type '" + type.getName()
							+ "' is needed, but the interface is in none of the packages that are scanned.",
					"Move it to a package of the application, or name its package with @TriggerTasksScan.", cause);
		}
		return null;
	}

	private FailureAnalysis withoutCredential(NoSuchBeanDefinitionException cause, Class<?> type) {
		return new FailureAnalysis(
				"A bean of type '" + type.getName() + "' is needed, but no Trigger.dev credential is configured."
						+ UnreadCredentials.describe(this.environment),
				ACTION, cause);
	}

	/**
	 * Several named clients, and none without a name that would be the primary one.
	 */
	private @Nullable FailureAnalysis analyzeSeveralClients(Throwable rootFailure,
			NoSuchBeanDefinitionException cause) {
		String named = clients(TriggerClientBeans::isNamed).stream().findFirst().orElse(null);
		if (named == null) {
			return null;
		}
		InjectionPoint injectionPoint = injectionPoint(rootFailure);
		return new FailureAnalysis(
				"There are several Trigger.dev clients, and none of them is the default; there are: "
						+ String.join(", ", clients()) + ".",
				"Name the one to inject, as in @Qualifier(\"" + named + "\")"
						+ ((injectionPoint != null) ? " at " + injectionPoint : "")
						+ ", or configure the default client with 'trigger.secret-key'.",
				cause);
	}

	private FailureAnalysis analyzeClient(Throwable rootFailure, NoSuchBeanDefinitionException cause, Class<?> type) {
		Set<String> clients = clients();
		if (clients.isEmpty()) {
			return withoutCredential(cause, type);
		}
		InjectionPoint injectionPoint = injectionPoint(rootFailure);
		String name = qualifier(injectionPoint);
		if (name == null) {
			return new FailureAnalysis(
					"There is no Trigger.dev client that can be injected as '" + type.getName() + "'; there are: "
							+ String.join(", ", clients) + ".",
					"Inject a client by its name, with @Qualifier, or configure one without a name with "
							+ "'trigger.secret-key'.",
					cause);
		}
		return new FailureAnalysis(TriggerOperationsRegistry.describeMissing(name, clients) + ".",
				"Correct the name in the @Qualifier of " + injectionPoint + ", or configure the client with "
						+ "'trigger.clients." + name + ".secret-key'.",
				cause);
	}

	private Set<String> clients() {
		return clients((beanName) -> true);
	}

	private Set<String> clients(Predicate<String> beanNames) {
		Set<String> clients = new TreeSet<>();
		if (!(this.beanFactory instanceof ListableBeanFactory beans)) {
			return clients;
		}
		for (String beanName : beans.getBeanNamesForType(TriggerOperations.class, true, false)) {
			if (beanNames.test(beanName)) {
				clients.add(TriggerClientBeans.clientName(beanName));
			}
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

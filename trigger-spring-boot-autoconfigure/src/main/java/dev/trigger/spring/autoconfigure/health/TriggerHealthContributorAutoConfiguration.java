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

package dev.trigger.spring.autoconfigure.health;

import java.util.LinkedHashMap;
import java.util.Map;

import dev.trigger.spring.TriggerOperations;
import dev.trigger.spring.TriggerOperationsRegistry;
import dev.trigger.spring.autoconfigure.TriggerAutoConfiguration;
import dev.trigger.spring.autoconfigure.TriggerClientBeans;
import dev.trigger.spring.autoconfigure.TriggerProperties;
import dev.trigger.spring.autoconfigure.health.TriggerHealthContributorAutoConfiguration.CheckedClient;
import dev.trigger.spring.health.TriggerHealthIndicator;

import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.SimpleAutowireCandidateResolver;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.health.autoconfigure.contributor.CompositeReactiveHealthContributorConfiguration;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.ReactiveHealthContributor;
import org.springframework.boot.health.contributor.ReactiveHealthIndicator;
import org.springframework.context.annotation.Bean;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for {@link TriggerHealthIndicator}.
 *
 * @since 1.0.0
 */
@AutoConfiguration(after = TriggerAutoConfiguration.class,
		beforeName = "org.springframework.boot.health.autoconfigure.contributor.HealthContributorAutoConfiguration")
@ConditionalOnClass({ ReactiveHealthIndicator.class, ConditionalOnEnabledHealthIndicator.class })
@ConditionalOnBean(TriggerOperations.class)
@ConditionalOnEnabledHealthIndicator("trigger")
public final class TriggerHealthContributorAutoConfiguration
		extends CompositeReactiveHealthContributorConfiguration<TriggerHealthIndicator, CheckedClient> {

	TriggerHealthContributorAutoConfiguration() {
		super((checked) -> new TriggerHealthIndicator(checked.client(), checked.properties().getTimeout(),
				checked.properties().getCacheTtl()));
	}

	@Bean
	@ConditionalOnMissingBean(name = { "triggerHealthIndicator", "triggerHealthContributor" })
	ReactiveHealthContributor triggerHealthContributor(ConfigurableListableBeanFactory beanFactory,
			TriggerOperationsRegistry registry) {
		Map<String, CheckedClient> clients = new LinkedHashMap<>();
		SimpleAutowireCandidateResolver.resolveAutowireCandidates(beanFactory, TriggerOperations.class)
			.forEach((beanName, client) -> clients.put(name(beanName, client, registry),
					new CheckedClient(client, TriggerClientBeans.properties(beanName, beanFactory).getHealth())));
		return createContributor(clients);
	}

	/**
	 * Return the name that metrics and the endpoint have for a client. Of several clients
	 * of the application's own, they know the primary one at most.
	 */
	private static String name(String beanName, TriggerOperations client, TriggerOperationsRegistry registry) {
		return registry.getNames()
			.stream()
			.filter((name) -> registry.get(name) == client)
			.findFirst()
			.orElseGet(() -> TriggerClientBeans.clientName(beanName));
	}

	/**
	 * A client, and how its health is checked.
	 *
	 * @param client the client
	 * @param properties its own properties
	 */
	record CheckedClient(TriggerOperations client, TriggerProperties.Health properties) {

	}

}

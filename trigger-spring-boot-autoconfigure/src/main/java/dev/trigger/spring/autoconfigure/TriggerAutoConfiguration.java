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

import java.util.LinkedHashMap;
import java.util.Map;

import dev.trigger.spring.TriggerOperations;
import dev.trigger.spring.TriggerOperationsRegistry;
import dev.trigger.spring.TriggerTemplate;
import dev.trigger.spring.annotation.TriggerTasksFactory;
import dev.trigger.spring.auth.TriggerCredentialProvider;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.webclient.autoconfigure.WebClientAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Lazy;
import org.springframework.context.annotation.Primary;
import org.springframework.core.env.Environment;
import org.springframework.web.reactive.function.client.WebClient;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for the Trigger.dev clients: the one
 * of {@code trigger.*}, if it has a credential, those of {@code trigger.clients.*}, and
 * the registry of all.
 *
 * @since 1.0.0
 */
@AutoConfiguration(after = WebClientAutoConfiguration.class,
		afterName = "org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration")
@ConditionalOnClass(WebClient.class)
@EnableConfigurationProperties(TriggerProperties.class)
@Import({ TriggerClientsRegistrar.class, TriggerTasksRegistrar.class })
public final class TriggerAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean(TriggerConnectionDetails.class)
	@Conditional(OnTriggerCredentialCondition.class)
	PropertiesTriggerConnectionDetails triggerConnectionDetails(TriggerProperties properties) {
		return new PropertiesTriggerConnectionDetails(properties);
	}

	@Bean
	TriggerClientFactory triggerClientFactory(Environment environment, BeanFactory beanFactory) {
		return TriggerClientFactory.of(environment, beanFactory);
	}

	@Bean
	@Primary
	@ConditionalOnMissingBean(TriggerOperations.class)
	@Conditional(OnTriggerCredentialCondition.class)
	TriggerTemplate triggerTemplate(TriggerClientFactory factory, TriggerConnectionDetails connectionDetails,
			TriggerProperties properties, ObjectProvider<TriggerCredentialProvider> credentialProvider) {
		return factory.create("", connectionDetails, properties, credentialProvider.getIfUnique());
	}

	/**
	 * Lazy, as the factory of tasks: an application with one client needs neither.
	 */
	@Bean
	@Lazy
	@ConditionalOnMissingBean
	TriggerOperationsRegistry triggerOperationsRegistry(Environment environment, BeanFactory beanFactory) {
		Map<String, TriggerOperations> clients = new LinkedHashMap<>();
		for (String name : TriggerClientsRegistrar.names(environment)) {
			clients.put(name, beanFactory.getBean(name, TriggerOperations.class));
		}
		TriggerOperations client = beanFactory.getBeanProvider(TriggerOperations.class).getIfUnique();
		if (client != null && !clients.containsValue(client)) {
			clients.put(TriggerOperationsRegistry.DEFAULT, client);
		}
		return new TriggerOperationsRegistry(clients);
	}

	@Bean
	@Lazy
	@ConditionalOnMissingBean
	TriggerTasksFactory triggerTasksFactory(BeanFactory beanFactory) {
		return TriggerTasksFactory.of(beanFactory);
	}

}

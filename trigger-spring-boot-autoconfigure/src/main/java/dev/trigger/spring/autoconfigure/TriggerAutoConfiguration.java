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
import dev.trigger.spring.autoconfigure.http.ConnectorFactory;
import dev.trigger.spring.http.TriggerCallListener;
import dev.trigger.spring.http.TriggerObservationConvention;
import io.micrometer.observation.ObservationRegistry;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.SearchStrategy;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.http.client.HttpClientSettings;
import org.springframework.boot.http.client.reactive.ClientHttpConnectorBuilder;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.boot.webclient.WebClientCustomizer;
import org.springframework.boot.webclient.autoconfigure.WebClientAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Lazy;
import org.springframework.context.annotation.Primary;
import org.springframework.core.env.Environment;
import org.springframework.http.client.ReactorResourceFactory;
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
@Import({ TriggerPropertiesConfiguration.class, TriggerClientsRegistrar.class, TriggerTasksRegistrar.class })
public final class TriggerAutoConfiguration {

	@Bean
	static TriggerClientBeans triggerClientBeans() {
		return new TriggerClientBeans();
	}

	@Bean
	@Lazy
	TriggerClientsProperties triggerClientsProperties(Environment environment) {
		return TriggerClientsProperties.bind(environment);
	}

	@Bean
	@ConditionalOnMissingBean(TriggerConnectionDetails.class)
	@Conditional(OnTriggerCredentialCondition.class)
	PropertiesTriggerConnectionDetails triggerConnectionDetails(TriggerProperties properties,
			ObjectProvider<SslBundles> sslBundles) {
		return new PropertiesTriggerConnectionDetails(properties, "trigger", sslBundles.getIfAvailable());
	}

	/**
	 * Lazy, as all that clients are made with: without a credential there are none.
	 */
	@Bean
	@Lazy
	ConnectorFactory triggerConnectorFactory(ObjectProvider<ClientHttpConnectorBuilder<?>> connectorBuilder,
			ObjectProvider<HttpClientSettings> settings, ObjectProvider<SslBundles> sslBundles,
			ObjectProvider<ReactorResourceFactory> reactorResources) {
		return new ConnectorFactory(connectorBuilder.getIfUnique(), settings.getIfUnique(), sslBundles.getIfAvailable(),
				reactorResources.getIfUnique());
	}

	@Bean
	@Lazy
	TriggerClientFactory triggerClientFactory(Environment environment, ConnectorFactory connectors,
			ObjectProvider<SslBundles> sslBundles, ObjectProvider<JsonMapper> jsonMapper,
			ObjectProvider<WebClientCustomizer> webClientCustomizers,
			ObjectProvider<TriggerWebClientCustomizer> triggerWebClientCustomizers,
			ObjectProvider<TriggerJsonMapperCustomizer> jsonMapperCustomizers,
			ObjectProvider<TriggerClientCustomizer> clientCustomizers, ObjectProvider<TriggerCallListener> listeners,
			ObjectProvider<TriggerObservationConvention> observationConvention,
			ObjectProvider<ObservationRegistry> observationRegistry) {
		return new TriggerClientFactory(connectors, sslBundles.getIfAvailable(), jsonMapper.getIfUnique(),
				environment::getProperty, webClientCustomizers.orderedStream().toList(),
				triggerWebClientCustomizers.orderedStream().toList(), jsonMapperCustomizers.orderedStream().toList(),
				clientCustomizers.orderedStream().toList(), listeners.orderedStream().toList(),
				observationConvention.getIfAvailable(), observationRegistry.getIfUnique());
	}

	@Bean
	FeedLifecycle triggerFeedLifecycle(ConfigurableApplicationContext context) {
		return new FeedLifecycle(context);
	}

	@Bean
	@Primary
	@ConditionalOnMissingBean(TriggerOperations.class)
	@Conditional(OnTriggerCredentialCondition.class)
	TriggerTemplate triggerTemplate(TriggerClientFactory factory, TriggerConnectionDetails connectionDetails,
			TriggerProperties properties, ObjectProvider<TriggerCredentialProvider> credentialProvider) {
		return factory.create(TriggerOperationsRegistry.DEFAULT, "trigger", connectionDetails, properties,
				credentialProvider.getIfAvailable());
	}

	/**
	 * Lazy, as the factory of tasks: an application with one client needs neither. Both
	 * are views of the clients that a context has, those of its parent among them, so
	 * that those of the parent itself would not do.
	 */
	@Bean
	@Lazy
	@ConditionalOnMissingBean(search = SearchStrategy.CURRENT)
	TriggerOperationsRegistry triggerOperationsRegistry(TriggerClientsProperties properties, BeanFactory beanFactory) {
		Map<String, TriggerOperations> clients = new LinkedHashMap<>();
		for (String name : properties.clients().keySet()) {
			clients.put(name, beanFactory.getBean(TriggerClientBeans.beanName(name), TriggerOperations.class));
		}
		TriggerOperations client = beanFactory.getBeanProvider(TriggerOperations.class).getIfUnique();
		if (client != null && !clients.containsValue(client)) {
			clients.put(TriggerOperationsRegistry.DEFAULT, client);
		}
		return new TriggerOperationsRegistry(clients, (name) -> TriggerClientBeans.find(name, beanFactory));
	}

	@Bean
	@Lazy
	@ConditionalOnMissingBean(search = SearchStrategy.CURRENT)
	TriggerTasksFactory triggerTasksFactory(BeanFactory beanFactory) {
		return TriggerTasksFactory.of(beanFactory);
	}

}

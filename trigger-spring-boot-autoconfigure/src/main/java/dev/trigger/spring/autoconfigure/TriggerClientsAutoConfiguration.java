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

import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for the clients of
 * {@code trigger.clients.*} and the registry of all clients.
 *
 * @since 1.0.0
 */
@AutoConfiguration(after = TriggerAutoConfiguration.class)
@ConditionalOnBean(TriggerClientFactory.class)
@Import(TriggerClientsRegistrar.class)
public final class TriggerClientsAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	TriggerOperationsRegistry triggerOperationsRegistry(Environment environment, BeanFactory beanFactory,
			ObjectProvider<TriggerOperations> primary) {
		Map<String, TriggerOperations> clients = new LinkedHashMap<>();
		for (String name : TriggerClientsRegistrar.names(environment)) {
			clients.put(name, beanFactory.getBean(name, TriggerOperations.class));
		}
		TriggerOperations client = primary.getIfUnique();
		if (client != null && !clients.containsValue(client)) {
			clients.put(TriggerOperationsRegistry.DEFAULT, client);
		}
		return new TriggerOperationsRegistry(clients);
	}

}

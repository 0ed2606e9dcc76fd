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

import dev.trigger.spring.TriggerTemplate;
import dev.trigger.spring.autoconfigure.TriggerClientsProperties.NamedClient;

import org.springframework.beans.factory.BeanRegistrar;
import org.springframework.beans.factory.BeanRegistry;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.core.env.Environment;

/**
 * Registers a client for each name in {@code trigger.clients.*}. As a fallback it never
 * stands in the way of a client that is injected without a qualifier.
 */
class TriggerClientsRegistrar implements BeanRegistrar {

	@Override
	public void register(BeanRegistry registry, Environment environment) {
		TriggerClientsProperties.reportUnknown(environment);
		for (String name : TriggerClientsProperties.names(environment)) {
			registry.registerBean(TriggerClientBeans.beanName(name), TriggerTemplate.class,
					(spec) -> spec.fallback().supplier((context) -> create(name, context)));
		}
	}

	private static TriggerTemplate create(String name, BeanRegistry.SupplierContext context) {
		NamedClient client = context.bean(TriggerClientsProperties.class).get(name);
		SslBundles sslBundles = context.beanProvider(SslBundles.class).getIfAvailable();
		TriggerConnectionDetails parent = context.beanProvider(TriggerConnectionDetails.class)
			.getIfUnique(() -> new PropertiesTriggerConnectionDetails(context.bean(TriggerProperties.class), "trigger",
					sslBundles));
		return context.bean(TriggerClientFactory.class)
			.create(name, client.prefix(), new NamedTriggerConnectionDetails(client, parent, sslBundles), client.all(),
					null);
	}

}

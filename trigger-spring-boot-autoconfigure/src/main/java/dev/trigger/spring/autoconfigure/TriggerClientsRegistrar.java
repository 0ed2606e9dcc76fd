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

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import dev.trigger.spring.TriggerOperationsRegistry;
import dev.trigger.spring.TriggerTemplate;

import org.springframework.beans.factory.BeanRegistrar;
import org.springframework.beans.factory.BeanRegistry;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;
import org.springframework.util.Assert;

/**
 * Registers a client for each name in {@code trigger.clients.*}. It has the properties of
 * {@code trigger.*} that it does not set itself. As a fallback it never stands in the way
 * of a client that is injected without a qualifier.
 */
class TriggerClientsRegistrar implements BeanRegistrar {

	private static final String PREFIX = "trigger.clients";

	private static final Bindable<Map<String, Object>> CLIENTS = Bindable.mapOf(String.class, Object.class);

	@Override
	public void register(BeanRegistry registry, Environment environment) {
		for (String name : names(environment)) {
			Assert.state(!name.equals(TriggerOperationsRegistry.DEFAULT),
					() -> "'" + PREFIX + "." + name + "': a client can't have this name, which is that of 'trigger.*'");
			registry.registerBean(name, TriggerTemplate.class,
					(spec) -> spec.fallback().supplier((context) -> create(name, environment, context)));
		}
	}

	static Set<String> names(Environment environment) {
		return new TreeSet<>(Binder.get(environment).bind(PREFIX, CLIENTS).orElse(Map.of()).keySet());
	}

	private static TriggerTemplate create(String name, Environment environment, BeanRegistry.SupplierContext context) {
		Binder binder = Binder.get(environment);
		TriggerProperties own = new TriggerProperties();
		binder.bind(PREFIX + "." + name, Bindable.ofInstance(own));
		TriggerProperties all = new TriggerProperties();
		binder.bind("trigger", Bindable.ofInstance(all));
		binder.bind(PREFIX + "." + name, Bindable.ofInstance(all));
		boolean apiUrl = binder.bind(PREFIX + "." + name + ".api-url", String.class).isBound();
		TriggerConnectionDetails parent = context.beanProvider(TriggerConnectionDetails.class)
			.getIfUnique(() -> new PropertiesTriggerConnectionDetails(context.bean(TriggerProperties.class)));
		return context.bean(TriggerClientFactory.class)
			.create(name, new NamedTriggerConnectionDetails(own, apiUrl, parent), all, null);
	}

}

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

import java.util.List;
import java.util.Objects;

import dev.trigger.spring.TriggerOperations;
import dev.trigger.spring.autoconfigure.property.InvalidTriggerPropertyException;
import dev.trigger.spring.autoconfigure.property.TriggerPropertyBinder;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.BeanFactoryUtils;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.Environment;

/**
 * The clients of the parent of a context. As everywhere in Spring Boot, a context uses
 * the beans that its parent has. A credential or branch of its own would have no effect
 * then, and calls would reach another environment: that is an error.
 */
final class ParentClients {

	private final ConfigurableListableBeanFactory beanFactory;

	private final ListableBeanFactory parent;

	private ParentClients(ConfigurableListableBeanFactory beanFactory, ListableBeanFactory parent) {
		this.beanFactory = beanFactory;
		this.parent = parent;
	}

	/**
	 * Use the clients of the parent, if there is one: those of the same name, and its
	 * client without a name.
	 * @param beanFactory the beans of the context
	 * @throws InvalidTriggerPropertyException if a property of one has another value here
	 */
	static void use(ConfigurableListableBeanFactory beanFactory) {
		if (beanFactory.getParentBeanFactory() instanceof ListableBeanFactory parent) {
			new ParentClients(beanFactory, parent).use();
		}
	}

	private void use() {
		List<String> own = List.of(this.beanFactory.getBeanNamesForType(TriggerOperations.class, true, false));
		List<String> inherited = List
			.of(BeanFactoryUtils.beanNamesForTypeIncludingAncestors(this.parent, TriggerOperations.class, true, false));
		for (String name : own) {
			if (TriggerClientBeans.isNamed(name) && inherited.contains(name)) {
				checkSame(name);
				((BeanDefinitionRegistry) this.beanFactory).removeBeanDefinition(name);
			}
		}
		List<String> unnamed = inherited.stream().filter((name) -> !TriggerClientBeans.isNamed(name)).toList();
		if (unnamed.isEmpty() || !own.stream().allMatch(TriggerClientBeans::isNamed)) {
			return;
		}
		checkSame("trigger");
		if (unnamed.size() == 1 && !inherited.containsAll(own)) {
			// otherwise a lookup by type would find a client of this context
			this.beanFactory.registerSingleton(unnamed.get(0), this.parent.getBean(unnamed.get(0)));
		}
	}

	private void checkSame(String prefix) {
		Environment own = environment(this.beanFactory);
		Environment inherited = environment(this.parent);
		if (!(own instanceof ConfigurableEnvironment) || !(inherited instanceof ConfigurableEnvironment)) {
			return;
		}
		for (String name : TriggerClientsProperties.CONNECTION) {
			ConfigurationPropertyName property = ConfigurationPropertyName.of(prefix).append(name);
			String value = new TriggerPropertyBinder(own).get(property);
			if (value != null && !Objects.equals(value, new TriggerPropertyBinder(inherited).get(property))) {
				throw new InvalidTriggerPropertyException(property.toString(),
						"'" + property + "' has another value than in the parent context, whose Trigger.dev client is "
								+ "used in this context too",
						"Remove it, or configure a client of this context below 'trigger.clients.<name>', with a name "
								+ "that the parent context does not have");
			}
		}
	}

	private static @Nullable Environment environment(BeanFactory beanFactory) {
		return beanFactory.containsBean(ConfigurableApplicationContext.ENVIRONMENT_BEAN_NAME)
				? beanFactory.getBean(ConfigurableApplicationContext.ENVIRONMENT_BEAN_NAME, Environment.class) : null;
	}

}

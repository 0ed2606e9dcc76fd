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

import dev.trigger.spring.TriggerOperations;
import dev.trigger.spring.annotation.TriggerTasksScanner;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.BeanFactoryUtils;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.boot.autoconfigure.AutoConfigurationPackages;
import org.springframework.context.annotation.ImportBeanDefinitionRegistrar;
import org.springframework.core.env.Environment;
import org.springframework.core.io.ResourceLoader;
import org.springframework.core.type.AnnotationMetadata;

/**
 * Scans the packages of the application for interfaces that trigger tasks, unless it
 * specifies where to look. Without a client there are no tasks.
 */
class TriggerTasksRegistrar implements ImportBeanDefinitionRegistrar {

	private final BeanFactory beanFactory;

	private final Environment environment;

	private final ResourceLoader resourceLoader;

	TriggerTasksRegistrar(BeanFactory beanFactory, Environment environment, ResourceLoader resourceLoader) {
		this.beanFactory = beanFactory;
		this.environment = environment;
		this.resourceLoader = resourceLoader;
	}

	@Override
	public void registerBeanDefinitions(AnnotationMetadata metadata, BeanDefinitionRegistry registry) {
		if (!registry.containsBeanDefinition(TriggerTasksScanner.SCAN_BEAN_NAME) && hasClient(registry)
				&& AutoConfigurationPackages.has(this.beanFactory)) {
			new TriggerTasksScanner(registry, this.environment, this.resourceLoader)
				.scan(AutoConfigurationPackages.get(this.beanFactory));
		}
	}

	/**
	 * The definitions of the same configuration are there by now, those of the clients
	 * with a name are not.
	 */
	private boolean hasClient(BeanDefinitionRegistry registry) {
		return (registry instanceof ListableBeanFactory beans && BeanFactoryUtils
			.beanNamesForTypeIncludingAncestors(beans, TriggerOperations.class, true, false).length > 0)
				|| !TriggerClientsProperties.names(this.environment).isEmpty();
	}

}

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

import java.util.Arrays;

import dev.trigger.spring.TriggerOperations;
import dev.trigger.spring.TriggerOperationsRegistry;
import dev.trigger.spring.autoconfigure.TriggerClientsProperties.NamedClient;
import dev.trigger.spring.autoconfigure.property.InvalidTriggerPropertyException;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.NoSuchBeanDefinitionException;
import org.springframework.beans.factory.NoUniqueBeanDefinitionException;
import org.springframework.beans.factory.annotation.BeanFactoryAnnotationUtils;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.AbstractBeanDefinition;
import org.springframework.beans.factory.support.AutowireCandidateQualifier;
import org.springframework.context.aot.AbstractAotProcessor;
import org.springframework.core.Ordered;

/**
 * The beans of named clients. Each is called as its properties are, such as
 * {@code trigger.clients.billing}, so that no bean of the application has the same name.
 * Its plain name works as a qualifier, and is an alias unless another bean has it.
 *
 * @since 1.0.0
 */
public final class TriggerClientBeans implements BeanFactoryPostProcessor, Ordered {

	private static final String DEFAULT = "triggerTemplate";

	private static final String PREFIX = "trigger.clients.";

	TriggerClientBeans() {
	}

	/**
	 * Return the name of the bean of a client.
	 * @param client the name of the client
	 * @return the name of the bean
	 */
	static String beanName(String client) {
		return PREFIX + client;
	}

	/**
	 * Return the name of the client that a bean is.
	 * @param beanName the name of the bean
	 * @return the name of the client, {@code default} for that of {@code trigger.*}, or
	 * that of the bean if it is one of the application's own
	 */
	public static String clientName(String beanName) {
		if (beanName.equals(DEFAULT)) {
			return TriggerOperationsRegistry.DEFAULT;
		}
		return isNamed(beanName) ? beanName.substring(PREFIX.length()) : beanName;
	}

	static boolean isNamed(String beanName) {
		return beanName.startsWith(PREFIX);
	}

	/**
	 * Find a client that is not the default one.
	 * @param client the name of the client, or the qualifier of a bean of the
	 * application's own
	 * @param beanFactory the beans
	 * @return the client, {@code null} if there is none
	 */
	public static @Nullable TriggerOperations find(String client, BeanFactory beanFactory) {
		try {
			return BeanFactoryAnnotationUtils.qualifiedBeanOfType(beanFactory, TriggerOperations.class, client);
		}
		catch (NoUniqueBeanDefinitionException ex) {
			throw ex;
		}
		catch (NoSuchBeanDefinitionException ex) {
			return null;
		}
	}

	/**
	 * Return the properties that apply to a client.
	 * @param beanName the name of its bean
	 * @param beanFactory the beans
	 * @return the properties of the client of this name, else those of {@code trigger.*}
	 */
	public static TriggerProperties properties(String beanName, BeanFactory beanFactory) {
		NamedClient client = beanFactory.getBean(TriggerClientsProperties.class).clients().get(clientName(beanName));
		return (client != null && isNamed(beanName)) ? client.all() : beanFactory.getBean(TriggerProperties.class);
	}

	/**
	 * Before the mocks of a test, which find a client by its qualifier.
	 */
	@Override
	public int getOrder() {
		return 0;
	}

	/**
	 * When all beans are defined, it is known which names are free.
	 */
	@Override
	public void postProcessBeanFactory(ConfigurableListableBeanFactory beanFactory) {
		ParentClients.use(beanFactory);
		for (String beanName : beanFactory.getBeanDefinitionNames()) {
			if (isNamed(beanName)) {
				name(beanName, beanFactory);
			}
		}
	}

	private static void name(String beanName, ConfigurableListableBeanFactory beanFactory) {
		String client = clientName(beanName);
		// refused ahead of time for beans of a registrar, which are registered anew at
		// run time
		if (!Boolean.getBoolean(AbstractAotProcessor.AOT_PROCESSING)
				&& beanFactory.getBeanDefinition(beanName) instanceof AbstractBeanDefinition definition) {
			definition.addQualifier(new AutowireCandidateQualifier(Qualifier.class, client));
		}
		if (!beanFactory.containsBean(client)) {
			beanFactory.registerAlias(beanName, client);
		}
		else if (!Arrays.asList(beanFactory.getAliases(beanName)).contains(client)
				&& beanFactory.containsLocalBean(client) && beanFactory.isTypeMatch(client, TriggerOperations.class)) {
			throw new InvalidTriggerPropertyException(beanName, "There are two Trigger.dev clients called '" + client
					+ "': that of '" + beanName + "' and the bean '" + client + "'", "Give one of them another name");
		}
	}

}

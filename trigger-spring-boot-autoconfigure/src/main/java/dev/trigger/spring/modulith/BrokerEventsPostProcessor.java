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

package dev.trigger.spring.modulith;

import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.PriorityOrdered;
import org.springframework.modulith.events.EventExternalizationConfiguration;

/**
 * Keeps brokers from receiving events that trigger tasks, by leaving these out of the
 * {@link EventExternalizationConfiguration} that they see. Event listeners are found, and
 * the configuration is created for them, before post-processors of beans that are beans
 * themselves: so this one is registered first of all.
 *
 * @since 1.0.0
 */
public final class BrokerEventsPostProcessor implements BeanFactoryPostProcessor, PriorityOrdered {

	@Override
	public void postProcessBeanFactory(ConfigurableListableBeanFactory beanFactory) {
		beanFactory.addBeanPostProcessor(new BeanPostProcessor() {

			@Override
			public Object postProcessAfterInitialization(Object bean, String beanName) {
				return (bean instanceof EventExternalizationConfiguration configuration)
						? new EventsOfBrokers(EventsOfBrokers.all(configuration)) : bean;
			}

		});
	}

	@Override
	public int getOrder() {
		return LOWEST_PRECEDENCE;
	}

}

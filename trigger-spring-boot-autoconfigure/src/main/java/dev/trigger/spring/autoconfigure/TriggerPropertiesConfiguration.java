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

import dev.trigger.spring.autoconfigure.property.TriggerPropertyBinder;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.context.properties.ConfigurationPropertiesBindHandlerAdvisor;
import org.springframework.boot.context.properties.bind.AbstractBindHandler;
import org.springframework.boot.context.properties.bind.BindContext;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Role;
import org.springframework.core.env.Environment;

/**
 * Has {@code trigger.*} properties bound by {@link TriggerPropertyBinder}, which is
 * stricter than Spring Boot, and shows no secrets. Imported by auto-configurations that
 * have such properties.
 *
 * @since 1.0.0
 */
@Configuration(proxyBeanMethods = false)
public class TriggerPropertiesConfiguration {

	@Bean
	@Role(BeanDefinition.ROLE_INFRASTRUCTURE)
	static ConfigurationPropertiesBindHandlerAdvisor triggerPropertiesBindHandlerAdvisor(Environment environment,
			ConfigurableListableBeanFactory beanFactory) {
		TriggerPropertyBinder binder = new TriggerPropertyBinder(environment);
		return (handler) -> new TriggerPropertiesBindHandler(handler, binder, beanFactory);
	}

	/**
	 * Binds the properties itself where Spring Boot begins to, and leaves nothing to do.
	 */
	private static final class TriggerPropertiesBindHandler extends AbstractBindHandler {

		private static final ConfigurationPropertyName ROOT = ConfigurationPropertyName.of("trigger");

		private final BindHandler handler;

		private final TriggerPropertyBinder binder;

		private final ConfigurableListableBeanFactory beanFactory;

		TriggerPropertiesBindHandler(BindHandler handler, TriggerPropertyBinder binder,
				ConfigurableListableBeanFactory beanFactory) {
			super(handler);
			this.handler = handler;
			this.binder = binder;
			this.beanFactory = beanFactory;
		}

		@Override
		public <T> @Nullable Bindable<T> onStart(ConfigurationPropertyName name, Bindable<T> target,
				BindContext context) {
			if (!isOurs(name, target)) {
				return super.onStart(name, target, context);
			}
			TriggerPropertyBinder binder = name.equals(ROOT) && hasConnectionDetails()
					? this.binder.ignoring(TriggerClientsProperties.CONNECTION) : this.binder;
			binder.bind(name, target, this.handler);
			return null;
		}

		private static boolean isOurs(ConfigurationPropertyName name, Bindable<?> target) {
			return (name.equals(ROOT) || ROOT.isAncestorOf(name)) && target.getValue() != null
					&& target.getType().resolve(Object.class).getName().startsWith("dev.trigger.spring.");
		}

		/**
		 * Properties of the connection don't count where there are connection details,
		 * such as those of a container or of the emulator.
		 */
		private boolean hasConnectionDetails() {
			return Arrays.stream(this.beanFactory.getBeanNamesForType(TriggerConnectionDetails.class, true, false))
				.anyMatch((name) -> !this.beanFactory.isTypeMatch(name, PropertiesTriggerConnectionDetails.class));
		}

	}

}

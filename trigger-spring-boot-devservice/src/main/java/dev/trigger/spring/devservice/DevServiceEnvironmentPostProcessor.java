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

package dev.trigger.spring.devservice;

import java.util.List;
import java.util.stream.Stream;

import dev.trigger.spring.autoconfigure.TriggerProperties;
import dev.trigger.spring.autoconfigure.property.TriggerPropertyBinder;
import dev.trigger.spring.autoconfigure.property.TriggerPropertyNames;
import org.apache.commons.logging.Log;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.logging.DeferredLogFactory;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;

/**
 * Lets {@link DevServiceAutoConfiguration} start the emulator if the application is in
 * development and no property configures a server. Internal.
 *
 * @since 1.0.0
 */
public final class DevServiceEnvironmentPostProcessor implements EnvironmentPostProcessor, Ordered {

	private static final String BEAN = "triggerDevServiceProperties";

	private static final List<ConfigurationPropertyName> CONNECTION = Stream
		.of("trigger.secret-key", "trigger.access-token", "trigger.api-url")
		.map(ConfigurationPropertyName::of)
		.toList();

	private final Log log;

	/**
	 * Create a post processor.
	 * @param logs where messages are kept until the application logs
	 */
	public DevServiceEnvironmentPostProcessor(DeferredLogFactory logs) {
		this.log = logs.getLog(DevServiceEnvironmentPostProcessor.class);
	}

	@Override
	public int getOrder() {
		// after the configuration files are read
		return Ordered.LOWEST_PRECEDENCE;
	}

	@Override
	public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
		DevServiceProperties properties = DevServiceProperties.bind(environment);
		if (!properties.isEnabled() || isConfigured(environment)) {
			return;
		}
		String refusal = Development.refusal(application.getMainApplicationClass());
		if (refusal != null) {
			this.log.debug("No Trigger.dev emulator is started for the application: " + refusal);
			return;
		}
		application.addInitializers((context) -> offer(context.getBeanFactory(), properties));
	}

	/**
	 * Let the auto-configuration start the emulator, unless there are beans with which
	 * the client connects.
	 */
	private static void offer(ConfigurableListableBeanFactory beanFactory, DevServiceProperties properties) {
		if (!beanFactory.containsSingleton(BEAN)) {
			beanFactory.registerSingleton(BEAN, properties);
		}
	}

	/**
	 * Return whether a credential, a server or a named client is configured, even if it
	 * can't be used: that is reported when the client is made of it.
	 */
	static boolean isConfigured(ConfigurableEnvironment environment) {
		TriggerPropertyBinder binder = new TriggerPropertyBinder(environment);
		return CONNECTION.stream().anyMatch(binder::isSet)
				|| !TriggerPropertyNames.of(environment, TriggerProperties.class).clients().isEmpty();
	}

}

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

package dev.trigger.spring.autoconfigure.runlistener;

import java.util.function.Function;

import dev.trigger.spring.TriggerOperations;
import dev.trigger.spring.TriggerOperationsRegistry;
import dev.trigger.spring.autoconfigure.TriggerAutoConfiguration;
import dev.trigger.spring.autoconfigure.TriggerClientBeans;
import dev.trigger.spring.autoconfigure.TriggerConnectionDetails;
import dev.trigger.spring.autoconfigure.TriggerPropertiesConfiguration;
import dev.trigger.spring.autoconfigure.jdbc.TriggerJdbcAutoConfiguration;
import dev.trigger.spring.autoconfigure.jdbc.TriggerSchemaInitializer;
import dev.trigger.spring.autoconfigure.property.ConditionalOnTriggerFlag;
import dev.trigger.spring.http.Loopback;
import dev.trigger.spring.jdbc.TriggerDatabase;
import dev.trigger.spring.runlistener.RunListenerContainer;
import dev.trigger.spring.runlistener.RunListenerObserver;
import dev.trigger.spring.runlistener.RunListeners;
import dev.trigger.spring.runlistener.TriggerRunListener;
import dev.trigger.spring.runlistener.TriggeredRunRecorder;
import io.micrometer.observation.ObservationRegistry;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Lazy;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for
 * {@link TriggerRunListener @TriggerRunListener} methods. It does nothing where there are
 * none.
 *
 * @since 1.0.0
 */
@AutoConfiguration(after = { TriggerAutoConfiguration.class, TriggerJdbcAutoConfiguration.class })
@ConditionalOnTriggerFlag(value = "trigger.run-listener.enabled", matchIfMissing = true)
@EnableConfigurationProperties(TriggerRunListenerProperties.class)
@Import(TriggerPropertiesConfiguration.class)
public final class TriggerRunListenerAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	TriggeredRunRecorder triggeredRunRecorder() {
		return new TriggeredRunRecorder();
	}

	@Bean
	static SmartInitializingSingleton triggerRunListenerMethods(ConfigurableListableBeanFactory beanFactory,
			ObjectProvider<RunListenerContainer> container) {
		return RunListeners.methods(beanFactory, container);
	}

	private static Function<String, TriggerOperations> clients(BeanFactory beanFactory) {
		return (name) -> name.equals(TriggerOperationsRegistry.DEFAULT) ? beanFactory.getBean(TriggerOperations.class)
				: client(beanFactory, name);
	}

	private static TriggerOperations client(BeanFactory beanFactory, String name) {
		TriggerOperations client = TriggerClientBeans.find(name, beanFactory);
		if (client == null) {
			throw new IllegalArgumentException(TriggerOperationsRegistry.describeMissing(name,
					beanFactory.getBean(TriggerOperationsRegistry.class).getNames()));
		}
		return client;
	}

	/**
	 * Where there is a database.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(name = "org.springframework.jdbc.core.simple.JdbcClient")
	@ConditionalOnBean(TriggerDatabase.class)
	static class DurableConfiguration {

		@Bean
		@Lazy
		@ConditionalOnMissingBean
		RunListenerContainer triggerRunListenerContainer(ObjectProvider<TriggerDatabase> database,
				TriggerRunListenerProperties properties, BeanFactory beanFactory, TriggeredRunRecorder recorder,
				ObjectProvider<RunListenerObserver> observers,
				ObjectProvider<ObservationRegistry> observationRegistry) {
			return RunListeners.durable(database::getObject, () -> createTables(database.getObject(), properties),
					clients(beanFactory), properties.toSettings(), recorder, observers.orderedStream().toList(),
					observationRegistry.getIfUnique(() -> ObservationRegistry.NOOP));
		}

		private static void createTables(TriggerDatabase database, TriggerRunListenerProperties properties) {
			new TriggerSchemaInitializer(database, properties.getInitializeSchema(), TriggerSchemaInitializer.LEASES,
					"classpath:dev/trigger/spring/runlistener/schema-@@platform@@.sql")
				.initializeDatabase();
		}

	}

	/**
	 * Where there is none.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnMissingBean(type = "dev.trigger.spring.jdbc.TriggerDatabase")
	static class InMemoryConfiguration {

		@Bean
		@Lazy
		@ConditionalOnMissingBean
		RunListenerContainer triggerRunListenerContainer(TriggerRunListenerProperties properties,
				BeanFactory beanFactory, TriggeredRunRecorder recorder, ObjectProvider<RunListenerObserver> observers,
				ObjectProvider<ObservationRegistry> observationRegistry,
				ObjectProvider<TriggerConnectionDetails> connections) {
			return RunListeners.inMemory(clients(beanFactory), properties.toSettings(), recorder,
					observers.orderedStream().toList(), observationRegistry.getIfUnique(() -> ObservationRegistry.NOOP),
					isLocal(connections));
		}

		private static boolean isLocal(ObjectProvider<TriggerConnectionDetails> connections) {
			TriggerConnectionDetails connection = connections.getIfAvailable();
			return connection != null && Loopback.isLoopbackUrl(connection.getApiUrl());
		}

	}

}

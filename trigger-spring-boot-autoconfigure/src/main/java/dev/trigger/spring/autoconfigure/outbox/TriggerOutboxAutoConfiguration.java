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

package dev.trigger.spring.autoconfigure.outbox;

import dev.trigger.spring.TriggerOperationsRegistry;
import dev.trigger.spring.autoconfigure.TriggerAutoConfiguration;
import dev.trigger.spring.autoconfigure.TriggerPropertiesConfiguration;
import dev.trigger.spring.autoconfigure.jdbc.TriggerJdbcAutoConfiguration;
import dev.trigger.spring.autoconfigure.property.ConditionalOnTriggerFlag;
import dev.trigger.spring.jdbc.TriggerDatabase;
import dev.trigger.spring.outbox.JdbcTriggerOutbox;
import dev.trigger.spring.outbox.OutboxListener;
import dev.trigger.spring.outbox.TriggerOutbox;
import io.micrometer.observation.ObservationRegistry;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.jdbc.init.DataSourceScriptDatabaseInitializer;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for the {@link TriggerOutbox}.
 *
 * @since 1.0.0
 */
@AutoConfiguration(after = { TriggerAutoConfiguration.class, TriggerJdbcAutoConfiguration.class })
@ConditionalOnClass({ JdbcClient.class, DataSourceScriptDatabaseInitializer.class })
@ConditionalOnTriggerFlag("trigger.outbox.enabled")
@ConditionalOnBean({ TriggerDatabase.class, TriggerOperationsRegistry.class })
@Import(TriggerPropertiesConfiguration.class)
@EnableConfigurationProperties(TriggerOutboxProperties.class)
public final class TriggerOutboxAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	TriggerOutboxSchemaInitializer triggerOutboxSchemaInitializer(TriggerDatabase database,
			TriggerOutboxProperties properties) {
		return new TriggerOutboxSchemaInitializer(database, properties.getInitializeSchema());
	}

	@Bean
	@ConditionalOnMissingBean(TriggerOutbox.class)
	@DependsOnDatabaseInitialization
	JdbcTriggerOutbox triggerOutbox(TriggerDatabase database, TriggerOperationsRegistry clients,
			TriggerOutboxProperties properties, ObjectProvider<OutboxListener> listeners,
			ObjectProvider<ObservationRegistry> observationRegistry) {
		return new JdbcTriggerOutbox(database, clients::get, properties.toSettings(),
				listeners.orderedStream().toList(), observationRegistry.getIfUnique(() -> ObservationRegistry.NOOP));
	}

}

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

package dev.trigger.spring.autoconfigure.actuate;

import java.time.InstantSource;

import dev.trigger.spring.TriggerOperationsRegistry;
import dev.trigger.spring.actuate.endpoint.LastFailures;
import dev.trigger.spring.actuate.endpoint.TriggerClientsEndpoint;
import dev.trigger.spring.actuate.endpoint.TriggerClientsEndpointWebExtension;
import dev.trigger.spring.autoconfigure.TriggerAutoConfiguration;

import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.autoconfigure.endpoint.expose.EndpointExposure;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for {@link TriggerClientsEndpoint}.
 *
 * @since 1.0.0
 */
@AutoConfiguration(after = TriggerAutoConfiguration.class)
@ConditionalOnClass({ Endpoint.class, ConditionalOnAvailableEndpoint.class })
@ConditionalOnAvailableEndpoint(TriggerClientsEndpoint.class)
@ConditionalOnBean(TriggerOperationsRegistry.class)
@EnableConfigurationProperties(TriggerClientsEndpointProperties.class)
public final class TriggerClientsEndpointAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	TriggerClientsEndpoint triggerClientsEndpoint(TriggerOperationsRegistry clients, LastFailures lastFailures,
			TriggerClientsEndpointProperties properties) {
		return new TriggerClientsEndpoint(clients, lastFailures::of, properties.getShowValues());
	}

	@Bean
	@ConditionalOnMissingBean
	@ConditionalOnBean(TriggerClientsEndpoint.class)
	@ConditionalOnAvailableEndpoint(exposure = EndpointExposure.WEB)
	TriggerClientsEndpointWebExtension triggerClientsEndpointWebExtension(TriggerClientsEndpoint endpoint,
			TriggerClientsEndpointProperties properties) {
		return new TriggerClientsEndpointWebExtension(endpoint, properties.getShowValues(), properties.getRoles());
	}

	@Bean
	LastFailures triggerLastFailures() {
		return new LastFailures(InstantSource.system());
	}

}

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

package dev.trigger.spring.autoconfigure.contract;

import dev.trigger.spring.autoconfigure.TriggerAutoConfiguration;
import dev.trigger.spring.autoconfigure.TriggerPropertiesConfiguration;
import dev.trigger.spring.autoconfigure.property.ConditionalOnTriggerFlag;
import dev.trigger.spring.contracts.Contract;
import org.jspecify.annotations.Nullable;

import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.ImportRuntimeHints;
import org.springframework.core.io.ResourceLoader;
import org.springframework.web.reactive.function.client.WebClient;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for the contract with the deployed
 * tasks.
 *
 * @since 1.0.0
 */
@AutoConfiguration(after = TriggerAutoConfiguration.class)
@ConditionalOnClass(WebClient.class)
@Import(TriggerPropertiesConfiguration.class)
@ImportRuntimeHints(TriggerContractAutoConfiguration.ContractHints.class)
@EnableConfigurationProperties(TriggerContractProperties.class)
public final class TriggerContractAutoConfiguration {

	@Bean
	@ConditionalOnTriggerFlag("trigger.contract.validate")
	ContractValidation triggerContractValidation(ResourceLoader resources) {
		return new ContractValidation(resources);
	}

	@Bean
	ContractStartCheck triggerContractStartCheck(TriggerContractProperties properties,
			ConfigurableListableBeanFactory beanFactory, ResourceLoader resources) {
		return new ContractStartCheck(properties, beanFactory, resources);
	}

	/**
	 * Keeps the contract in a native executable.
	 */
	static class ContractHints implements RuntimeHintsRegistrar {

		@Override
		public void registerHints(RuntimeHints hints, @Nullable ClassLoader classLoader) {
			hints.resources().registerPattern(Contract.RESOURCE);
		}

	}

}

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

package dev.trigger.spring.test.autoconfigure;

import java.util.LinkedHashMap;
import java.util.Map;

import dev.trigger.spring.autoconfigure.TriggerProperties;
import dev.trigger.spring.autoconfigure.property.TriggerPropertyNames;

import org.springframework.beans.factory.support.BeanDefinitionRegistryPostProcessor;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.test.context.ContextCustomizer;
import org.springframework.test.context.MergedContextConfiguration;

/**
 * Hides the connection properties of the application, so that neither their values nor
 * the placeholders in them count, checks no contract, and lets runs be polled quickly.
 *
 * @param environment the environment that the annotation of the test names
 * @param previewBranch the branch that it names, empty for none
 */
record TriggerEmulatorContextCustomizer(String environment, String previewBranch) implements ContextCustomizer {

	@Override
	public void customizeContext(ConfigurableApplicationContext context, MergedContextConfiguration mergedConfig) {
		// after initializers and dynamic properties, before conditions
		BeanDefinitionRegistryPostProcessor processor = (registry) -> customizeEnvironment(context.getEnvironment());
		context.addBeanFactoryPostProcessor(processor);
	}

	private void customizeEnvironment(ConfigurableEnvironment environment) {
		Map<String, Object> first = new LinkedHashMap<>();
		first.put("trigger.test.emulator.environment", this.environment);
		first.put("trigger.test.emulator.preview-branch", this.previewBranch);
		// tasks of the emulator are what a test wants them to be, not what is deployed
		first.put("trigger.contract.check", "off");
		// without its connection, a client may have no other property that names it, or
		// one that writes the name in another way
		TriggerPropertyNames.of(environment, TriggerProperties.class)
			.clients()
			.forEach((name, prefix) -> first.put("trigger.clients"
					+ (prefix.isLastElementIndexed() ? "[" + name + "]" : "." + name) + ".project-ref", ""));
		MutablePropertySources sources = environment.getPropertySources();
		ConnectionHidingPropertySource.hideConnectionIn(sources);
		sources.addFirst(new MapPropertySource("triggerEmulator", first));
		sources.addLast(new MapPropertySource("triggerEmulatorDefaults",
				Map.of("trigger.polling.delay", "20ms", "trigger.polling.max-delay", "200ms")));
	}

}

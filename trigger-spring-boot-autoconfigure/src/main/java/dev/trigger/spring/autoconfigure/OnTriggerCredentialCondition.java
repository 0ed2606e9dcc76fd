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

import dev.trigger.spring.auth.TriggerCredentialProvider;
import dev.trigger.spring.autoconfigure.property.TriggerPropertyBinder;

import org.springframework.beans.factory.BeanFactoryUtils;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.ConfigurationCondition;
import org.springframework.core.type.AnnotatedTypeMetadata;

/**
 * Matches when there is a credential: a property, connection details or a provider. An
 * empty property, as an empty environment variable makes it, is none.
 */
class OnTriggerCredentialCondition extends SpringBootCondition implements ConfigurationCondition {

	private static final String[] PROPERTIES = { "trigger.secret-key", "trigger.access-token" };

	@Override
	public ConfigurationPhase getConfigurationPhase() {
		return ConfigurationPhase.REGISTER_BEAN;
	}

	@Override
	public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
		ConditionMessage.Builder message = ConditionMessage.forCondition("Trigger.dev credential");
		TriggerPropertyBinder binder = new TriggerPropertyBinder(context.getEnvironment());
		for (String property : PROPERTIES) {
			if (binder.isSet(ConfigurationPropertyName.of(property))) {
				return ConditionOutcome.match(message.foundExactly("property " + property));
			}
		}
		ConfigurableListableBeanFactory beanFactory = context.getBeanFactory();
		if (beanFactory != null) {
			for (Class<?> type : new Class<?>[] { TriggerConnectionDetails.class, TriggerCredentialProvider.class }) {
				if (BeanFactoryUtils.beanNamesForTypeIncludingAncestors(beanFactory, type, true, false).length > 0) {
					return ConditionOutcome.match(message.foundExactly("bean of type " + type.getName()));
				}
			}
		}
		return ConditionOutcome.noMatch(message.didNotFind("property", "properties").items((Object[]) PROPERTIES));
	}

}

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

package dev.trigger.spring.autoconfigure.modulith;

import dev.trigger.spring.TriggerOperationsRegistry;
import dev.trigger.spring.autoconfigure.TriggerAutoConfiguration;
import dev.trigger.spring.autoconfigure.outbox.TriggerOutboxAutoConfiguration;
import dev.trigger.spring.modulith.BrokerEventsPostProcessor;
import dev.trigger.spring.modulith.TriggerEventExternalizer;
import dev.trigger.spring.outbox.TriggerOutbox;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.modulith.events.EventExternalizationConfiguration;
import org.springframework.modulith.events.support.BrokerRouting;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for events of Spring Modulith that
 * trigger tasks.
 *
 * @since 1.0.0
 */
@AutoConfiguration(after = { TriggerAutoConfiguration.class, TriggerOutboxAutoConfiguration.class },
		afterName = "org.springframework.modulith.events.config.EventExternalizationAutoConfiguration")
@ConditionalOnClass({ EventExternalizationConfiguration.class, BrokerRouting.class })
@ConditionalOnBean({ EventExternalizationConfiguration.class, TriggerOperationsRegistry.class })
public final class TriggerModulithAutoConfiguration {

	@Bean
	static BrokerEventsPostProcessor triggerBrokerEventsPostProcessor() {
		return new BrokerEventsPostProcessor();
	}

	@Bean
	@ConditionalOnMissingBean
	TriggerEventExternalizer triggerEventExternalizer(EventExternalizationConfiguration configuration,
			ObjectProvider<TriggerOutbox> outbox, BeanFactory beans) {
		return new TriggerEventExternalizer(configuration, outbox::getIfAvailable, beans);
	}

}

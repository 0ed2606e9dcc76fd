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

package dev.trigger.spring.autoconfigure.webhook;

import dev.trigger.spring.alert.WebhookVerifier;
import dev.trigger.spring.autoconfigure.TriggerPropertiesConfiguration;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Import;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for the verifier of the webhooks of
 * Trigger.dev.
 *
 * @since 1.0.0
 */
@AutoConfiguration
@Conditional(OnWebhookSecretCondition.class)
@Import(TriggerPropertiesConfiguration.class)
@EnableConfigurationProperties(TriggerWebhookProperties.class)
public final class TriggerWebhookAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	WebhookVerifier triggerWebhookVerifier(TriggerWebhookProperties properties) {
		return properties.toVerifier();
	}

}

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

import dev.trigger.spring.actuate.endpoint.TriggerOutboxEndpoint;
import dev.trigger.spring.outbox.OutboxAdministration;

import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.context.annotation.Bean;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for {@link TriggerOutboxEndpoint}.
 *
 * @since 1.0.0
 */
@AutoConfiguration(after = TriggerOutboxAutoConfiguration.class)
@ConditionalOnClass({ Endpoint.class, ConditionalOnAvailableEndpoint.class })
@ConditionalOnAvailableEndpoint(TriggerOutboxEndpoint.class)
@ConditionalOnSingleCandidate(OutboxAdministration.class)
public final class TriggerOutboxEndpointAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	TriggerOutboxEndpoint triggerOutboxEndpoint(OutboxAdministration outbox) {
		return new TriggerOutboxEndpoint(outbox);
	}

}

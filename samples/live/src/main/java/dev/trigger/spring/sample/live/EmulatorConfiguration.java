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

package dev.trigger.spring.sample.live;

import java.time.Duration;

import dev.trigger.emulator.TriggerEmulator;
import dev.trigger.spring.autoconfigure.TriggerConnectionDetails;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.type.AnnotatedTypeMetadata;
import org.springframework.util.StringUtils;

/**
 * Puts an emulator behind the service as long as there is no secret key, with Java
 * functions in place of the tasks.
 */
@Configuration(proxyBeanMethods = false)
@Conditional(EmulatorConfiguration.NoSecretKey.class)
class EmulatorConfiguration {

	@Bean
	TriggerEmulator triggerEmulator() {
		TriggerEmulator emulator = TriggerEmulator.start();
		EmulatedTasks.register(emulator, Duration.ofMillis(50));
		return emulator;
	}

	@Bean
	TriggerConnectionDetails triggerConnectionDetails(TriggerEmulator emulator) {
		return new TriggerConnectionDetails() {

			@Override
			public String getApiUrl() {
				return emulator.apiUrl();
			}

			@Override
			public String getSecretKey() {
				return emulator.secretKey("dev");
			}

		};
	}

	/**
	 * Matches when no secret key is configured.
	 */
	static class NoSecretKey implements Condition {

		@Override
		public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
			return !StringUtils.hasText(context.getEnvironment().getProperty("trigger.secret-key"));
		}

	}

}

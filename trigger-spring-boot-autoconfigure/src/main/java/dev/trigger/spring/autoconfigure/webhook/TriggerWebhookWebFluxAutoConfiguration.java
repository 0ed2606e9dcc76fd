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
import dev.trigger.spring.alert.web.ReactiveWebhookArgumentResolver;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication.Type;
import org.springframework.context.annotation.Bean;
import org.springframework.web.reactive.config.WebFluxConfigurer;
import org.springframework.web.reactive.result.method.annotation.ArgumentResolverConfigurer;
import org.springframework.web.reactive.result.method.annotation.RequestMappingHandlerMapping;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for controllers of WebFlux that
 * receive the webhooks of Trigger.dev. They need {@code trigger.webhook.secret}, or a
 * {@link WebhookVerifier} of the application's own: without, a controller with
 * {@code @TriggerWebhook} stops the start.
 *
 * @since 1.0.0
 */
@AutoConfiguration(after = TriggerWebhookAutoConfiguration.class)
@ConditionalOnWebApplication(type = Type.REACTIVE)
@ConditionalOnClass(value = WebFluxConfigurer.class, name = TriggerWebhookWebFluxAutoConfiguration.SERVER)
public final class TriggerWebhookWebFluxAutoConfiguration {

	/**
	 * WebFlux is there for its WebClient in any case: a server tells that there are
	 * controllers before this class is read.
	 */
	static final String SERVER = "org.springframework.boot.web.server.reactive.ReactiveWebServerFactory";

	@Bean
	WebFluxConfigurer triggerWebhookWebFluxConfigurer(ObjectProvider<WebhookVerifier> verifier) {
		return new WebFluxConfigurer() {

			@Override
			public void configureArgumentResolvers(ArgumentResolverConfigurer configurer) {
				configurer.addCustomResolver(new ReactiveWebhookArgumentResolver(verifier));
			}

		};
	}

	@Bean
	@ConditionalOnMissingBean(WebhookVerifier.class)
	SmartInitializingSingleton triggerWebhookSecretCheck(ObjectProvider<RequestMappingHandlerMapping> mappings) {
		return () -> mappings.forEach((mapping) -> WebhookSecretCheck.check(mapping.getHandlerMethods().values()));
	}

}

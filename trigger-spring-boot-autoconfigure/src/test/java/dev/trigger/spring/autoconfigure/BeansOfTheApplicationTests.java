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

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import dev.trigger.spring.TriggerOperations;
import dev.trigger.spring.autoconfigure.RecordingServer.Response;
import io.micrometer.observation.tck.TestObservationRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.aop.framework.ProxyFactory;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.http.client.HttpClientSettings;
import org.springframework.boot.http.client.autoconfigure.HttpClientAutoConfiguration;
import org.springframework.boot.http.client.autoconfigure.reactive.ReactiveHttpClientAutoConfiguration;
import org.springframework.boot.http.client.reactive.ClientHttpConnectorBuilder;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.webclient.WebClientCustomizer;
import org.springframework.boot.webclient.autoconfigure.WebClientAutoConfiguration;
import org.springframework.boot.webclient.autoconfigure.WebClientObservationAutoConfiguration;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpStatus;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for a client among beans that the application has for other purposes.
 */
class BeansOfTheApplicationTests {

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	private static final String KEY = "tr_dev_0123456789abcdefDEV1";

	private final RecordingServer server = new RecordingServer(
			(path) -> new Response(200, "{\"id\":\"run_1\",\"status\":\"COMPLETED\"}"));

	private final ApplicationContextRunner withoutCredential = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(TriggerAutoConfiguration.class, HttpClientAutoConfiguration.class,
				ReactiveHttpClientAutoConfiguration.class, WebClientAutoConfiguration.class,
				WebClientObservationAutoConfiguration.class))
		.withBean(TestObservationRegistry.class, TestObservationRegistry::create);

	private final ApplicationContextRunner contextRunner = this.withoutCredential.withPropertyValues(
			"trigger.secret-key=" + KEY, "trigger.api-url=" + this.server.url(), "trigger.retry.max-attempts=1");

	@AfterEach
	void stop() {
		this.server.close();
	}

	@Test
	void severalOfEachKindDoNotStandInTheWay() {
		this.contextRunner.withUserConfiguration(TwoOfEach.class).run(this::assertThatClientWorks);
	}

	@Test
	void severalConnectorsDoNotStandInTheWay() {
		new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(TriggerAutoConfiguration.class))
			.withPropertyValues("trigger.secret-key=" + KEY, "trigger.api-url=" + this.server.url())
			.withUserConfiguration(TwoConnectors.class)
			.run(this::assertThatClientWorks);
	}

	@Test
	void nothingIsCreatedWithoutCredential() {
		this.withoutCredential.withUserConfiguration(TwoOfEach.class).run((context) -> {
			assertThat(context).hasNotFailed().doesNotHaveBean(TriggerOperations.class);
			assertThat(context.getBeanFactory().getSingletonNames()).doesNotContain("triggerClientFactory",
					"triggerConnectorFactory", "triggerClientsProperties", "triggerOperationsRegistry");
		});
	}

	@Test
	void builderOfAnotherServiceIsNotUsed() {
		this.contextRunner.withUserConfiguration(LoadBalanced.class).run((context) -> {
			assertThatClientWorks(context);
			assertThat(this.server.requests().get(0)).doesNotContainKey("x-other-service");
		});
	}

	@Test
	void customizersAndObservationOfTheApplicationApply() {
		List<String> calls = new ArrayList<>();
		this.contextRunner.withBean(WebClientCustomizer.class, () -> (builder) -> builder.filter((request, next) -> {
			calls.add(request.url().getPath());
			return next.exchange(request);
		})).withUserConfiguration(LoadBalanced.class).run((context) -> {
			assertThatClientWorks(context);
			assertThat(calls).containsExactly("/api/v3/runs/run_1");
			assertThat(context.getBean(TestObservationRegistry.class))
				.hasNumberOfObservationsWithNameEqualTo("http.client.requests", 1);
		});
	}

	@Test
	void clientMayBeProxied() {
		this.contextRunner.withBean(BeanPostProcessor.class, ClassProxies::new).run((context) -> {
			assertThat(context.getBean(TriggerOperations.class).getClass().getName()).contains("$$");
			assertThatClientWorks(context);
		});
	}

	private void assertThatClientWorks(ApplicationContext context) {
		assertThat(context.getBean(TriggerOperations.class).runs().retrieve("run_1").block(PATIENCE).id())
			.isEqualTo("run_1");
	}

	@Configuration(proxyBeanMethods = false)
	static class TwoOfEach {

		@Bean
		WebClient.Builder internalBuilder() {
			return new LoadBalanced().loadBalancedBuilder();
		}

		@Bean
		WebClient.Builder externalBuilder() {
			return new LoadBalanced().loadBalancedBuilder();
		}

		@Bean
		JsonMapper apiMapper() {
			return JsonMapper.builder().build();
		}

		@Bean
		JsonMapper partnerMapper() {
			return JsonMapper.builder().build();
		}

	}

	/**
	 * With several of these Spring Boot itself builds no WebClient.
	 */
	@Configuration(proxyBeanMethods = false)
	static class TwoConnectors {

		@Bean
		ClientHttpConnectorBuilder<?> jdkConnectorBuilder() {
			return ClientHttpConnectorBuilder.jdk();
		}

		@Bean
		ClientHttpConnectorBuilder<?> nettyConnectorBuilder() {
			return ClientHttpConnectorBuilder.reactor();
		}

		@Bean
		HttpClientSettings internalSettings() {
			return HttpClientSettings.defaults();
		}

		@Bean
		HttpClientSettings externalSettings() {
			return HttpClientSettings.defaults();
		}

	}

	/**
	 * As Spring Cloud makes a builder for services whose names it looks up.
	 */
	@Configuration(proxyBeanMethods = false)
	static class LoadBalanced {

		@Bean
		WebClient.Builder loadBalancedBuilder() {
			return WebClient.builder()
				.defaultHeader("X-Other-Service", "token")
				.filter((request, next) -> Mono
					.just(ClientResponse.create(HttpStatus.SERVICE_UNAVAILABLE).body("no instance").build()));
		}

	}

	/**
	 * As aspects make proxies of classes.
	 */
	static class ClassProxies implements BeanPostProcessor {

		@Override
		public Object postProcessAfterInitialization(Object bean, String beanName) {
			if (!(bean instanceof TriggerOperations)) {
				return bean;
			}
			ProxyFactory factory = new ProxyFactory(bean);
			factory.setProxyTargetClass(true);
			return factory.getProxy();
		}

	}

}

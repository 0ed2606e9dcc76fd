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

package dev.trigger.spring.autoconfigure.http;

import java.time.Duration;

import dev.trigger.spring.TriggerOperations;
import dev.trigger.spring.autoconfigure.RecordingServer;
import dev.trigger.spring.autoconfigure.RecordingServer.Response;
import dev.trigger.spring.autoconfigure.TriggerAutoConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.http.client.autoconfigure.HttpClientAutoConfiguration;
import org.springframework.boot.http.client.autoconfigure.reactive.ReactiveHttpClientAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.webclient.autoconfigure.WebClientAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.http.client.ReactorResourceFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for contexts that are stopped and started again, as before and after a
 * checkpoint.
 */
class RestartedContextTests {

	private static final Duration PATIENCE = Duration.ofSeconds(20);

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(SslAutoConfiguration.class, HttpClientAutoConfiguration.class,
				ReactiveHttpClientAutoConfiguration.class, WebClientAutoConfiguration.class,
				TriggerAutoConfiguration.class))
		.withPropertyValues("trigger.secret-key=tr_dev_0123456789abcdefDEV1", "trigger.retry.max-attempts=1");

	@ParameterizedTest
	@ValueSource(strings = { "reactor", "jdk", "jetty", "http-components" })
	void clientWorksAgain(String connector) {
		callsAreMade(this.contextRunner.withPropertyValues("spring.http.clients.reactive.connector=" + connector));
	}

	@Test
	void clientWorksAgainWithResourcesOfTheApplication() {
		callsAreMade(this.contextRunner.withBean(ReactorResourceFactory.class, () -> {
			ReactorResourceFactory resources = new ReactorResourceFactory();
			resources.setUseGlobalResources(false);
			resources.setShutdownQuietPeriod(Duration.ZERO);
			return resources;
		}));
	}

	/**
	 * As in a test suite, where contexts are kept and one of them is closed.
	 */
	@Test
	void clientWorksOnWhenAnotherApplicationOfTheJvmIsClosed() {
		try (RecordingServer server = new RecordingServer(
				(path) -> new Response(200, "{\"id\":\"run_1\",\"status\":\"COMPLETED\"}"))) {
			ApplicationContextRunner runner = this.contextRunner
				.withPropertyValues("trigger.api-url=" + server.url().replace("127.0.0.1", "localhost"))
				.withBean(ReactorResourceFactory.class, () -> {
					ReactorResourceFactory resources = new ReactorResourceFactory();
					resources.setShutdownQuietPeriod(Duration.ZERO);
					return resources;
				});
			runner.run((context) -> {
				TriggerOperations client = context.getBean(TriggerOperations.class);
				for (int i = 0; i < 3; i++) {
					assertThat(client.runs().retrieve("run_1").block(PATIENCE)).isNotNull();
					runner.run((other) -> assertThat(
							other.getBean(TriggerOperations.class).runs().retrieve("run_1").block(PATIENCE))
						.isNotNull());
				}
				assertThat(client.runs().retrieve("run_1").block(PATIENCE)).isNotNull();
			});
			assertThat(server.requests()).hasSize(7);
		}
	}

	private static void callsAreMade(ApplicationContextRunner runner) {
		try (RecordingServer server = new RecordingServer(
				(path) -> new Response(200, "{\"id\":\"run_1\",\"status\":\"COMPLETED\"}"))) {
			runner.withPropertyValues("trigger.api-url=" + server.url().replace("127.0.0.1", "localhost"))
				.run((started) -> {
					ConfigurableApplicationContext context = started.getSourceApplicationContext();
					TriggerOperations client = context.getBean(TriggerOperations.class);
					for (int i = 0; i < 3; i++) {
						assertThat(client.runs().retrieve("run_1").block(PATIENCE)).isNotNull();
						context.stop();
						context.start();
					}
					assertThat(client.runs().retrieve("run_1").block(PATIENCE)).isNotNull();
				});
			assertThat(server.requests()).hasSize(4);
		}
	}

}

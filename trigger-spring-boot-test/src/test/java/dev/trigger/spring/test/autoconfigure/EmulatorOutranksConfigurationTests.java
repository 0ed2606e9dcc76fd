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

import java.time.Duration;
import java.util.Map;

import dev.trigger.emulator.TriggerEmulator;
import dev.trigger.spring.TriggerOperations;
import dev.trigger.spring.TriggerOperationsRegistry;
import dev.trigger.spring.task.TaskType;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.test.context.DynamicPropertyRegistrar;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import static dev.trigger.spring.test.TriggerAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that {@link AutoConfigureTriggerEmulator} outranks whatever the application
 * configures, even what cannot be resolved.
 */
@SpringBootTest(properties = { "trigger.secret-key=${NO_SUCH_VARIABLE}", "trigger.access-token=tr_pat_0123456789",
		"trigger.apiUrl=https://trigger.example.com", "trigger.preview-branch=${NO_SUCH_VARIABLE}",
		"trigger.clients.billing.secret-key=${NO_SUCH_VARIABLE}",
		"trigger.clients.billing.api-url=https://billing.example.com", "trigger.clients.euWest.secret-key=tr_dev_1",
		"trigger.clients.eu-west.timeout=30s", "trigger.clients.eu_north.secret-key=tr_dev_1",
		"trigger.clients.[us.east].secret-key=tr_dev_1", "trigger.contract.check=fail", "app.other=kept" })
@ContextConfiguration(classes = EmulatorOutranksConfigurationTests.Application.class,
		initializers = EmulatorOutranksConfigurationTests.Variables.class)
@AutoConfigureTriggerEmulator
class EmulatorOutranksConfigurationTests {

	private static final TaskType<String, String> SHOUT = TaskType.of("shout", String.class, String.class);

	@Autowired
	private TriggerEmulator emulator;

	@Test
	void allClientsCallTheEmulator(@Autowired TriggerOperations trigger,
			@Autowired @Qualifier("billing") TriggerOperations billing,
			@Autowired @Qualifier("shipping") TriggerOperations shipping) {
		for (TriggerOperations client : new TriggerOperations[] { trigger, billing, shipping }) {
			client.tasks().trigger(SHOUT, "hello").block(Duration.ofSeconds(20));
		}
		assertThat(this.emulator).hasTriggered("shout").inEnvironment("dev").times(3);
		assertThat(this.emulator.runs()).allMatch((run) -> run.branch() == null);
	}

	@Test
	void clientsKeepTheirNames(@Autowired TriggerOperationsRegistry clients) {
		assertThat(clients.getNames()).containsExactly("billing", "default", "euWest", "eu_north", "shipping",
				"us.east");
	}

	@Test
	void otherPropertiesAreKept(@Autowired Environment environment) {
		assertThat(environment.getProperty("app.other")).isEqualTo("kept");
		assertThat(environment.getProperty("app.variable")).isEqualTo("kept");
	}

	@Test
	void dynamicPropertiesAreKeptButForTheConnection(@Autowired Environment environment) {
		assertThat(environment.getProperty("app.dynamic")).isEqualTo("kept");
		assertThat(environment.getProperty("app.registrar")).isEqualTo("kept");
	}

	@DynamicPropertySource
	static void dynamic(DynamicPropertyRegistry registry) {
		registry.add("trigger.project-ref", () -> "proj_other");
		registry.add("app.dynamic", () -> "kept");
	}

	/**
	 * Adds environment variables.
	 */
	static class Variables implements ApplicationContextInitializer<ConfigurableApplicationContext> {

		@Override
		public void initialize(ConfigurableApplicationContext context) {
			context.getEnvironment()
				.getPropertySources()
				.addFirst(new SystemEnvironmentPropertySource("test-systemEnvironment",
						Map.of("TRIGGER_SECRET_KEY", "tr_prod_0123456789abcdefghij", "TRIGGER_PREVIEW_BRANCH", "other",
								"TRIGGER_CLIENTS_SHIPPING_SECRETKEY", "tr_prod_0123456789abcdefghij", "APP_VARIABLE",
								"kept")));
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

		@Bean
		DynamicPropertyRegistrar registrar() {
			return (registry) -> registry.add("app.registrar", () -> "kept");
		}

	}

}

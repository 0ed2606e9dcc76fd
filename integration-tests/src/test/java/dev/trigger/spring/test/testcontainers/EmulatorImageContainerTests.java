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

package dev.trigger.spring.test.testcontainers;

import java.time.Duration;

import dev.trigger.spring.TriggerOperations;
import dev.trigger.spring.autoconfigure.TriggerAutoConfiguration;
import dev.trigger.spring.autoconfigure.TriggerConnectionDetails;
import dev.trigger.spring.run.RunQuery;
import org.junit.jupiter.api.Test;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.junit.jupiter.Container;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.testcontainers.service.connection.ServiceConnection;
import org.springframework.context.annotation.Configuration;
import org.springframework.test.context.junit.jupiter.SpringJUnitConfig;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the image of the emulator in a container of no particular type.
 */
@SpringJUnitConfig
@ContainerTest
class EmulatorImageContainerTests {

	@Container
	@ServiceConnection(name = "trigger-emulator")
	static GenericContainer<?> container = new GenericContainer<>(EmulatorImage.get()).withExposedPorts(8030)
		.withLabel("dev.trigger.spring.secret-key", "tr_stg_emulator")
		.waitingFor(Wait.forHttp("/healthcheck"));

	@Test
	void labelOfTheContainerAndVariablesOfTheImageTellTheConnection(@Autowired TriggerOperations trigger,
			@Autowired TriggerConnectionDetails details) {
		assertThat(details.getSecretKey()).isEqualTo("tr_stg_emulator");
		assertThat(details.getAccessToken()).isEqualTo("tr_pat_emulator");
		assertThat(trigger.runs().list(RunQuery.all()).collectList().block(Duration.ofSeconds(20))).isEmpty();
	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration(TriggerAutoConfiguration.class)
	static class Application {

	}

}

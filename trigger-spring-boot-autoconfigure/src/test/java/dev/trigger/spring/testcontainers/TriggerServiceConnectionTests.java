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

package dev.trigger.spring.testcontainers;

import dev.trigger.spring.TriggerOperations;
import dev.trigger.spring.autoconfigure.TriggerAutoConfiguration;
import org.junit.jupiter.api.Test;
import org.testcontainers.containers.GenericContainer;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.testcontainers.service.connection.ServiceConnection;
import org.springframework.context.annotation.Configuration;
import org.springframework.test.context.junit.jupiter.SpringJUnitConfig;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for a {@link ServiceConnection @ServiceConnection} that is known by the name of
 * its image.
 */
@SpringJUnitConfig
class TriggerServiceConnectionTests {

	@ServiceConnection
	static GenericContainer<?> trigger = new FakeContainer("ghcr.io/triggerdotdev/trigger.dev:v4.5.0")
		.withLabel("dev.trigger.spring.secret-key", "tr_dev_0123456789abcdefDEV1");

	@Test
	void clientLeadsToTheContainer(@Autowired TriggerOperations client) {
		assertThat(client.apiUrl()).hasToString("http://docker.example.com:53000");
	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration(TriggerAutoConfiguration.class)
	static class Application {

	}

}

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
import dev.trigger.spring.auth.TriggerEnvironment;
import dev.trigger.spring.autoconfigure.TriggerConnectionDetails;
import dev.trigger.spring.run.RunQuery;
import dev.trigger.spring.task.TaskType;
import org.junit.jupiter.api.Test;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.junit.jupiter.Container;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.testcontainers.service.connection.ServiceConnection;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link TriggerEmulatorContainer} behind the client of an application.
 */
@SpringBootTest(classes = TriggerEmulatorContainerTests.Application.class,
		properties = "trigger.clients.billing.secret-key=tr_stg_emulator")
@ContainerTest
class TriggerEmulatorContainerTests {

	private static final Duration PATIENCE = Duration.ofSeconds(20);

	private static final TaskType<String, String> ECHO = TaskType.of("echo", String.class, String.class);

	@Container
	@ServiceConnection
	static TriggerEmulatorContainer container = new TriggerEmulatorContainer(EmulatorImage.get())
		.withSecretKey("tr_prod_container")
		.withTasks("echo")
		.withTasksFile("{\"tasks\": {\"described\": \"echo\"}}");

	@Autowired
	private TriggerOperations trigger;

	@Autowired
	private TriggerConnectionDetails details;

	@Test
	void runOfATaskCompletes() {
		String output = this.trigger.tasks()
			.trigger(ECHO, "hello")
			.flatMap(this.trigger.runs()::awaitOutput)
			.block(PATIENCE);
		assertThat(output).isEqualTo("hello");
	}

	@Test
	void personalAccessTokenWorksToo() {
		this.trigger.project(container.getProjectRef())
			.envVars(TriggerEnvironment.STAGING)
			.create("NAME", "value")
			.block(PATIENCE);
		assertThat(this.trigger.project(container.getProjectRef())
			.envVars(TriggerEnvironment.STAGING)
			.retrieve("NAME")
			.block(PATIENCE)).isNotNull();
	}

	@Test
	void namedClientHasItsOwnCredentialAndTheSameServer(@Autowired @Qualifier("billing") TriggerOperations billing) {
		assertThat(billing.apiUrl()).isEqualTo(this.trigger.apiUrl());
		assertThat(billing.runs().list(RunQuery.all()).collectList().block(PATIENCE)).isEmpty();
	}

	@Test
	void faultIsInjectedAndRunsAndRequestsAreRead() {
		container.fault(ContainerFault.loseResponse().onOperation("tasks.trigger").once());
		container.task("greet", "{\"output\": \"Hello {{payload}}\"}");
		String output = this.trigger.tasks()
			.trigger(TaskType.of("greet", String.class, String.class), "you")
			.flatMap(this.trigger.runs()::awaitOutput)
			.block(PATIENCE);
		assertThat(output).isEqualTo("Hello you");
		assertThat(container.runs("greet")).hasSize(1);
		assertThat(container.requests("tasks.trigger")).anySatisfy((request) -> {
			assertThat(request.fault()).isEqualTo("LOSE_RESPONSE");
			assertThat(request.headers().get("authorization")).startsWith("Bearer tr_prod_••••");
		});
	}

	@Test
	void connectionDetailsAreThoseOfTheContainer() {
		assertThat(this.details.getApiUrl()).isEqualTo(container.getApiUrl());
		assertThat(this.details.getSecretKey()).isEqualTo(container.getSecretKey()).isEqualTo("tr_prod_container");
		assertThat(this.details.getAccessToken()).isEqualTo(container.getAccessToken());
		assertThat(this.details.getProjectRef()).isEqualTo(container.getProjectRef());
	}

	@Test
	void emulatorEndsOnceItIsAskedTo() {
		try (TriggerEmulatorContainer other = new TriggerEmulatorContainer(EmulatorImage.get())) {
			other.start();
			String id = other.getContainerId();
			DockerClientFactory.instance().client().stopContainerCmd(id).withTimeout(20).exec();
			assertThat(
					DockerClientFactory.instance().client().inspectContainerCmd(id).exec().getState().getExitCodeLong())
				.isEqualTo(143);
		}
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

	}

}

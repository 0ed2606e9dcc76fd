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
import dev.trigger.spring.exception.RateLimitException;
import dev.trigger.spring.run.RunHandle;
import dev.trigger.spring.task.TaskType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static dev.trigger.spring.test.TriggerAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link AutoConfigureTriggerEmulator}.
 */
@SpringBootTest(classes = AutoConfigureTriggerEmulatorTests.Application.class,
		properties = "trigger.secret-key=tr_prod_neverUsedInThisTest00")
@AutoConfigureTriggerEmulator(environment = "preview", previewBranch = "feature/one")
class AutoConfigureTriggerEmulatorTests {

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	@Autowired
	private TriggerEmulator emulator;

	@Autowired
	private TriggerOperations trigger;

	@AfterEach
	void emulatorForgets() {
		// the listener of the annotation comes after this
		assertThat(this.emulator.runs()).hasSize(1);
	}

	@Test
	void clientTriggersTasksOfTheEmulator() {
		RunHandle<Object> handle = trigger("shout", Map.of("text", "hello"));
		assertThat(this.emulator.awaitRun(handle.id())).isCompleted().hasOutput("HELLO");
		assertThat(this.emulator).hasTriggered("shout").inEnvironment("preview").inBranch("feature/one").once();
	}

	@Test
	void runsOfOtherTestsAreForgotten() {
		assertThat(this.emulator).hasTriggeredNothing();
		trigger("other", Map.of());
	}

	@RepeatedTest(2)
	void limitOfOneTestHoldsUpNoOther() {
		trigger("before", Map.of());
		this.emulator.faults()
			.onOperation("tasks.trigger")
			.rateLimitedUntil(this.emulator.now().plus(Duration.ofHours(1)));
		TaskType<Object, Object> task = TaskType.of("limited", Object.class, Object.class);
		assertThatExceptionOfType(RateLimitException.class)
			.isThrownBy(() -> this.trigger.tasks().trigger(task, Map.of()).block(PATIENCE));
		assertThat(this.emulator).hasReceived("tasks.trigger", 2);
	}

	@Nested
	class Inside {

		@Test
		void runsAreForgottenInNestedClassesToo() {
			assertThat(AutoConfigureTriggerEmulatorTests.this.emulator).hasTriggeredNothing();
			trigger("nested", Map.of());
		}

		@Test
		void andOnceMore() {
			assertThat(AutoConfigureTriggerEmulatorTests.this.emulator).hasTriggeredNothing();
			trigger("nested", Map.of());
		}

	}

	private RunHandle<Object> trigger(String task, Object payload) {
		return this.trigger.tasks().trigger(TaskType.of(task, Object.class, Object.class), payload).block(PATIENCE);
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

		@Bean
		TriggerEmulatorCustomizer shout() {
			return (emulator) -> emulator.task("shout", Shout.class, (shout) -> shout.text().toUpperCase());
		}

	}

	record Shout(String text) {

	}

}

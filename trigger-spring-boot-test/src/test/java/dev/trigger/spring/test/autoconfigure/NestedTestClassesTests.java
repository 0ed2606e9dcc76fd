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

import dev.trigger.emulator.TriggerEmulator;
import dev.trigger.spring.TriggerOperations;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.ClassOrderer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestClassOrder;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Configuration;

import static dev.trigger.spring.test.TriggerAssertions.assertThat;

/**
 * Tests for {@link AutoConfigureTriggerEmulator} on and around nested test classes.
 */
@SpringBootTest(classes = NestedTestClassesTests.Application.class)
@AutoConfigureTriggerEmulator
@TestClassOrder(ClassOrderer.OrderAnnotation.class)
class NestedTestClassesTests {

	private static void trigger(TriggerOperations trigger) {
		trigger.tasks().trigger("nested", "payload").block(Duration.ofSeconds(30));
	}

	@Nested
	@Order(1)
	@TestInstance(Lifecycle.PER_CLASS)
	class CleaningUpAfterAll {

		@Test
		void test(@Autowired TriggerOperations trigger) {
			trigger(trigger);
		}

		@AfterAll
		void cleanUp(@Autowired TriggerOperations trigger) {
			trigger(trigger);
		}

	}

	@Nested
	@Order(2)
	class AfterThat {

		@Test
		void nothingIsLeft(@Autowired TriggerEmulator emulator) {
			assertThat(emulator).hasTriggeredNothing();
		}

	}

	@Nested
	@AutoConfigureTriggerEmulator(environment = "preview", previewBranch = "nested")
	class InAnotherEnvironment {

		@Test
		void annotationOfTheNestedClassCounts(@Autowired TriggerOperations trigger,
				@Autowired TriggerEmulator emulator) {
			trigger(trigger);
			assertThat(emulator).hasTriggered("nested").inEnvironment("preview").inBranch("nested").once();
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

	}

}

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
import java.util.stream.Stream;

import dev.trigger.emulator.TriggerEmulator;
import dev.trigger.spring.TriggerOperations;
import dev.trigger.spring.task.TaskType;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Configuration;

import static dev.trigger.spring.test.TriggerAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that classes which share a cached context do not reset each other's emulator
 * where JUnit runs classes in parallel.
 */
class ParallelTestClassesTests {

	@Test
	void classesDoNotResetEachOther() {
		LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
			.selectors(Stream.of(FirstCase.class, SecondCase.class, ThirdCase.class)
				.map(DiscoverySelectors::selectClass)
				.toList())
			.configurationParameter("junit.jupiter.execution.parallel.enabled", "true")
			.configurationParameter("junit.jupiter.execution.parallel.mode.classes.default", "concurrent")
			.configurationParameter("junit.jupiter.execution.parallel.config.strategy", "fixed")
			.configurationParameter("junit.jupiter.execution.parallel.config.fixed.parallelism", "3")
			.build();
		SummaryGeneratingListener listener = new SummaryGeneratingListener();
		LauncherFactory.create().execute(request, listener);
		assertThat(listener.getSummary().getFailures()).isEmpty();
		assertThat(listener.getSummary().getTestsSucceededCount()).isEqualTo(30);
	}

	static class FirstCase extends Cases {

	}

	static class SecondCase extends Cases {

	}

	static class ThirdCase extends Cases {

	}

	@SpringBootTest(classes = Application.class)
	@AutoConfigureTriggerEmulator
	abstract static class Cases {

		@RepeatedTest(10)
		void runsAreThoseOfThisTest(@Autowired TriggerOperations trigger, @Autowired TriggerEmulator emulator) {
			assertThat(emulator).hasTriggeredNothing();
			TaskType<String, String> task = TaskType.of("greet", String.class, String.class);
			for (int i = 1; i <= 5; i++) {
				trigger.tasks().trigger(task, getClass().getSimpleName()).block(Duration.ofSeconds(20));
				assertThat(emulator).hasTriggered("greet").withPayload(getClass().getSimpleName()).times(i);
			}
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

	}

}

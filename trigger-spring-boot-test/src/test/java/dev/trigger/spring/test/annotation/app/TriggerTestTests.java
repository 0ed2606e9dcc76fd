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

package dev.trigger.spring.test.annotation.app;

import java.time.Duration;

import dev.trigger.emulator.TriggerEmulator;
import dev.trigger.spring.TriggerOperations;
import dev.trigger.spring.test.autoconfigure.TriggerTest;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.core.env.Environment;

import static dev.trigger.spring.test.TriggerAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link TriggerTest}.
 */
@TriggerTest(properties = "app.tag=monthly")
class TriggerTestTests {

	private static final Duration PATIENCE = Duration.ofSeconds(20);

	@Autowired
	private TriggerEmulator emulator;

	@Test
	void tasksOfTheApplicationReachTheEmulator(@Autowired EmailTasks tasks) {
		assertThat(this.emulator).hasTriggeredNothing();
		tasks.resize(Flux.just(new Image("a"))).blockLast(PATIENCE);
		assertThat(this.emulator).hasTriggered("resize").inEnvironment("dev").once();
	}

	@Test
	void runsOfOtherTestsAreForgotten(@Autowired EmailTasks tasks) {
		assertThat(this.emulator).hasTriggeredNothing();
		assertThat(tasks.digestAndAwait(new Digest.Request("four")).block(PATIENCE)).isEqualTo(new Digest(4));
	}

	@Test
	void onlyWhatTheClientNeedsIsThere(@Autowired ApplicationContext context, @Autowired Environment environment) {
		assertThat(context.getBeanProvider(TriggerOperations.class).stream()).hasSize(1);
		assertThat(context.getBeanProvider(Hidden.class).stream()).isEmpty();
		assertThat(context.getBeanProvider(Greeting.class).stream()).hasSize(1);
		assertThat(environment.getProperty("app.tag")).isEqualTo("monthly");
		assertThat(context.getBeanDefinitionNames()).noneMatch((name) -> name.contains("Endpoint"));
	}

}

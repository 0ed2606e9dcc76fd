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

import dev.trigger.spring.TriggerOperations;
import dev.trigger.spring.options.TriggerOptions;
import dev.trigger.spring.run.RunHandle;
import dev.trigger.spring.task.TaskOperations;
import dev.trigger.spring.test.autoconfigure.TriggerTest;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.bean.override.mockito.MockitoBean;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

/**
 * Tests with a client that Mockito makes.
 */
@TriggerTest
class MockedClientTests {

	private static final Duration PATIENCE = Duration.ofSeconds(20);

	private static final Welcome ADA = new Welcome("1", "ada@example.com");

	@MockitoBean
	private TriggerOperations trigger;

	@Test
	void tasksCallTheMock(@Autowired EmailTasks tasks) {
		TaskOperations operations = mock();
		given(this.trigger.tasks()).willReturn(operations);
		given(operations.trigger(any(), eq(ADA), any(TriggerOptions.class)))
			.willReturn(Mono.just(RunHandle.of("run_1", Object.class)));
		assertThat(tasks.sendWelcome(ADA, null).block(PATIENCE).id()).isEqualTo("run_1");
	}

	@Nested
	@TriggerTest
	class WithTasks {

		@MockitoBean
		private EmailTasks tasks;

		@Test
		void interfaceCanBeMocked() {
			given(this.tasks.welcome("1")).willReturn(Mono.empty());
			assertThat(this.tasks.welcome("1").block(PATIENCE)).isNull();
		}

	}

}

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

package com.example.onboarding;

import com.example.onboarding.Onboarding.Receipt;
import com.example.onboarding.Onboarding.Welcome;
import dev.trigger.spring.run.Run;
import dev.trigger.spring.run.RunFailedException;
import dev.trigger.spring.test.Handles;
import dev.trigger.spring.test.Runs;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

/**
 * Runs the examples of tests that replace the client with a mock.
 */
class FixtureTests {

	@Test
	void runsHaveWhatATestNames() {
		// tag::runs[]
		Run run = Runs.completed("send-welcome").output(new Receipt("message-1")).tags("user:1").build();
		RunFailedException failure = Runs.failed("send-welcome", "mailbox full").failure();
		// end::runs[]
		assertThat(run.isSuccess()).isTrue();
		assertThat(run.output()).hasToString("{\"messageId\":\"message-1\"}");
		assertThat(failure).hasMessageContaining("mailbox full");
	}

	@Test
	void mockedTasksReturnHandles() {
		// tag::mock[]
		OnboardingTasks tasks = mock(OnboardingTasks.class);
		given(tasks.sendWelcome(any())).willReturn(Mono.just(Handles.run("run_1", Receipt.class)));
		given(tasks.sendWelcomeAndWait(any())).willReturn(Mono.error(Runs.failed("send-welcome", "full").failure()));
		// end::mock[]
		Welcome ada = new Welcome("1", "ada@example.com");
		assertThat(tasks.sendWelcome(ada).block().id()).isEqualTo("run_1");
		assertThatExceptionOfType(RunFailedException.class).isThrownBy(() -> tasks.sendWelcomeAndWait(ada).block());
	}

}

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

package com.example.containers;

import java.time.Duration;
import java.util.Map;

import dev.trigger.spring.TriggerOperations;
import dev.trigger.spring.task.TaskType;
import dev.trigger.spring.test.testcontainers.ContainerFault;
import dev.trigger.spring.test.testcontainers.TriggerEmulatorContainer;

import org.springframework.core.ParameterizedTypeReference;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a test can do with an emulator in a container.
 */
class FaultyContainer {

	private static final TaskType<Map<String, String>, Map<String, String>> SEND_WELCOME = TaskType.of("send-welcome",
			new ParameterizedTypeReference<>() {
			}, new ParameterizedTypeReference<>() {
			});

	void lostResponseMakesNoSecondRun(TriggerOperations operations, TriggerEmulatorContainer trigger) {
		// tag::fault[]
		trigger.task("send-welcome", "{\"output\": {\"to\": \"{{payload.email}}\"}}");
		trigger.fault(ContainerFault.loseResponse().onOperation("tasks.trigger").once());
		operations.tasks().trigger(SEND_WELCOME, Map.of("email", "a@example.com")).block();
		trigger.advance(Duration.ofHours(1));
		trigger.awaitIdle(Duration.ofSeconds(10));
		assertThat(trigger.requests("tasks.trigger")).hasSize(2);
		assertThat(trigger.runs("send-welcome")).hasSize(1);
		// end::fault[]
	}

}

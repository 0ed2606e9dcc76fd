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

import java.time.Duration;

import dev.trigger.spring.TriggerOperations;
import dev.trigger.spring.run.RunHandle;
import dev.trigger.spring.task.TaskType;
import reactor.core.publisher.Mono;

import org.springframework.stereotype.Service;

@Service
public class Onboarding {

	private static final TaskType<Welcome, Receipt> SEND_WELCOME = TaskType.of("send-welcome", Welcome.class,
			Receipt.class);

	private final TriggerOperations trigger;

	Onboarding(TriggerOperations trigger) {
		this.trigger = trigger;
	}

	// tag::trigger[]
	// Triggers one run for each user, however often it is called
	public Mono<RunHandle<Receipt>> welcome(Welcome welcome) {
		return this.trigger.tasks()
			.trigger(SEND_WELCOME, welcome,
					(options) -> options.idempotencyKey("welcome", welcome.userId())
						.tags("user:" + welcome.userId())
						.ttl(Duration.ofHours(1)));
	}
	// end::trigger[]

	// Triggers the run and waits for its output
	public Mono<Receipt> welcomeAndWait(Welcome welcome) {
		return welcome(welcome).flatMap(this.trigger.runs()::awaitOutput);
	}

	public record Welcome(String userId, String email) {
	}

	public record Receipt(String messageId) {
	}

}

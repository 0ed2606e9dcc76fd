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

package dev.trigger.spring.sample.onboarding;

import java.time.Duration;

import dev.trigger.spring.TriggerOperations;
import dev.trigger.spring.run.RunHandle;
import dev.trigger.spring.run.RunSummary;
import dev.trigger.spring.task.TaskType;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.stereotype.Service;

/**
 * Welcomes users, and returns the runs that did so.
 */
@Service
class Onboarding {

	static final TaskType<Welcome, Receipt> SEND_WELCOME = TaskType.of("send-welcome", Welcome.class, Receipt.class);

	private static final String USER_TAG = "user:";

	private final TriggerOperations trigger;

	Onboarding(TriggerOperations trigger) {
		this.trigger = trigger;
	}

	/**
	 * Triggers the welcome message of a user. There is one run for each user, however
	 * often this is called.
	 */
	Mono<RunHandle<Receipt>> welcome(Welcome welcome) {
		return this.trigger.tasks()
			.trigger(SEND_WELCOME, welcome,
					(options) -> options.idempotencyKey("welcome", welcome.userId())
						.tags(USER_TAG + welcome.userId())
						.ttl(Duration.ofHours(1)));
	}

	/**
	 * Returns the runs that welcomed users, newest first.
	 */
	Flux<RunSummary> signUps() {
		return this.trigger.runs().list((query) -> query.taskIdentifiers(SEND_WELCOME.id()).size(20));
	}

	/**
	 * Returns the runs of a user, newest first.
	 */
	Flux<RunSummary> runsOf(String userId) {
		return this.trigger.runs().list((query) -> query.tags(USER_TAG + userId).size(20));
	}

	/**
	 * Returns the user in the tags of a run.
	 */
	static @Nullable String userOf(RunSummary run) {
		return run.tags()
			.stream()
			.filter((tag) -> tag.startsWith(USER_TAG))
			.map((tag) -> tag.substring(USER_TAG.length()))
			.findFirst()
			.orElse(null);
	}

}

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

import java.time.Instant;

import dev.trigger.spring.run.RunStatus;
import dev.trigger.spring.run.RunSummary;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/**
 * The endpoints of the service.
 */
@RestController
class OnboardingController {

	private final Onboarding onboarding;

	OnboardingController(Onboarding onboarding) {
		this.onboarding = onboarding;
	}

	@PostMapping("/sign-ups")
	@ResponseStatus(HttpStatus.ACCEPTED)
	Mono<Started> signUp(@RequestBody Welcome welcome) {
		return this.onboarding.welcome(welcome).map((run) -> new Started(run.id(), run.isCached()));
	}

	@GetMapping("/users/{userId}/runs")
	Flux<UserRun> runs(@PathVariable String userId) {
		return this.onboarding.runsOf(userId).map(UserRun::of);
	}

	/**
	 * The run that a sign-up started, or found.
	 *
	 * @param runId the run
	 * @param already whether the user was welcomed already
	 */
	record Started(String runId, boolean already) {

	}

	/**
	 * A run as users see it.
	 *
	 * @param id the run
	 * @param task what it does
	 * @param status how far it is
	 * @param createdAt when it was started
	 */
	record UserRun(String id, @Nullable String task, @Nullable RunStatus status, @Nullable Instant createdAt) {

		static UserRun of(RunSummary run) {
			return new UserRun(run.id(), run.taskIdentifier(), run.status(), run.createdAt());
		}

	}

}

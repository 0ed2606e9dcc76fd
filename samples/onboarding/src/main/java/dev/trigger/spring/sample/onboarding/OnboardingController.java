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
import dev.trigger.spring.schedule.Schedule;
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

	private final NightlyReport nightlyReport;

	OnboardingController(Onboarding onboarding, NightlyReport nightlyReport) {
		this.onboarding = onboarding;
		this.nightlyReport = nightlyReport;
	}

	@PostMapping("/sign-ups")
	@ResponseStatus(HttpStatus.ACCEPTED)
	Mono<Started> signUp(@RequestBody Welcome welcome) {
		return this.onboarding.welcome(welcome).map((run) -> new Started(run.id(), run.isCached()));
	}

	@GetMapping("/sign-ups")
	Flux<UserRun> signUps() {
		return this.onboarding.signUps().take(20).map(UserRun::of);
	}

	@GetMapping("/users/{userId}/runs")
	Flux<UserRun> runs(@PathVariable String userId) {
		return this.onboarding.runsOf(userId).take(20).map(UserRun::of);
	}

	@GetMapping("/schedules")
	Flux<Timetable> schedules() {
		return this.nightlyReport.schedules().map(Timetable::of);
	}

	/**
	 * The run of a sign-up.
	 *
	 * @param runId the id of the run
	 * @param already whether the user was welcomed before, so that no run was created
	 */
	record Started(String runId, boolean already) {

	}

	/**
	 * A run as users see it.
	 *
	 * @param runId the id of the run
	 * @param userId the user, {@code null} if the run has no tag of a user
	 * @param task the identifier of the task
	 * @param status the status
	 * @param createdAt when the run was triggered
	 */
	record UserRun(String runId, @Nullable String userId, @Nullable String task, @Nullable RunStatus status,
			@Nullable Instant createdAt) {

		static UserRun of(RunSummary run) {
			return new UserRun(run.id(), Onboarding.userOf(run), run.taskIdentifier(), run.status(), run.createdAt());
		}

	}

	/**
	 * A schedule as users see it.
	 *
	 * @param task the identifier of the task
	 * @param cron the cron expression
	 * @param timezone the time zone
	 * @param nextRun when the task is triggered next
	 */
	record Timetable(@Nullable String task, @Nullable String cron, @Nullable String timezone,
			@Nullable Instant nextRun) {

		static Timetable of(Schedule schedule) {
			Schedule.Generator generator = schedule.generator();
			return new Timetable(schedule.task(), (generator != null) ? generator.expression() : null,
					schedule.timezone(), schedule.nextRun());
		}

	}

}

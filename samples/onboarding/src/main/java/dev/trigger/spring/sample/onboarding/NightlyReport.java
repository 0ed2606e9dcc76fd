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

import java.time.ZoneId;

import dev.trigger.spring.TriggerOperations;
import dev.trigger.spring.schedule.Schedule;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.stereotype.Component;

/**
 * Schedules a report every night. Because of its deduplication key there is one schedule,
 * however often the service starts.
 */
@Component
class NightlyReport {

	static final String TASK = "nightly-report";

	private final TriggerOperations trigger;

	NightlyReport(TriggerOperations trigger) {
		this.trigger = trigger;
	}

	Mono<Schedule> schedule() {
		return this.trigger.schedules()
			.create((schedule) -> schedule.task(TASK)
				.cron("0 3 * * *")
				.timezone(ZoneId.of("Europe/Berlin"))
				.deduplicationKey("nightly-report"));
	}

	Flux<Schedule> schedules() {
		return this.trigger.schedules().list().filter((schedule) -> TASK.equals(schedule.task()));
	}

}

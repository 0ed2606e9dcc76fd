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

package com.example.recipes;

import java.time.ZoneId;

import dev.trigger.spring.TriggerOperations;
import dev.trigger.spring.schedule.Schedule;
import reactor.core.publisher.Mono;

import org.springframework.stereotype.Component;

@Component
class DigestSchedules {

	private final TriggerOperations trigger;

	DigestSchedules(TriggerOperations trigger) {
		this.trigger = trigger;
	}

	// tag::schedule[]
	Mono<Schedule> everyMorning(String userId, ZoneId zone) {
		return this.trigger.schedules()
			.create((schedule) -> schedule.task("daily-digest")
				.cron("0 8 * * *")
				.timezone(zone)
				.externalId(userId)
				.deduplicationKey("daily-digest-" + userId));
	}

	Mono<Void> stop(String userId) {
		return this.trigger.schedules().delete("daily-digest-" + userId);
	}
	// end::schedule[]

}

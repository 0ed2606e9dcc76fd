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

import java.time.LocalDate;
import java.time.ZoneId;

import dev.trigger.spring.TriggerOperations;
import dev.trigger.spring.bulkaction.BulkAction;
import dev.trigger.spring.run.Polling;
import dev.trigger.spring.run.RunQuery;
import dev.trigger.spring.run.RunStatus;
import reactor.core.publisher.Mono;

import org.springframework.stereotype.Component;

@Component
class FailedRuns {

	private final TriggerOperations trigger;

	FailedRuns(TriggerOperations trigger) {
		this.trigger = trigger;
	}

	// tag::replay[]
	Mono<BulkAction> replayFailedRunsOf(LocalDate day, ZoneId zone) {
		RunQuery failed = RunQuery.of((query) -> query
			.statuses(RunStatus.FAILED, RunStatus.CRASHED, RunStatus.SYSTEM_FAILURE, RunStatus.TIMED_OUT)
			.between(day.atStartOfDay(zone).toInstant(), day.plusDays(1).atStartOfDay(zone).toInstant()));
		return this.trigger.bulkActions()
			.replay((action) -> action.matching(failed).name("replay " + day))
			.flatMap((id) -> this.trigger.bulkActions().awaitCompletion(id, Polling.defaults()));
	}
	// end::replay[]

}

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

import dev.trigger.spring.TriggerOperations;
import dev.trigger.spring.bulkaction.BulkAction;
import dev.trigger.spring.run.Polling;
import dev.trigger.spring.run.RunQuery;
import dev.trigger.spring.run.RunStatus;
import reactor.core.publisher.Mono;

import org.springframework.stereotype.Component;

@Component
class QueuedRuns {

	private final TriggerOperations trigger;

	QueuedRuns(TriggerOperations trigger) {
		this.trigger = trigger;
	}

	// tag::cancel[]
	Mono<BulkAction> cancelQueuedRunsWith(String tag) {
		RunQuery queued = RunQuery
			.of((query) -> query.tags(tag).statuses(RunStatus.QUEUED, RunStatus.DELAYED, RunStatus.PENDING_VERSION));
		return this.trigger.bulkActions()
			.cancel((action) -> action.matching(queued))
			.flatMap((id) -> this.trigger.bulkActions().awaitCompletion(id, Polling.defaults()));
	}
	// end::cancel[]

}

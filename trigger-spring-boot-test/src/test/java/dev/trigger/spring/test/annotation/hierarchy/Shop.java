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

package dev.trigger.spring.test.annotation.hierarchy;

import dev.trigger.spring.annotation.TriggerTask;
import dev.trigger.spring.annotation.TriggerTasks;
import dev.trigger.spring.run.RunHandle;
import reactor.core.publisher.Mono;

/**
 * Interfaces of tasks, one of which extends the other and is found before it.
 */
public final class Shop {

	private Shop() {
	}

	/**
	 * Tasks of another client, and those of all.
	 */
	@TriggerTasks("billing")
	public interface AdminTasks extends Tasks {

		@TriggerTask("refund")
		Mono<RunHandle<Void>> refund();

	}

	/**
	 * Tasks of all.
	 */
	@TriggerTasks
	public interface Tasks {

		@TriggerTask("order")
		Mono<RunHandle<Void>> order();

	}

}

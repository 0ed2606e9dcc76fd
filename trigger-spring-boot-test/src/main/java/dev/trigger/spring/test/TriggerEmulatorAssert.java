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

package dev.trigger.spring.test;

import java.util.List;

import dev.trigger.emulator.EmulatedRun;
import dev.trigger.emulator.TriggerEmulator;
import org.assertj.core.api.AbstractAssert;

/**
 * Assertions about what was triggered on a {@link TriggerEmulator}.
 *
 * @since 1.0.0
 * @see TriggerAssertions
 */
public final class TriggerEmulatorAssert extends AbstractAssert<TriggerEmulatorAssert, TriggerEmulator> {

	TriggerEmulatorAssert(TriggerEmulator actual) {
		super(actual, TriggerEmulatorAssert.class);
	}

	/**
	 * Verify that a task was triggered at least once.
	 * @param taskId the identifier of the task
	 * @return assertions about the runs of the task
	 */
	public TriggeredAssert hasTriggered(String taskId) {
		isNotNull();
		List<EmulatedRun> all = this.actual.runs();
		return new TriggeredAssert(all, all.stream().filter((run) -> run.taskId().equals(taskId)).toList(),
				"task " + taskId + " to be triggered");
	}

	/**
	 * Verify that a task was never triggered.
	 * @param taskId the identifier of the task
	 * @return this assertion
	 */
	public TriggerEmulatorAssert hasNotTriggered(String taskId) {
		isNotNull();
		List<EmulatedRun> runs = this.actual.runs().stream().filter((run) -> run.taskId().equals(taskId)).toList();
		if (!runs.isEmpty()) {
			failWithMessage("Expected task %s not to be triggered but was: %s", taskId, TriggeredAssert.describe(runs));
		}
		return this;
	}

	/**
	 * Verify that no task was triggered.
	 * @return this assertion
	 */
	public TriggerEmulatorAssert hasTriggeredNothing() {
		isNotNull();
		List<EmulatedRun> runs = this.actual.runs();
		if (!runs.isEmpty()) {
			failWithMessage("Expected nothing to be triggered but was: %s", TriggeredAssert.describe(runs));
		}
		return this;
	}

}

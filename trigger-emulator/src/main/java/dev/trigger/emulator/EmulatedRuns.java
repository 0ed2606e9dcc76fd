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

package dev.trigger.emulator;

import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

import dev.trigger.emulator.state.EmulatorState;
import dev.trigger.emulator.state.Environment;
import dev.trigger.emulator.state.TaskRun;

/**
 * The runs of an emulator as tests look at them, and the wait for their end.
 */
final class EmulatedRuns {

	private final EmulatorState state;

	private final Duration patience;

	EmulatedRuns(EmulatorState state, Duration patience) {
		this.state = state;
		this.patience = patience;
	}

	/**
	 * Return how long waits are unless they are told.
	 */
	Duration patience() {
		return this.patience;
	}

	List<EmulatedRun> list(Predicate<TaskRun> wanted) {
		synchronized (this.state) {
			return this.state.accounts()
				.environments()
				.stream()
				.flatMap((environment) -> environment.runs().stream())
				.filter(wanted)
				.sorted(TaskRun.OLDEST_FIRST)
				.map((run) -> EmulatedRun.of(this.state, run))
				.toList();
		}
	}

	EmulatedRun get(String runId) {
		return EmulatedRun.of(this.state, find(runId));
	}

	EmulatedRun await(String runId, Duration timeout) {
		TaskRun run = find(runId);
		await(timeout, () -> run.status().isFinished(), "the end of " + run);
		return get(runId);
	}

	void awaitIdle(Duration timeout) {
		await(timeout, this.state.engine()::isIdle, "the end of all runs");
	}

	private void await(Duration timeout, BooleanSupplier condition, String what) {
		try {
			if (!this.state.await(condition, timeout)) {
				throw new AssertionError("Waited " + timeout.toMillis() / 1000.0 + " seconds in vain for " + what);
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new AssertionError("Interrupted while waiting for " + what, ex);
		}
	}

	private TaskRun find(String runId) {
		synchronized (this.state) {
			for (Environment environment : this.state.accounts().environments()) {
				TaskRun run = environment.run(runId);
				if (run != null) {
					return run;
				}
			}
		}
		throw new IllegalArgumentException("'runId' must be the identifier of a run, not " + runId);
	}

}

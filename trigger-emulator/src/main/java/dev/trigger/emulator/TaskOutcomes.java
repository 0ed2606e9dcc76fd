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

import dev.trigger.emulator.state.RunEnd;
import dev.trigger.emulator.state.RunError;
import dev.trigger.emulator.state.RunStatus;

/**
 * How an emulated task can end other than by returning or failing. Its function throws
 * one of these, as in {@code throw TaskOutcomes.crashed("out of memory")}.
 *
 * @since 1.0.0
 */
public final class TaskOutcomes {

	private TaskOutcomes() {
	}

	/**
	 * End the run as {@code FAILED} at once, without the attempts that are left, as
	 * {@code AbortTaskRunError} does in a task.
	 * @param message the message of the error
	 * @return what to throw
	 */
	public static RuntimeException aborted(String message) {
		return end(RunStatus.FAILED, "AbortTaskRunError", message);
	}

	/**
	 * End the run as {@code CRASHED}, as a process that exits or runs out of memory. Like
	 * the message of every failure that no task threw, this one is in live feeds, queries
	 * and {@link EmulatedRun#errorMessage()}; elsewhere a server hides it.
	 * @param message the message of the error
	 * @return what to throw
	 */
	public static RuntimeException crashed(String message) {
		return end(RunStatus.CRASHED, "TASK_PROCESS_EXITED_WITH_NON_ZERO_CODE", message);
	}

	/**
	 * End the run as {@code SYSTEM_FAILURE}, as a fault of the server.
	 * @param message the message of the error, hidden as that of {@link #crashed}
	 * @return what to throw
	 */
	public static RuntimeException systemFailure(String message) {
		return end(RunStatus.SYSTEM_FAILURE, "TASK_EXECUTION_FAILED", message);
	}

	/**
	 * End the run as {@code TIMED_OUT}, as one that exceeds its {@code maxDuration}.
	 * @return what to throw
	 */
	public static RuntimeException timedOut() {
		return end(RunStatus.TIMED_OUT, "MAX_DURATION_EXCEEDED", "Run exceeded maximum compute time (maxDuration)");
	}

	private static RuntimeException end(RunStatus status, String name, String message) {
		return new RunEnd(status, new RunError(name, message, null));
	}

}

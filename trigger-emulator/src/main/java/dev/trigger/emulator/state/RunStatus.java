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

package dev.trigger.emulator.state;

import java.util.EnumSet;
import java.util.Set;

/**
 * The status of a run.
 *
 * @since 1.0.0
 */
public enum RunStatus {

	PENDING_VERSION, QUEUED, DEQUEUED, EXECUTING, WAITING, COMPLETED, CANCELED, FAILED, CRASHED, SYSTEM_FAILURE,

	DELAYED, EXPIRED, TIMED_OUT;

	private static final Set<RunStatus> FINISHED = EnumSet.of(COMPLETED, CANCELED, FAILED, CRASHED, SYSTEM_FAILURE,
			EXPIRED, TIMED_OUT);

	/**
	 * Return whether a run in this status is over.
	 * @return {@code true} for a final status
	 */
	public boolean isFinished() {
		return FINISHED.contains(this);
	}

	/**
	 * Return whether a run in this status waits for its turn.
	 * @return {@code true} before the first attempt
	 */
	public boolean isQueued() {
		return this == QUEUED || this == DELAYED || this == PENDING_VERSION;
	}

	/**
	 * Return the name in the vocabulary of the time before API version 2025-07-16.
	 * @param attempt the number of the attempt
	 * @return the name
	 */
	public String legacyName(int attempt) {
		return switch (this) {
			case WAITING -> "FROZEN";
			case DEQUEUED -> "EXECUTING";
			case EXECUTING -> (attempt > 1) ? "REATTEMPTING" : "EXECUTING";
			default -> name();
		};
	}

	/**
	 * Return the name that servers keep, which some messages have.
	 * @return the name
	 */
	public String databaseName() {
		return switch (this) {
			case COMPLETED -> "COMPLETED_SUCCESSFULLY";
			case FAILED -> "COMPLETED_WITH_ERRORS";
			case QUEUED -> "PENDING";
			case WAITING -> "WAITING_TO_RESUME";
			default -> name();
		};
	}

}

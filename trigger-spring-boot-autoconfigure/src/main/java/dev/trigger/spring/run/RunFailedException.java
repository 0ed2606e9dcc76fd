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

package dev.trigger.spring.run;

import dev.trigger.spring.exception.TriggerException;
import org.jspecify.annotations.Nullable;

/**
 * Thrown when the output of a run is awaited, but the run is over without success.
 *
 * @since 1.0.0
 */
public class RunFailedException extends TriggerException {

	private static final long serialVersionUID = 1L;

	private final Run run;

	/**
	 * Create a new exception.
	 * @param run the run
	 */
	public RunFailedException(Run run) {
		super("Run " + run.id() + " of " + run.taskIdentifier() + " ended as " + run.status()
				+ ((run.error() != null) ? ": " + run.error() : ""), null);
		this.run = run;
	}

	/**
	 * Return the run.
	 * @return the run
	 */
	public Run getRun() {
		return this.run;
	}

	/**
	 * Return how the run ended.
	 * @return the status, such as {@link RunStatus#FAILED} or {@link RunStatus#CANCELED}
	 */
	public @Nullable RunStatus getStatus() {
		return this.run.status();
	}

	/**
	 * Return the error of the task.
	 * @return the error, {@code null} if the run ended for another reason
	 */
	public @Nullable RunError getError() {
		return this.run.error();
	}

}

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

/**
 * Thrown by an attempt to end its run in a status, whatever attempts are left.
 *
 * @since 1.0.0
 */
public final class RunEnd extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final RunStatus status;

	private final RunError error;

	/**
	 * Create an end.
	 * @param status the status of the run
	 * @param error the error of the run
	 */
	public RunEnd(RunStatus status, RunError error) {
		super(error.message());
		this.status = status;
		this.error = error;
	}

	RunStatus status() {
		return this.status;
	}

	RunError error() {
		return this.error;
	}

}

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

import java.time.Duration;
import java.util.function.BooleanSupplier;

import org.jspecify.annotations.Nullable;

/**
 * An attempt of a run that executes, which is equal to no other: it goes on, or waits for
 * something.
 */
final class Attempt {

	private final TaskRun run;

	private @Nullable BooleanSupplier wait;

	private long activeSince = System.nanoTime();

	Attempt(TaskRun run) {
		this.run = run;
	}

	TaskRun run() {
		return this.run;
	}

	/**
	 * Note that the run waits from now on.
	 * @param over whether the wait is over, asked with the lock held
	 */
	void waitUntil(BooleanSupplier over) {
		this.wait = over;
	}

	/**
	 * Note that the run waits for nothing from now on.
	 */
	void goOn() {
		this.wait = null;
		this.activeSince = System.nanoTime();
	}

	/**
	 * Return whether the run goes on since not longer ago than given, or is about to: its
	 * wait is over, but its thread has not come to it yet.
	 */
	boolean isBusySince(Duration age) {
		return (this.wait != null) ? this.wait.getAsBoolean() : System.nanoTime() - this.activeSince < age.toNanos();
	}

}

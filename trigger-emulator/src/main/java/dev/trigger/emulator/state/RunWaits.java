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
import java.time.Instant;
import java.util.List;
import java.util.function.BooleanSupplier;

import org.jspecify.annotations.Nullable;

/**
 * What runs wait for while they execute. As long as it waits, a run has the status for
 * it.
 *
 * @since 1.0.0
 */
public final class RunWaits {

	private RunWaits() {
	}

	/**
	 * Wait for something.
	 * @param state the state
	 * @param run the run that waits
	 * @param condition what to wait for, looked at with the lock held
	 * @param until when to wait no longer, by the time of the emulator; {@code null} to
	 * wait for ever
	 * @return whether the condition came true
	 * @throws InterruptedException when the run is canceled
	 */
	public static boolean await(EmulatorState state, TaskRun run, BooleanSupplier condition, @Nullable Instant until)
			throws InterruptedException {
		return await(state, run, condition, until, RunStatus.WAITING);
	}

	/**
	 * Take some time. Unlike one that waits, the run goes on executing for those who look
	 * at it.
	 * @param state the state
	 * @param run the run that executes
	 * @param duration how long, by the time of the emulator
	 * @throws InterruptedException when the run is canceled
	 */
	public static void sleep(EmulatorState state, TaskRun run, Duration duration) throws InterruptedException {
		await(state, run, () -> false, state.now().plus(duration), RunStatus.EXECUTING);
	}

	private static boolean await(EmulatorState state, TaskRun run, BooleanSupplier condition, @Nullable Instant until,
			RunStatus shown) throws InterruptedException {
		synchronized (state) {
			if (condition.getAsBoolean()) {
				return true;
			}
			BooleanSupplier over = () -> condition.getAsBoolean() || (until != null && !until.isAfter(state.now()));
			Attempt attempt = run.attempt();
			if (attempt != null) {
				attempt.waitUntil(over);
			}
			show(state, run, shown);
			if (until != null) {
				state.clock().schedule(until, state::changed);
			}
			try {
				while (!over.getAsBoolean()) {
					state.wait();
				}
				return condition.getAsBoolean();
			}
			finally {
				if (attempt != null) {
					attempt.goOn();
				}
				show(state, run, RunStatus.EXECUTING);
			}
		}
	}

	private static void show(EmulatorState state, TaskRun run, RunStatus status) {
		if (!run.status().isFinished() && run.status() != status) {
			run.moveTo(status, state.now());
		}
		state.changed();
	}

	/**
	 * Create a waitpoint token.
	 * @param state the state
	 * @param environment where
	 * @param timeout when the wait is over at the latest, {@code null} for never
	 * @return the token
	 */
	public static Waitpoint token(EmulatorState state, Environment environment, @Nullable Duration timeout) {
		synchronized (state) {
			Instant timeoutAt = (timeout != null) ? state.now().plus(timeout) : null;
			return Waitpoint.create(state, environment, null, null, timeoutAt, List.of());
		}
	}

}

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
import java.util.EnumSet;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * Which run an idempotency key leads to. A key is unique for its task and environment.
 */
final class IdempotencyKeys {

	private static final Duration DEFAULT_LIFETIME = Duration.ofDays(30);

	/**
	 * What becomes of runs whose key makes a new run.
	 */
	private static final Set<RunStatus> FREED = EnumSet.of(RunStatus.FAILED, RunStatus.EXPIRED, RunStatus.CRASHED,
			RunStatus.SYSTEM_FAILURE, RunStatus.TIMED_OUT);

	private final RunTable runs = new RunTable(IdempotencyKeys::hash);

	/**
	 * Find the run that was triggered with the key of a command.
	 * @param environment the environment
	 * @param command the command
	 * @return the run, {@code null} for none, or if the key was reset
	 */
	@Nullable TaskRun find(Environment environment, TriggerCommand command) {
		String key = command.idempotencyKey();
		if (key == null) {
			return null;
		}
		String taskId = command.taskId();
		return this.runs.find(hash(environment, taskId, key), (run) -> key.equals(run.idempotencyKey())
				&& run.environment() == environment && run.taskId().equals(taskId));
	}

	/**
	 * Return whether the key of a run still leads to it.
	 * @param run the run
	 * @param now the time
	 * @return {@code false} if the key has expired, or the run has failed
	 */
	static boolean holds(TaskRun run, Instant now) {
		return run.keyExpiresAt() > now.toEpochMilli() && !FREED.contains(run.status());
	}

	/**
	 * Make the key of a run lead to it.
	 * @param run the run; without a key nothing happens
	 * @param known the run that the key led to before, {@code null} for none
	 * @param now the time
	 */
	void put(TaskRun run, @Nullable TaskRun known, Instant now) {
		if (run.idempotencyKey() == null) {
			return;
		}
		String text = run.command().option("idempotencyKeyTTL");
		Duration lifetime = (text != null) ? TimeSpans.keyLifetime(text) : null;
		run.setKeyExpiresAt(now.plus((lifetime != null) ? lifetime : DEFAULT_LIFETIME));
		if (known != null) {
			this.runs.replace(known, run);
		}
		else {
			this.runs.add(run);
		}
	}

	void clear() {
		this.runs.clear();
	}

	private static int hash(TaskRun run) {
		return hash(run.environment(), run.taskId(), String.valueOf(run.command().idempotencyKey()));
	}

	private static int hash(Environment environment, String taskId, String key) {
		return 31 * (31 * environment.id().hashCode() + taskId.hashCode()) + key.hashCode();
	}

}

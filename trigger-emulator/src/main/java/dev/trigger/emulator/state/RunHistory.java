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

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * The statuses that a run has gone through. It never changes: each change of a run makes
 * another one.
 *
 * @since 1.0.0
 */
public final class RunHistory {

	private static final RunStatus[] STATUSES = RunStatus.values();

	private static final int STATUS_BITS = 8;

	/**
	 * The changes in order: the time in milliseconds, then the status. There may be a
	 * million of histories.
	 */
	private final long[] changes;

	private RunHistory(long[] changes) {
		this.changes = changes;
	}

	static RunHistory of(RunStatus status, Instant at) {
		return new RunHistory(new long[] { change(status, at) });
	}

	RunHistory with(RunStatus status, Instant at) {
		long[] more = Arrays.copyOf(this.changes, this.changes.length + 1);
		more[this.changes.length] = change(status, at);
		return new RunHistory(more);
	}

	private static long change(RunStatus status, Instant at) {
		return at.toEpochMilli() << STATUS_BITS | status.ordinal();
	}

	/**
	 * Return the status at the end.
	 * @return the status
	 */
	public RunStatus status() {
		return status(this.changes[this.changes.length - 1]);
	}

	/**
	 * Return the changes.
	 * @return the statuses and when each began, oldest first
	 */
	public List<StatusChange> changes() {
		List<StatusChange> list = new ArrayList<>(this.changes.length);
		for (long change : this.changes) {
			list.add(new StatusChange(status(change), Instant.ofEpochMilli(millis(change))));
		}
		return list;
	}

	/**
	 * Return when the run came into being.
	 * @return the time
	 */
	public Instant createdAt() {
		return Instant.ofEpochMilli(createdMillis());
	}

	long createdMillis() {
		return millis(this.changes[0]);
	}

	/**
	 * Return when the run was started.
	 * @return the time of the first attempt, {@code null} before
	 */
	public @Nullable Instant startedAt() {
		return first(RunStatus.EXECUTING);
	}

	/**
	 * Return when the run was over. As on the server, a run that is canceled before it
	 * starts never finishes.
	 * @return the time, {@code null} before
	 */
	public @Nullable Instant finishedAt() {
		RunStatus status = status();
		boolean finished = status.isFinished() && (status != RunStatus.CANCELED || startedAt() != null);
		return finished ? Instant.ofEpochMilli(millis(this.changes[this.changes.length - 1])) : null;
	}

	/**
	 * Return when the run had a status for the first time.
	 * @param status the status
	 * @return the time, {@code null} if it never had it
	 */
	@Nullable Instant first(RunStatus status) {
		for (long change : this.changes) {
			if (status(change) == status) {
				return Instant.ofEpochMilli(millis(change));
			}
		}
		return null;
	}

	private static long millis(long change) {
		return change >> STATUS_BITS;
	}

	private static RunStatus status(long change) {
		return STATUSES[(int) (change & ((1 << STATUS_BITS) - 1))];
	}

	/**
	 * A status and when it began.
	 *
	 * @param status the status
	 * @param at when it began
	 */
	public record StatusChange(RunStatus status, Instant at) {

	}

}

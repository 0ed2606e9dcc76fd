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
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import dev.trigger.emulator.http.InternalErrors;
import org.jspecify.annotations.Nullable;

/**
 * The order in which the runs of an environment changed, and who waits for the next
 * change. Changes that follow each other closely are announced as one.
 *
 * @since 1.0.0
 */
public final class RunChanges {

	private static final Duration CONFLATION = Duration.ofMillis(5);

	/**
	 * The run that changed last. Each run knows the one before.
	 */
	private @Nullable TaskRun latest;

	private final Set<Runnable> listeners = new LinkedHashSet<>();

	/**
	 * Another emulator counts from another number, so that its numbers are not taken for
	 * one's own.
	 */
	private final long start = System.currentTimeMillis() % 1_000_000_000 * 1_000;

	private long revision = this.start;

	private @Nullable VirtualClock clock;

	private boolean announced;

	/**
	 * Return the number of the latest change.
	 * @return the number
	 */
	public synchronized long revision() {
		return this.revision;
	}

	/**
	 * Return whether a number can be one of this order.
	 * @param revision the number
	 * @return {@code false} if it is of another emulator
	 */
	public synchronized boolean knows(long revision) {
		return revision >= this.start && revision <= this.revision;
	}

	/**
	 * Return the runs that changed after a change.
	 * @param revision the number of that change
	 * @return a copy, the run that changed last at the end
	 */
	public synchronized Collection<TaskRun> since(long revision) {
		List<TaskRun> changed = new ArrayList<>();
		for (TaskRun run = this.latest; run != null && run.revision > revision; run = run.changedBefore) {
			changed.add(run);
		}
		Collections.reverse(changed);
		return changed;
	}

	/**
	 * Note a change.
	 * @param run the run
	 */
	synchronized void note(TaskRun run) {
		unlink(run);
		run.changedBefore = this.latest;
		if (this.latest != null) {
			this.latest.changedAfter = run;
		}
		this.latest = run;
		run.revision = ++this.revision;
		if (run.firstRevision == 0) {
			run.firstRevision = run.revision;
		}
		announce();
	}

	private void unlink(TaskRun run) {
		TaskRun before = run.changedBefore;
		TaskRun after = run.changedAfter;
		if (before != null) {
			before.changedAfter = after;
		}
		if (after != null) {
			after.changedBefore = before;
		}
		if (this.latest == run) {
			this.latest = before;
		}
		run.changedBefore = null;
		run.changedAfter = null;
	}

	/**
	 * Call a listener after each change, on a thread without any lock.
	 * @param clock whose thread that is
	 * @param listener whom to call
	 */
	public synchronized void listen(VirtualClock clock, Runnable listener) {
		this.clock = clock;
		this.listeners.add(listener);
	}

	/**
	 * Call a listener no more.
	 * @param listener whom not to call
	 */
	public synchronized void unlisten(Runnable listener) {
		this.listeners.remove(listener);
	}

	/**
	 * Return how many listeners are called after each change.
	 * @return the number of listeners
	 */
	public synchronized int listeners() {
		return this.listeners.size();
	}

	synchronized void clear() {
		while (this.latest != null) {
			// so that one that somebody keeps does not keep all others
			unlink(this.latest);
		}
		announce();
	}

	private void announce() {
		if (!this.announced && !this.listeners.isEmpty() && this.clock != null) {
			this.announced = true;
			this.clock.soon(CONFLATION, this::call);
		}
	}

	private void call() {
		List<Runnable> called;
		synchronized (this) {
			this.announced = false;
			called = List.copyOf(this.listeners);
		}
		called.forEach((listener) -> InternalErrors.run("poll of a feed", listener));
	}

}

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
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

/**
 * The order in which the runs of an environment changed, and who waits for the next
 * change. Changes that follow each other closely are announced as one.
 *
 * @since 1.0.0
 */
public final class RunChanges {

	private static final Duration CONFLATION = Duration.ofMillis(5);

	private final TreeMap<Long, TaskRun> order = new TreeMap<>();

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
		return List.copyOf(this.order.tailMap(revision, false).values());
	}

	/**
	 * Note a change.
	 * @param run the run
	 * @param known the number of its change before this, 0 if there is none
	 * @return the number of this change
	 */
	synchronized long note(TaskRun run, long known) {
		this.order.remove(known, run);
		this.order.put(++this.revision, run);
		announce();
		return this.revision;
	}

	/**
	 * Call somebody after each change, on a thread without any lock.
	 * @param clock whose thread that is
	 * @param listener whom to call
	 */
	public synchronized void listen(VirtualClock clock, Runnable listener) {
		this.clock = clock;
		this.listeners.add(listener);
	}

	/**
	 * Call somebody no more.
	 * @param listener whom not to call
	 */
	public synchronized void unlisten(Runnable listener) {
		this.listeners.remove(listener);
	}

	/**
	 * Return how many are called after each change.
	 * @return the number of listeners
	 */
	public synchronized int listeners() {
		return this.listeners.size();
	}

	synchronized void clear() {
		this.order.clear();
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
		called.forEach(Runnable::run);
	}

}

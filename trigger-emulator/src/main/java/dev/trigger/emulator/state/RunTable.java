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

import java.util.function.Predicate;
import java.util.function.ToIntFunction;

import org.jspecify.annotations.Nullable;

/**
 * Finds runs by something that they have themselves, such as their identifier. It takes a
 * fifth of the memory of a {@code HashMap}, which matters with a million runs.
 */
final class RunTable {

	private static final int SMALLEST = 16;

	private final ToIntFunction<TaskRun> hash;

	/**
	 * A run stands at the first free place from that of its hash on. The length is a
	 * power of two, and at least a third of the places is free.
	 */
	private @Nullable TaskRun[] places = new TaskRun[SMALLEST];

	private int size;

	/**
	 * Create an empty table.
	 * @param hash the hash of what runs are found by
	 */
	RunTable(ToIntFunction<TaskRun> hash) {
		this.hash = hash;
	}

	/**
	 * Find a run.
	 * @param hash the hash of what it is found by
	 * @param matches whether a run with this hash is the one
	 * @return the run, {@code null} for none
	 */
	@Nullable TaskRun find(int hash, Predicate<TaskRun> matches) {
		int i = place(hash);
		for (TaskRun run = this.places[i]; run != null; run = this.places[i]) {
			if (this.hash.applyAsInt(run) == hash && matches.test(run)) {
				return run;
			}
			i = next(i);
		}
		return null;
	}

	/**
	 * Add a run.
	 * @param run a run that the table does not have
	 */
	void add(TaskRun run) {
		if (++this.size * 3L > this.places.length * 2L) {
			@Nullable TaskRun[] before = this.places;
			this.places = new TaskRun[before.length * 2];
			for (TaskRun moved : before) {
				if (moved != null) {
					put(moved);
				}
			}
		}
		put(run);
	}

	/**
	 * Put a run in the place of another one.
	 * @param old a run that the table has
	 * @param run a run with the same hash
	 */
	void replace(TaskRun old, TaskRun run) {
		int i = place(this.hash.applyAsInt(old));
		while (this.places[i] != old) {
			i = next(i);
		}
		this.places[i] = run;
	}

	void clear() {
		this.places = new TaskRun[SMALLEST];
		this.size = 0;
	}

	private void put(TaskRun run) {
		int i = place(this.hash.applyAsInt(run));
		while (this.places[i] != null) {
			i = next(i);
		}
		this.places[i] = run;
	}

	private int place(int hash) {
		// the lower bits of similar texts are similar
		int spread = hash * 0x9E3779B9;
		return (spread ^ (spread >>> 16)) & (this.places.length - 1);
	}

	private int next(int place) {
		return (place + 1) & (this.places.length - 1);
	}

}

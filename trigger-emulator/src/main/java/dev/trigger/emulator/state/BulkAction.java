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
import java.util.List;
import java.util.function.Predicate;

import dev.trigger.emulator.http.InternalErrors;
import org.jspecify.annotations.Nullable;

/**
 * An action on many runs.
 *
 * @since 1.0.0
 */
public final class BulkAction {

	private final String id;

	private final @Nullable String name;

	private final String type;

	private final List<TaskRun> runs;

	private final Instant createdAt;

	private int success;

	private int failure;

	private boolean aborted;

	private @Nullable Instant completedAt;

	/**
	 * Create an action.
	 * @param id its identifier
	 * @param name its name
	 * @param type {@code CANCEL} or {@code REPLAY}
	 * @param runs the runs that it means
	 * @param createdAt when it was created
	 */
	public BulkAction(String id, @Nullable String name, String type, List<TaskRun> runs, Instant createdAt) {
		this.id = id;
		this.name = name;
		this.type = type;
		this.runs = runs;
		this.createdAt = createdAt;
	}

	public String id() {
		return this.id;
	}

	public @Nullable String name() {
		return this.name;
	}

	public String type() {
		return this.type;
	}

	public int total() {
		return this.runs.size();
	}

	public int success() {
		return this.success;
	}

	public int failure() {
		return this.failure;
	}

	public Instant createdAt() {
		return this.createdAt;
	}

	public @Nullable Instant completedAt() {
		return this.completedAt;
	}

	/**
	 * Return the status of the action.
	 * @return {@code PENDING}, {@code COMPLETED} or {@code ABORTED}
	 */
	public String status() {
		if (this.aborted) {
			return "ABORTED";
		}
		return (this.completedAt != null) ? "COMPLETED" : "PENDING";
	}

	/**
	 * Do the action, unless it is over.
	 * @param action does it with a run, and returns whether there was anything to do
	 * @param now when
	 */
	public void perform(Predicate<TaskRun> action, Instant now) {
		if (!status().equals("PENDING")) {
			return;
		}
		for (TaskRun run : this.runs) {
			try {
				run.addBulkAction(this.id);
				if (action.test(run)) {
					this.success++;
				}
				else {
					this.failure++;
				}
			}
			catch (Throwable ex) {
				InternalErrors.log("bulk action on " + run, ex);
				this.failure++;
			}
		}
		this.completedAt = now;
	}

	/**
	 * End the action before it is done.
	 */
	public void abort() {
		this.aborted = true;
	}

}

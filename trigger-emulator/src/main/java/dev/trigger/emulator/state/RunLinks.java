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

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What belongs to a run: the runs that it triggered, the streams that it has, the bulk
 * actions that it was part of, and its attempts that failed. Most runs have none of
 * these, and share {@link #NONE}.
 *
 * @since 1.0.0
 */
public final class RunLinks {

	static final RunLinks NONE = new RunLinks();

	private List<TaskRun> children = List.of();

	private Set<String> streams = Set.of();

	private Set<String> bulkActions = Set.of();

	private List<FailedAttempt> failedAttempts = List.of();

	private List<RunNote> notes = List.of();

	RunLinks() {
	}

	/**
	 * Return the runs that the run triggered.
	 * @return the runs, oldest first
	 */
	public List<TaskRun> children() {
		return this.children;
	}

	/**
	 * Return the names of the streams that were written to.
	 * @return the names
	 */
	public Set<String> streams() {
		return this.streams;
	}

	/**
	 * Return the bulk actions that the run was part of.
	 * @return their identifiers
	 */
	public Set<String> bulkActions() {
		return this.bulkActions;
	}

	/**
	 * Return the attempts that failed, and were followed by another one or will be.
	 * @return the attempts, from the first on
	 */
	public List<FailedAttempt> failedAttempts() {
		return this.failedAttempts;
	}

	/**
	 * Return what happened while the task executed.
	 * @return the waits and lines of the log, oldest first
	 */
	public List<RunNote> notes() {
		return this.notes;
	}

	void addNote(RunNote note) {
		if (this.notes.isEmpty()) {
			this.notes = new ArrayList<>();
		}
		this.notes.add(note);
	}

	void addFailedAttempt(FailedAttempt attempt) {
		if (this.failedAttempts.isEmpty()) {
			this.failedAttempts = new ArrayList<>();
		}
		this.failedAttempts.add(attempt);
	}

	void addChild(TaskRun child) {
		if (this.children.isEmpty()) {
			this.children = new ArrayList<>();
		}
		this.children.add(child);
	}

	void addStream(String name) {
		this.streams = with(this.streams, name);
	}

	void addBulkAction(String id) {
		this.bulkActions = with(this.bulkActions, id);
	}

	private static Set<String> with(Set<String> names, String name) {
		Set<String> more = new LinkedHashSet<>(names);
		more.add(name);
		return more;
	}

}

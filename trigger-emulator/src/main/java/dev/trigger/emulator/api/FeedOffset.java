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

package dev.trigger.emulator.api;

import java.util.Collection;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.trigger.emulator.state.RunChanges;
import dev.trigger.emulator.state.TaskRun;
import org.jspecify.annotations.Nullable;

/**
 * How far a reader of a feed has come: the time of the latest change that it has seen,
 * and the number of that change.
 *
 * @param millis the time, 0 for nothing
 * @param revision the number, which means nothing to another emulator
 * @param text the text of the request, {@code null} for an offset of one's own
 */
record FeedOffset(long millis, long revision, @Nullable String text) {

	/**
	 * Create an offset of one's own.
	 * @param millis the time
	 * @param revision the number
	 */
	FeedOffset(long millis, long revision) {
		this(millis, revision, null);
	}

	private static final Pattern REVISION = Pattern.compile("[^_]*_(\\d{1,15})");

	/**
	 * Read an offset. Whatever is none means that nothing was seen.
	 * @param text the text of the request
	 * @return the offset
	 */
	static FeedOffset of(String text) {
		double millis = NodeJson.coerce(text.split("_", 2)[0]);
		Matcher revision = REVISION.matcher(text);
		boolean finite = millis > 0 && millis < Long.MAX_VALUE;
		return new FeedOffset(finite ? (long) millis : 0, revision.matches() ? Long.parseLong(revision.group(1)) : 0,
				text);
	}

	/**
	 * Return the runs that changed since, by number where this emulator gave it, else by
	 * time.
	 * @param changes the changes of the environment
	 * @return the runs
	 */
	Collection<TaskRun> changed(RunChanges changes) {
		if (changes.knows(this.revision)) {
			return changes.since(this.revision);
		}
		return changes.since(0).stream().filter((run) -> run.updatedAt().toEpochMilli() > this.millis).toList();
	}

	/**
	 * Return whether a run came into being since, by number where this emulator gave it,
	 * else by time.
	 * @param run the run
	 * @param changes the changes of the environment
	 * @return {@code true} if it was not there before
	 */
	boolean isNew(TaskRun run, RunChanges changes) {
		return changes.knows(this.revision) ? run.firstRevision() > this.revision
				: run.createdAt().toEpochMilli() > this.millis;
	}

	/**
	 * Return the offset of those who have seen some runs besides.
	 * @param runs the runs
	 * @param changes the changes of the environment
	 * @return the offset
	 */
	FeedOffset after(List<TaskRun> runs, RunChanges changes) {
		long newest = runs.stream().mapToLong((run) -> run.updatedAt().toEpochMilli()).max().orElse(0);
		return new FeedOffset(Math.max(this.millis, newest), changes.revision());
	}

	@Override
	public String toString() {
		return (this.text != null) ? this.text : this.millis + "_" + this.revision;
	}

}

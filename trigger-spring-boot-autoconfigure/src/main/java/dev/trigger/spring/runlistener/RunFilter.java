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

package dev.trigger.spring.runlistener;

import java.util.Collection;
import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;

import dev.trigger.spring.run.RunStatus;
import dev.trigger.spring.runlistener.TriggerRunListener.Scope;
import org.jspecify.annotations.Nullable;

/**
 * Which runs a listener is called for.
 *
 * @param tasks the identifiers of the tasks, empty for all
 * @param tags the tags of which a run must have one, empty for any
 * @param statuses the statuses, empty for all
 * @param scope whose runs
 */
record RunFilter(Set<String> tasks, Set<String> tags, Set<RunStatus> statuses, Scope scope) {

	RunFilter {
		tasks = Set.copyOf(tasks);
		tags = Set.copyOf(tags);
		statuses = Set.copyOf(statuses);
	}

	/**
	 * Return whether the listener is called for a run, whoever triggered it.
	 */
	boolean matches(FinishedRun run) {
		return matchesTask(run.task()) && (this.tags.isEmpty() || !Collections.disjoint(this.tags, run.tags()))
				&& (this.statuses.isEmpty() || (run.status() != null && this.statuses.contains(run.status())));
	}

	boolean matchesTask(@Nullable String task) {
		return this.tasks.isEmpty() || (task != null && this.tasks.contains(task));
	}

	/**
	 * Return all tasks that filters name.
	 * @return the identifiers, empty if one of the filters is for all
	 */
	static Set<String> tasksOf(Collection<RunFilter> filters) {
		Set<String> tasks = new TreeSet<>();
		for (RunFilter filter : filters) {
			if (filter.tasks().isEmpty()) {
				return Set.of();
			}
			tasks.addAll(filter.tasks());
		}
		return tasks;
	}

}

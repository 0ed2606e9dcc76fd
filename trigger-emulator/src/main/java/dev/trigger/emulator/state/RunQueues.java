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

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * The runs that are ready to start, by queue and concurrency key, and how many execute.
 * Every method expects the lock of the {@link EmulatorState}.
 */
final class RunQueues {

	private final EmulatorState state;

	private final TaskExecutor workers;

	/**
	 * The runs by their slot, the one that leaves it next at the front.
	 */
	private final Map<String, TreeSet<TaskRun>> ready = new HashMap<>();

	/**
	 * The front runs of the slots of an environment, the next one first.
	 */
	private final Map<Environment, TreeSet<TaskRun>> fronts = new HashMap<>();

	/**
	 * How many runs execute, by slot and by environment.
	 */
	private final Map<String, Integer> running = new HashMap<>();

	RunQueues(EmulatorState state, TaskExecutor workers) {
		this.state = state;
		this.workers = workers;
	}

	void add(TaskRun run) {
		change(run, (waiting) -> waiting.add(run));
	}

	void remove(TaskRun run) {
		change(run, (waiting) -> waiting.remove(run));
	}

	/**
	 * Change who waits where a run does. Slots in which nobody waits are not kept: there
	 * may be one for each user.
	 */
	private void change(TaskRun run, Consumer<TreeSet<TaskRun>> change) {
		String slot = slot(run);
		TreeSet<TaskRun> waiting = this.ready.computeIfAbsent(slot, (key) -> new TreeSet<>(TaskRun.BY_PRIORITY));
		TreeSet<TaskRun> fronts = this.fronts.computeIfAbsent(run.environment(),
				(key) -> new TreeSet<>(TaskRun.BY_PRIORITY));
		if (!waiting.isEmpty()) {
			fronts.remove(waiting.first());
		}
		change.accept(waiting);
		if (waiting.isEmpty()) {
			this.ready.remove(slot);
		}
		else {
			fronts.add(waiting.first());
		}
	}

	void clear() {
		this.ready.clear();
		this.fronts.clear();
		this.running.clear();
	}

	/**
	 * Start what can start now.
	 */
	void startAll() {
		List.copyOf(this.ready.keySet()).forEach(this::start);
	}

	/**
	 * Start what can start now where a run waits.
	 * @param run the run
	 */
	void startNext(TaskRun run) {
		start(slot(run));
	}

	/**
	 * Give the place of a run that executed to another one.
	 * @param run the run
	 */
	void ended(TaskRun run) {
		String slot = slot(run);
		boolean full = isFull(run.environment());
		this.running.computeIfPresent(slot, (key, count) -> (count > 1) ? count - 1 : null);
		this.running.computeIfPresent(run.environment().id(), (key, count) -> (count > 1) ? count - 1 : null);
		start(full ? next(run.environment(), slot) : slot);
	}

	/**
	 * Return whether all that wait do so because their queue or environment is paused.
	 * @return {@code true} if nothing is about to start
	 */
	boolean isHeldBack() {
		return this.ready.values().stream().allMatch((waiting) -> isHeldBack(waiting.first()));
	}

	private boolean isHeldBack(TaskRun run) {
		TaskQueue queue = this.state.queue(run.environment(), run.queue());
		return run.environment().isPaused()
				|| (queue != null && (queue.isPaused() || Integer.valueOf(0).equals(queue.limit())));
	}

	private void start(String slot) {
		for (TreeSet<TaskRun> waiting = this.ready.get(slot); waiting != null
				&& mayStart(waiting.first(), slot); waiting = this.ready.get(slot)) {
			TaskRun run = waiting.first();
			remove(run);
			TaskDefinition task = this.state.task(run.taskId());
			if (task == null || task.body() == null) {
				continue;
			}
			this.running.merge(slot, 1, Integer::sum);
			this.running.merge(run.environment().id(), 1, Integer::sum);
			if (run.version() == null) {
				run.setVersion(run.environment().currentVersion());
			}
			run.moveTo(RunStatus.DEQUEUED, this.state.now());
			this.workers.start(run, task);
		}
	}

	private boolean mayStart(TaskRun run, String slot) {
		Environment environment = run.environment();
		TaskQueue queue = this.state.queue(environment, run.queue());
		if (environment.isPaused() || (queue != null && queue.isPaused())) {
			return false;
		}
		if (isFull(environment) || this.workers.isClosed()) {
			return false;
		}
		Integer limit = (queue != null) ? queue.limit() : null;
		return limit == null || this.running.getOrDefault(slot, 0) < limit;
	}

	private boolean isFull(Environment environment) {
		return this.running.getOrDefault(environment.id(), 0) >= environment.concurrencyLimit();
	}

	/**
	 * Return the slot whose first run has waited longest of those that may start.
	 */
	private String next(Environment environment, String slot) {
		return this.fronts.getOrDefault(environment, new TreeSet<>())
			.stream()
			.filter((run) -> mayStart(run, slot(run)))
			.findFirst()
			.map(RunQueues::slot)
			.orElse(slot);
	}

	private static String slot(TaskRun run) {
		return run.environment().id() + '|' + run.queue() + '|' + run.command().option("concurrencyKey");
	}

}

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

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;

import org.jspecify.annotations.Nullable;

/**
 * The state of the emulated server. Its monitor guards everything in this package.
 *
 * @since 1.0.0
 */
public final class EmulatorState implements AutoCloseable {

	private final Ids ids;

	private final VirtualClock clock;

	private final Packets packets;

	private final Accounts accounts;

	private final RunEngine engine;

	private final Map<String, TaskDefinition> tasks = new LinkedHashMap<>();

	private String apiUrl = "http://localhost";

	private Duration queryLag = Duration.ZERO;

	private ApplicationTypes types = ApplicationTypes.ofClassPath();

	/**
	 * Create an empty state.
	 * @param clock where the time comes from
	 * @param seed what identifiers follow from
	 */
	public EmulatorState(Clock clock, long seed) {
		this.ids = new Ids(seed);
		this.clock = new VirtualClock(clock);
		this.packets = new Packets(() -> this.apiUrl);
		this.accounts = new Accounts(this.ids, this::now);
		this.engine = new RunEngine(this);
	}

	public Ids ids() {
		return this.ids;
	}

	public VirtualClock clock() {
		return this.clock;
	}

	public Instant now() {
		return this.clock.now();
	}

	public Packets packets() {
		return this.packets;
	}

	public Accounts accounts() {
		return this.accounts;
	}

	public RunEngine engine() {
		return this.engine;
	}

	public String apiUrl() {
		return this.apiUrl;
	}

	public void setApiUrl(String apiUrl) {
		this.apiUrl = apiUrl;
	}

	public Duration queryLag() {
		return this.queryLag;
	}

	public void setQueryLag(Duration queryLag) {
		this.queryLag = queryLag;
	}

	public ApplicationTypes types() {
		return this.types;
	}

	public void setTypes(ApplicationTypes types) {
		this.types = types;
	}

	/**
	 * Make a task known, and start the runs that wait for it.
	 * @param task the task
	 */
	public synchronized void register(TaskDefinition task) {
		this.tasks.put(task.id(), task);
		this.engine.dispatch();
		notifyAll();
	}

	public @Nullable TaskDefinition task(String id) {
		return this.tasks.get(id);
	}

	/**
	 * Return the tasks that the current version has.
	 * @return a copy
	 */
	public List<TaskDefinition> deployedTasks() {
		return this.tasks.values().stream().filter(TaskDefinition::deployed).toList();
	}

	/**
	 * Return the tasks that are known.
	 * @return the tasks by identifier
	 */
	public Map<String, TaskDefinition> tasks() {
		return this.tasks;
	}

	/**
	 * Return the queue with a name; a task's own queue and queues that runs name come
	 * into being by themselves.
	 * @param environment the environment
	 * @param runQueue the name as runs know it
	 * @return the queue, or {@code null} when nothing was ever set on it
	 */
	@Nullable TaskQueue queue(Environment environment, String runQueue) {
		for (TaskQueue queue : environment.all(TaskQueue.class).values()) {
			if (queue.runQueue().equals(runQueue)) {
				return queue;
			}
		}
		if (!runQueue.startsWith("task/")) {
			return null;
		}
		TaskDefinition task = task(runQueue.substring("task/".length()));
		return (task != null && task.concurrencyLimit() != null)
				? addQueue(environment, task.id(), false, task.concurrencyLimit()) : null;
	}

	/**
	 * Create a queue.
	 * @param environment the environment
	 * @param name the name, without {@code task/}
	 * @param custom whether it is a named queue, not a task's own
	 * @param limit the concurrency limit, {@code null} for none
	 * @return the queue
	 */
	public TaskQueue addQueue(Environment environment, String name, boolean custom, @Nullable Integer limit) {
		TaskQueue queue = new TaskQueue("queue_" + this.ids.random(21), name, custom, limit);
		environment.all(TaskQueue.class).put(queue.id(), queue);
		return queue;
	}

	/**
	 * Return where the output of a run lies when it is large.
	 * @param run the run
	 * @return the storage path
	 */
	public static String outputPath(TaskRun run) {
		return TaskExecutor.outputPath(run);
	}

	/**
	 * Move the time forward. What is due until then happens in order, each at its time,
	 * and what it starts is done before time goes on, unless it takes more than two
	 * seconds.
	 * @param duration how far
	 */
	public void advance(Duration duration) {
		this.clock.advance(duration, this.engine::settle);
	}

	/**
	 * Do something under the lock, and wake those who wait for a change.
	 * @param action what to do
	 */
	public synchronized void locked(Runnable action) {
		action.run();
		notifyAll();
	}

	/**
	 * Wake those who wait for a change.
	 */
	public synchronized void changed() {
		notifyAll();
	}

	/**
	 * Wait for a change.
	 * @param condition what to wait for
	 * @param timeout how long at most
	 * @return whether it came true
	 * @throws InterruptedException when the thread is interrupted
	 */
	public synchronized boolean await(BooleanSupplier condition, Duration timeout) throws InterruptedException {
		long deadline = System.nanoTime() + timeout.toNanos();
		while (!condition.getAsBoolean()) {
			long left = (deadline - System.nanoTime()) / 1_000_000;
			if (left <= 0) {
				return false;
			}
			wait(left);
		}
		return true;
	}

	/**
	 * Forget all that happened; tasks, keys and environments stay, branches only if they
	 * are named.
	 * @param branches the names of the branches that stay
	 */
	public synchronized void reset(Set<String> branches) {
		this.engine.reset();
		// before some are dropped: those who read their feeds and streams are waiting
		this.accounts.environments().forEach(Environment::clear);
		this.clock.reset();
		this.packets.clear();
		this.accounts.reset(branches);
		notifyAll();
	}

	@Override
	public void close() {
		this.clock.close();
		synchronized (this) {
			this.engine.close();
		}
	}

}

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
import java.time.Instant;

import dev.trigger.emulator.http.Json;
import dev.trigger.emulator.http.ResponseException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Carries runs through their states: delay, queue, attempts, end. Every method expects
 * the lock of the {@link EmulatorState}.
 *
 * @since 1.0.0
 */
public final class RunEngine {

	private static final String DEVELOPMENT_TTL = "10m";

	private Duration patience = Duration.ofSeconds(2);

	private final EmulatorState state;

	private final TaskExecutor workers;

	private final RunQueues queues;

	private final IdempotencyKeys keys = new IdempotencyKeys();

	private final DebouncedRuns debounced = new DebouncedRuns();

	private final RunVersions versions;

	RunEngine(EmulatorState state) {
		this.state = state;
		this.versions = new RunVersions(state);
		this.workers = new TaskExecutor(state, this::ended);
		this.queues = new RunQueues(state, this.workers);
	}

	/**
	 * Create a run, or find the one that was created with the same idempotency key.
	 * @param environment where
	 * @param command the command
	 * @return the run
	 */
	public Triggered trigger(Environment environment, TriggerCommand command) {
		return trigger(environment, command, () -> {
		}, () -> {
		});
	}

	/**
	 * Create a run, or find the one that was created with the same idempotency key.
	 * @param environment where
	 * @param command the command
	 * @param unlessKnown what is done if no key leads to a run: it may throw an exception
	 * instead
	 * @param ifCreated what is done before a run is created, and not if one that is
	 * debounced is pushed back: it may throw an exception instead
	 * @return the run
	 */
	public Triggered trigger(Environment environment, TriggerCommand command, Runnable unlessKnown,
			Runnable ifCreated) {
		Instant now = this.state.now();
		TaskRun known = this.keys.find(environment, command);
		// an empty key is stored, but never looked up
		boolean empty = "".equals(command.idempotencyKey());
		if (known != null && !empty && IdempotencyKeys.holds(known, now)) {
			return new Triggered(known, true);
		}
		if (known != null && !empty) {
			// the key is taken off the old run
			known.resetIdempotencyKey();
		}
		unlessKnown.run();
		TaskRun pushedBack = pushBack(environment, command, now);
		if (pushedBack != null) {
			return new Triggered(pushedBack, false);
		}
		ifCreated.run();
		if (known != null && empty) {
			throw new ResponseException(422, "Failed to trigger " + command.taskId() + " after 2 attempts.");
		}
		TaskRun run = create(environment, DebouncedRuns.delayed(command), now);
		this.debounced.add(environment, command, run);
		this.keys.put(run, known, now);
		this.state.changed();
		return new Triggered(run, false);
	}

	/**
	 * Create a run that has failed before it began.
	 * @param environment where
	 * @param command the command that could not be followed
	 * @param error why
	 * @return the run
	 */
	public TaskRun fail(Environment environment, TriggerCommand command, RunError error) {
		Instant now = this.state.now();
		ObjectNode options = Json.object().put("payloadType", command.payloadType());
		TaskRun run = new TaskRun(environment, "run_" + this.state.ids().cuid(now), command.withOptions(options),
				RunStatus.QUEUED, now);
		environment.add(run);
		run.finish(RunStatus.SYSTEM_FAILURE, null, error, now);
		run.pack();
		this.state.changed();
		return run;
	}

	/**
	 * Cancel a run. A run that is over stays as it is.
	 * @param run the run
	 */
	public void cancel(TaskRun run) {
		if (run.status().isFinished()) {
			return;
		}
		boolean wasRunning = this.workers.interrupt(run);
		this.queues.remove(run);
		run.finish(RunStatus.CANCELED, null, new RunError(null, "Canceled by user", null), this.state.now());
		if (wasRunning) {
			ended(run);
		}
		this.state.changed();
	}

	/**
	 * Move a delayed run to another time.
	 * @param run the run
	 * @param until the new time
	 */
	public void reschedule(TaskRun run, Instant until) {
		run.setDelayedUntil(until);
		run.touch(this.state.now());
		this.state.clock().schedule(until, () -> this.state.locked(() -> delayIsOver(run)));
	}

	/**
	 * Start what can start, after a change of tasks, queues or environments.
	 */
	public void dispatch() {
		for (Environment environment : this.state.accounts().environments()) {
			for (TaskRun run : environment.runs()) {
				if (run.status() == RunStatus.PENDING_VERSION && this.versions.isDeployed(run)) {
					run.setVersion(this.versions.wanted(environment, run.command()));
					run.moveTo(RunStatus.QUEUED, this.state.now());
				}
				if (run.status() == RunStatus.QUEUED) {
					enqueue(run);
				}
			}
		}
		this.queues.startAll();
	}

	/**
	 * Count the runs of a queue.
	 * @param environment the environment
	 * @param queue the queue's name as runs know it
	 * @param status the status to count
	 * @return how many
	 */
	public int count(Environment environment, String queue, RunStatus status) {
		return (int) environment.runs()
			.stream()
			.filter((run) -> run.status() == status && run.queue().equals(queue))
			.count();
	}

	/**
	 * Forget everything and interrupt what executes.
	 */
	public void reset() {
		this.workers.interruptAll();
		this.queues.clear();
		this.keys.clear();
		this.debounced.clear();
	}

	/**
	 * Set for how long to wait for attempts when the time moves on.
	 * @param patience the time
	 */
	public void setPatience(Duration patience) {
		this.patience = patience;
	}

	/**
	 * Wait until the attempts that have begun are done, or have taken too long.
	 */
	void settle() {
		// wakes those whose time has come, although their own alarm comes later
		this.state.changed();
		try {
			this.state.await(() -> !this.workers.isBusySince(this.patience), this.patience);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	/**
	 * Return whether no run executes, or is about to. Those that wait for something, or
	 * for somebody to resume their queue, do not count.
	 * @return {@code true} if nothing happens until time goes on, or somebody acts
	 */
	public boolean isIdle() {
		return !this.workers.isExecuting() && this.queues.isHeldBack();
	}

	void close() {
		this.workers.close();
	}

	private TaskRun create(Environment environment, TriggerCommand command, Instant now) {
		Instant delayedUntil = delay(command.options().get("delay"), now);
		boolean delayed = delayedUntil != null && delayedUntil.isAfter(now);
		TaskRun run = new TaskRun(environment, "run_" + this.state.ids().cuid(now), offload(environment, command),
				delayed ? RunStatus.DELAYED : RunStatus.QUEUED, now);
		run.setVersion(this.versions.wanted(environment, command));
		environment.add(run);
		if (delayed && delayedUntil != null) {
			reschedule(run, delayedUntil);
		}
		else {
			run.setDelayedUntil(delayedUntil);
			queued(run);
		}
		run.pack();
		return run;
	}

	private static @Nullable Instant delay(@Nullable JsonNode delay, Instant now) {
		return (delay != null) ? TimeSpans.delay(delay, now) : null;
	}

	private TriggerCommand offload(Environment environment, TriggerCommand command) {
		JsonNode payload = command.payload();
		String text = (payload == null) ? "" : Payloads.text(payload, command.payloadType());
		byte[] bytes = Json.utf8(text);
		if (bytes.length < Payloads.LARGE) {
			return command;
		}
		String path = this.state.ids().cuid(this.state.now()) + "/payload.json";
		this.state.packets().put(environment, path, new Packets.Packet(command.payloadType(), bytes));
		return command.withPayload(Json.tree(path)).withOption("payloadType", Json.tree(Payloads.STORE));
	}

	private @Nullable TaskRun pushBack(Environment environment, TriggerCommand command, Instant now) {
		TaskRun existing = this.debounced.find(environment, command, now);
		Instant until = DebouncedRuns.until(command, now);
		if (existing == null || until == null) {
			return null;
		}
		if (DebouncedRuns.isTrailing(command)) {
			existing.replace(command);
		}
		Instant before = existing.delayedUntil();
		if (before == null || until.isAfter(before)) {
			reschedule(existing, until);
		}
		return existing;
	}

	private void delayIsOver(TaskRun run) {
		Instant until = run.delayedUntil();
		if (run.status() == RunStatus.DELAYED && until != null && !until.isAfter(this.state.now())) {
			run.moveTo(RunStatus.QUEUED, this.state.now());
			queued(run);
			this.state.changed();
		}
	}

	private void queued(TaskRun run) {
		enqueue(run);
		this.queues.startNext(run);
		String ttl = ttl(run);
		Duration lifetime = TimeSpans.parse(ttl);
		if (run.status() == RunStatus.QUEUED && lifetime != null && !lifetime.isZero()) {
			this.state.clock()
				.schedule(this.state.now().plus(lifetime), () -> this.state.locked(() -> expire(run, ttl)));
		}
	}

	/**
	 * Return how long a run may wait in its queue.
	 * @param run the run
	 * @return such as {@code 10m}, or {@code null} for ever
	 */
	public static @Nullable String ttl(TaskRun run) {
		JsonNode ttl = run.command().ttl();
		if (ttl == null) {
			return (run.environment().kind() == EnvironmentKind.DEVELOPMENT) ? DEVELOPMENT_TTL : null;
		}
		return ttl.isNumber() ? TimeSpans.write(Json.number(ttl)) : ttl.asString();
	}

	private void expire(TaskRun run, @Nullable String ttl) {
		if (run.status() == RunStatus.QUEUED) {
			this.queues.remove(run);
			String message = "Run expired because the TTL (" + ttl + ") was reached";
			run.finish(RunStatus.EXPIRED, null, new RunError(null, message, null), this.state.now());
			this.state.changed();
		}
	}

	private void enqueue(TaskRun run) {
		if (!this.versions.isDeployed(run)) {
			run.moveTo(RunStatus.PENDING_VERSION, this.state.now());
			return;
		}
		if (run.version() == null) {
			run.setVersion(this.versions.wanted(run.environment(), run.command()));
		}
		TaskDefinition task = this.state.task(run.taskId());
		if (task != null && task.body() != null) {
			this.queues.add(run);
		}
	}

	private void ended(TaskRun run) {
		this.queues.ended(run);
		this.state.changed();
	}

	/**
	 * The result of triggering a task.
	 *
	 * @param run the run
	 * @param cached whether it was there before
	 */
	public record Triggered(TaskRun run, boolean cached) {

	}

}

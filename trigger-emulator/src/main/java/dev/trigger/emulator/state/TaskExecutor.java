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
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

import dev.trigger.emulator.http.InternalErrors;
import dev.trigger.emulator.http.Json;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Executes task functions on threads of its own, attempt by attempt.
 *
 * @since 1.0.0
 */
final class TaskExecutor {

	private static final double MAX_DURATION = Duration.ofDays(36_500).toMillis();

	private final EmulatorState state;

	private final Consumer<TaskRun> ended;

	private final Map<TaskRun, Future<?>> executing = new HashMap<>();

	private final Set<Attempt> attempts = new HashSet<>();

	private final ExecutorService executor;

	TaskExecutor(EmulatorState state, Consumer<TaskRun> ended) {
		this.state = state;
		this.ended = ended;
		AtomicInteger number = new AtomicInteger();
		this.executor = Executors.newCachedThreadPool((task) -> {
			Thread thread = new Thread(task, "trigger-emulator-worker-" + number.incrementAndGet());
			thread.setDaemon(true);
			return thread;
		});
	}

	void start(TaskRun run, TaskDefinition task) {
		Attempt attempt = new Attempt(run);
		this.attempts.add(attempt);
		run.setAttempt(attempt);
		try {
			this.executing.put(run, this.executor.submit(() -> execute(attempt, task)));
		}
		catch (OutOfMemoryError ex) {
			// there is no thread for it. It is ended later, not here: the end of a run
			// starts the next one
			this.executing.put(run, CompletableFuture.completedFuture(null));
			this.state.clock().schedule(this.state.now(), () -> this.state.locked(() -> {
				remove(attempt);
				fail(run, ex);
			}));
		}
	}

	private void execute(Attempt attempt, TaskDefinition task) {
		try {
			attempt(attempt.run(), task);
		}
		catch (Throwable ex) {
			this.state.locked(() -> fail(attempt.run(), ex));
		}
		finally {
			this.state.locked(() -> remove(attempt));
		}
	}

	private void remove(Attempt attempt) {
		this.attempts.remove(attempt);
		if (attempt.run().attempt() == attempt) {
			attempt.run().setAttempt(null);
		}
	}

	/**
	 * End a run whose attempt the emulator could not carry out.
	 */
	private void fail(TaskRun run, Throwable failure) {
		InternalErrors.log("attempt of " + run, failure);
		if (this.executing.containsKey(run)) {
			RunError error = new RunError("TASK_EXECUTION_FAILED", "The attempt could not be executed: " + failure,
					null);
			end(run, RunStatus.SYSTEM_FAILURE, null, error);
		}
	}

	/**
	 * Return whether an attempt executes that began, or went on after a wait, not longer
	 * ago than given. Older ones are those that wait for something of their own.
	 */
	boolean isBusySince(Duration age) {
		return this.attempts.stream().anyMatch((attempt) -> attempt.isBusySince(age));
	}

	/**
	 * Return whether a run executes, or pauses between two attempts.
	 */
	boolean isExecuting() {
		return this.executing.keySet()
			.stream()
			.anyMatch((run) -> run.status() == RunStatus.DEQUEUED || run.status() == RunStatus.EXECUTING);
	}

	/**
	 * Interrupt a run.
	 * @param run the run
	 * @return whether it was executing
	 */
	boolean interrupt(TaskRun run) {
		Future<?> future = this.executing.remove(run);
		if (future != null) {
			future.cancel(true);
		}
		return future != null;
	}

	void interruptAll() {
		this.executing.values().forEach((future) -> future.cancel(true));
		this.executing.clear();
		this.attempts.clear();
	}

	boolean isClosed() {
		return this.executor.isShutdown();
	}

	void close() {
		this.executor.shutdownNow();
	}

	private void attempt(TaskRun run, TaskDefinition task) {
		TaskDefinition.Body body = task.body();
		JsonNode payload;
		int attempt;
		synchronized (this.state) {
			if (!this.executing.containsKey(run) || body == null) {
				return;
			}
			attempt = run.nextAttempt();
			run.moveTo(RunStatus.EXECUTING, this.state.now());
			if (attempt == 1) {
				limitDuration(run);
			}
			payload = Payloads.decode(run, this.state.packets());
			this.state.changed();
		}
		long began = System.nanoTime();
		JsonNode output = null;
		Throwable failure = null;
		try {
			output = body.execute(run, payload, attempt);
		}
		catch (Throwable ex) {
			failure = ex;
		}
		Duration taken = Duration.ofNanos(System.nanoTime() - began);
		synchronized (this.state) {
			if (!this.executing.containsKey(run)) {
				return;
			}
			run.addUsage(taken);
			if (failure instanceof RunEnd end) {
				end(run, end.status(), null, end.error());
			}
			else if (failure instanceof Error) {
				// takes the worker's process with it: there is nothing to retry
				InternalErrors.log("task of " + run, failure);
				end(run, RunStatus.CRASHED, null, RunError.of(failure));
			}
			else if (failure != null && attempt < maxAttempts(run, task)) {
				retry(run, task, attempt, failure);
			}
			else {
				end(run, (failure != null) ? RunStatus.FAILED : RunStatus.COMPLETED, output,
						(failure != null) ? RunError.of(failure) : null);
			}
		}
	}

	private void retry(TaskRun run, TaskDefinition task, int attempt, Throwable failure) {
		Instant now = this.state.now();
		Instant at = now.plus(task.backOff().delay(attempt));
		run.retry(new FailedAttempt(now, at, RunError.of(failure)));
		this.state.clock().schedule(at, () -> this.state.locked(() -> {
			if (this.executing.containsKey(run)) {
				start(run, task);
			}
		}));
	}

	private void limitDuration(TaskRun run) {
		JsonNode maxDuration = run.command().options().get("maxDuration");
		if (maxDuration == null || !maxDuration.isNumber()) {
			return;
		}
		Instant at = this.state.now()
			.plusMillis((long) Math.max(0, Math.min(MAX_DURATION, Json.number(maxDuration) * 1000)));
		this.state.clock().schedule(at, () -> this.state.locked(() -> {
			if (interrupt(run)) {
				String message = "Run exceeded maximum compute time (maxDuration) of " + maxDuration + " seconds";
				run.finish(RunStatus.TIMED_OUT, null, new RunError("MAX_DURATION_EXCEEDED", message, null),
						this.state.now());
				this.ended.accept(run);
			}
		}));
	}

	private void end(TaskRun run, RunStatus status, @Nullable JsonNode output, @Nullable RunError error) {
		this.executing.remove(run);
		run.finish(status, output, error, this.state.now());
		if (output != null && run.hasStoredOutput()) {
			this.state.packets()
				.put(run.environment(), outputPath(run), new Packets.Packet("application/json", Json.bytes(output)));
		}
		this.ended.accept(run);
	}

	/**
	 * Return where the output of a run lies when it is large.
	 * @param run the run
	 * @return the storage path
	 */
	static String outputPath(TaskRun run) {
		return run.id() + "-" + run.attempts() + "/output.json";
	}

	private static int maxAttempts(TaskRun run, TaskDefinition task) {
		JsonNode maxAttempts = run.command().options().get("maxAttempts");
		return (maxAttempts != null && maxAttempts.isNumber()) ? (int) Json.number(maxAttempts) : task.maxAttempts();
	}

}

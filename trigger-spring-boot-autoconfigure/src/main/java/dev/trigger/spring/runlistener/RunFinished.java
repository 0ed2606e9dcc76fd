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

import java.time.Instant;
import java.util.List;

import dev.trigger.spring.run.Run;
import dev.trigger.spring.run.RunError;
import dev.trigger.spring.run.RunStatus;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * A run that is over, with success or without.
 *
 * @param <O> the type of the output
 * @since 1.0.0
 */
public final class RunFinished<O> {

	private final Run run;

	private final @Nullable O output;

	private final int attempt;

	RunFinished(Run run, @Nullable O output, int attempt) {
		this.run = run;
		this.output = output;
		this.attempt = attempt;
	}

	/**
	 * Return an event, such as for the test of a listener.
	 * @param <O> the type of the output
	 * @param run the run
	 * @param output its output, {@code null} for none
	 * @return the event
	 */
	public static <O> RunFinished<O> of(Run run, @Nullable O output) {
		Assert.notNull(run, "'run' must not be null");
		return new RunFinished<>(run, output, 1);
	}

	/**
	 * Return the id of the run.
	 * @return the id, {@code run_…}
	 */
	public String runId() {
		return this.run.id();
	}

	/**
	 * Return the run as it was retrieved, with its payload.
	 * @return the run
	 */
	public Run run() {
		return this.run;
	}

	/**
	 * Return the output.
	 * @return the output, {@code null} if the run is over without success or the task
	 * returned nothing
	 */
	public @Nullable O output() {
		return this.output;
	}

	/**
	 * Return the output of a run that must have one.
	 * @return the output
	 * @throws IllegalStateException if there is none
	 */
	public O requireOutput() {
		Assert.state(this.output != null, () -> "The run " + runId() + " of the task '" + taskIdentifier()
				+ "' has no output: its status is " + status());
		return this.output;
	}

	/**
	 * Return the identifier of the task.
	 * @return the identifier, {@code null} if the response had none
	 */
	public @Nullable String taskIdentifier() {
		return this.run.taskIdentifier();
	}

	/**
	 * Return the status.
	 * @return the status, {@code null} if the response had none
	 */
	public @Nullable RunStatus status() {
		return this.run.status();
	}

	/**
	 * Return the tags of the run.
	 * @return the tags
	 */
	public List<String> tags() {
		return this.run.tags();
	}

	/**
	 * Return whether the run is over with success.
	 * @return {@code false} if it failed, was canceled or expired
	 */
	public boolean isSuccess() {
		return this.run.isSuccess() || RunStatus.COMPLETED.equals(this.run.status());
	}

	/**
	 * Return why the run failed.
	 * @return the error, {@code null} if there is none
	 */
	public @Nullable RunError error() {
		return this.run.error();
	}

	/**
	 * Return when the run was over.
	 * @return the time, {@code null} if the run was canceled before it was started
	 */
	public @Nullable Instant finishedAt() {
		return this.run.finishedAt();
	}

	/**
	 * Return how often the listener was called for this run, the present call included. A
	 * call that was cut off because the application was killed does not count.
	 * @return the number of attempts, from 1
	 */
	public int attempt() {
		return this.attempt;
	}

	@Override
	public String toString() {
		return "RunFinished[id=" + runId() + ", taskIdentifier=" + taskIdentifier() + ", status=" + status() + "]";
	}

}

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

package dev.trigger.emulator;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeoutException;

import org.jspecify.annotations.Nullable;

/**
 * The run that an emulated task executes.
 *
 * @since 1.0.0
 */
public interface TaskContext {

	/**
	 * Return the identifier of the run.
	 * @return the identifier, {@code run_} and 25 characters
	 */
	String runId();

	/**
	 * Return the number of the attempt.
	 * @return 1 for the first
	 */
	int attempt();

	/**
	 * Return the environment.
	 * @return {@code dev}, {@code stg}, {@code preview} or {@code prod}
	 */
	String environment();

	/**
	 * Return the branch of the environment.
	 * @return the branch, or {@code null} outside a branch
	 */
	@Nullable String branch();

	/**
	 * Return the tags of the run.
	 * @return a copy
	 */
	Set<String> tags();

	/**
	 * Return the metadata of the run.
	 * @return the metadata, to read and to change
	 */
	TaskMetadata metadata();

	/**
	 * Return a stream of the run, which those who follow the run can read.
	 * @param key the name of the stream
	 * @return the stream, to write
	 */
	TaskStream stream(String key);

	/**
	 * Return an input stream of the run, to which others can send values.
	 * @param key the name of the stream
	 * @return the stream, to read; the same one whenever it is asked for in an attempt
	 */
	TaskInput input(String key);

	/**
	 * Create a waitpoint token, which somebody else completes.
	 * @param timeout how long it can be completed, {@code null} for ever
	 * @return the identifier of the token
	 */
	String createToken(@Nullable Duration timeout);

	/**
	 * Wait until a waitpoint token is completed. While the task waits, its run has the
	 * status {@code WAITING}.
	 * @param <T> the type of the output
	 * @param tokenId the identifier of the token
	 * @param outputType the type of the output
	 * @return what the token was completed with, or {@code null} if that was nothing
	 * @throws IllegalArgumentException if there is no such token
	 * @throws InterruptedException if the run is canceled meanwhile
	 * @throws TimeoutException if the token times out
	 */
	<T> @Nullable T waitFor(String tokenId, Class<T> outputType) throws InterruptedException, TimeoutException;

	/**
	 * Wait for a time. While the task waits, its run has the status {@code WAITING}.
	 * @param time how long, by the time of the emulator
	 * @throws InterruptedException if the run is canceled meanwhile
	 */
	void waitFor(Duration time) throws InterruptedException;

	/**
	 * Write a line to the log of the run, which its trace shows.
	 * @param message the line
	 */
	void log(String message);

	/**
	 * Trigger a task, whose run becomes a child of this one.
	 * @param taskId the identifier of the task
	 * @param payload the payload, which becomes JSON, {@code null} for none
	 * @return the identifier of the run
	 */
	String trigger(String taskId, @Nullable Object payload);

	/**
	 * Trigger a task and wait until its run is over. While the task waits, its run has
	 * the status {@code WAITING}.
	 * @param <T> the type of the output
	 * @param taskId the identifier of the task
	 * @param payload the payload, which becomes JSON, {@code null} for none
	 * @param outputType the type of the output
	 * @return the output, or {@code null} if there is none
	 * @throws IllegalStateException if the run does not complete
	 * @throws InterruptedException if this run is canceled meanwhile
	 */
	<T> @Nullable T triggerAndWait(String taskId, @Nullable Object payload, Class<T> outputType)
			throws InterruptedException;

	/**
	 * Return the environment variables, with those of the branch over those of its
	 * parent.
	 * @return a copy
	 */
	Map<String, String> environmentVariables();

}

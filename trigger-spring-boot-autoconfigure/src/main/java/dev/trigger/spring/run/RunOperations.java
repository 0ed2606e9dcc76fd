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

package dev.trigger.spring.run;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

import dev.trigger.spring.http.TriggerHttp;
import dev.trigger.spring.json.InputRules;
import dev.trigger.spring.page.CursorPage;
import dev.trigger.spring.payload.PayloadCodec;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.core.ParameterizedTypeReference;

/**
 * Follows, cancels and replays runs. All take a secret key; {@link #list list},
 * {@link #page page}, {@link #retrieve retrieve} and {@link #cancel cancel} take a public
 * access token too. With a personal access token runs can only be listed, of a project
 * and its environments.
 *
 * @since 1.0.0
 */
public interface RunOperations {

	/**
	 * Return a run with its payload and output. A run that was triggered just now may not
	 * be visible yet: the server reports that, and the call is retried.
	 * <p>
	 * {@code GET /api/v3/runs/{runId}}
	 * @param runId the id
	 * @return the run
	 */
	Mono<Run> retrieve(String runId);

	/**
	 * Return a run with its payload and output.
	 * @param handle the handle of the run
	 * @return the run
	 * @see #retrieve(String)
	 */
	default Mono<Run> retrieve(RunHandle<?> handle) {
		return retrieve(handle.id());
	}

	/**
	 * Read the output of a run that was retrieved, as the type of the application. No
	 * request is made.
	 * @param <O> the type of the output
	 * @param run the run, as {@link #retrieve(String) retrieve} returns it
	 * @param outputType the type of the output
	 * @return the output, {@code null} if there is none
	 * @throws dev.trigger.spring.exception.TriggerDecodingException if the output is not
	 * of the type
	 */
	<O> @Nullable O output(Run run, ParameterizedTypeReference<O> outputType);

	/**
	 * Read the output of a run that was retrieved, as the type of the application. No
	 * request is made.
	 * @param <O> the type of the output
	 * @param run the run, as {@link #retrieve(String) retrieve} returns it
	 * @param outputType the type of the output
	 * @return the output, {@code null} if there is none
	 * @throws dev.trigger.spring.exception.TriggerDecodingException if the output is not
	 * of the type
	 */
	default <O> @Nullable O output(Run run, Class<O> outputType) {
		return output(run, ParameterizedTypeReference.<O>forType(outputType));
	}

	/**
	 * Return all runs of the environment, requesting pages as they are needed.
	 * @return the runs, newest first
	 * @see #list(RunQuery)
	 */
	default Flux<RunSummary> list() {
		return list(RunQuery.all());
	}

	/**
	 * Return runs, requesting pages as they are needed.
	 * <p>
	 * {@code GET /api/v1/runs}, with a personal access token {@code GET
	 * /api/v1/projects/{projectRef}/runs}
	 * @param query which runs
	 * @return the runs, newest first
	 * @throws IllegalArgumentException with a personal access token, if the query names
	 * no environment, or no project where none is configured
	 */
	Flux<RunSummary> list(RunQuery query);

	/**
	 * Return runs, requesting pages as they are needed.
	 * @param query sets the filters and the page
	 * @return the runs, newest first
	 * @see #list(RunQuery)
	 */
	default Flux<RunSummary> list(Consumer<RunQuery.Builder> query) {
		return list(RunQuery.of(query));
	}

	/**
	 * Return one page of runs.
	 * <p>
	 * {@code GET /api/v1/runs}, with a personal access token {@code GET
	 * /api/v1/projects/{projectRef}/runs}
	 * @param query which runs
	 * @return the page
	 * @throws IllegalArgumentException with a personal access token, if the query names
	 * no environment, or no project where none is configured
	 */
	Mono<CursorPage<RunSummary>> page(RunQuery query);

	/**
	 * Return one page of runs.
	 * @param query sets the filters and the page
	 * @return the page
	 * @see #page(RunQuery)
	 */
	default Mono<CursorPage<RunSummary>> page(Consumer<RunQuery.Builder> query) {
		return page(RunQuery.of(query));
	}

	/**
	 * Cancel a run. Canceling one that is over has no effect.
	 * <p>
	 * {@code POST /api/v2/runs/{runId}/cancel}
	 * @param runId the id
	 * @return completes when the run is being canceled
	 */
	Mono<Void> cancel(String runId);

	/**
	 * Cancel a run. Canceling one that is over has no effect.
	 * @param handle the handle of the run
	 * @return completes when the run is being canceled
	 * @see #cancel(String)
	 */
	default Mono<Void> cancel(RunHandle<?> handle) {
		return cancel(handle.id());
	}

	/**
	 * Trigger a run again as it was. Each call creates a run, so it is only retried if it
	 * certainly did not arrive.
	 * <p>
	 * {@code POST /api/v1/runs/{runId}/replay}
	 * @param runId the id of the run to replay
	 * @return the handle of the new run, without the type of its output
	 */
	Mono<RunHandle<Object>> replay(String runId);

	/**
	 * Trigger a run again as it was.
	 * @param <O> the type of the output
	 * @param handle the handle of the run to replay
	 * @return the handle of the new run
	 * @see #replay(String)
	 */
	default <O> Mono<RunHandle<O>> replay(RunHandle<O> handle) {
		return replay(handle.id()).map((run) -> run.withOutputType(handle.outputType()));
	}

	/**
	 * Trigger a run again with changes.
	 * <p>
	 * {@code POST /api/v1/runs/{runId}/replay}
	 * @param runId the id of the run to replay
	 * @param options what to change
	 * @return the handle of the new run, without the type of its output
	 */
	Mono<RunHandle<Object>> replay(String runId, ReplayOptions options);

	/**
	 * Trigger a run again with changes.
	 * @param runId the id of the run to replay
	 * @param options sets the options
	 * @return the handle of the new run, without the type of its output
	 * @see #replay(String, ReplayOptions)
	 */
	default Mono<RunHandle<Object>> replay(String runId, Consumer<ReplayOptions.Builder> options) {
		return replay(runId, ReplayOptions.of(options));
	}

	/**
	 * Change the delay of a run that still waits for it.
	 * <p>
	 * {@code POST /api/v1/runs/{runId}/reschedule}
	 * @param runId the id
	 * @param delay the time from now
	 * @return the run
	 */
	Mono<Run> reschedule(String runId, Duration delay);

	/**
	 * Change the delay of a run that still waits for it.
	 * <p>
	 * {@code POST /api/v1/runs/{runId}/reschedule}
	 * @param runId the id
	 * @param until the time until which it is delayed
	 * @return the run
	 */
	Mono<Run> reschedule(String runId, Instant until);

	/**
	 * Add tags to a run.
	 * <p>
	 * {@code POST /api/v1/runs/{runId}/tags}
	 * @param runId the id
	 * @param tags the tags; a run has 10 at most
	 * @return completes when the tags are added
	 */
	Mono<Void> addTags(String runId, List<String> tags);

	/**
	 * Add tags to a run.
	 * @param runId the id
	 * @param tags the tags; a run has 10 at most
	 * @return completes when the tags are added
	 * @see #addTags(String, List)
	 */
	default Mono<Void> addTags(String runId, String... tags) {
		return addTags(runId, InputRules.list("tags", tags));
	}

	/**
	 * Return the operations on the details of one run: its trace, events, metadata and
	 * result.
	 * @param runId the id
	 * @return the operations
	 */
	RunDetailOperations details(String runId);

	/**
	 * Wait until a run is over, with or without success, by default for an hour.
	 * @param runId the id
	 * @return the run
	 * @see #awaitCompletion(String, Polling)
	 */
	default Mono<Run> awaitCompletion(String runId) {
		return awaitCompletion(runId, UnaryOperator.identity());
	}

	/**
	 * Wait until a run is over, with or without success.
	 * <p>
	 * {@code GET /api/v3/runs/{runId}}, repeatedly
	 * @param runId the id
	 * @param polling changes how often to poll, and when to give up with a
	 * {@link dev.trigger.spring.exception.TriggerTimeoutException}: the argument is the
	 * polling of the client, see {@code trigger.polling.*}
	 * @return the run
	 */
	Mono<Run> awaitCompletion(String runId, UnaryOperator<Polling> polling);

	/**
	 * Wait until a run is over, with or without success, by default for an hour.
	 * @param handle the handle of the run
	 * @return the run
	 * @see #awaitCompletion(RunHandle, UnaryOperator)
	 */
	default Mono<Run> awaitCompletion(RunHandle<?> handle) {
		return awaitCompletion(handle, UnaryOperator.identity());
	}

	/**
	 * Wait until a run is over, with or without success. Waits for runs of one batch
	 * share what the server pushes of it.
	 * <p>
	 * {@code GET /api/v3/runs/{runId}}, repeatedly
	 * @param handle the handle of the run
	 * @param polling changes how often to poll, and when to give up with a
	 * {@link dev.trigger.spring.exception.TriggerTimeoutException}: the argument is the
	 * polling of the client, see {@code trigger.polling.*}
	 * @return the run
	 */
	Mono<Run> awaitCompletion(RunHandle<?> handle, UnaryOperator<Polling> polling);

	/**
	 * Wait until a run is over, with or without success.
	 * @param handle the handle of the run
	 * @param timeout the time after which to give up with a
	 * {@link dev.trigger.spring.exception.TriggerTimeoutException}; zero for never
	 * @return the run
	 * @see #awaitCompletion(RunHandle, UnaryOperator)
	 */
	default Mono<Run> awaitCompletion(RunHandle<?> handle, Duration timeout) {
		return awaitCompletion(handle, (polling) -> polling.withTimeout(timeout));
	}

	/**
	 * Wait until a run is over, with or without success.
	 * <p>
	 * {@code GET /api/v3/runs/{runId}}, repeatedly
	 * @param runId the id
	 * @param polling how often to poll, and when to give up with a
	 * {@link dev.trigger.spring.exception.TriggerTimeoutException}
	 * @return the run
	 */
	default Mono<Run> awaitCompletion(String runId, Polling polling) {
		return awaitCompletion(runId, (ignored) -> polling);
	}

	/**
	 * Wait until a run is over, with or without success.
	 * @param runId the id
	 * @param timeout the time after which to give up with a
	 * {@link dev.trigger.spring.exception.TriggerTimeoutException}; zero for never
	 * @return the run
	 * @see #awaitCompletion(String, Polling)
	 */
	default Mono<Run> awaitCompletion(String runId, Duration timeout) {
		return awaitCompletion(runId, (polling) -> polling.withTimeout(timeout));
	}

	/**
	 * Wait for the output of a run, by default for an hour.
	 * @param <O> the type of the output
	 * @param handle the handle of the run
	 * @return the output, empty if the task returned nothing
	 * @see #awaitOutput(RunHandle, Polling)
	 */
	default <O> Mono<O> awaitOutput(RunHandle<O> handle) {
		return awaitOutput(handle, UnaryOperator.identity());
	}

	/**
	 * Wait for the output of a run of which only the id is known, by default for an hour.
	 * @param <O> the type of the output
	 * @param runId the id
	 * @param outputType the type of the output
	 * @return the output, empty if the task returned nothing
	 * @see #awaitOutput(RunHandle, Polling)
	 */
	default <O> Mono<O> awaitOutput(String runId, Class<O> outputType) {
		return awaitOutput(RunHandle.of(runId, outputType));
	}

	/**
	 * Wait for the output of a run. Fails with a {@link RunFailedException} if the run is
	 * over without success.
	 * <p>
	 * {@code GET /api/v3/runs/{runId}}, repeatedly
	 * @param <O> the type of the output
	 * @param handle the handle of the run
	 * @param polling changes how often to poll, and when to give up with a
	 * {@link dev.trigger.spring.exception.TriggerTimeoutException}: the argument is the
	 * polling of the client, see {@code trigger.polling.*}
	 * @return the output, empty if the task returned nothing
	 */
	<O> Mono<O> awaitOutput(RunHandle<O> handle, UnaryOperator<Polling> polling);

	/**
	 * Wait for the output of a run. Fails with a {@link RunFailedException} if the run is
	 * over without success.
	 * <p>
	 * {@code GET /api/v3/runs/{runId}}, repeatedly
	 * @param <O> the type of the output
	 * @param handle the handle of the run
	 * @param polling how often to poll, and when to give up with a
	 * {@link dev.trigger.spring.exception.TriggerTimeoutException}
	 * @return the output, empty if the task returned nothing
	 */
	default <O> Mono<O> awaitOutput(RunHandle<O> handle, Polling polling) {
		return awaitOutput(handle, (ignored) -> polling);
	}

	/**
	 * Wait for the output of a run. Fails with a {@link RunFailedException} if the run is
	 * over without success.
	 * @param <O> the type of the output
	 * @param handle the handle of the run
	 * @param timeout the time after which to give up with a
	 * {@link dev.trigger.spring.exception.TriggerTimeoutException}; zero for never
	 * @return the output, empty if the task returned nothing
	 * @see #awaitOutput(RunHandle, Polling)
	 */
	default <O> Mono<O> awaitOutput(RunHandle<O> handle, Duration timeout) {
		return awaitOutput(handle, (polling) -> polling.withTimeout(timeout));
	}

	/**
	 * Create the operations on a client. Applications get them from
	 * {@code TriggerOperations} instead.
	 * @param http the transport
	 * @param payloads encodes payloads and decodes outputs
	 * @param polling how waits poll unless the caller passes a polling of its own
	 * @return the operations
	 * @hidden shared by the packages of the client, not an API for applications
	 */
	static RunOperations create(TriggerHttp http, PayloadCodec payloads, Polling polling) {
		return new DefaultRunOperations(http, payloads, polling);
	}

}

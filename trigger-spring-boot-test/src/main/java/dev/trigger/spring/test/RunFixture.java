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

package dev.trigger.spring.test;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.trigger.emulator.http.Json;
import dev.trigger.spring.json.TriggerJson;
import dev.trigger.spring.run.Run;
import dev.trigger.spring.run.RunFailedException;
import dev.trigger.spring.run.RunStatus;
import dev.trigger.spring.run.RunSummary;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Builds a {@link Run} for a test, by way of the JSON that a server sends.
 *
 * @since 1.0.0
 * @see Runs
 */
public final class RunFixture {

	private static final Set<RunStatus> UNSUCCESSFUL = Set.of(RunStatus.FAILED, RunStatus.CANCELED, RunStatus.CRASHED,
			RunStatus.SYSTEM_FAILURE, RunStatus.TIMED_OUT);

	private final ObjectNode json;

	RunFixture(String taskId, RunStatus status) {
		Instant now = Instant.now();
		boolean completed = RunStatus.COMPLETED.equals(status);
		boolean unsuccessful = UNSUCCESSFUL.contains(status);
		this.json = (ObjectNode) Json.tree(Map.of("id", Handles.randomRunId(), "status", status.value(),
				"taskIdentifier", taskId, "createdAt", now.toString(), "updatedAt", now.toString()));
		this.json.put("isQueued",
				Set.of(RunStatus.QUEUED, RunStatus.DELAYED, RunStatus.PENDING_VERSION).contains(status));
		this.json.put("isExecuting", Set.of(RunStatus.EXECUTING, RunStatus.DEQUEUED).contains(status));
		this.json.put("isWaiting", RunStatus.WAITING.equals(status));
		this.json.put("isCompleted", completed || unsuccessful);
		this.json.put("isSuccess", completed);
		this.json.put("isFailed", unsuccessful);
		this.json.put("isCancelled", RunStatus.CANCELED.equals(status));
		this.json.put("isTest", false);
		if (completed || unsuccessful) {
			this.json.put("startedAt", now.toString());
			this.json.put("finishedAt", now.toString());
		}
		this.json.put("durationMs", 0);
		this.json.put("attemptCount", RunStatus.QUEUED.equals(status) ? 0 : 1);
	}

	/**
	 * Set the id.
	 * @param id the id; a random one by default
	 * @return this builder
	 */
	public RunFixture id(String id) {
		this.json.put("id", id);
		return this;
	}

	/**
	 * Set the payload.
	 * @param payload an object that is written as JSON
	 * @return this builder
	 */
	public RunFixture payload(@Nullable Object payload) {
		this.json.set("payload", Json.tree(payload));
		return this;
	}

	/**
	 * Set the output.
	 * @param output an object that is written as JSON
	 * @return this builder
	 */
	public RunFixture output(@Nullable Object output) {
		this.json.set("output", Json.tree(output));
		return this;
	}

	/**
	 * Set the error.
	 * @param message the message of the error
	 * @return this builder
	 */
	public RunFixture error(String message) {
		this.json.set("error", Json.tree(Map.of("message", message, "name", "Error")));
		return this;
	}

	/**
	 * Set the tags.
	 * @param tags the tags
	 * @return this builder
	 */
	public RunFixture tags(String... tags) {
		this.json.set("tags", Json.tree(List.of(tags)));
		return this;
	}

	/**
	 * Set the metadata.
	 * @param metadata an object that is written as a JSON object
	 * @return this builder
	 */
	public RunFixture metadata(Object metadata) {
		this.json.set("metadata", Json.tree(metadata));
		return this;
	}

	/**
	 * Set the idempotency key.
	 * @param key the key as the server has it
	 * @return this builder
	 */
	public RunFixture idempotencyKey(String key) {
		this.json.put("idempotencyKey", key);
		return this;
	}

	/**
	 * Set when the run was triggered.
	 * @param createdAt the time; now by default
	 * @return this builder
	 */
	public RunFixture createdAt(Instant createdAt) {
		this.json.put("createdAt", createdAt.toString());
		return this;
	}

	/**
	 * Set the computing time.
	 * @param duration the duration; zero by default
	 * @return this builder
	 */
	public RunFixture duration(Duration duration) {
		this.json.put("durationMs", duration.toMillis());
		return this;
	}

	/**
	 * Set any other property, in the API's form.
	 * @param name the name, such as {@code region}
	 * @param value an object that is written as JSON
	 * @return this builder
	 */
	public RunFixture with(String name, @Nullable Object value) {
		this.json.set(name, Json.tree(value));
		return this;
	}

	/**
	 * Build the run.
	 * @return the run, as {@code runs().retrieve(id)} returns it
	 */
	public Run build() {
		return (Run) TriggerJson.shared().convert(this.json, Run.class);
	}

	/**
	 * Build the summary of the run.
	 * @return the summary, as {@code runs().list(query)} returns it
	 */
	public RunSummary summary() {
		return (RunSummary) TriggerJson.shared().convert(this.json, RunSummary.class);
	}

	/**
	 * Build the exception with which {@code runs().awaitOutput(handle)} fails for the
	 * run.
	 * @return the exception
	 */
	public RunFailedException failure() {
		return new RunFailedException(build());
	}

}

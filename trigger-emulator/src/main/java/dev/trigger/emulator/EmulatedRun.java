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

import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import dev.trigger.emulator.state.ApplicationTypes;
import dev.trigger.emulator.state.EmulatorState;
import dev.trigger.emulator.state.PackedJson;
import dev.trigger.emulator.state.Payloads;
import dev.trigger.emulator.state.RunContent;
import dev.trigger.emulator.state.RunHistory;
import dev.trigger.emulator.state.TaskRun;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A snapshot of a run of the emulator.
 *
 * @since 1.0.0
 */
public final class EmulatedRun {

	private final String id;

	private final RunContent content;

	private final String environment;

	private final @Nullable String branch;

	private final RunHistory history;

	private final @Nullable JsonNode storedPayload;

	private final String queue;

	private final @Nullable String parentId;

	private final List<String> childIds;

	private final @Nullable PackedJson output;

	private final @Nullable String errorMessage;

	private final int attempts;

	private final ApplicationTypes types;

	private EmulatedRun(EmulatorState state, TaskRun run) {
		this.types = state.types();
		this.id = run.id();
		this.content = run.content();
		this.history = run.history();
		this.environment = run.environment().kind().slug();
		this.branch = run.environment().branchName();
		this.storedPayload = run.command().payloadType().equals(Payloads.STORE) ? Payloads.decode(run, state.packets())
				: null;
		this.queue = run.queue();
		this.parentId = (run.parent() != null) ? run.parent().id() : null;
		this.childIds = run.links().children().isEmpty() ? List.of()
				: run.links().children().stream().map(TaskRun::id).toList();
		this.output = run.packedOutput();
		this.errorMessage = (run.error() != null) ? run.error().message() : null;
		this.attempts = run.attempts();
	}

	static EmulatedRun of(EmulatorState state, TaskRun run) {
		synchronized (state) {
			return new EmulatedRun(state, run);
		}
	}

	/**
	 * Return the identifier.
	 * @return {@code run_} and 25 characters
	 */
	public String id() {
		return this.id;
	}

	/**
	 * Return the task.
	 * @return its identifier
	 */
	public String taskId() {
		return this.content.command().taskId();
	}

	/**
	 * Return the environment.
	 * @return {@code dev}, {@code stg}, {@code preview} or {@code prod}
	 */
	public String environment() {
		return this.environment;
	}

	/**
	 * Return the branch of the environment.
	 * @return the branch, or {@code null} outside a branch
	 */
	public @Nullable String branch() {
		return this.branch;
	}

	/**
	 * Return the status.
	 * @return the status, such as {@code EXECUTING}
	 */
	public String status() {
		return this.history.status().name();
	}

	/**
	 * Return all statuses that the run went through.
	 * @return the statuses, the current one last
	 */
	public List<String> statuses() {
		return this.history.changes().stream().map((change) -> change.status().name()).toList();
	}

	/**
	 * Return the payload.
	 * @return the payload, or {@code null} when there is none
	 */
	public @Nullable JsonNode payload() {
		return (this.storedPayload != null) ? this.storedPayload
				: Payloads.decode(this.content.command().payload(), this.content.command().payloadType());
	}

	/**
	 * Return the payload as an object.
	 * @param <P> the type
	 * @param type the type
	 * @return the payload, or {@code null} when there is none
	 */
	public <P> @Nullable P payload(Class<P> type) {
		JsonNode json = payload();
		return (json != null) ? this.types.read(json, type) : null;
	}

	/**
	 * Return an object as the JSON that it is in payloads, outputs and metadata.
	 * @param value any value
	 * @return the JSON
	 */
	public JsonNode toJson(@Nullable Object value) {
		return this.types.tree(value);
	}

	/**
	 * Return the options as they were sent.
	 * @return the options, a JSON object
	 */
	public JsonNode options() {
		return this.content.command().options();
	}

	/**
	 * Return the output.
	 * @return the output, or {@code null} when there is none (yet)
	 */
	public @Nullable JsonNode output() {
		return PackedJson.read(this.output);
	}

	/**
	 * Return the message of the error.
	 * @return the message, or {@code null} when the run has not failed
	 */
	public @Nullable String errorMessage() {
		return this.errorMessage;
	}

	/**
	 * Return the queue.
	 * @return the name, with {@code task/} in front for the task's own queue
	 */
	public String queue() {
		return this.queue;
	}

	/**
	 * Return the run that triggered this one.
	 * @return its identifier, or {@code null}
	 */
	public @Nullable String parentId() {
		return this.parentId;
	}

	/**
	 * Return the runs that this one triggered.
	 * @return their identifiers, oldest first
	 */
	public List<String> childIds() {
		return this.childIds;
	}

	/**
	 * Return when the first attempt began.
	 * @return the time by the clock of the emulator, {@code null} before
	 */
	public @Nullable Instant startedAt() {
		return this.history.startedAt();
	}

	/**
	 * Return when the run ended.
	 * @return the time by the clock of the emulator, {@code null} before, and for a run
	 * that was canceled before it began
	 */
	public @Nullable Instant finishedAt() {
		return this.history.finishedAt();
	}

	/**
	 * Return the tags.
	 * @return the tags in the order in which they were set
	 */
	public Set<String> tags() {
		return new LinkedHashSet<>(this.content.tags());
	}

	/**
	 * Return the metadata.
	 * @return an object, or a JSON null when there is none
	 */
	public JsonNode metadata() {
		return this.content.metadata();
	}

	/**
	 * Return the idempotency key as it was sent, usually a hash.
	 * @return the key, or {@code null} when there is none
	 */
	public @Nullable String idempotencyKey() {
		return this.content.command().idempotencyKey();
	}

	/**
	 * Return the batch that the run belongs to.
	 * @return its identifier, or {@code null}
	 */
	public @Nullable String batchId() {
		return this.content.command().batchId();
	}

	/**
	 * Return how often the run was tried.
	 * @return the number of attempts so far
	 */
	public int attempts() {
		return this.attempts;
	}

	/**
	 * Return when the run was triggered.
	 * @return the time, in whole milliseconds
	 */
	public Instant createdAt() {
		return this.history.createdAt();
	}

	@Override
	public String toString() {
		return taskId() + " " + this.id + " " + status() + " in " + this.environment
				+ ((this.branch != null) ? "/" + this.branch : "") + " payload=" + payload() + " options=" + options();
	}

}

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
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;

import dev.trigger.emulator.http.Json;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A run of a task.
 *
 * @since 1.0.0
 */
public final class TaskRun {

	/**
	 * Longer outputs lie in the object store.
	 */
	private static final int LARGE_OUTPUT = 128 * 1024;

	private final Environment environment;

	private final String id;

	private TriggerCommand command;

	private final Instant createdAt;

	private final Set<String> tags;

	private final List<StatusChange> history = new ArrayList<>(4);

	private final List<TaskRun> children = new ArrayList<>();

	private final Set<String> bulkActions = new LinkedHashSet<>();

	private RunStatus status;

	private Instant updatedAt;

	private @Nullable Instant startedAt;

	private @Nullable Instant finishedAt;

	private @Nullable Instant delayedUntil;

	private @Nullable Instant expiredAt;

	private @Nullable String version;

	private @Nullable String idempotencyKey;

	private @Nullable JsonNode output;

	private boolean storedOutput;

	private @Nullable RunError error;

	private JsonNode metadata;

	private final Set<String> streams = new LinkedHashSet<>();

	private String streamsVersion = "v1";

	private long firstRevision;

	private long revision;

	private int attempts;

	private Duration usage = Duration.ZERO;

	private @Nullable BooleanSupplier wait;

	private long activeSince;

	TaskRun(Environment environment, String id, TriggerCommand command, RunStatus status, Instant createdAt) {
		this.environment = environment;
		this.id = id;
		this.command = command;
		this.createdAt = createdAt;
		this.updatedAt = createdAt;
		this.tags = new LinkedHashSet<>(command.tags());
		this.metadata = command.metadata();
		this.idempotencyKey = command.option("idempotencyKey");
		this.status = status;
		this.history.add(new StatusChange(status, createdAt));
		if (command.parent() != null) {
			command.parent().children.add(this);
		}
	}

	public Environment environment() {
		return this.environment;
	}

	public String id() {
		return this.id;
	}

	public String taskId() {
		return this.command.taskId();
	}

	/**
	 * Return the command that triggered the run.
	 * @return the command
	 */
	public TriggerCommand command() {
		return this.command;
	}

	/**
	 * Take over what a later trigger of a debounced run carries: payload, metadata, tags,
	 * attempts, duration and machine.
	 */
	void replace(TriggerCommand later) {
		TriggerCommand changed = new TriggerCommand(this.command.taskId(), later.payload(), this.command.options(),
				this.command.parent(), this.command.batchId(), this.command.scheduleId(), this.command.function());
		for (String option : List.of("payloadType", "metadata", "metadataType", "tags", "maxAttempts", "maxDuration",
				"machine")) {
			if (later.options().has(option)) {
				changed = changed.withOption(option, later.options().get(option));
			}
		}
		this.command = changed;
		if (later.options().has("tags")) {
			this.tags.clear();
			this.tags.addAll(later.tags());
		}
		if (later.options().has("metadata")) {
			this.metadata = later.metadata();
		}
	}

	public RunStatus status() {
		return this.status;
	}

	public List<StatusChange> history() {
		return this.history;
	}

	public Instant createdAt() {
		return this.createdAt;
	}

	public Instant updatedAt() {
		return this.updatedAt;
	}

	/**
	 * Return when the run came into its queue.
	 * @return the time, {@code null} as long as it is delayed
	 */
	public @Nullable Instant queuedAt() {
		return this.history.stream()
			.filter((change) -> change.status() == RunStatus.QUEUED)
			.map(StatusChange::at)
			.findFirst()
			.orElse(null);
	}

	public @Nullable Instant startedAt() {
		return this.startedAt;
	}

	public @Nullable Instant finishedAt() {
		return this.finishedAt;
	}

	public @Nullable Instant delayedUntil() {
		return this.delayedUntil;
	}

	void setDelayedUntil(@Nullable Instant delayedUntil) {
		this.delayedUntil = delayedUntil;
	}

	public @Nullable Instant expiredAt() {
		return this.expiredAt;
	}

	public @Nullable String version() {
		return this.version;
	}

	void setVersion(@Nullable String version) {
		this.version = version;
	}

	public @Nullable String idempotencyKey() {
		return this.idempotencyKey;
	}

	/**
	 * Forget the idempotency key, so that it can be used again.
	 */
	public void resetIdempotencyKey() {
		this.idempotencyKey = null;
	}

	public Set<String> tags() {
		return this.tags;
	}

	public JsonNode metadata() {
		return this.metadata;
	}

	/**
	 * Replace the metadata.
	 * @param metadata the new metadata
	 * @param now when
	 */
	public void setMetadata(JsonNode metadata, Instant now) {
		this.metadata = metadata;
		touch(now);
	}

	/**
	 * Merge into the metadata.
	 * @param name the member's name
	 * @param value its value
	 * @param now when
	 */
	public void putMetadata(String name, JsonNode value, Instant now) {
		ObjectNode changed = (this.metadata instanceof ObjectNode object) ? object.deepCopy() : Json.object();
		changed.set(name, value);
		setMetadata(changed, now);
	}

	/**
	 * Note a change that shows in the time of the last update. A run that a reset has
	 * made the environment forget has no changes any more, though its task may go on for
	 * a moment.
	 * @param now when
	 */
	public void touch(Instant now) {
		this.updatedAt = now;
		if (this.environment.run(this.id) == this) {
			this.revision = this.environment.changes().note(this, this.revision);
		}
	}

	/**
	 * Note that the run is there.
	 */
	void created() {
		this.revision = this.environment.changes().note(this, this.revision);
		this.firstRevision = this.revision;
	}

	/**
	 * Return the number of the latest change, in the order of the environment.
	 * @return the number
	 */
	public long revision() {
		return this.revision;
	}

	/**
	 * Return the number of the change by which the run came into being.
	 * @return the number
	 */
	public long firstRevision() {
		return this.firstRevision;
	}

	/**
	 * Return the names of the streams that were written to.
	 * @return a live set
	 */
	public Set<String> streams() {
		return this.streams;
	}

	/**
	 * Note that the run has a stream.
	 * @param name the name of the stream
	 * @param now when
	 */
	public void addStream(String name, Instant now) {
		if (this.streams.add(name)) {
			touch(now);
		}
	}

	/**
	 * Return how the streams of the run are kept.
	 * @return {@code v1} or {@code v2}
	 */
	public String streamsVersion() {
		return this.streamsVersion;
	}

	/**
	 * Set how the streams of the run are kept, as the trigger asked for it.
	 * @param version such as {@code v2}; everything else is {@code v1}
	 */
	public void setStreamsVersion(@Nullable String version) {
		this.streamsVersion = "v2".equals(version) ? "v2" : "v1";
	}

	public @Nullable JsonNode output() {
		return this.output;
	}

	/**
	 * Return whether the output is so large that it lies in the object store.
	 * @return {@code true} if responses have a link to it
	 */
	public boolean hasStoredOutput() {
		return this.storedOutput;
	}

	public @Nullable RunError error() {
		return this.error;
	}

	public int attempts() {
		return this.attempts;
	}

	public Duration usage() {
		return this.usage;
	}

	public @Nullable TaskRun parent() {
		return this.command.parent();
	}

	public List<TaskRun> children() {
		return this.children;
	}

	/**
	 * Return the run that has no parent and is above this one.
	 * @return this run, if it has no parent
	 */
	public TaskRun root() {
		TaskRun root = this;
		for (TaskRun parent = parent(); parent != null; parent = parent.parent()) {
			root = parent;
		}
		return root;
	}

	/**
	 * Return how many runs are above this one.
	 * @return 0 for a run without parent
	 */
	public int depth() {
		int depth = 0;
		for (TaskRun parent = parent(); parent != null; parent = parent.parent()) {
			depth++;
		}
		return depth;
	}

	/**
	 * Return the bulk actions that this run was part of.
	 * @return a live set
	 */
	public Set<String> bulkActions() {
		return this.bulkActions;
	}

	/**
	 * Return the queue that the run waits in.
	 * @return the queue's name, with {@code task/} in front for a task's own queue
	 */
	public String queue() {
		String queue = this.command.queue();
		return (queue != null) ? queue : "task/" + taskId();
	}

	void moveTo(RunStatus status, Instant now) {
		this.status = status;
		this.history.add(new StatusChange(status, now));
		if (status == RunStatus.EXECUTING && this.startedAt == null) {
			this.startedAt = now;
		}
		if (status == RunStatus.EXPIRED) {
			this.expiredAt = now;
		}
		// as on the server, a run that is canceled before it starts never finishes
		if (status.isFinished() && (status != RunStatus.CANCELED || this.startedAt != null)) {
			this.finishedAt = now;
		}
		touch(now);
	}

	int nextAttempt() {
		return ++this.attempts;
	}

	void finish(RunStatus status, @Nullable JsonNode output, @Nullable RunError error, Instant now) {
		this.output = output;
		this.storedOutput = output != null && Json.bytes(output).length > LARGE_OUTPUT;
		this.error = error;
		moveTo(status, now);
	}

	/**
	 * Note that the run waits from now on.
	 * @param over whether the wait is over, asked with the lock held
	 */
	void waitUntil(BooleanSupplier over) {
		this.wait = over;
	}

	/**
	 * Note that the run waits for nothing from now on.
	 */
	void goOn() {
		this.wait = null;
		this.activeSince = System.nanoTime();
	}

	/**
	 * Return whether the run goes on since not longer ago than given, or is about to: its
	 * wait is over, but its thread has not come to it yet.
	 */
	boolean isBusySince(Duration age) {
		return (this.wait != null) ? this.wait.getAsBoolean() : System.nanoTime() - this.activeSince < age.toNanos();
	}

	void addUsage(Duration duration) {
		this.usage = this.usage.plus(duration);
	}

	@Override
	public String toString() {
		return "Run[id=" + this.id + ", task=" + taskId() + ", status=" + this.status + "]";
	}

	/**
	 * A status and when it began.
	 *
	 * @param status the status
	 * @param at when it began
	 */
	public record StatusChange(RunStatus status, Instant at) {

	}

}

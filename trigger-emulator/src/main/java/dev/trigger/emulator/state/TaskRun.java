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
import java.util.Comparator;
import java.util.List;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

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

	/**
	 * The order in which runs were created.
	 */
	public static final Comparator<TaskRun> OLDEST_FIRST = Comparator
		.comparingLong((TaskRun run) -> run.history.createdMillis())
		.thenComparing(TaskRun::id);

	/**
	 * The order in which runs leave their queue.
	 */
	static final Comparator<TaskRun> BY_PRIORITY = Comparator.comparingLong((TaskRun run) -> run.precedence)
		.thenComparing(OLDEST_FIRST);

	private final Environment environment;

	private final String id;

	private final String queue;

	/**
	 * When the run was created, and its priority taken off, in milliseconds.
	 */
	private final long precedence;

	private RunContent content;

	private RunHistory history;

	private long updatedAt;

	private RunLinks links = RunLinks.NONE;

	private @Nullable Instant delayedUntil;

	private @Nullable String version;

	private @Nullable String idempotencyKey;

	private long keyExpiresAt;

	private byte @Nullable [] output;

	private @Nullable RunError error;

	private String streamsVersion = "v1";

	private int attempts;

	private long usageNanos;

	private @Nullable Attempt attempt;

	/**
	 * The number of the change that created the run, and that of the latest, and the runs
	 * that changed just before and after it: guarded by the {@link RunChanges}.
	 */
	long firstRevision;

	long revision;

	@Nullable TaskRun changedBefore;

	@Nullable TaskRun changedAfter;

	TaskRun(Environment environment, String id, TriggerCommand command, RunStatus status, Instant createdAt) {
		this.environment = environment;
		this.id = id;
		this.content = RunContent.of(command);
		String queue = command.queue();
		this.queue = environment.shared((queue != null) ? queue : "task/" + command.taskId());
		this.precedence = createdAt.toEpochMilli() - command.priority();
		this.updatedAt = createdAt.toEpochMilli();
		this.idempotencyKey = command.idempotencyKey();
		this.history = RunHistory.of(status, createdAt);
		if (command.parent() != null) {
			command.parent().ownLinks().addChild(this);
		}
	}

	/**
	 * Take as little memory as possible from now on.
	 */
	void pack() {
		command().pack(this.environment::shared);
	}

	public Environment environment() {
		return this.environment;
	}

	public String id() {
		return this.id;
	}

	public String taskId() {
		return command().taskId();
	}

	/**
	 * Return the command that triggered the run.
	 * @return the command
	 */
	public TriggerCommand command() {
		return this.content.command();
	}

	/**
	 * Return what the run was asked for, and what of it has changed.
	 * @return the content
	 */
	public RunContent content() {
		return this.content;
	}

	/**
	 * Change the content.
	 * @param content the new content
	 * @param now when
	 */
	public void change(RunContent content, Instant now) {
		this.content = content;
		touch(now);
	}

	/**
	 * Take over what a later trigger of a debounced run carries.
	 */
	void replace(TriggerCommand later) {
		this.content = this.content.replacedBy(later);
		pack();
	}

	public RunStatus status() {
		return this.history.status();
	}

	public RunHistory history() {
		return this.history;
	}

	public Instant createdAt() {
		return this.history.createdAt();
	}

	public Instant updatedAt() {
		return Instant.ofEpochMilli(this.updatedAt);
	}

	/**
	 * Return when the run came into its queue.
	 * @return the time, {@code null} as long as it is delayed
	 */
	public @Nullable Instant queuedAt() {
		return this.history.first(RunStatus.QUEUED);
	}

	public @Nullable Instant startedAt() {
		return this.history.startedAt();
	}

	public @Nullable Instant finishedAt() {
		return this.history.finishedAt();
	}

	public @Nullable Instant delayedUntil() {
		return this.delayedUntil;
	}

	void setDelayedUntil(@Nullable Instant delayedUntil) {
		this.delayedUntil = delayedUntil;
	}

	public @Nullable Instant expiredAt() {
		return this.history.first(RunStatus.EXPIRED);
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
	 * Return until when the idempotency key leads to this run.
	 * @return the time in milliseconds, 0 without a key
	 */
	long keyExpiresAt() {
		return this.keyExpiresAt;
	}

	void setKeyExpiresAt(Instant keyExpiresAt) {
		this.keyExpiresAt = keyExpiresAt.toEpochMilli();
	}

	/**
	 * Forget the idempotency key, so that it can be used again.
	 */
	public void resetIdempotencyKey() {
		this.idempotencyKey = null;
	}

	/**
	 * Return the tags.
	 * @return the tags in the order in which they were added
	 */
	public List<String> tags() {
		return this.content.tags();
	}

	public JsonNode metadata() {
		return this.content.metadata();
	}

	/**
	 * Note a change that shows in the time of the last update. A run that a reset has
	 * made the environment forget has no changes any more, though its task may go on for
	 * a moment.
	 * @param now when
	 */
	public void touch(Instant now) {
		this.updatedAt = now.toEpochMilli();
		if (this.environment.run(this.id) == this) {
			this.environment.changes().note(this);
		}
	}

	/**
	 * Note that the run is there.
	 */
	void created() {
		this.environment.changes().note(this);
	}

	/**
	 * Return the number of the latest change, in the order of the environment.
	 * @return the number
	 */
	public long revision() {
		synchronized (this.environment.changes()) {
			return this.revision;
		}
	}

	/**
	 * Return the number of the change by which the run came into being.
	 * @return the number
	 */
	public long firstRevision() {
		synchronized (this.environment.changes()) {
			return this.firstRevision;
		}
	}

	/**
	 * Note that the run has a stream.
	 * @param name the name of the stream
	 * @param now when
	 */
	public void addStream(String name, Instant now) {
		if (!this.links.streams().contains(name)) {
			ownLinks().addStream(name);
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
		return (this.output != null) ? PackedJson.unpack(this.output) : null;
	}

	/**
	 * Return the output as it is kept.
	 * @return the output, {@code null} for none
	 */
	public @Nullable PackedJson packedOutput() {
		return PackedJson.of(this.output);
	}

	/**
	 * Return whether the output is so large that it lies in the object store.
	 * @return {@code true} if responses have a link to it
	 */
	public boolean hasStoredOutput() {
		return this.output != null && this.output.length > LARGE_OUTPUT;
	}

	public @Nullable RunError error() {
		return this.error;
	}

	public int attempts() {
		return this.attempts;
	}

	public Duration usage() {
		return Duration.ofNanos(this.usageNanos);
	}

	public @Nullable TaskRun parent() {
		return command().parent();
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
	 * Return what belongs to the run.
	 * @return its children, streams, bulk actions and failed attempts
	 */
	public RunLinks links() {
		return this.links;
	}

	/**
	 * Note what happens while the task executes.
	 * @param note a wait or a line of the log
	 */
	public void addNote(RunNote note) {
		ownLinks().addNote(note);
	}

	/**
	 * Note that the run is part of a bulk action.
	 * @param bulkActionId the identifier of the bulk action
	 */
	public void addBulkAction(String bulkActionId) {
		ownLinks().addBulkAction(bulkActionId);
	}

	private RunLinks ownLinks() {
		if (this.links == RunLinks.NONE) {
			this.links = new RunLinks();
		}
		return this.links;
	}

	/**
	 * Return the queue that the run waits in.
	 * @return the queue's name, with {@code task/} in front for a task's own queue
	 */
	public String queue() {
		return this.queue;
	}

	void moveTo(RunStatus status, Instant now) {
		this.history = this.history.with(status, now);
		touch(now);
	}

	int nextAttempt() {
		return ++this.attempts;
	}

	/**
	 * Note that an attempt has failed, and that another one will follow.
	 */
	void retry(FailedAttempt failed) {
		ownLinks().addFailedAttempt(failed);
		touch(failed.failedAt());
	}

	void finish(RunStatus status, @Nullable JsonNode output, @Nullable RunError error, Instant now) {
		this.output = (output != null) ? PackedJson.pack(output) : null;
		this.error = error;
		moveTo(status, now);
	}

	/**
	 * Return the attempt that executes.
	 * @return the attempt, {@code null} for none
	 */
	@Nullable Attempt attempt() {
		return this.attempt;
	}

	void setAttempt(@Nullable Attempt attempt) {
		this.attempt = attempt;
	}

	void addUsage(Duration duration) {
		this.usageNanos += duration.toNanos();
	}

	@Override
	public String toString() {
		return "Run[id=" + this.id + ", task=" + taskId() + ", status=" + status() + "]";
	}

}

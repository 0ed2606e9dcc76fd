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

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

import dev.trigger.emulator.http.JsonBody;
import org.jspecify.annotations.Nullable;

/**
 * A batch of runs.
 *
 * @since 1.0.0
 */
public final class Batch {

	private final String id;

	private final int runCount;

	private final @Nullable String idempotencyKey;

	private final Instant createdAt;

	private final @Nullable TaskRun parent;

	private final SortedMap<Integer, TriggerCommand> items = new TreeMap<>();

	private final List<TaskRun> runs = new ArrayList<>();

	private final List<JsonBody> errors = new ArrayList<>();

	/**
	 * The runs that were never created, by the identifiers that they would have had.
	 */
	private final Map<String, TriggerCommand> missing = new LinkedHashMap<>();

	private Instant updatedAt;

	private boolean sealed;

	private boolean keepingResults;

	private boolean complete;

	private boolean awaited;

	private boolean stalled;

	private @Nullable Instant keyExpiresAt;

	private @Nullable Instant processedAt;

	/**
	 * Create a batch.
	 * @param id its identifier
	 * @param runCount how many items it will have
	 * @param idempotencyKey its idempotency key
	 * @param parent the run that asked for it
	 * @param now when
	 */
	public Batch(String id, int runCount, @Nullable String idempotencyKey, @Nullable TaskRun parent, Instant now) {
		this.id = id;
		this.runCount = runCount;
		this.idempotencyKey = idempotencyKey;
		this.parent = parent;
		this.createdAt = now;
		this.updatedAt = now;
	}

	public String id() {
		return this.id;
	}

	public int runCount() {
		return this.runCount;
	}

	public @Nullable String idempotencyKey() {
		return this.idempotencyKey;
	}

	/**
	 * Return whether a key leads to this batch.
	 * @param key the key
	 * @param now the time
	 * @return {@code true} if it is the batch's own, and has not expired
	 */
	public boolean hasKey(String key, Instant now) {
		return key.equals(this.idempotencyKey) && (this.keyExpiresAt == null || this.keyExpiresAt.isAfter(now));
	}

	public void setKeyExpiresAt(Instant keyExpiresAt) {
		this.keyExpiresAt = keyExpiresAt;
	}

	/**
	 * Return whether the results of runs that were canceled can be read, as those of the
	 * oldest kind of batches.
	 * @return {@code true} if so
	 */
	public boolean isKeepingResults() {
		return this.keepingResults;
	}

	public void keepResults() {
		this.keepingResults = true;
	}

	public @Nullable TaskRun parent() {
		return this.parent;
	}

	public Instant createdAt() {
		return this.createdAt;
	}

	/**
	 * Return when the batch, or a run of it, changed last.
	 * @return the time
	 */
	public Instant updatedAt() {
		return this.runs.stream().map(TaskRun::updatedAt).reduce(this.updatedAt, (a, b) -> a.isAfter(b) ? a : b);
	}

	/**
	 * Return the items so far.
	 * @return a live map by index
	 */
	public SortedMap<Integer, TriggerCommand> items() {
		return this.items;
	}

	public List<TaskRun> runs() {
		return this.runs;
	}

	/**
	 * Return the items that became no run.
	 * @return a live list
	 */
	public List<JsonBody> errors() {
		return this.errors;
	}

	/**
	 * Give up after an item was refused. The batch stays, with its key.
	 * @param rest the item that was refused and those after it, by the identifiers that
	 * their runs would have had
	 * @param now when
	 */
	public void abort(Map<String, TriggerCommand> rest, Instant now) {
		this.missing.putAll(rest);
		this.updatedAt = now;
	}

	/**
	 * Leave some items for ever, so that the batch never ends.
	 * @param rest the items by the identifiers that their runs would have had
	 * @param now when
	 */
	public void stall(Map<String, TriggerCommand> rest, Instant now) {
		abort(rest, now);
		this.stalled = true;
	}

	/**
	 * Return the items that were not triggered since one was refused.
	 * @return the items by the identifiers that their runs would have had
	 */
	public Map<String, TriggerCommand> missing() {
		return this.missing;
	}

	public boolean isSealed() {
		return this.sealed;
	}

	/**
	 * Close the batch for items.
	 * @param now when
	 */
	public void seal(Instant now) {
		this.sealed = true;
		this.updatedAt = now;
	}

	/**
	 * Note that the run that asked for the batch waits for it.
	 */
	public void await() {
		this.awaited = true;
	}

	/**
	 * Return the command of an item.
	 * @param item what the item asks for
	 * @return the command as part of this batch
	 */
	public TriggerCommand command(TriggerCommand item) {
		TriggerCommand command = item.byRun(this.parent).inBatch(this.id);
		return this.awaited ? command.awaited() : command;
	}

	/**
	 * Complete the batch, although its runs may not be over.
	 */
	public void complete() {
		this.complete = true;
	}

	/**
	 * Note that all streamed items have become runs, or errors.
	 * @param now when
	 */
	public void processed(Instant now) {
		this.processedAt = now;
		// each of them has become a run or an error
		this.items.clear();
	}

	/**
	 * Return when all streamed items had become runs.
	 * @return the time, {@code null} before, and for batches that came in one request
	 */
	public @Nullable Instant processedAt() {
		return this.processedAt;
	}

	/**
	 * Return the status of the batch.
	 * @return {@code PENDING}, {@code COMPLETED}, {@code PARTIAL_FAILED} or
	 * {@code ABORTED}
	 */
	public String status() {
		if (this.stalled) {
			return "PENDING";
		}
		if (!this.missing.isEmpty() || (this.sealed && this.runs.isEmpty() && !this.errors.isEmpty())) {
			return "ABORTED";
		}
		if (!this.errors.isEmpty()) {
			return "PARTIAL_FAILED";
		}
		if (this.complete) {
			return "COMPLETED";
		}
		if (!this.sealed || !this.runs.stream().allMatch((run) -> run.status().isFinished())) {
			return "PENDING";
		}
		return "COMPLETED";
	}

}

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

package dev.trigger.spring.batch;

import java.io.Serializable;
import java.time.Instant;
import java.util.List;

import com.fasterxml.jackson.annotation.JsonIgnore;
import org.jspecify.annotations.Nullable;

/**
 * A batch of runs.
 *
 * @param id the id, {@code batch_…}
 * @param status the state of the batch
 * @param idempotencyKey the key that it was created with
 * @param createdAt when it was created
 * @param updatedAt when it last changed
 * @param runCount how many runs it has
 * @param runs the ids of the runs that were created so far
 * @param processing how the runs are being created
 * @since 1.0.0
 */
public record Batch(String id, @Nullable BatchStatus status, @Nullable String idempotencyKey,
		@Nullable Instant createdAt, @Nullable Instant updatedAt, @Nullable Integer runCount, List<String> runs,
		@Nullable Processing processing) implements Serializable {

	/**
	 * Create a batch.
	 */
	public Batch {
		runs = (runs != null) ? List.copyOf(runs) : List.of();
	}

	/**
	 * Return whether the batch is over, with or without success.
	 * @return {@code true} if its state will not change any more
	 */
	@JsonIgnore
	public boolean isFinished() {
		return this.status != null && this.status.isFinished();
	}

	/**
	 * Return whether all runs that can be created have been.
	 * @return {@code true} if there will be no further runs
	 */
	boolean isMade() {
		if (isFinished() || (this.processing != null && this.processing.completedAt() != null)) {
			return true;
		}
		return this.runCount != null && this.runs.size() + errors().size() >= this.runCount;
	}

	/**
	 * Return the items for which no run could be created.
	 * @return the errors so far
	 */
	List<ItemError> errors() {
		return (this.processing != null) ? this.processing.errors() : List.of();
	}

	/**
	 * How the runs of a batch are being created.
	 *
	 * @param completedAt when all were created
	 * @param errors the items for which no run could be created
	 */
	public record Processing(@Nullable Instant completedAt, List<ItemError> errors) implements Serializable {

		/**
		 * Create processing.
		 */
		public Processing {
			errors = (errors != null) ? List.copyOf(errors) : List.of();
		}

	}

	/**
	 * An item for which no run could be created.
	 *
	 * @param index the index of the item, counted from 0
	 * @param taskIdentifier the identifier of the task
	 * @param error what went wrong
	 * @param errorCode the code of the error
	 */
	public record ItemError(@Nullable Integer index, @Nullable String taskIdentifier, @Nullable String error,
			@Nullable String errorCode) implements Serializable {

	}

}

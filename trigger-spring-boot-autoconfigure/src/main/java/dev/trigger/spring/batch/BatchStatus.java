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
import java.util.Set;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * The state of a batch; open to values that do not exist yet.
 *
 * @param value the value that the API uses
 * @since 1.0.0
 */
public record BatchStatus(@JsonValue String value) implements Serializable {

	/**
	 * Waiting for its items.
	 */
	public static final BatchStatus PENDING = new BatchStatus("PENDING");

	/**
	 * Creating and executing its runs.
	 */
	public static final BatchStatus PROCESSING = new BatchStatus("PROCESSING");

	/**
	 * All runs are over.
	 */
	public static final BatchStatus COMPLETED = new BatchStatus("COMPLETED");

	/**
	 * Over, but some runs could not be created.
	 */
	public static final BatchStatus PARTIAL_FAILED = new BatchStatus("PARTIAL_FAILED");

	/**
	 * No run could be created.
	 */
	public static final BatchStatus ABORTED = new BatchStatus("ABORTED");

	private static final Set<BatchStatus> FINISHED = Set.of(COMPLETED, PARTIAL_FAILED, ABORTED);

	/**
	 * Create a status.
	 * @param value the value that the API uses
	 */
	@JsonCreator(mode = JsonCreator.Mode.DELEGATING)
	public BatchStatus {
	}

	/**
	 * Return whether a batch of this status is over.
	 * @return {@code true} if the status will not change any more; {@code false} for a
	 * status that is not known
	 */
	@JsonIgnore
	public boolean isFinished() {
		return FINISHED.contains(this);
	}

	@Override
	public String toString() {
		return this.value;
	}

}

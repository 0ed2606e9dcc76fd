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

import dev.trigger.spring.exception.RateLimitException;
import dev.trigger.spring.exception.TriggerException;
import org.jspecify.annotations.Nullable;

/**
 * Thrown when a batch could not be made. The cause tells what went wrong.
 * <p>
 * A batch that was created but not filled runs nothing: the server waits for all of its
 * items. The whole batch can be made again, unless it is past that: in the phase
 * {@link Phase#RUNS} only the items in the cause have no run.
 *
 * @since 1.0.0
 */
public class BatchException extends TriggerException {

	private static final long serialVersionUID = 1L;

	private final Phase phase;

	private final @Nullable String batchId;

	private final int itemCount;

	/**
	 * Create a new exception.
	 * @param phase what failed
	 * @param batchId the id of the batch, {@code null} if it was not created
	 * @param itemCount how many items it was to have
	 * @param cause what went wrong
	 */
	public BatchException(Phase phase, @Nullable String batchId, int itemCount, Throwable cause) {
		super("A batch of " + itemCount + " item(s)" + ((batchId != null) ? ", " + batchId + "," : "")
				+ " failed while " + phase.description + ": " + cause.getMessage(), cause);
		this.phase = phase;
		this.batchId = batchId;
		this.itemCount = itemCount;
	}

	/**
	 * Return what failed.
	 * @return the phase
	 */
	public Phase getPhase() {
		return this.phase;
	}

	/**
	 * Return the id of the batch.
	 * @return the id, {@code null} if the batch was not created
	 */
	public @Nullable String getBatchId() {
		return this.batchId;
	}

	/**
	 * Return how many items the batch was to have.
	 * @return the number of items
	 */
	public int getItemCount() {
		return this.itemCount;
	}

	/**
	 * Return whether a rate limit was reached. Its reset is in the cause.
	 * @return {@code true} if the cause is a {@link RateLimitException}
	 */
	public boolean isRateLimited() {
		return getCause() instanceof RateLimitException;
	}

	/**
	 * The steps in which a batch is made.
	 */
	public enum Phase {

		/**
		 * Uploading payloads that are too large to travel inline.
		 */
		OFFLOAD("payloads were uploaded"),

		/**
		 * Creating the batch.
		 */
		CREATE("it was created"),

		/**
		 * Sending its items.
		 */
		STREAM("its items were sent"),

		/**
		 * Making its runs out of the items, on the server.
		 */
		RUNS("its runs were made");

		private final String description;

		Phase(String description) {
			this.description = description;
		}

	}

}

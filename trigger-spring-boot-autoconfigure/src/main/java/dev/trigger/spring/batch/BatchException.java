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
import java.util.Arrays;
import java.util.List;

import dev.trigger.spring.exception.RateLimitException;
import dev.trigger.spring.exception.TriggerException;
import dev.trigger.spring.exception.UnprocessableEntityException;
import org.jspecify.annotations.Nullable;

/**
 * Thrown when a batch could not be created, or not all of it. The cause is what went
 * wrong.
 * <p>
 * A batch that was created but not filled runs nothing: the server waits for all of its
 * items. Such a batch can be triggered again as a whole. In the phase {@link Phase#RUNS}
 * only the items in the cause have no run. Where a source is sent in several batches,
 * those of {@link #getHandles()} run already: continue with the item whose index is
 * {@link #getSentItems()}.
 *
 * @since 1.0.0
 */
public class BatchException extends TriggerException {

	private static final long serialVersionUID = 1L;

	private final Phase phase;

	private final @Nullable String batchId;

	private final int itemCount;

	private final @Nullable Long itemIndex;

	private final Sent sent;

	/**
	 * Create a new exception.
	 * @param phase what failed
	 * @param batchId the id of the batch, {@code null} if it was not created
	 * @param itemCount how many items it was to have
	 * @param cause what went wrong
	 */
	public BatchException(Phase phase, @Nullable String batchId, int itemCount, Throwable cause) {
		this(phase, batchId, itemCount, null, Sent.NOTHING, cause);
	}

	BatchException(Phase phase, @Nullable String batchId, int itemCount, @Nullable Long itemIndex, Sent sent,
			Throwable cause) {
		super(describe(phase, batchId, itemCount, itemIndex, sent, cause), cause);
		this.phase = phase;
		this.batchId = batchId;
		this.itemCount = itemCount;
		this.itemIndex = itemIndex;
		this.sent = sent;
	}

	private static String describe(Phase phase, @Nullable String batchId, int itemCount, @Nullable Long itemIndex,
			Sent sent, Throwable cause) {
		StringBuilder message = new StringBuilder("A batch of ").append(itemCount).append(" item(s)");
		if (batchId != null) {
			message.append(", ").append(batchId).append(',');
		}
		message.append(" failed while ").append(phase.description);
		if (itemIndex != null) {
			message.append(", at item ").append(itemIndex);
		}
		message.append(": ").append(cause.getMessage());
		if (isKeyUsed(cause) && Arrays.stream(cause.getSuppressed()).anyMatch(TriggerException.class::isInstance)) {
			message.append(". The response to an earlier attempt was lost: the batch that it created has no items and "
					+ "runs nothing, unless the key was used before. If it was not, use another key");
		}
		if (!sent.handles().isEmpty()) {
			message.append(". The ")
				.append(sent.handles().size())
				.append(" batch(es) before it run, with the first ")
				.append(sent.items())
				.append(" item(s): do not send those again");
		}
		return message.toString();
	}

	/**
	 * The server does not say which call has used the key. An earlier attempt whose
	 * response was lost is a suppressed failure.
	 */
	private static boolean isKeyUsed(Throwable cause) {
		return cause instanceof UnprocessableEntityException refused
				&& refused.getServerMessage().contains("already been created");
	}

	/**
	 * Return this exception for a batch that is one of several.
	 */
	BatchException after(Sent before) {
		Throwable cause = (getCause() != null) ? getCause() : this;
		Long index = (this.itemIndex != null) ? Long.valueOf(before.items() + this.itemIndex) : null;
		return new BatchException(this.phase, this.batchId, this.itemCount, index, before, cause);
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
	 * @return the number of items; in the phase {@link Phase#SOURCE} the number of those
	 * that the source emitted for it before it failed
	 */
	public int getItemCount() {
		return this.itemCount;
	}

	/**
	 * Return the index of the item that failed.
	 * @return the index, counted from 0 over all items of the call; {@code null} if the
	 * failure is not that of an item
	 */
	public @Nullable Long getItemIndex() {
		return this.itemIndex;
	}

	/**
	 * Return the handles of the batches that the same call created before this one. They
	 * have all of their items, and run.
	 * @return the handles in their order, without public access tokens; empty if there
	 * are none
	 */
	public List<BatchHandle<Object>> getHandles() {
		return this.sent.handles();
	}

	/**
	 * Return how many items are in the batches of {@link #getHandles()}.
	 * @return the number of items, which is the index of the first that was not sent
	 */
	public long getSentItems() {
		return this.sent.items();
	}

	/**
	 * Return whether a rate limit was reached. Its reset is in the cause.
	 * @return {@code true} if the cause is a {@link RateLimitException}
	 */
	public boolean isRateLimited() {
		return getCause() instanceof RateLimitException;
	}

	/**
	 * What the same call sent before.
	 *
	 * @param handles the handles of the batches
	 * @param items how many items are in them
	 */
	record Sent(List<BatchHandle<Object>> handles, long items) implements Serializable {

		static final Sent NOTHING = new Sent(List.of(), 0);

		Sent {
			handles = List.copyOf(handles);
		}

	}

	/**
	 * The steps in which a batch is triggered.
	 */
	public enum Phase {

		/**
		 * Reading the source of the items.
		 */
		SOURCE("the source of its items was read"),

		/**
		 * Writing an item as JSON.
		 */
		ENCODE("its items were written as JSON"),

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
		 * Creating the runs of its items, on the server.
		 */
		RUNS("its runs were created");

		private final String description;

		Phase(String description) {
			this.description = description;
		}

	}

}

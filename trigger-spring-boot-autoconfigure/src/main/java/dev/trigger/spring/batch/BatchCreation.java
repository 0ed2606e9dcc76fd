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

import java.util.Objects;

import dev.trigger.spring.endpoint.TriggerEndpoint;
import dev.trigger.spring.exception.TriggerTimeoutException;
import dev.trigger.spring.exception.UnprocessableEntityException;
import org.jspecify.annotations.Nullable;

/**
 * How far the creation of one batch has come. To the caller its uploads, its creation and
 * its items are one call.
 */
final class BatchCreation {

	private final int itemCount;

	private volatile BatchException.Phase phase = BatchException.Phase.OFFLOAD;

	private volatile @Nullable String batchId;

	private volatile @Nullable Throwable lastFailure;

	BatchCreation(int itemCount) {
		this.itemCount = itemCount;
	}

	void enter(BatchException.Phase phase, @Nullable String batchId) {
		this.phase = phase;
		this.batchId = batchId;
	}

	void attemptFailed(Throwable failure) {
		this.lastFailure = failure;
	}

	/**
	 * Return whether the items are there since an earlier attempt, whose response was
	 * lost or too early.
	 */
	boolean isSealed(UnprocessableEntityException failure) {
		return this.lastFailure != null
				&& TriggerEndpoint.BATCH_STREAM_ITEMS.isAlreadyDone(failure.getStatus(), failure.getServerMessage());
	}

	BatchException failed(Throwable cause) {
		return new BatchException(this.phase, this.batchId, this.itemCount, cause);
	}

	BatchException invalid(ItemEncoder.InvalidItemException item) {
		return new BatchException(BatchException.Phase.ENCODE, null, this.itemCount, (long) item.index(),
				BatchException.Sent.NOTHING, Objects.requireNonNullElse(item.getCause(), item));
	}

	/**
	 * A timeout between two attempts knows of no failure.
	 */
	BatchException timedOut(TriggerTimeoutException failure) {
		Throwable last = this.lastFailure;
		return failed((failure.getCause() != null || last == null) ? failure
				: new TriggerTimeoutException(String.valueOf(failure.getMessage()), failure.getTimeout(), last));
	}

}

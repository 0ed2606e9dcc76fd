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

package dev.trigger.spring.actuate.endpoint;

import java.util.List;

import dev.trigger.spring.outbox.OutboxAdministration;
import dev.trigger.spring.outbox.OutboxEntry;
import dev.trigger.spring.outbox.OutboxStatus;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.OperationResponseBody;
import org.springframework.boot.actuate.endpoint.annotation.DeleteOperation;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;

/**
 * {@link Endpoint @Endpoint} that shows how much there is in the outbox and the triggers
 * that the server refused, and requeues or drops them. It shows no payload.
 *
 * @since 1.0.0
 */
@Endpoint(id = "triggeroutbox")
public class TriggerOutboxEndpoint {

	private static final int DEFAULT_LIMIT = 100;

	private final OutboxAdministration outbox;

	/**
	 * Create an endpoint.
	 * @param outbox the outbox
	 */
	public TriggerOutboxEndpoint(OutboxAdministration outbox) {
		this.outbox = outbox;
	}

	/**
	 * Describe the outbox.
	 * @param limit the largest number of parked triggers, {@code null} for 100
	 * @return the numbers and the parked triggers, the oldest first
	 */
	@ReadOperation
	public OutboxDescriptor outbox(@Nullable Integer limit) {
		return new OutboxDescriptor(this.outbox.status(),
				this.outbox.parked((limit != null) ? Math.max(0, limit) : DEFAULT_LIMIT));
	}

	/**
	 * Send all parked triggers again.
	 * @return the number of triggers
	 */
	@WriteOperation
	public RequeueDescriptor requeueAll() {
		return new RequeueDescriptor(this.outbox.requeueAll());
	}

	/**
	 * Send a parked trigger again.
	 * @param id the id of the trigger
	 * @return the number of triggers, {@code null} if none with this id is parked
	 */
	@WriteOperation
	public @Nullable RequeueDescriptor requeue(@Selector String id) {
		return this.outbox.requeue(id) ? new RequeueDescriptor(1) : null;
	}

	/**
	 * Delete a parked trigger, which is never sent.
	 * @param id the id of the trigger
	 * @return the number of triggers, {@code null} if none with this id was parked
	 */
	@DeleteOperation
	public @Nullable DropDescriptor drop(@Selector String id) {
		return this.outbox.drop(id) ? new DropDescriptor(1) : null;
	}

	/**
	 * The outbox.
	 *
	 * @param status the numbers
	 * @param parked the triggers that the server refused
	 */
	public record OutboxDescriptor(OutboxStatus status, List<OutboxEntry> parked) implements OperationResponseBody {

	}

	/**
	 * What was requeued.
	 *
	 * @param requeued the number of triggers
	 */
	public record RequeueDescriptor(int requeued) implements OperationResponseBody {

	}

	/**
	 * What was dropped.
	 *
	 * @param dropped the number of triggers
	 */
	public record DropDescriptor(int dropped) implements OperationResponseBody {

	}

}

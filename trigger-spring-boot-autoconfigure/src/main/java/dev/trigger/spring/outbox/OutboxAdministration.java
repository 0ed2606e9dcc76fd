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

package dev.trigger.spring.outbox;

import java.util.List;

/**
 * Shows what is in the outbox, and deals with triggers that the server refused.
 *
 * @since 1.0.0
 */
public interface OutboxAdministration {

	/**
	 * Count what is in the outbox.
	 * @return the numbers
	 */
	OutboxStatus status();

	/**
	 * Return the triggers that the server refused, the oldest first.
	 * @param limit the largest number of them
	 * @return the triggers
	 */
	List<OutboxEntry> parked(int limit);

	/**
	 * Send a parked trigger again, once the reason for its refusal is removed.
	 * @param id the id of the trigger
	 * @return whether there was a parked trigger with this id
	 */
	boolean requeue(String id);

	/**
	 * Send all parked triggers again.
	 * @return the number of triggers
	 */
	int requeueAll();

	/**
	 * Delete a parked trigger, which is never sent.
	 * @param id the id of the trigger
	 * @return whether there was a parked trigger with this id
	 */
	boolean drop(String id);

}

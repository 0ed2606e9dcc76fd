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

import java.time.Duration;

/**
 * Receives the outcome of each trigger that this instance sends. It must not block.
 *
 * @since 1.0.0
 */
public interface OutboxListener {

	/**
	 * Called when there is a run, and the outbox has saved its id.
	 * @param id the id of the trigger
	 * @param runId the id of the run
	 * @param adopted whether the run was there already, created by an attempt whose
	 * response was lost
	 * @param age the time since the trigger was written
	 */
	default void onSent(String id, String runId, boolean adopted, Duration age) {
	}

	/**
	 * Called when an attempt failed, and another one follows.
	 * @param id the id of the trigger
	 * @param failure the failure
	 */
	default void onRetry(String id, Throwable failure) {
	}

	/**
	 * Called when the server refused the trigger, which is parked until it is sent again
	 * or deleted by hand.
	 * @param id the id of the trigger
	 * @param failure the failure
	 */
	default void onParked(String id, Throwable failure) {
	}

}

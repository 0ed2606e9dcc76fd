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

package dev.trigger.spring.http;

/**
 * Listener to what happens while a call is made, such as retries and waits. It is called
 * on the thread of the call, so it must not block. What it throws is logged, and changes
 * nothing.
 *
 * @since 1.0.0
 */
public interface TriggerCallListener {

	/**
	 * Called before another attempt of a call.
	 * @param call the call
	 * @param failure how the previous attempt failed
	 */
	default void onRetry(TriggerCall call, Throwable failure) {
	}

	/**
	 * Called when an attempt has to wait because the rate limit of its credential is used
	 * up.
	 * @param call the call
	 */
	default void onRateLimitWait(TriggerCall call) {
	}

	/**
	 * Called when a call gets a random idempotency key because its caller provided none.
	 * @param call the call
	 */
	default void onAutoIdempotency(TriggerCall call) {
	}

	/**
	 * Called when a call failed for good, after all of its attempts.
	 * @param call the call
	 * @param failure how it failed
	 */
	default void onFailure(TriggerCall call, Throwable failure) {
	}

	/**
	 * Called when a run was triggered, or found by its idempotency key. Not called for
	 * the items of batches, since the server does not report which runs they became.
	 * @param client the name of the client
	 * @param taskIdentifier the identifier of the task
	 * @param runId the id of the run
	 */
	default void onTriggered(String client, String taskIdentifier, String runId) {
	}

}

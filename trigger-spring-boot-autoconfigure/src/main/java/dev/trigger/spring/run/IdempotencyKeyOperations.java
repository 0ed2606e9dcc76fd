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

package dev.trigger.spring.run;

import dev.trigger.spring.http.TriggerHttp;
import dev.trigger.spring.options.IdempotencyKey;
import reactor.core.publisher.Mono;

/**
 * Resets idempotency keys. Takes a secret key or a public access token.
 *
 * @since 1.0.0
 */
public interface IdempotencyKeyOperations {

	/**
	 * Forget a key, so that triggering the task with it creates a new run. Resetting a
	 * key that does not exist fails with 404.
	 * <p>
	 * {@code POST /api/v1/idempotencyKeys/{key}/reset}
	 * @param taskIdentifier the identifier of the task that was triggered
	 * @param key the key that it was triggered with. A key of 64 characters may be a
	 * hash: it is first tried as it is, then hashed
	 * @return completes when the key is forgotten
	 */
	Mono<Void> reset(String taskIdentifier, IdempotencyKey key);

	/**
	 * Forget a key, so that triggering the task with it creates a new run.
	 * @param taskIdentifier the identifier of the task that was triggered
	 * @param parts the parts of the key that it was triggered with, such as
	 * {@code "welcome", userId}
	 * @return completes when the key is forgotten
	 * @throws IllegalArgumentException if a part is {@code null} or empty
	 * @see #reset(String, IdempotencyKey)
	 */
	default Mono<Void> reset(String taskIdentifier, String... parts) {
		return reset(taskIdentifier, IdempotencyKey.of(parts));
	}

	/**
	 * Create the operations on a client. Applications get them from
	 * {@code TriggerOperations} instead.
	 * @param http the transport
	 * @return the operations
	 * @hidden shared by the packages of the client, not an API for applications
	 */
	static IdempotencyKeyOperations create(TriggerHttp http) {
		return new DefaultIdempotencyKeyOperations(http);
	}

}

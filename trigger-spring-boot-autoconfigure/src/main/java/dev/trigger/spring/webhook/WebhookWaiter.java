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

package dev.trigger.spring.webhook;

import java.io.Serializable;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * A waiter for one webhook delivery.
 *
 * @param id the id, {@code waitpoint_…}, with which a task waits
 * @param url the URL of the waiter in the dashboard
 * @param expiresAt when it stops waiting
 * @param isCached whether it already existed, found by its idempotency key
 * @since 1.0.0
 */
public record WebhookWaiter(String id, @Nullable String url, @Nullable Instant expiresAt,
		boolean isCached) implements Serializable {

}

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

import java.io.Serializable;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * A trigger in the outbox, without its payload.
 *
 * @param id the id
 * @param task the identifier of the task
 * @param client the name of the client that sends it
 * @param orderingKey what it has in common with those that are sent in order,
 * {@code null} for none
 * @param state what became of it
 * @param createdAt when it was written, by the clock of the database
 * @param dueAt when it is sent next, or deleted once it is sent
 * @param attempts how often it was taken to be sent
 * @param runId the id of the run, {@code null} as long as there is none
 * @param lastError why the last attempt failed, {@code null} if none has
 * @since 1.0.0
 */
public record OutboxEntry(String id, String task, String client, @Nullable String orderingKey, OutboxState state,
		Instant createdAt, Instant dueAt, int attempts, @Nullable String runId,
		@Nullable String lastError) implements Serializable {

	private static final String TAG = "outbox:";

	static String tag(String id) {
		return TAG + id;
	}

}

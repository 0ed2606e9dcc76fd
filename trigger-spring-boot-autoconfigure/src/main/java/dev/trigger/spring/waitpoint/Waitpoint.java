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

package dev.trigger.spring.waitpoint;

import java.io.Serializable;
import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A waitpoint token, which runs wait for.
 *
 * @param id the id, {@code waitpoint_…}
 * @param url where it can be completed without a credential
 * @param status the state of the token
 * @param completedAt when it was completed
 * @param timeoutAt when it times out
 * @param idempotencyKey the key that it was created with
 * @param idempotencyKeyExpiresAt when that key is forgotten
 * @param tags the tags
 * @param createdAt when it was created
 * @param output what it was completed with
 * @param outputIsError whether the output is an error, as after a timeout
 * @since 1.0.0
 */
public record Waitpoint(String id, @Nullable String url, @Nullable WaitpointStatus status,
		@Nullable Instant completedAt, @Nullable Instant timeoutAt, @Nullable String idempotencyKey,
		@Nullable Instant idempotencyKeyExpiresAt, List<String> tags, @Nullable Instant createdAt,
		@Nullable JsonNode output, @Nullable Boolean outputIsError) implements Serializable {

	/**
	 * Create a waitpoint.
	 */
	public Waitpoint {
		tags = (tags != null) ? List.copyOf(tags) : List.of();
	}

	/**
	 * Return the token without its URL, which is a secret of its own.
	 */
	@Override
	public String toString() {
		return "Waitpoint[id=" + this.id + ", status=" + this.status + "]";
	}

}

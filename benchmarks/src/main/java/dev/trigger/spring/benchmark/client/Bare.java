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

package dev.trigger.spring.benchmark.client;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The types that a user writes for the calls, with what the responses hold.
 */
final class Bare {

	private Bare() {
	}

	record Run(String id, String status, String taskIdentifier, @Nullable String idempotencyKey,
			@Nullable String version, boolean isQueued, boolean isExecuting, boolean isWaiting, boolean isCompleted,
			boolean isSuccess, boolean isFailed, boolean isCancelled, boolean isTest, @Nullable Instant createdAt,
			@Nullable Instant updatedAt, @Nullable Instant startedAt, @Nullable Instant finishedAt,
			@Nullable Instant delayedUntil, @Nullable String ttl, @Nullable Instant expiredAt, List<String> tags,
			@Nullable BigDecimal costInCents, @Nullable BigDecimal baseCostInCents, @Nullable BigDecimal durationMs,
			@Nullable JsonNode metadata, @Nullable String taskKind, @Nullable String region, @Nullable Integer depth,
			@Nullable String triggerFunction, @Nullable String batchId, @Nullable JsonNode payload,
			@Nullable JsonNode output, @Nullable JsonNode error, @Nullable JsonNode schedule,
			@Nullable Related relatedRuns, @Nullable Integer attemptCount) {

	}

	record Related(@Nullable Summary root, @Nullable Summary parent, List<Summary> children) {

	}

	record Summary(String id, String status, String taskIdentifier, @Nullable String idempotencyKey,
			@Nullable String version, boolean isQueued, boolean isExecuting, boolean isWaiting, boolean isCompleted,
			boolean isSuccess, boolean isFailed, boolean isCancelled, boolean isTest, @Nullable Instant createdAt,
			@Nullable Instant updatedAt, @Nullable Instant startedAt, @Nullable Instant finishedAt,
			@Nullable Instant delayedUntil, @Nullable String ttl, @Nullable Instant expiredAt, List<String> tags,
			@Nullable BigDecimal costInCents, @Nullable BigDecimal baseCostInCents, @Nullable BigDecimal durationMs,
			@Nullable JsonNode metadata, @Nullable String taskKind, @Nullable String region,
			@Nullable Environment env) {

	}

	record Environment(@Nullable String id, @Nullable String name, @Nullable String user) {

	}

	record Page(List<Summary> data, Pagination pagination) {

	}

	record Pagination(@Nullable String next, @Nullable String previous) {

	}

	record Trigger(Welcome payload, Options options) {

		static Trigger of(Welcome payload) {
			return new Trigger(payload, Options.withKey());
		}

	}

	record Options(String payloadType, @Nullable String idempotencyKey) {

		static Options withKey() {
			return new Options("application/json", UUID.randomUUID().toString());
		}

	}

	record Triggered(String id, boolean isCached) {

	}

	record Create(int runCount) {

	}

	record Created(String id, int runCount, boolean isCached) {

	}

	record Item(int index, String task, Welcome payload, Options options) {

		private static final Options OPTIONS = new Options("application/json", null);

		static Item of(int index) {
			return new Item(index, "send-welcome", Welcome.of(index), OPTIONS);
		}

	}

	record Streamed(String id, int itemsAccepted, int itemsDeduplicated, boolean sealed) {

	}

}

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

package dev.trigger.spring.test.testcontainers;

import java.io.Serializable;
import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A run of the emulator in a container, as it was when it was read.
 *
 * @param id the identifier, {@code run_} and 25 characters
 * @param task the identifier of the task
 * @param environment {@code dev}, {@code stg}, {@code preview} or {@code prod}
 * @param branch the branch of the environment, {@code null} outside a branch
 * @param status the status, such as {@code EXECUTING}
 * @param finished whether the run is over
 * @param statuses all statuses that the run went through, the current one last
 * @param payload the payload, {@code null} when there is none
 * @param options the options as they were sent
 * @param output the output, {@code null} when there is none (yet)
 * @param error the error with its {@code message}, {@code null} when the run has not
 * failed
 * @param metadata the metadata
 * @param tags the tags in the order in which they were set
 * @param attempts the number of attempts so far
 * @param idempotencyKey the idempotency key as it was sent, {@code null} when there is
 * none
 * @param createdAt when the run was triggered, on the clock of the emulator
 * @since 1.0.0
 */
public record ContainerRun(String id, String task, String environment, @Nullable String branch, String status,
		boolean finished, List<String> statuses, @Nullable JsonNode payload, JsonNode options,
		@Nullable JsonNode output, @Nullable JsonNode error, JsonNode metadata, List<String> tags, int attempts,
		@Nullable String idempotencyKey, Instant createdAt) implements Serializable {

}

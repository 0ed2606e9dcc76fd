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

package dev.trigger.spring.project;

import java.io.Serializable;
import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A worker: one version of the tasks of a project, as it was deployed or is run in dev.
 *
 * @param id the id, {@code worker_…}
 * @param version the version, such as {@code 20261126.3}
 * @param engine the engine that executes its runs, such as {@code V2}
 * @param sdkVersion the version of the SDK that the tasks are written with
 * @param cliVersion the version of the tool that built it
 * @param tasks its tasks
 * @since 1.0.0
 */
public record DeployedWorker(String id, @Nullable String version, @Nullable String engine, @Nullable String sdkVersion,
		@Nullable String cliVersion, List<Task> tasks) implements Serializable {

	/**
	 * Create a worker.
	 */
	public DeployedWorker {
		tasks = (tasks != null) ? List.copyOf(tasks) : List.of();
	}

	/**
	 * A task of a worker.
	 *
	 * @param id the id, {@code task_…}
	 * @param slug the identifier with which the task is triggered
	 * @param filePath the file that declares it
	 * @param triggerSource what triggers it, such as {@code STANDARD} or
	 * {@code SCHEDULED}
	 * @param createdAt when it was created
	 * @param payloadSchema the JSON schema (draft-07) of its payload, {@code null} if it
	 * declares none
	 * @param queueConfig how its queue is configured, {@code null} if it is not
	 */
	public record Task(@Nullable String id, String slug, @Nullable String filePath, @Nullable String triggerSource,
			@Nullable Instant createdAt, @Nullable JsonNode payloadSchema,
			@Nullable JsonNode queueConfig) implements Serializable {

	}

	/**
	 * The response that holds a worker.
	 *
	 * @param worker the worker
	 */
	record Response(DeployedWorker worker) {

	}

}

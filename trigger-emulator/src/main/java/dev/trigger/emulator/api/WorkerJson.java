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

package dev.trigger.emulator.api;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;

import dev.trigger.emulator.http.JsonBody;
import dev.trigger.emulator.state.Deployment;
import dev.trigger.emulator.state.EmulatorState;
import dev.trigger.emulator.state.Environment;
import dev.trigger.emulator.state.TaskDefinition;
import dev.trigger.emulator.state.Tokens;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * JSON of the worker that executes tasks.
 */
final class WorkerJson {

	private static final String TOOLS = "4.5.12";

	private WorkerJson() {
	}

	static JsonBody json(EmulatorState state, Deployment deployment) {
		String version = deployment.version();
		JsonNode built = deployment.builtWorker();
		if (built != null) {
			return JsonBody.of("id", id(version))
				.with("version", version)
				.with("tasks", built.path("tasks").valueStream().map(WorkerJson::built).toList());
		}
		return JsonBody.of("id", id(version))
			.with("version", version)
			.with("tasks",
					state.deployedTasks()
						.stream()
						.map((task) -> JsonBody.of("id", task.id())
							.with("slug", task.id())
							.with("filePath", "src/trigger/tasks.ts")
							.with("exportName", task.id()))
						.toList());
	}

	private static JsonBody built(JsonNode task) {
		String slug = task.path("id").asString();
		return JsonBody.of("id", slug)
			.with("slug", slug)
			.with("filePath", task.path("filePath"))
			.with("exportName", task.path("exportName").asString("@deprecated"));
	}

	static JsonBody details(EmulatorState state, Environment environment, String version) {
		Instant createdAt = createdAt(environment, version);
		return JsonBody.of("id", id(version))
			.with("version", version)
			.with("cliVersion", TOOLS)
			.with("sdkVersion", TOOLS)
			.with("contentHash", Tokens.hash("content", version).substring(0, 16))
			.with("createdAt", createdAt)
			.with("updatedAt", createdAt)
			.with("tasks", tasks(state))
			.with("files", List.of());
	}

	/**
	 * Return the worker of a tag, with the schemas of the payloads.
	 */
	static JsonBody tagged(EmulatorState state, Environment environment, String version) {
		Instant createdAt = createdAt(environment, version);
		return JsonBody.of("id", id(version))
			.with("version", version)
			.with("engine", "V2")
			.with("sdkVersion", TOOLS)
			.with("cliVersion", TOOLS)
			.with("tasks",
					state.deployedTasks()
						.stream()
						.sorted(Comparator.comparing(TaskDefinition::id))
						.map((task) -> JsonBody.of("id", "task_" + Tokens.hash("task", task.id()).substring(0, 21))
							.with("slug", task.id())
							.with("filePath", "src/trigger/tasks.ts")
							.with("triggerSource", task.scheduled() ? "SCHEDULED" : "STANDARD")
							.with("createdAt", createdAt)
							.with("payloadSchema", task.payloadSchema())
							.with("queueConfig", queue(task)))
						.toList());
	}

	/**
	 * Return when a version came to be: with its deployment, or with the environment.
	 */
	private static Instant createdAt(Environment environment, String version) {
		return environment.all(Deployment.class)
			.values()
			.stream()
			.filter((deployment) -> deployment.version().equals(version))
			.map(Deployment::createdAt)
			.findFirst()
			.orElse(environment.createdAt());
	}

	private static @Nullable JsonBody queue(TaskDefinition task) {
		if (task.concurrencyLimit() == null && task.queueName() == null) {
			return null;
		}
		return new JsonBody().maybe("name", task.queueName()).maybe("concurrencyLimit", task.concurrencyLimit());
	}

	private static List<JsonBody> tasks(EmulatorState state) {
		return state.deployedTasks().stream().map(WorkerJson::task).toList();
	}

	private static JsonBody task(TaskDefinition task) {
		return JsonBody.of("id", task.id())
			.with("exportName", task.id())
			.with("filePath", "src/trigger/tasks.ts")
			.with("source", task.scheduled() ? "SCHEDULED" : "STANDARD")
			.with("retryConfig",
					JsonBody.of("factor", 2)
						.with("randomize", true)
						.with("maxAttempts", task.maxAttempts())
						.with("maxTimeoutInMs", 10_000)
						.with("minTimeoutInMs", 1000))
			.with("queueConfig", queue(task));
	}

	static String id(String version) {
		return "worker_" + Tokens.hash("worker", version).substring(0, 25);
	}

}

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

package dev.trigger.spring.test.api;

import java.util.List;

import dev.trigger.spring.test.http.JsonBody;
import dev.trigger.spring.test.state.TaskDefinition;
import dev.trigger.spring.test.state.Tokens;
import dev.trigger.spring.test.state.World;

/**
 * The worker that executes tasks, as the server tells it.
 */
final class Workers {

	private static final String TOOLS = "4.5.12";

	private Workers() {
	}

	static JsonBody json(World world, String version) {
		return JsonBody.of("id", id(version))
			.with("version", version)
			.with("tasks",
					world.tasks()
						.values()
						.stream()
						.map((task) -> JsonBody.of("id", task.id())
							.with("slug", task.id())
							.with("filePath", "src/trigger/tasks.ts")
							.with("exportName", task.id()))
						.toList());
	}

	static JsonBody details(World world, String version) {
		return JsonBody.of("id", id(version))
			.with("version", version)
			.with("cliVersion", TOOLS)
			.with("sdkVersion", TOOLS)
			.with("contentHash", Tokens.hash("content", version).substring(0, 16))
			.with("createdAt", world.now())
			.with("updatedAt", world.now())
			.with("tasks", tasks(world))
			.with("files", List.of());
	}

	private static List<JsonBody> tasks(World world) {
		return world.tasks().values().stream().map(Workers::task).toList();
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
			.with("queueConfig", null);
	}

	private static String id(String version) {
		return "worker_" + Tokens.hash("worker", version).substring(0, 25);
	}

}

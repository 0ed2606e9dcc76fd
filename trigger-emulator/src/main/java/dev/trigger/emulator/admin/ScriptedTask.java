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

package dev.trigger.emulator.admin;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import dev.trigger.emulator.http.Json;
import dev.trigger.emulator.state.EmulatorState;
import dev.trigger.emulator.state.Payloads;
import dev.trigger.emulator.state.TaskDefinition;
import dev.trigger.emulator.state.TaskRun;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A task that is described by JSON: steps to take, then an output or a failure.
 */
final class ScriptedTask {

	private static final Set<String> MEMBERS = Set.of("output", "fail", "steps", "scheduled", "queued", "deployed",
			"maxAttempts", "retryDelay", "concurrencyLimit", "payloadSchema");

	private static final Set<String> FAIL_MEMBERS = Set.of("message", "attempts");

	private static final int MAX_ATTEMPTS = 3;

	private final String id;

	private final JsonNode json;

	private final List<ScriptStep> steps;

	private final boolean scheduled;

	private final boolean queued;

	private final boolean deployed;

	private final int maxAttempts;

	private final Duration retryDelay;

	private final @Nullable Integer concurrencyLimit;

	private final @Nullable JsonNode payloadSchema;

	private final @Nullable String failure;

	private final int failures;

	private ScriptedTask(String id, JsonNode json) {
		JsonInput input = new JsonInput(id, json, MEMBERS);
		this.id = id;
		this.json = json;
		this.steps = new ArrayList<>();
		JsonNode steps = input.value("steps");
		if (!steps.isMissingNode() && !steps.isArray()) {
			throw new IllegalArgumentException("'" + id + ".steps' must be an array");
		}
		for (JsonNode step : steps) {
			this.steps.add(ScriptStep.read(id + ".steps[" + this.steps.size() + "]", step));
		}
		this.scheduled = input.flag("scheduled", false);
		this.queued = input.flag("queued", false);
		this.deployed = input.flag("deployed", true);
		this.maxAttempts = input.number("maxAttempts", MAX_ATTEMPTS, 1, 100);
		this.retryDelay = input.duration("retryDelay", Duration.ZERO);
		this.concurrencyLimit = input.number("concurrencyLimit", 1, 100_000);
		JsonNode schema = input.value("payloadSchema");
		if (!schema.isMissingNode() && !schema.isObject()) {
			throw new IllegalArgumentException("'" + id + ".payloadSchema' must be a JSON schema, which is an object");
		}
		this.payloadSchema = schema.isObject() ? schema : null;
		JsonNode fail = input.value("fail");
		if (fail.isObject()) {
			JsonInput failInput = new JsonInput(id + ".fail", fail, FAIL_MEMBERS);
			this.failure = failInput.text("message", "Failed as described");
			this.failures = failInput.number("attempts", Integer.MAX_VALUE, 1, Integer.MAX_VALUE);
		}
		else {
			this.failure = fail.isMissingNode() ? null : input.text("fail", "");
			this.failures = Integer.MAX_VALUE;
		}
	}

	/**
	 * Read a task.
	 * @param id its identifier
	 * @param json what it does: an object, or one of the texts {@code echo},
	 * {@code queued} and {@code undeployed}
	 * @return the task
	 * @throws IllegalArgumentException naming what is wrong
	 */
	static ScriptedTask read(String id, JsonNode json) {
		if (id.isBlank() || id.length() > 128) {
			throw new IllegalArgumentException("The identifier of a task must have 1 to 128 characters");
		}
		if (json.isString()) {
			return switch (json.asString()) {
				case "echo" -> new ScriptedTask(id, Json.object());
				case "queued" -> new ScriptedTask(id, Json.object().put("queued", true));
				case "undeployed" -> new ScriptedTask(id, Json.object().put("deployed", false));
				default -> throw new IllegalArgumentException(
						"'" + id + "' must be an object, \"echo\", \"queued\" or \"undeployed\", not " + json);
			};
		}
		return new ScriptedTask(id, json);
	}

	String id() {
		return this.id;
	}

	JsonNode json() {
		return this.json;
	}

	TaskDefinition definition(EmulatorState state) {
		if (!this.deployed) {
			return TaskDefinition.undeployed(this.id);
		}
		return new TaskDefinition(this.id, this.queued ? null : (run, payload, attempt) -> execute(state, run, attempt),
				this.scheduled, this.maxAttempts, this.retryDelay, this.concurrencyLimit, null, this.payloadSchema);
	}

	private @Nullable JsonNode execute(EmulatorState state, TaskRun run, int attempt) throws Exception {
		JsonNode values = values(state, run, attempt);
		for (ScriptStep step : this.steps) {
			step.execute(state, run, values);
		}
		if (this.failure != null && attempt <= this.failures) {
			throw new ScriptedFailure(Template.text(this.failure, values));
		}
		JsonNode output = this.json.get("output");
		if (output != null) {
			return Template.fill(output, values);
		}
		JsonNode payload = values.get("payload");
		return payload.isNull() ? null : payload;
	}

	private static JsonNode values(EmulatorState state, TaskRun run, int attempt) {
		synchronized (state) {
			ObjectNode values = Json.object();
			JsonNode payload = Payloads.decode(run, state.packets());
			values.set("payload", (payload != null) ? payload : Json.tree(null));
			values.set("run",
					Json.object()
						.put("id", run.id())
						.put("task", run.taskId())
						.put("attempt", attempt)
						.put("environment", run.environment().kind().slug())
						.put("branch", run.environment().branchName())
						.set("tags", Json.tree(run.tags())));
			return values;
		}
	}

	/**
	 * The failure that a task was told to end with.
	 */
	static final class ScriptedFailure extends Exception {

		private static final long serialVersionUID = 1L;

		ScriptedFailure(String message) {
			super(message, null, false, false);
		}

	}

}

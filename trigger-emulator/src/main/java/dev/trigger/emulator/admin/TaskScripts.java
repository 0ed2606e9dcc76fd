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

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.trigger.emulator.http.Json;
import dev.trigger.emulator.http.JsonBody;
import dev.trigger.emulator.state.EmulatorState;
import dev.trigger.emulator.state.TaskDefinition;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * The tasks of an emulator that are described by JSON.
 *
 * @since 1.0.0
 */
public final class TaskScripts {

	private final EmulatorState state;

	private final Map<String, ScriptedTask> scripts = new LinkedHashMap<>();

	/**
	 * Create scripts.
	 * @param state the world
	 */
	public TaskScripts(EmulatorState state) {
		this.state = state;
	}

	/**
	 * Register the tasks of a file, all or none of them.
	 * @param json the text of the file: an object with one member {@code tasks}, an
	 * object of tasks by identifier
	 * @throws IllegalArgumentException naming what is wrong
	 */
	public void register(String json) {
		JsonNode tree;
		try {
			tree = Json.mapper().readTree(json);
		}
		catch (JacksonException ex) {
			var location = ex.getLocation();
			throw new IllegalArgumentException(
					"Not JSON"
							+ ((location != null)
									? " at line " + location.getLineNr() + ", column " + location.getColumnNr() : "")
							+ ": " + ex.getOriginalMessage());
		}
		registerAll(tree);
	}

	void registerAll(JsonNode file) {
		new JsonInput("file", file, Set.of("tasks"));
		JsonNode tasks = file.path("tasks");
		if (!tasks.isObject()) {
			throw new IllegalArgumentException("'tasks' must be an object of tasks by identifier");
		}
		List<ScriptedTask> read = new ArrayList<>();
		tasks.properties().forEach((task) -> read.add(ScriptedTask.read(task.getKey(), task.getValue())));
		read.forEach(this::register);
	}

	void register(String id, JsonNode json) {
		register(ScriptedTask.read(id, json));
	}

	List<JsonBody> list() {
		synchronized (this.state) {
			return this.state.tasks().values().stream().map(this::json).toList();
		}
	}

	private void register(ScriptedTask task) {
		synchronized (this.state) {
			this.scripts.put(task.id(), task);
			this.state.register(task.definition(this.state));
		}
	}

	private JsonBody json(TaskDefinition task) {
		ScriptedTask script = this.scripts.get(task.id());
		return JsonBody.of("id", task.id())
			.with("scheduled", task.scheduled())
			.with("executes", task.body() != null)
			.with("deployed", task.deployed())
			.with("maxAttempts", task.maxAttempts())
			.with("concurrencyLimit", task.concurrencyLimit())
			.with("script", (script != null) ? script.json() : null);
	}

}

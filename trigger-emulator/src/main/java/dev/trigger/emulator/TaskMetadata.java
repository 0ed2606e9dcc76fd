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

package dev.trigger.emulator;

import java.util.LinkedHashMap;
import java.util.Map;

import dev.trigger.emulator.http.Json;
import dev.trigger.emulator.state.EmulatorState;
import dev.trigger.emulator.state.RunMetadata;
import dev.trigger.emulator.state.TaskRun;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The metadata of a run, for the task that executes it. Every change is visible at once
 * to all who read or follow the run.
 *
 * @since 1.0.0
 */
public final class TaskMetadata {

	private final EmulatorState state;

	private final TaskRun run;

	TaskMetadata(EmulatorState state, TaskRun run) {
		this.state = state;
		this.run = run;
	}

	/**
	 * Return an entry.
	 * @param name the name of the entry
	 * @return its value, or {@code null} if there is none
	 */
	public @Nullable Object get(String name) {
		return toMap().get(name);
	}

	/**
	 * Return an entry as an object.
	 * @param <T> the type
	 * @param name the name of the entry
	 * @param type the type
	 * @return its value, or {@code null} if there is none
	 */
	public <T> @Nullable T get(String name, Class<T> type) {
		synchronized (this.state) {
			JsonNode value = this.run.metadata().path(name);
			return (value.isMissingNode() || value.isNull()) ? null : this.state.types().read(value, type);
		}
	}

	/**
	 * Return all entries.
	 * @return a copy
	 */
	public Map<String, @Nullable Object> toMap() {
		synchronized (this.state) {
			if (!this.run.metadata().isObject()) {
				return new LinkedHashMap<>();
			}
			return Json.mapper().convertValue(this.run.metadata(), new TypeReference<>() {
			});
		}
	}

	/**
	 * Set an entry.
	 * @param name the name of the entry
	 * @param value its value, which becomes JSON
	 * @return this metadata
	 */
	public TaskMetadata set(String name, @Nullable Object value) {
		return change("set", name, value);
	}

	/**
	 * Set several entries at once, so that nobody sees one without the others.
	 * @param entries the entries
	 * @return this metadata
	 */
	public TaskMetadata update(Map<String, ?> entries) {
		RunMetadata.merge(this.state, this.run, (ObjectNode) this.state.types().tree(entries));
		return this;
	}

	/**
	 * Add to a number.
	 * @param name the name of the entry; one that is not there counts as 0
	 * @param by what to add, negative to subtract
	 * @return this metadata
	 */
	public TaskMetadata increment(String name, double by) {
		return change("increment", name, by);
	}

	/**
	 * Add a value to the end of a list.
	 * @param name the name of the entry, which becomes a list if it is none
	 * @param value the value, which becomes JSON
	 * @return this metadata
	 */
	public TaskMetadata append(String name, @Nullable Object value) {
		return change("append", name, value);
	}

	/**
	 * Remove a value from a list, everywhere where it occurs.
	 * @param name the name of the entry
	 * @param value the value
	 * @return this metadata
	 */
	public TaskMetadata remove(String name, @Nullable Object value) {
		return change("remove", name, value);
	}

	/**
	 * Delete an entry.
	 * @param name the name of the entry
	 * @return this metadata
	 */
	public TaskMetadata delete(String name) {
		return change("delete", name, null);
	}

	/**
	 * Return the metadata of the run that triggered this one.
	 * @return its metadata, or {@code null} if no run did
	 */
	public @Nullable TaskMetadata parent() {
		TaskRun parent = this.run.parent();
		return (parent != null) ? new TaskMetadata(this.state, parent) : null;
	}

	/**
	 * Return the metadata of the run at the top of the family.
	 * @return its metadata, this one if no run triggered this one
	 */
	public TaskMetadata root() {
		TaskMetadata parent = parent();
		return (parent != null) ? parent.root() : this;
	}

	private TaskMetadata change(String type, String name, @Nullable Object value) {
		RunMetadata.change(this.state, this.run, type, name, this.state.types().tree(value));
		return this;
	}

	@Override
	public String toString() {
		return toMap().toString();
	}

}

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
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

import dev.trigger.emulator.http.Json;
import dev.trigger.emulator.state.EmulatorState;
import dev.trigger.emulator.state.TaskRun;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;

/**
 * {@link TaskContext} of a run.
 */
final class RunTaskContext implements TaskContext {

	private final EmulatorState state;

	private final TaskRun run;

	private final int attempt;

	RunTaskContext(EmulatorState state, TaskRun run, int attempt) {
		this.state = state;
		this.run = run;
		this.attempt = attempt;
	}

	@Override
	public String runId() {
		return this.run.id();
	}

	@Override
	public int attempt() {
		return this.attempt;
	}

	@Override
	public String environment() {
		return this.run.environment().kind().slug();
	}

	@Override
	public @Nullable String branch() {
		return this.run.environment().branchName();
	}

	@Override
	public Set<String> tags() {
		synchronized (this.state) {
			return new LinkedHashSet<>(this.run.tags());
		}
	}

	@Override
	public Map<String, @Nullable Object> metadata() {
		synchronized (this.state) {
			if (!this.run.metadata().isObject()) {
				return new LinkedHashMap<>();
			}
			return Json.mapper().convertValue(this.run.metadata(), new TypeReference<>() {
			});
		}
	}

	@Override
	public void setMetadata(String name, @Nullable Object value) {
		synchronized (this.state) {
			this.run.putMetadata(name, Json.tree(value), this.state.now());
			this.state.changed();
		}
	}

	@Override
	public Map<String, String> environmentVariables() {
		Map<String, String> variables = new LinkedHashMap<>();
		synchronized (this.state) {
			this.run.environment()
				.effectiveVariables()
				.values()
				.forEach((variable) -> variables.put(variable.name(), variable.value()));
		}
		return variables;
	}

}

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

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeoutException;

import dev.trigger.emulator.http.Json;
import dev.trigger.emulator.state.EmulatorState;
import dev.trigger.emulator.state.Payloads;
import dev.trigger.emulator.state.RunError;
import dev.trigger.emulator.state.RunNote;
import dev.trigger.emulator.state.RunStatus;
import dev.trigger.emulator.state.RunWaits;
import dev.trigger.emulator.state.TaskRun;
import dev.trigger.emulator.state.TriggerCommand;
import dev.trigger.emulator.state.Waitpoint;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * {@link TaskContext} of a run.
 */
final class RunTaskContext implements TaskContext {

	private final EmulatorState state;

	private final TaskRun run;

	private final int attempt;

	private final Map<String, TaskInput> inputs = new ConcurrentHashMap<>();

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
	public TaskMetadata metadata() {
		return new TaskMetadata(this.state, this.run);
	}

	@Override
	public TaskStream stream(String key) {
		return new TaskStream(this.state, this.run, key);
	}

	@Override
	public TaskInput input(String key) {
		return this.inputs.computeIfAbsent(key, (name) -> new TaskInput(this.state, this.run, name));
	}

	@Override
	public String createToken(@Nullable Duration timeout) {
		return RunWaits.token(this.state, this.run.environment(), timeout).id();
	}

	@Override
	public <T> @Nullable T waitFor(String tokenId, Class<T> outputType) throws InterruptedException, TimeoutException {
		Waitpoint token;
		synchronized (this.state) {
			token = this.run.environment().find(Waitpoint.class, tokenId);
		}
		if (token == null) {
			throw new IllegalArgumentException("'tokenId' must be the identifier of a waitpoint token in the"
					+ " environment of the run, not " + tokenId);
		}
		RunNote wait = begin("wait.forToken()", tokenId);
		try {
			RunWaits.await(this.state, this.run, () -> token.completedAt() != null, null);
		}
		finally {
			end(wait, token.isTimedOut());
		}
		if (token.isTimedOut()) {
			throw new TimeoutException("The waitpoint token " + tokenId + " timed out");
		}
		String output = token.output();
		if (output == null) {
			return null;
		}
		JsonNode value = read(output, token.outputType());
		return (value == null || value.isNull()) ? null : this.state.types().read(value, outputType);
	}

	private @Nullable JsonNode read(String output, String type) {
		if (type.equals(Payloads.STORE)) {
			return Payloads.read(this.state.packets().get(this.run.environment(), output));
		}
		JsonNode parsed = type.startsWith("text/plain") ? null : Json.parse(output);
		return (parsed != null) ? TriggerCommand.unwrap(parsed, type) : Json.tree(output);
	}

	@Override
	public void waitFor(Duration time) throws InterruptedException {
		Instant until = this.state.now().plus(time);
		RunNote wait = begin("wait.for()", Json.instant(until));
		try {
			RunWaits.await(this.state, this.run, () -> false, until);
		}
		finally {
			end(wait, false);
		}
	}

	private RunNote begin(String message, String subject) {
		synchronized (this.state) {
			RunNote wait = RunNote.wait(message, this.attempt, subject, this.state.now());
			this.run.addNote(wait);
			return wait;
		}
	}

	/**
	 * End a wait, unless the run was canceled meanwhile: then it never ends.
	 */
	private void end(RunNote wait, boolean failed) {
		synchronized (this.state) {
			if (!this.run.status().isFinished()) {
				wait.end(this.state.now(), failed);
			}
		}
	}

	@Override
	public void log(String message) {
		synchronized (this.state) {
			this.run.addNote(RunNote.line(message, "LOG", this.attempt, this.state.now()));
		}
	}

	@Override
	public String trigger(String taskId, @Nullable Object payload) {
		return start(taskId, payload, false).id();
	}

	private TaskRun start(String taskId, @Nullable Object payload, boolean awaited) {
		synchronized (this.state) {
			TriggerCommand command = TriggerCommand
				.of(taskId, (payload != null) ? this.state.types().tree(payload) : null, Json.object())
				.byRun(this.run);
			TaskRun child = this.state.engine()
				.trigger(this.run.environment(), awaited ? command.awaited() : command)
				.run();
			child.setStreamsVersion(this.run.streamsVersion());
			return child;
		}
	}

	@Override
	public <T> @Nullable T triggerAndWait(String taskId, @Nullable Object payload, Class<T> outputType)
			throws InterruptedException {
		TaskRun child = start(taskId, payload, true);
		RunWaits.await(this.state, this.run, () -> child.status().isFinished(), null);
		synchronized (this.state) {
			if (child.status() != RunStatus.COMPLETED) {
				RunError error = child.error();
				throw new IllegalStateException(
						child + " did not complete" + ((error != null) ? ": " + error.message() : ""));
			}
			JsonNode output = child.output();
			return (output == null || output.isNull()) ? null : this.state.types().read(output, outputType);
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

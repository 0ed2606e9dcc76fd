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

package dev.trigger.emulator.state;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

import dev.trigger.emulator.http.Json;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The runs that wait for a later trigger with the same debounce key.
 */
final class DebouncedRuns {

	private final Map<String, TaskRun> runs = new HashMap<>();

	private static JsonNode debounce(TriggerCommand command) {
		return command.options().path("debounce");
	}

	/**
	 * Find the run that a command pushes back.
	 * @param environment where
	 * @param command the command
	 * @param now the time
	 * @return the run, {@code null} if there is none, or it has been pushed back as far
	 * as it may: then it starts when it was to start, and another one is created
	 */
	@Nullable TaskRun find(Environment environment, TriggerCommand command, Instant now) {
		JsonNode debounce = debounce(command);
		TaskRun run = debounce.isObject() ? this.runs.get(key(environment, command, debounce)) : null;
		Instant until = until(command, now);
		if (run == null || run.status() != RunStatus.DELAYED || until == null) {
			return null;
		}
		Duration longest = TimeSpans.parse(Json.text(debounce, "maxDelay"));
		return (longest == null || !until.isAfter(run.createdAt().plus(longest))) ? run : null;
	}

	/**
	 * Return until when a command pushes a run back.
	 * @param command the command
	 * @param now the time
	 * @return the time, or {@code null} if it pushes none back
	 */
	static @Nullable Instant until(TriggerCommand command, Instant now) {
		Duration delay = TimeSpans.parse(Json.text(debounce(command), "delay"));
		return (delay != null) ? now.plus(delay) : null;
	}

	/**
	 * Return whether the last command counts, instead of the first.
	 * @param command the command
	 * @return {@code true} if so
	 */
	static boolean isTrailing(TriggerCommand command) {
		return "trailing".equals(Json.text(debounce(command), "mode"));
	}

	/**
	 * Return a command with the delay that it begins with: its own, if it has one.
	 * @param command the command
	 * @return the same command if it is not to be debounced
	 */
	static TriggerCommand delayed(TriggerCommand command) {
		JsonNode debounce = debounce(command);
		return (debounce.isObject() && !command.options().has("delay"))
				? command.withOption("delay", debounce.path("delay")) : command;
	}

	void add(Environment environment, TriggerCommand command, TaskRun run) {
		JsonNode debounce = debounce(command);
		if (debounce.isObject()) {
			this.runs.put(key(environment, command, debounce), run);
		}
	}

	void clear() {
		this.runs.clear();
	}

	private static String key(Environment environment, TriggerCommand command, JsonNode debounce) {
		return environment.id() + '|' + command.taskId() + '|' + Json.text(debounce, "key");
	}

}

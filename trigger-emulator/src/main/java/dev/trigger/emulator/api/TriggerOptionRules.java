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
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;

import dev.trigger.emulator.http.Json;
import dev.trigger.emulator.http.ResponseException;
import dev.trigger.emulator.state.EmulatorState;
import dev.trigger.emulator.state.Environment;
import dev.trigger.emulator.state.EnvironmentKind;
import dev.trigger.emulator.state.TaskDefinition;
import dev.trigger.emulator.state.TaskRun;
import dev.trigger.emulator.state.TimeSpans;
import dev.trigger.emulator.state.TriggerCommand;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Refuses options of a run that are right by type but that the server does not take.
 */
final class TriggerOptionRules {

	static final List<String> MACHINES = List.of("micro", "small-1x", "small-2x", "medium-1x", "medium-2x", "large-1x",
			"large-2x");

	private static final Pattern RUN_ID = Pattern.compile("[^_]+_[^_]+");

	private static final int MAX_TAGS = 10;

	private static final int MAX_METADATA_BYTES = 262_144;

	private TriggerOptionRules() {
	}

	/**
	 * Refuse a version that is not there. Servers look for it to find out which engine
	 * runs the tasks.
	 * @param environment where the run would be
	 * @param command the command
	 */
	static void refuseUnknownVersion(Environment environment, TriggerCommand command) {
		if (hasUnknownVersion(environment, command)) {
			throw new ResponseException(500, "Something went wrong");
		}
	}

	private static boolean hasUnknownVersion(Environment environment, TriggerCommand command) {
		String version = command.option("lockToVersion");
		return version != null && !Versions.known(environment, version);
	}

	/**
	 * Refuse what servers look at before they look for a run with the same idempotency
	 * key.
	 * @param environment where the run would be
	 * @param command the command
	 * @param now the time
	 */
	static void refuse(Environment environment, TriggerCommand command, Instant now) {
		// as they were sent: one that is there twice counts twice
		int tags = command.options().path("tags").size();
		if (tags > MAX_TAGS) {
			throw new ResponseException(422,
					"Runs can only have " + MAX_TAGS + " tags, you're trying to set " + tags + ".");
		}
		JsonNode debounce = command.options().get("debounce");
		if (debounce != null) {
			DebounceRules.refuse(command.options(), debounce, now);
		}
		refuseFinishedParent(environment, command);
		String key = command.option("idempotencyKey");
		if (key != null && key.indexOf('\0') >= 0) {
			throw new ResponseException(500, "Something went wrong");
		}
	}

	/**
	 * Refuse what servers look at only when a run is to be created.
	 * @param state the world
	 * @param environment where the run would be
	 * @param command the command
	 */
	static void refuseNew(EmulatorState state, Environment environment, TriggerCommand command) {
		if (hasUnknownVersion(environment, command)) {
			throw new ResponseException(422, "Task locked to version '" + command.option("lockToVersion")
					+ "', but no worker found with that version.");
		}
		refuseWhatVersionLacks(state, command);
		JsonNode metadata = command.options().get("metadata");
		if (metadata != null) {
			refuseLargeMetadata(metadata);
		}
		refuseRegion(environment, command.option("region"));
		refuseLifetime(command.option("idempotencyKeyTTL"));
	}

	/**
	 * Refuse a queue, or else a task, that the version lacks which a run is to be of.
	 * Without a version servers take all of them.
	 */
	private static void refuseWhatVersionLacks(EmulatorState state, TriggerCommand command) {
		String version = command.option("lockToVersion");
		String queue = command.givenQueue();
		Predicate<TaskDefinition> meant = (queue == null || queue.isEmpty())
				? (task) -> task.id().equals(command.taskId())
				: (task) -> queue.equals("task/" + task.id()) || queue.equals(task.queueName());
		if (version != null && state.deployedTasks().stream().noneMatch(meant)) {
			throw new ResponseException(422,
					(queue == null || queue.isEmpty())
							? "Task '" + command.taskId() + "' not found on locked version '" + version + "'."
							: "Specified queue '" + queue + "' not found or not associated with locked version '"
									+ version + "'.");
		}
	}

	/**
	 * Return whether the parent waits for what it triggers.
	 */
	static boolean isAwaited(JsonNode options) {
		return options.path("resumeParentOnCompletion").asBoolean(false);
	}

	/**
	 * Refuse to resume a run that is not there, when another one that is there already is
	 * to resume it.
	 * @param command the command
	 */
	static void refuseStrangeParent(TriggerCommand command) {
		boolean resumed = isAwaited(command.options());
		String parentRunId = command.option("parentRunId");
		if (resumed && command.parent() == null && parentRunId != null && !parentRunId.isEmpty()) {
			throw new ResponseException(404, "Parent run not found in the calling environment");
		}
	}

	static void refuseLargeMetadata(JsonNode metadata) {
		if (isLargeMetadata(metadata)) {
			throw new ResponseException(413, "Metadata exceeds maximum size of " + MAX_METADATA_BYTES + " bytes");
		}
	}

	static boolean isLargeMetadata(JsonNode metadata) {
		String text = metadata.isString() ? metadata.asString() : Json.string(metadata);
		return Json.utf8(text).length > MAX_METADATA_BYTES;
	}

	private static void refuseRegion(Environment environment, @Nullable String region) {
		boolean known = region == null || environment.kind() == EnvironmentKind.DEVELOPMENT
				|| region.equals(environment.region());
		if (!known) {
			throw new ResponseException(422, "The region you specified doesn't exist (\"" + region + "\").");
		}
	}

	private static void refuseLifetime(@Nullable String lifetime) {
		if (lifetime != null && TimeSpans.keyLifetime(lifetime) == null) {
			throw new ResponseException(500, "Something went wrong");
		}
	}

	private static void refuseFinishedParent(Environment environment, TriggerCommand command) {
		TaskRun parent = parent(environment, command.options());
		boolean resumed = isAwaited(command.options());
		if (parent != null && resumed && parent.status().isFinished()) {
			throw new ResponseException(422, "Cannot trigger " + command.taskId()
					+ " as the parent run has a status of " + parent.status().databaseName());
		}
	}

	/**
	 * Refuse a public access token that may trigger, but not for the run that is to be
	 * the parent.
	 * @param call the request
	 * @param options the options with the parent
	 */
	static void authorizeParent(ApiCall call, JsonNode options) {
		String parentRunId = Json.text(options, "parentRunId");
		if (parentRunId == null || parentRunId.isEmpty() || call.can("write", "runs")) {
			return;
		}
		TaskRun parent = call.environment().run(parentRunId);
		if (parent == null || !call.can("write", "runs:" + parent.id(), "tasks:" + parent.taskId())) {
			throw new ResponseException(403, "Unauthorized");
		}
	}

	static @Nullable TaskRun parent(Environment environment, JsonNode options) {
		String parentRunId = Json.text(options, "parentRunId");
		if (parentRunId != null && !parentRunId.isEmpty() && !RUN_ID.matcher(parentRunId).matches()) {
			throw new ResponseException(500, "Something went wrong");
		}
		return (parentRunId != null) ? environment.run(parentRunId) : null;
	}

}

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

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.trigger.emulator.http.EmulatorResponse;
import dev.trigger.emulator.http.Json;
import dev.trigger.emulator.http.JsonBody;
import dev.trigger.emulator.http.ResponseException;
import dev.trigger.emulator.state.Environment;
import dev.trigger.emulator.state.TaskRun;
import dev.trigger.emulator.state.TriggerCommand;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Single runs: retrieve, cancel and replay.
 */
final class RunRoutes {

	private static final BodySchema REPLAY_OPTIONS = BodySchema.of("tasks.trigger").member("options");

	/**
	 * The options that a replay has of the run besides its tags.
	 */
	private static final Set<String> REPLAYED = Set.of("payloadType", "queue", "test", "metadata", "metadataType",
			"concurrencyKey", "machine", "region");

	private static final Map<String, String> REPLAY_NAMES = Map.of("version", "lockToVersion");

	void addTo(Router router) {
		router.get("runs.retrieve", "/api/v3/runs/{runId}", this::retrieve).publicToken().cors();
		router.post("runs.cancel", "/api/v2/runs/{runId}/cancel", this::cancel).publicToken().anyAction();
		router.post("runs.replay", "/api/v1/runs/{runId}/replay", this::replay).others(OtherMethods.REFUSED);
	}

	private EmulatorResponse retrieve(ApiCall call) {
		TaskRun run = call.environment().run(call.variable("runId"));
		if (run == null) {
			throw ApiCall.notFound(true);
		}
		authorizeRead(call, run);
		return EmulatorResponse.ok(RunJson.details(call, run));
	}

	static void authorizeRead(ApiCall call, TaskRun run) {
		if (call.claims() == null) {
			return;
		}
		List<String> resources = new ArrayList<>(List.of("runs:" + run.id(), "tasks:" + run.taskId()));
		run.tags().forEach((tag) -> resources.add("tags:" + tag));
		String batchId = run.command().batchId();
		if (batchId != null) {
			resources.add("batch:" + batchId);
		}
		call.authorize("read", resources.toArray(String[]::new));
	}

	private EmulatorResponse cancel(ApiCall call) {
		TaskRun run = call.environment().run(call.variable("runId"));
		if (run != null) {
			call.authorize("write", "runs:" + run.id(), "tasks:" + run.taskId());
		}
		else {
			call.authorize("write", "runs:" + call.variable("runId"));
		}
		if (run == null) {
			throw new ResponseException(404, "Resource not found");
		}
		call.state().engine().cancel(run);
		return EmulatorResponse.ok(JsonBody.of("id", run.id()));
	}

	private EmulatorResponse replay(ApiCall call) {
		TaskRun run = call.run("Resource not found");
		// servers take any body here: options that are unknown or wrong are ignored
		JsonNode given = Json.parse(call.request().bodyText());
		JsonNode body = (given != null && REPLAY_OPTIONS.issues(withoutQueue(given)).isEmpty()) ? given : Json.object();
		TriggerCommand command = replayCommand(run, body);
		if (isRefused(call, command)) {
			command = replayCommand(run, Json.object());
		}
		TaskRun replay = call.state().engine().trigger(run.environment(), command).run();
		replay.setStreamsVersion(run.streamsVersion());
		return EmulatorResponse.ok(JsonBody.of("id", replay.id()));
	}

	private static boolean isRefused(ApiCall call, TriggerCommand command) {
		Environment environment = call.environment();
		try {
			TriggerOptionRules.refuse(environment, command, call.now());
			TriggerOptionRules.refuseNew(call.state(), environment, command);
			return false;
		}
		catch (ResponseException ex) {
			return true;
		}
	}

	/**
	 * Return the command of a replay: the payload of the run, its tags and some of its
	 * options, with changes.
	 * @param run the run
	 * @param changes the changes
	 * @return the command
	 */
	static TriggerCommand replayCommand(TaskRun run, JsonNode changes) {
		ObjectNode options = Json.object();
		run.command().options().properties().forEach((option) -> {
			if (REPLAYED.contains(option.getKey())) {
				options.set(option.getKey(), option.getValue());
			}
		});
		if (!run.tags().isEmpty()) {
			options.set("tags", Json.tree(run.tags()));
		}
		JsonNode payload = run.command().payload();
		for (Map.Entry<String, JsonNode> change : changes.properties()) {
			if (change.getKey().equals("payload")) {
				payload = change.getValue();
			}
			else {
				options.set(REPLAY_NAMES.getOrDefault(change.getKey(), change.getKey()), change.getValue());
			}
		}
		return TriggerCommand.of(run.taskId(), payload, options);
	}

	private static JsonNode withoutQueue(JsonNode body) {
		if (body instanceof ObjectNode object) {
			ObjectNode copy = object.deepCopy();
			copy.remove("queue");
			return copy;
		}
		return body;
	}

}

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

import dev.trigger.emulator.http.EmulatorResponse;
import dev.trigger.emulator.http.Json;
import dev.trigger.emulator.http.JsonBody;
import dev.trigger.emulator.state.Environment;
import dev.trigger.emulator.state.RunEngine;
import dev.trigger.emulator.state.TriggerCommand;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Triggers single runs.
 */
final class TriggerRoutes {

	private static final long MAX_BODY = 3 * 1024 * 1024;

	private static final BodySchema BODY = BodySchema.of("tasks.trigger");

	void addTo(Router router) {
		router.post("tasks.trigger", "/api/v1/tasks/{taskIdentifier}/trigger", this::trigger)
			.publicToken()
			.cors()
			.anyAction()
			.wrongMethod(405)
			.maxBody(MAX_BODY);
	}

	private EmulatorResponse trigger(ApiCall call) {
		String taskId = call.variable("taskIdentifier");
		TriggerHeaders.refuse(call.request(), false);
		JsonNode body = BODY.read(call);
		TriggerCommand command = command(taskId, body.get("payload"),
				TriggerHeaders.addKey(call.request(), body.get("options")));
		call.authorize("trigger", "tasks:" + taskId);
		TriggerOptionRules.authorizeParent(call, command.options());
		TriggerHeaders.refuseOldEngine(call.request());
		if (!TriggerHeaders.hasEngine(call.request())) {
			TriggerOptionRules.refuseUnknownVersion(call.environment(), command);
		}
		RunEngine.Triggered triggered = start(call,
				command.byRun(TriggerOptionRules.parent(call.environment(), command.options())),
				() -> OneTimeTokens.use(call, "trigger " + taskId));
		String runId = triggered.run().id();
		EmulatorResponse response = EmulatorResponse.ok(JsonBody.of("id", runId).with("isCached", triggered.cached()));
		return TokenHeaders.forRun(call, response, runId);
	}

	/**
	 * Trigger a run in the order of the server: some options are refused even if the
	 * idempotency key leads to a run that is there already, others only if a run is to be
	 * created.
	 * @param call the request
	 * @param command the command
	 * @param ifCreated what else is done before a run is created
	 * @return the run
	 */
	static RunEngine.Triggered start(ApiCall call, TriggerCommand command, Runnable ifCreated) {
		Environment environment = call.environment();
		TriggerOptionRules.refuse(environment, command, call.now());
		RunEngine.Triggered triggered = call.state()
			.engine()
			.trigger(environment, command, () -> TriggerOptionRules.refuseNew(call.state(), environment, command),
					ifCreated);
		if (triggered.cached()) {
			TriggerOptionRules.refuseStrangeParent(command);
		}
		else {
			triggered.run().setStreamsVersion(call.request().header("x-trigger-realtime-streams-version"));
		}
		return triggered;
	}

	static TriggerCommand command(String taskId, @Nullable JsonNode payload, @Nullable JsonNode options) {
		JsonNode given = (options != null) ? options : Json.object();
		String type = Json.text(given, "payloadType");
		// only JSON has values that are no text, and an empty text is nothing
		boolean dropped = payload != null && type != null && !type.equals("application/json")
				&& (!payload.isString() || payload.asString().isEmpty());
		TriggerCommand command = TriggerCommand.of(taskId, dropped ? null : payload, given);
		return TriggerOptionRules.isAwaited(command.options()) ? command.awaited() : command;
	}

}

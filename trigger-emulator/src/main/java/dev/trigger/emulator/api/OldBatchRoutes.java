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

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.trigger.emulator.http.EmulatorResponse;
import dev.trigger.emulator.http.JsonBody;
import dev.trigger.emulator.http.ResponseException;
import dev.trigger.emulator.state.Batch;
import dev.trigger.emulator.state.TaskRun;
import dev.trigger.emulator.state.TriggerCommand;
import tools.jackson.databind.JsonNode;

/**
 * Batches as older clients trigger them: in one request, which is refused with the first
 * item that is.
 */
final class OldBatchRoutes {

	private static final long MAX_BODY_V1 = 3 * 1024 * 1024;

	private static final int MAX_ITEMS_V1 = 100;

	private static final Duration KEY_LIFETIME = Duration.ofDays(30);

	private static final BodySchema ITEMS = BodySchema.of("batch.triggerV1");

	private static final BodySchema ITEMS_V1 = BodySchema.of("batch.triggerByTaskV1");

	void addTo(Router router) {
		router.post("batch.triggerV1", "/api/v1/tasks/batch", this::triggerAllAtOnce)
			.publicToken()
			.cors()
			.anyAction()
			.wrongMethod(405)
			.maxBody(BatchRoutes.MAX_BODY_V2);
		router.post("tasks.batchTriggerByTaskV1", "/api/v1/tasks/{taskIdentifier}/batch", this::triggerAllOfTask)
			.others(OtherMethods.REFUSED)
			.maxBody(MAX_BODY_V1);
	}

	private EmulatorResponse triggerAllAtOnce(ApiCall call) {
		List<TriggerCommand> commands = new ArrayList<>();
		JsonNode body = BatchRoutes.readItems(call, ITEMS, commands);
		BatchRoutes.refuseTooMany(commands);
		String key = TriggerHeaders.key(call.request());
		Batch existing = (key != null) ? BatchRoutes.existing(call, key) : null;
		if (existing != null) {
			return atOnce(call, existing, commands, existing.runs().stream().map((run) -> true).toList(), true);
		}
		OneTimeTokens.use(call, "batch trigger");
		Batch batch = BatchRoutes.newBatch(call, commands.size(), key, body);
		batch.keepResults();
		Duration lifetime = TriggerHeaders.keyLifetime(call.request());
		batch.setKeyExpiresAt(call.now().plus((lifetime != null) ? lifetime : KEY_LIFETIME));
		batch.seal(call.now());
		List<Boolean> cached = new ArrayList<>();
		try {
			for (TriggerCommand command : commands) {
				if (!TriggerHeaders.hasEngine(call.request())) {
					TriggerOptionRules.refuseUnknownVersion(call.environment(), command);
				}
				cached.add(BatchRoutes.start(call, batch, command).cached());
			}
		}
		catch (ResponseException ex) {
			Map<String, TriggerCommand> rest = new LinkedHashMap<>();
			commands.subList(cached.size(), commands.size())
				.forEach((command) -> rest.put("run_" + call.state().ids().cuid(call.now()), command));
			batch.abort(rest, call.now());
			throw (ex.response().status() == 500)
					? new ResponseException(ex.response().header("x-should-retry", "false"))
					: new ResponseException(422, ex.error());
		}
		if (!cached.contains(false)) {
			// there is nothing to wait for, whatever the runs do
			batch.complete();
		}
		return atOnce(call, batch, commands, cached, false);
	}

	private static EmulatorResponse atOnce(ApiCall call, Batch batch, List<TriggerCommand> commands,
			List<Boolean> cached, boolean known) {
		List<JsonBody> runs = new ArrayList<>();
		for (int i = 0; i < batch.runs().size(); i++) {
			TriggerCommand command = commands.get(Math.min(i, commands.size() - 1));
			runs.add(JsonBody.of("id", batch.runs().get(i).id())
				.with("isCached", cached.get(i))
				.with("taskIdentifier", batch.runs().get(i).taskId())
				.maybe("idempotencyKey",
						known ? batch.runs().get(i).command().idempotencyKey() : command.idempotencyKey()));
		}
		// servers know what was asked for, not what became of it
		batch.missing()
			.forEach((id,
					command) -> runs.add(JsonBody.of("id", id)
						.with("isCached", true)
						.with("taskIdentifier", command.taskId())
						.maybe("idempotencyKey", command.idempotencyKey())));
		JsonBody response = JsonBody.of("id", batch.id())
			.with("isCached", known)
			.maybe("idempotencyKey", batch.idempotencyKey())
			.with("runs", runs);
		return TokenHeaders.forBatch(call, EmulatorResponse.json(202, response), batch.id());
	}

	private EmulatorResponse triggerAllOfTask(ApiCall call) {
		TriggerHeaders.refuse(call.request(), false);
		JsonNode body = ITEMS_V1.read(call);
		JsonNode items = body.path("items");
		if (items.isEmpty()) {
			throw new ResponseException(400, "No items to trigger");
		}
		if (items.size() > MAX_ITEMS_V1) {
			throw new ResponseException(400, "Too many items. Maximum allowed batch size is " + MAX_ITEMS_V1 + ".");
		}
		Batch batch = BatchRoutes.newBatch(call, items.size(), null, body);
		batch.keepResults();
		batch.seal(call.now());
		boolean allCached = true;
		for (JsonNode item : items) {
			allCached &= startOrBreak(call, batch,
					TriggerRoutes.command(call.variable("taskIdentifier"), item.get("payload"), item.get("options")));
		}
		if (allCached) {
			batch.complete();
		}
		EmulatorResponse response = EmulatorResponse
			.ok(JsonBody.of("batchId", batch.id()).with("runs", batch.runs().stream().map(TaskRun::id).toList()));
		return TokenHeaders.forBatch(call, response, batch.id());
	}

	/**
	 * Trigger an item on the oldest route, which has the same status for all refusals.
	 */
	private static boolean startOrBreak(ApiCall call, Batch batch, TriggerCommand command) {
		try {
			TriggerOptionRules.refuseUnknownVersion(call.environment(), command);
		}
		catch (ResponseException ex) {
			throw new ResponseException(400, "Worker not found: environment: " + call.environment().id() + " version: "
					+ command.option("lockToVersion"));
		}
		try {
			return BatchRoutes.start(call, batch, command).cached();
		}
		catch (ResponseException ex) {
			throw new ResponseException(400, ex.error());
		}
	}

}

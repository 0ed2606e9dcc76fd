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
import java.util.List;
import java.util.Objects;

import dev.trigger.emulator.http.EmulatorResponse;
import dev.trigger.emulator.http.Json;
import dev.trigger.emulator.http.JsonBody;
import dev.trigger.emulator.http.ResponseException;
import dev.trigger.emulator.state.Batch;
import dev.trigger.emulator.state.Environment;
import dev.trigger.emulator.state.RunEngine;
import dev.trigger.emulator.state.TaskRun;
import dev.trigger.emulator.state.TriggerCommand;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Batches: the first of the two phases, whose second one is that of the
 * {@link BatchItemRoutes}, and the older single request.
 */
final class BatchRoutes {

	private static final long MAX_BODY = 131_072;

	private static final long MAX_BODY_V2 = 1_000_000;

	private static final long MAX_BODY_V1 = 3 * 1024 * 1024;

	private static final int MAX_ITEMS_V1 = 100;

	private static final Duration KEY_LIFETIME = Duration.ofDays(30);

	private static final int MAX_ITEMS = 1000;

	private static final int MAX_ITEMS_V2 = 500;

	private static final BodySchema NEW_BATCH = BodySchema.of("batch.create");

	private static final BodySchema ITEMS_V1 = BodySchema.of("batch.triggerByTaskV1");

	private static final BodySchema ITEMS_V2 = BodySchema.of("batch.triggerV2");

	void addTo(Router router) {
		router.post("batch.create", "/api/v3/batches", this::create)
			.publicToken()
			.cors()
			.anyAction()
			.wrongMethod(405)
			.maxBody(MAX_BODY);
		router.get("batch.retrieve", "/api/v2/batches/{batchId}", (call) -> retrieve(call, true)).publicToken().cors();
		router.get("batch.retrieveV1", "/api/v1/batches/{batchId}", (call) -> retrieve(call, false))
			.publicToken()
			.cors();
		router.get("batch.results", "/api/v1/batches/{batchId}/results", this::results)
			.terse("Invalid or Missing API Key");
		router.post("batch.triggerV2", "/api/v2/tasks/batch", this::triggerAll)
			.publicToken()
			.cors()
			.anyAction()
			.wrongMethod(405)
			.maxBody(MAX_BODY_V2);
		router.post("batch.triggerV1", "/api/v1/tasks/batch", this::triggerAllAtOnce)
			.publicToken()
			.cors()
			.anyAction()
			.wrongMethod(405)
			.maxBody(MAX_BODY_V2);
		router.post("tasks.batchTriggerByTaskV1", "/api/v1/tasks/{taskIdentifier}/batch", this::triggerAllOfTask)
			.others(OtherMethods.REFUSED)
			.maxBody(MAX_BODY_V1);
	}

	private EmulatorResponse create(ApiCall call) {
		TriggerHeaders.refuse(call.request(), false);
		JsonNode body = NEW_BATCH.read(call);
		JsonNode count = body.path("runCount");
		String key = Json.text(body, "idempotencyKey");
		authorize(call, body.path("taskIdentifiers"));
		TriggerOptionRules.authorizeParent(call, body);
		if (Json.number(count) > MAX_ITEMS) {
			throw new ResponseException(400,
					"Batch runCount of " + count + " exceeds maximum allowed of " + MAX_ITEMS + ".");
		}
		OneTimeTokens.use(call, "create batch");
		if (key != null && existing(call, key) != null) {
			throw new ResponseException(422,
					"Cannot create batch as it has already been created with the same idempotency key.");
		}
		Batch batch = newBatch(call, count.intValue(), key, body);
		EmulatorResponse response = EmulatorResponse.json(202,
				JsonBody.of("id", batch.id())
					.with("runCount", batch.runCount())
					.with("isCached", false)
					.maybe("idempotencyKey", key));
		return TokenHeaders.forBatch(call, response, batch.id());
	}

	private static void authorize(ApiCall call, JsonNode taskIds) {
		boolean allowed = call.can("batchTrigger", "batch", "tasks") || (!taskIds.isEmpty()
				&& taskIds.valueStream().allMatch((taskId) -> call.can("batchTrigger", "tasks:" + taskId.asString())));
		if (!allowed) {
			throw ApiCall.unauthorized();
		}
	}

	private static @Nullable Batch existing(ApiCall call, String key) {
		return call.environment()
			.all(Batch.class)
			.values()
			.stream()
			.filter((batch) -> batch.hasKey(key, call.now()))
			.findFirst()
			.orElse(null);
	}

	private static RunEngine.Triggered start(ApiCall call, Batch batch, TriggerCommand command) {
		RunEngine.Triggered triggered = TriggerRoutes.start(call, command.byRun(batch.parent()).inBatch(batch.id()),
				() -> {
				});
		batch.runs().add(triggered.run());
		return triggered;
	}

	/**
	 * Trigger an item of a batch. One that is refused becomes a run that has failed.
	 */
	static void startOrFail(ApiCall call, Batch batch, TriggerCommand command) {
		try {
			start(call, batch, command);
		}
		catch (ResponseException ex) {
			batch.runs()
				.add(call.state()
					.engine()
					.fail(call.environment(), command.byRun(batch.parent()).inBatch(batch.id()),
							"BATCH_ITEM_COULD_NOT_TRIGGER"));
		}
	}

	private EmulatorResponse retrieve(ApiCall call, boolean withProcessing) {
		Batch batch = call.environment().find(Batch.class, call.variable("batchId"));
		if (batch == null) {
			throw ApiCall.notFound(true);
		}
		call.authorize("read", "batch:" + batch.id(), "runs");
		JsonBody body = JsonBody.of("id", batch.id())
			.with("status", batch.status())
			.maybe("idempotencyKey", batch.idempotencyKey())
			.with("createdAt", batch.createdAt())
			.with("updatedAt", batch.updatedAt())
			.maybe("processingCompletedAt", withProcessing ? batch.processedAt() : null)
			.with("runCount", batch.runCount())
			.with("runs", batch.runs().stream().map(TaskRun::id).toList());
		if (withProcessing) {
			body.with("processing",
					new JsonBody().maybe("completedAt", batch.processedAt()).with("errors", batch.errors()));
		}
		else if (batch.processedAt() != null) {
			body.with("successfulRunCount", batch.runs().size())
				.with("failedRunCount", batch.errors().size())
				.maybe("errors", batch.errors().isEmpty() ? null : batch.errors());
		}
		return EmulatorResponse.ok(body);
	}

	private EmulatorResponse results(ApiCall call) {
		Batch batch = call.environment().find(Batch.class, call.variable("batchId"));
		if (batch == null) {
			throw new ResponseException(404, "Batch not found");
		}
		// the second generation of the engine keeps no results here, and the real server
		// says so with an empty list
		return EmulatorResponse.ok(JsonBody.of("id", batch.id())
			.with("items",
					batch.runs()
						.stream()
						.filter((run) -> batch.isKeepingResults() && batch.id().equals(run.command().batchId()))
						.map(RunDetailRoutes::result)
						.filter(Objects::nonNull)
						.toList()));
	}

	private EmulatorResponse triggerAll(ApiCall call) {
		List<TriggerCommand> commands = new ArrayList<>();
		JsonNode body = readItems(call, commands);
		TriggerOptionRules.authorizeParent(call, body);
		refuseTooMany(commands);
		OneTimeTokens.use(call, "batch trigger");
		Batch batch = newBatch(call, commands.size(), null, body);
		batch.seal(call.now());
		commands.forEach((command) -> startOrFail(call, batch, command));
		return TokenHeaders.forBatch(call,
				EmulatorResponse.json(202,
						JsonBody.of("id", batch.id()).with("isCached", false).with("runCount", commands.size())),
				batch.id());
	}

	private EmulatorResponse triggerAllAtOnce(ApiCall call) {
		List<TriggerCommand> commands = new ArrayList<>();
		JsonNode body = readItems(call, commands);
		refuseTooMany(commands);
		String key = TriggerHeaders.key(call.request());
		Batch existing = (key != null) ? existing(call, key) : null;
		if (existing != null) {
			return atOnce(call, existing, commands, existing.runs().stream().map((run) -> true).toList(), true);
		}
		OneTimeTokens.use(call, "batch trigger");
		Batch batch = newBatch(call, commands.size(), key, body);
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
				cached.add(start(call, batch, command).cached());
			}
		}
		catch (ResponseException ex) {
			throw (ex.response().status() == 500)
					? new ResponseException(ex.response().header("x-should-retry", "false"))
					: new ResponseException(422, error(ex));
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
		JsonBody response = JsonBody.of("id", batch.id())
			.with("isCached", known)
			.maybe("idempotencyKey", batch.idempotencyKey())
			.with("runs", runs);
		return TokenHeaders.forBatch(call, EmulatorResponse.json(202, response), batch.id());
	}

	private static void refuseTooMany(List<TriggerCommand> commands) {
		if (commands.size() > MAX_ITEMS_V2) {
			throw new ResponseException(400, "Batch size of " + commands.size()
					+ " is too large. Maximum allowed batch size is " + MAX_ITEMS_V2 + ".");
		}
	}

	private static JsonNode readItems(ApiCall call, List<TriggerCommand> commands) {
		TriggerHeaders.refuse(call.request(), true);
		JsonNode body = ITEMS_V2.read(call);
		for (JsonNode item : body.path("items")) {
			commands.add(TriggerRoutes.command(item.path("task").asString(), item.get("payload"), item.get("options")));
		}
		if (commands.isEmpty()) {
			// the list of resources to authorize is empty, and so nobody is allowed
			throw ApiCall.unauthorized();
		}
		commands.forEach((command) -> call.authorize("batchTrigger", "tasks:" + command.taskId()));
		return body;
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
		Batch batch = newBatch(call, items.size(), null, body);
		batch.keepResults();
		batch.seal(call.now());
		for (JsonNode item : items) {
			startOrBreak(call, batch,
					TriggerRoutes.command(call.variable("taskIdentifier"), item.get("payload"), item.get("options")));
		}
		EmulatorResponse response = EmulatorResponse
			.ok(JsonBody.of("batchId", batch.id()).with("runs", batch.runs().stream().map(TaskRun::id).toList()));
		return TokenHeaders.forBatch(call, response, batch.id());
	}

	/**
	 * Trigger an item on the oldest route, which has the same status for all refusals.
	 */
	private static void startOrBreak(ApiCall call, Batch batch, TriggerCommand command) {
		try {
			TriggerOptionRules.refuseUnknownVersion(call.environment(), command);
		}
		catch (ResponseException ex) {
			throw new ResponseException(400, "Worker not found: environment: " + call.environment().id() + " version: "
					+ command.option("lockToVersion"));
		}
		try {
			start(call, batch, command);
		}
		catch (ResponseException ex) {
			throw new ResponseException(400, error(ex));
		}
	}

	private static String error(ResponseException ex) {
		return String.valueOf(Json.text(Json.mapper().readTree(ex.response().body()), "error"));
	}

	private static Batch newBatch(ApiCall call, int runCount, @Nullable String key, JsonNode options) {
		Environment environment = call.environment();
		Batch batch = new Batch("batch_" + call.state().ids().cuid(call.now()), runCount, key,
				TriggerOptionRules.parent(environment, options), call.now());
		environment.all(Batch.class).put(batch.id(), batch);
		return batch;
	}

}

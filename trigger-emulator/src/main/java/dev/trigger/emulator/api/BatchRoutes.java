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
import java.util.Objects;
import java.util.stream.Stream;

import dev.trigger.emulator.http.EmulatorResponse;
import dev.trigger.emulator.http.Json;
import dev.trigger.emulator.http.JsonBody;
import dev.trigger.emulator.http.ResponseException;
import dev.trigger.emulator.state.Batch;
import dev.trigger.emulator.state.Environment;
import dev.trigger.emulator.state.RunEngine;
import dev.trigger.emulator.state.RunError;
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

	static final long MAX_BODY_V2 = 1_000_000;

	private static final int MAX_ITEMS = 1000;

	private static final int MAX_ITEMS_V2 = 500;

	private static final BodySchema NEW_BATCH = BodySchema.of("batch.create");

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

	static @Nullable Batch existing(ApiCall call, String key) {
		return call.environment()
			.all(Batch.class)
			.values()
			.stream()
			.filter((batch) -> batch.hasKey(key, call.now()))
			.findFirst()
			.orElse(null);
	}

	static RunEngine.Triggered start(ApiCall call, Batch batch, TriggerCommand command) {
		RunEngine.Triggered triggered = TriggerRoutes.start(call, batch.command(command), () -> {
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
			RunError error = new RunError("BATCH_ITEM_COULD_NOT_TRIGGER", ex.error(), null);
			batch.runs().add(call.state().engine().fail(call.environment(), batch.command(command), error));
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
			.with("runs",
					Stream.concat(batch.runs().stream().map(TaskRun::id), batch.missing().keySet().stream()).toList());
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
		JsonNode body = readItems(call, ITEMS_V2, commands);
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

	static void refuseTooMany(List<TriggerCommand> commands) {
		if (commands.size() > MAX_ITEMS_V2) {
			throw new ResponseException(400, "Batch size of " + commands.size()
					+ " is too large. Maximum allowed batch size is " + MAX_ITEMS_V2 + ".");
		}
	}

	static JsonNode readItems(ApiCall call, BodySchema schema, List<TriggerCommand> commands) {
		TriggerHeaders.refuse(call.request(), true);
		JsonNode body = schema.read(call);
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

	static Batch newBatch(ApiCall call, int runCount, @Nullable String key, JsonNode options) {
		Environment environment = call.environment();
		Batch batch = new Batch("batch_" + call.state().ids().cuid(call.now()), runCount, key,
				TriggerOptionRules.parent(environment, options), call.now());
		if (TriggerOptionRules.isAwaited(options)) {
			batch.await();
		}
		environment.all(Batch.class).put(batch.id(), batch);
		return batch;
	}

}

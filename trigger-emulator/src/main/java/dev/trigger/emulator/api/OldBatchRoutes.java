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
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Batches as older clients trigger them: in one request, which is refused with the first
 * item that is.
 */
final class OldBatchRoutes {

	private static final long MAX_BODY_V1 = 3 * 1024 * 1024;

	private static final int MAX_ITEMS_V1 = 100;

	/**
	 * More items are triggered after the response, in chunks: a refused one then only
	 * keeps the rest of its chunk, and the end of the batch, from coming.
	 */
	private static final int MAX_ITEMS_AT_ONCE = 20;

	private static final int CHUNK = 50;

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
			return atOnce(call, existing, existing.runs().stream().map((run) -> true).toList(), true);
		}
		OneTimeTokens.use(call, "batch trigger");
		Batch batch = BatchRoutes.newBatch(call, commands.size(), key, body);
		batch.keepResults();
		Duration lifetime = TriggerHeaders.keyLifetime(call.request());
		batch.setKeyExpiresAt(call.now().plus((lifetime != null) ? lifetime : KEY_LIFETIME));
		batch.seal(call.now());
		List<Boolean> cached = new ArrayList<>();
		if (commands.size() > MAX_ITEMS_AT_ONCE) {
			startLater(call, batch, commands, cached);
		}
		else {
			Map<String, TriggerCommand> missing = new LinkedHashMap<>();
			ResponseException refusal = startAll(call, batch, commands, cached, missing);
			if (refusal != null) {
				batch.abort(missing, call.now());
				throw (refusal.response().status() == 500)
						? new ResponseException(refusal.response().header("x-should-retry", "false"))
						: new ResponseException(422, refusal.error());
			}
		}
		completeKnown(batch, cached);
		return atOnce(call, batch, cached, false);
	}

	/**
	 * Complete a batch all of whose runs were there before: there is nothing to wait for,
	 * whatever they do.
	 */
	private static void completeKnown(Batch batch, List<Boolean> cached) {
		if (!cached.contains(false) && batch.missing().isEmpty()) {
			batch.complete();
		}
	}

	private static void startLater(ApiCall call, Batch batch, List<TriggerCommand> commands, List<Boolean> cached) {
		Map<String, TriggerCommand> missing = new LinkedHashMap<>();
		for (int i = 0; i < commands.size(); i += CHUNK) {
			startAll(call, batch, commands.subList(i, Math.min(i + CHUNK, commands.size())), cached, missing);
		}
		if (!missing.isEmpty()) {
			batch.stall(missing, call.now());
		}
	}

	/**
	 * Trigger items until one is refused.
	 * @return how it was refused, {@code null} if none was
	 */
	private static @Nullable ResponseException startAll(ApiCall call, Batch batch, List<TriggerCommand> items,
			List<Boolean> cached, Map<String, TriggerCommand> missing) {
		for (int i = 0; i < items.size(); i++) {
			try {
				if (!TriggerHeaders.hasEngine(call.request())) {
					TriggerOptionRules.refuseUnknownVersion(call.environment(), items.get(i));
				}
				cached.add(BatchRoutes.start(call, batch, items.get(i)).cached());
			}
			catch (ResponseException ex) {
				items.subList(i, items.size())
					.forEach((item) -> missing.put("run_" + call.state().ids().cuid(call.now()), item));
				return ex;
			}
		}
		return null;
	}

	private static EmulatorResponse atOnce(ApiCall call, Batch batch, List<Boolean> cached, boolean known) {
		List<JsonBody> runs = new ArrayList<>();
		for (int i = 0; i < batch.runs().size(); i++) {
			runs.add(item(batch.runs().get(i).id(), cached.get(i), batch.runs().get(i).command()));
		}
		// servers know what was asked for, not what became of it
		batch.missing().forEach((id, command) -> runs.add(item(id, known, command)));
		JsonBody response = JsonBody.of("id", batch.id())
			.with("isCached", known)
			.maybe("idempotencyKey", batch.idempotencyKey())
			.with("runs", runs);
		return TokenHeaders.forBatch(call, EmulatorResponse.json(202, response), batch.id());
	}

	private static JsonBody item(String id, boolean cached, TriggerCommand command) {
		return JsonBody.of("id", id)
			.with("isCached", cached)
			.with("taskIdentifier", command.taskId())
			.maybe("idempotencyKey", command.idempotencyKey());
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
		List<TriggerCommand> commands = items.valueStream()
			.map((item) -> TriggerRoutes.command(call.variable("taskIdentifier"), item.get("payload"),
					item.get("options")))
			.toList();
		List<Boolean> cached = new ArrayList<>();
		if (commands.size() > MAX_ITEMS_AT_ONCE) {
			startLater(call, batch, commands, cached);
		}
		else {
			commands.forEach((command) -> cached.add(startOrBreak(call, batch, command)));
		}
		completeKnown(batch, cached);
		List<String> ids = new ArrayList<>(batch.runs().stream().map(TaskRun::id).toList());
		ids.addAll(batch.missing().keySet());
		EmulatorResponse response = EmulatorResponse.ok(JsonBody.of("batchId", batch.id()).with("runs", ids));
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

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
import java.util.regex.Pattern;

import dev.trigger.emulator.http.EmulatorResponse;
import dev.trigger.emulator.http.Json;
import dev.trigger.emulator.http.JsonBody;
import dev.trigger.emulator.http.ResponseException;
import dev.trigger.emulator.state.Batch;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The second phase of a batch: its items, one a line. The batch is sealed, and its runs
 * are triggered, when all have arrived.
 */
final class BatchItemRoutes {

	private static final BodySchema ITEM = BodySchema.of("batch.streamItems");

	private static final Pattern BATCH_ID = Pattern.compile("batch_[^_]+");

	void addTo(Router router) {
		router.post("batch.streamItems", "/api/v3/batches/{batchId}/items", this::streamItems)
			.publicToken()
			.first(BatchItemRoutes::refuseContent)
			.wrongMethod("Method not allowed. Use POST to stream batch items.")
			.anyAction();
	}

	private EmulatorResponse streamItems(ApiCall call) {
		String batchId = call.variable("batchId");
		if (!call.can("write", "batch:" + batchId)) {
			authorizeItems(call, readLines(call.request().bodyText()));
		}
		Batch batch = call.environment().find(Batch.class, batchId);
		if (batch == null) {
			boolean wellFormed = BATCH_ID.matcher(batchId).matches();
			throw new ResponseException(422,
					wellFormed ? "Batch " + batchId + " not found" : "Invalid batchFriendlyId: " + batchId);
		}
		if (batch.isSealed()) {
			return EmulatorResponse.ok(JsonBody.of("id", batchId)
				.with("itemsAccepted", 0)
				.with("itemsDeduplicated", 0)
				.with("sealed", true)
				.with("runCount", batch.runCount()));
		}
		int accepted = 0;
		int duplicates = 0;
		for (JsonNode line : readLines(call.request().bodyText())) {
			if (batch.items()
				.putIfAbsent(index(line, batch), TriggerRoutes.command(line.path("task").asString(), payload(line),
						line.get("options"))) != null) {
				duplicates++;
			}
			else {
				accepted++;
			}
		}
		if (!batch.isSealed() && batch.items().size() >= batch.runCount()) {
			seal(call, batch);
		}
		JsonBody body = JsonBody.of("id", batchId)
			.with("itemsAccepted", accepted)
			.with("itemsDeduplicated", duplicates)
			.with("sealed", batch.isSealed());
		if (!batch.isSealed()) {
			body.with("enqueuedCount", batch.items().size()).with("expectedCount", batch.runCount());
		}
		return EmulatorResponse.ok(body.with("runCount", batch.runCount()));
	}

	private static void refuseContent(ApiCall call) {
		String type = call.request().header("content-type");
		boolean lines = type != null && (type.contains("application/x-ndjson") || type.contains("application/ndjson"));
		if (!lines) {
			throw new ResponseException(415, "Content-Type must be application/x-ndjson or application/ndjson");
		}
	}

	/**
	 * Refuse items of tasks that the token is not for, and no items at all: the token
	 * would be for nothing then.
	 */
	private static void authorizeItems(ApiCall call, List<JsonNode> items) {
		boolean allowed = !items.isEmpty() && items.stream()
			.allMatch((item) -> item.path("task").isString()
					&& call.can("batchTrigger", "tasks:" + item.path("task").asString()));
		if (!allowed) {
			throw new ResponseException(403, "Unauthorized");
		}
	}

	private static List<JsonNode> readLines(String body) {
		List<JsonNode> items = new ArrayList<>();
		int number = 0;
		for (String line : body.split("\n")) {
			number++;
			if (line.isBlank()) {
				continue;
			}
			JsonNode item = Json.parse(line);
			if (item == null) {
				throw new ResponseException(400,
						"Invalid JSON at line " + number + ": " + JsonFault.explain(line.strip()));
			}
			items.add(item);
		}
		return items;
	}

	/**
	 * Return the index of an item. Those before one that is refused stay accepted.
	 */
	private static int index(JsonNode item, Batch batch) {
		JsonNode index = item.path("index");
		Issues issues = ITEM.issues(item);
		if (!issues.isEmpty()) {
			String where = index.isNumber() ? "index " + NodeJson.number(index) : "unknown index";
			throw new ResponseException(422, "Invalid item at " + where + ": " + issues.pretty());
		}
		if (Json.number(index) >= batch.runCount()) {
			throw new ResponseException(422,
					"Item index " + NodeJson.number(index) + " exceeds batch runCount " + batch.runCount());
		}
		return index.intValue();
	}

	/**
	 * Return the payload of an item. Clients send JSON as a text here.
	 */
	private static @Nullable JsonNode payload(JsonNode item) {
		JsonNode payload = item.get("payload");
		String type = item.path("options").path("payloadType").asString("application/json");
		JsonNode parsed = (payload != null && payload.isString() && type.equals("application/json"))
				? Json.parse(payload.asString()) : null;
		return (parsed != null) ? parsed : payload;
	}

	private static void seal(ApiCall call, Batch batch) {
		batch.seal(call.now());
		batch.items().values().forEach((command) -> BatchRoutes.startOrFail(call, batch, command));
		batch.processed(call.now());
	}

}

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

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.trigger.emulator.http.Json;
import dev.trigger.emulator.http.JsonBody;
import dev.trigger.emulator.state.Batch;
import dev.trigger.emulator.state.Cron;
import dev.trigger.emulator.state.EmulatorState;
import dev.trigger.emulator.state.Environment;
import dev.trigger.emulator.state.EnvironmentKind;
import dev.trigger.emulator.state.RecordedRuns;
import dev.trigger.emulator.state.Schedule;
import dev.trigger.emulator.state.TaskQueue;
import dev.trigger.emulator.state.TaskRun;
import dev.trigger.emulator.state.Waitpoint;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Creates in the emulator what a recorded response shows.
 */
final class ReplayEntities {

	private static final Pattern RUN_COUNT = Pattern.compile("exceeds batch runCount (\\d+)");

	private final RecordedServer server;

	private final EmulatorState state;

	private final Environment environment;

	ReplayEntities(RecordedServer server, Environment environment) {
		this.server = server;
		this.state = server.emulator().state();
		this.environment = environment;
	}

	/**
	 * Create the runs of a page, and others before and after it where its cursors say so.
	 */
	void runs(JsonNode response, Recording recording, Map<String, String> replacements) {
		List<JsonNode> newestFirst = new ArrayList<>();
		response.path("data").forEach(newestFirst::add);
		Map<String, String> query = query(recording);
		if (query.containsKey("page[before]")) {
			Collections.reverse(newestFirst);
			addCursor(newestFirst, query.get("page[before]"), newestFirst.size());
		}
		int size = ReplayPages.number(query.get("page[size]"), 25);
		boolean more = response.path("pagination").has(query.containsKey("page[before]") ? "previous" : "next");
		if (more && !newestFirst.isEmpty()) {
			boolean before = query.containsKey("page[before]");
			int shown = response.path("data").size();
			JsonNode model = newestFirst.get(before ? 0 : newestFirst.size() - 1);
			for (int i = 0; i <= size - shown; i++) {
				ObjectNode copy = ((ObjectNode) model).deepCopy().put("id", "run_more" + i);
				moveInTime(copy, before ? i + 1 : -i - 1);
				newestFirst.add(before ? 0 : newestFirst.size(), copy);
			}
		}
		if (query.containsKey("page[after]")) {
			addCursor(newestFirst, query.get("page[after]"), 0);
		}
		Collections.reverse(newestFirst);
		for (JsonNode run : newestFirst) {
			ObjectNode copy = ((ObjectNode) run).deepCopy();
			String queue = query.getOrDefault("filter[queue]", "").split(",")[0];
			if (!queue.isEmpty() && !queue.startsWith("task/")) {
				copy.put("queue", queue);
			}
			if (query.containsKey("filter[error]")) {
				copy.set("error", Json.tree(JsonBody.of("name", "Error").with("message", "boom")));
			}
			if (query.containsKey("filter[machine]")) {
				copy.put("machine", query.get("filter[machine]").split(",")[0]);
			}
			if (query.containsKey("filter[schedule]")) {
				copy.set("schedule", Json.tree(JsonBody.of("id", query.get("filter[schedule]"))));
			}
			String batch = query.get("filter[batch]");
			if (batch != null) {
				copy.put("batchId", batch);
			}
			TaskRun added = RecordedRuns.add(environment(run), copy);
			if (query.containsKey("filter[bulkAction]")) {
				added.addBulkAction(query.get("filter[bulkAction]"));
			}
			if (batch != null && this.environment.find(Batch.class, batch) == null) {
				this.environment.all(Batch.class).put(batch, new Batch(batch, 2, null, null, added.createdAt()));
			}
			if (batch != null) {
				this.environment.all(Batch.class).get(batch).runs().add(added);
			}
		}
		String error = query.get("filter[error]");
		if (error != null && !newestFirst.isEmpty()) {
			TestClient client = new TestClient(this.server.emulator().apiUrl()).token(this.environment.apiKey());
			replacements.put(error,
					client.get("/api/v1/errors?filter%5Bfrom%5D=0&filter%5Bto%5D=4102444800000")
						.json()
						.path("data")
						.path(0)
						.path("id")
						.asString(error));
		}
	}

	private static void moveInTime(ObjectNode run, int minutes) {
		Instant created = Instant.parse(run.path("createdAt").asString());
		run.put("createdAt", Json.instant(created.plusSeconds(60L * minutes)));
	}

	private static void addCursor(List<JsonNode> runs, @Nullable String cursor, int index) {
		if (cursor == null || runs.isEmpty()) {
			return;
		}
		JsonNode position = position(cursor);
		if (position != null && position.path("c").isIntegralNumber()) {
			JsonNode model = runs.get((index == 0) ? 0 : runs.size() - 1);
			runs.add(index,
					((ObjectNode) model).deepCopy()
						.put("id", "run_" + position.path("r").asString())
						.put("createdAt", Json.instant(Instant.ofEpochMilli(position.path("c").asLong()))));
		}
	}

	/**
	 * Read a cursor. One that is none is the identifier of a run that need not be there.
	 */
	private static @Nullable JsonNode position(String cursor) {
		try {
			return Json.parse(new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8));
		}
		catch (IllegalArgumentException ex) {
			return null;
		}
	}

	private Environment environment(JsonNode run) {
		EnvironmentKind kind = EnvironmentKind.find(run.path("env").path("name").asString(""));
		return (kind != null && this.environment.kind() != kind) ? this.environment.project().environment(kind)
				: this.environment;
	}

	void batch(@Nullable String id, JsonNode response) {
		if (id == null) {
			return;
		}
		JsonNode ids = response.path("runs");
		Matcher count = RUN_COUNT.matcher(response.path("error").asString(""));
		int runs = count.find() ? Integer.parseInt(count.group(1)) : response.path("runCount").asInt(2);
		Batch batch = new Batch(id, runs, Json.text(response, "idempotencyKey"), null, at(response, "createdAt"));
		this.environment.all(Batch.class).put(id, batch);
		boolean finished = response.path("status").asString("").equals("COMPLETED") || response.has("items");
		for (JsonNode run : ids) {
			ObjectNode json = (ObjectNode) RecordedRuns.json(run.path("id").asString(run.asString("")),
					finished ? "COMPLETED" : "QUEUED");
			if (run.has("idempotencyKey")) {
				json.set("idempotencyKey", run.get("idempotencyKey"));
			}
			batch.runs().add(RecordedRuns.add(this.environment, json));
		}
		for (JsonNode result : response.path("items")) {
			ObjectNode run = (ObjectNode) RecordedRuns.json(result.path("id").asString(), "CANCELED");
			batch.keepResults();
			batch.runs().add(RecordedRuns.add(this.environment, run.put("batchId", id)));
		}
		response.path("processing").path("errors").forEach((error) -> batch.errors().add(body(error)));
		response.path("errors").forEach((error) -> batch.errors().add(body(error)));
		boolean known = response.path("sealed").asBoolean(false) && response.path("itemsAccepted").asInt(1) == 0;
		if (!ids.isEmpty() || finished || known) {
			batch.seal(at(response, "updatedAt"));
		}
		if (response.has("processingCompletedAt") || response.has("successfulRunCount")) {
			batch.processed(at(response, "processingCompletedAt"));
		}
	}

	private static JsonBody body(JsonNode object) {
		JsonBody body = new JsonBody();
		object.properties().forEach((member) -> body.with(member.getKey(), member.getValue()));
		return body;
	}

	void waitpoints(@Nullable String id, JsonNode response, Recording recording) {
		ReplayPages
			.oldestFirst(recording, 25,
					(near, distance) -> "waitpoint_" + ((distance < 0) ? "0" : "z") + (1000 + distance))
			.forEach(this::waitpoint);
		if (id != null) {
			waitpoint(response.has("status") ? response
					: Json.tree(JsonBody.of("id", id).with("status", "WAITING").with("tags", List.of())));
		}
	}

	private void waitpoint(JsonNode json) {
		String key = Json.text(json, "idempotencyKey");
		boolean mine = json.path("userProvidedIdempotencyKey").asBoolean(key != null);
		List<String> tags = json.path("tags").valueStream().map(JsonNode::asString).toList();
		Waitpoint waitpoint = new Waitpoint(json.path("id").asString(), (key != null) ? key : "key", mine,
				json.has("idempotencyKeyExpiresAt") ? at(json, "idempotencyKeyExpiresAt") : null,
				json.has("timeoutAt") ? at(json, "timeoutAt") : null, tags, at(json, "createdAt"));
		String inactive = Json.text(json, "inactiveIdempotencyKey");
		if (inactive != null) {
			waitpoint.deactivateKey("fresh");
		}
		switch (json.path("status").asString("")) {
			case "TIMED_OUT" -> waitpoint.timeOut(at(json, "completedAt"));
			case "COMPLETED" -> waitpoint.complete(Json.text(json, "output"),
					json.path("outputType").asString("application/json"), at(json, "completedAt"));
			default -> {
			}
		}
		this.environment.all(Waitpoint.class).put(waitpoint.id(), waitpoint);
	}

	void queues(String name, JsonNode response, boolean overridden) {
		response.path("data").forEach((queue) -> queue(queue, false));
		int missing = response.path("pagination").path("count").asInt(0) - response.path("data").size();
		for (int i = 0; i < missing; i++) {
			queue(Json.tree(JsonBody.of("id", "queue_more" + i).with("name", "z" + i).with("type", "custom")), false);
		}
		if (!name.isEmpty()) {
			queue(response.has("concurrency") ? response
					: Json.tree(JsonBody.of("id", name).with("name", name).with("type", "custom")), overridden);
		}
	}

	private void queue(JsonNode json, boolean overridden) {
		JsonNode limits = json.path("concurrency");
		boolean shown = limits.hasNonNull("overriddenAt");
		JsonNode base = shown ? limits.path("base") : limits.path("current");
		TaskQueue queue = new TaskQueue(json.path("id").asString(), json.path("name").asString(),
				json.path("type").asString("").equals("custom"), base.isNumber() ? (Integer) base.intValue() : null);
		if (shown || overridden) {
			queue.override(limits.path("override").asInt(1),
					json.path("concurrencyLimitOverridePercent").isNumber()
							? (Double) json.path("concurrencyLimitOverridePercent").doubleValue() : null,
					at(limits, "overriddenAt"));
		}
		queue.setPaused(json.path("paused").asBoolean(false));
		this.environment.all(TaskQueue.class).put(queue.id(), queue);
	}

	/**
	 * Create the run of a row. What the row does not show is as the query wants it.
	 */
	void row(JsonNode row, String query) {
		String id = row.path("run_id").asString("run_row" + this.environment.runs().size());
		boolean finished = query.matches("(?is).*(is_finished|completed_at\\s*(?!IS\\s+NULL)|output\\.).*");
		String status = row.path("status").asString(finished ? "Completed" : "Queued");
		ObjectNode run = (ObjectNode) RecordedRuns.json(id, status.toUpperCase(Locale.ROOT).replace(' ', '_'));
		Matcher task = Pattern.compile("task_identifier\\s*=\\s*'([^']*)'").matcher(query);
		run.put("taskIdentifier", row.path("task_identifier").asString(task.find() ? task.group(1) : "hello"));
		run.put("createdAt", time(row.path("triggered_at").asString(Json.instant(this.state.now().minusSeconds(60)))));
		Matcher tag = Pattern.compile("has\\s*\\(\\s*tags\\s*,\\s*'([^']*)'").matcher(query);
		if (row.has("tags")) {
			run.set("tags", row.get("tags"));
		}
		else if (tag.find()) {
			run.set("tags", Json.tree(List.of(tag.group(1))));
		}
		if (row.has("idempotency_key_scope")) {
			run.set("idempotencyKeyOptions", Json.tree(JsonBody.of("key", row.path("idempotency_key").asString(""))
				.with("scope", row.path("idempotency_key_scope").asString())));
		}
		JsonNode error = Json.parse(row.path("error").asString(""));
		if (error != null) {
			run.set("error", error.has("raw") ? Json.tree(JsonBody.of("message", error.path("raw"))) : error);
		}
		JsonNode output = Json.parse(row.path("output").asString(""));
		if (output != null) {
			run.set("output", output);
		}
		row.properties()
			.stream()
			.filter((column) -> column.getKey().startsWith("output_"))
			.forEach((column) -> run.withObject("output")
				.set(column.getKey().substring("output_".length()), column.getValue()));
		Matcher bound = Pattern.compile("completed_at[^']{0,20}'(\\d[^']+)'").matcher(query);
		boolean unfinished = row.has("completed_at") ? row.path("completed_at").isNull()
				: query.matches("(?is).*completed_at\\s+IS\\s+NULL.*");
		if (row.path("queued_at").isNull()) {
			run.put("delayedUntil", "2026-12-24T04:00:00.000Z");
		}
		if (unfinished) {
			run.remove("startedAt");
		}
		else if (row.has("completed_at") || bound.find()) {
			run.put("finishedAt", row.has("completed_at") ? time(row.path("completed_at").asString())
					: Json.instant(Instant.parse(time(bound.group(1))).plusSeconds(1)));
		}
		RecordedRuns.add(this.environment, run);
	}

	private static String time(String text) {
		return text.replace(' ', 'T').replaceFirst("(?<!Z)$", "Z");
	}

	private Instant at(JsonNode json, String name) {
		return ReplaySetup.instant(json, name, this.state.now());
	}

	static Map<String, String> query(Recording recording) {
		Map<String, String> query = new java.util.LinkedHashMap<>();
		recording.query().forEach((parameter) -> query.put(parameter.getKey(), parameter.getValue()));
		return query;
	}

}

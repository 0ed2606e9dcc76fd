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
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

import dev.trigger.emulator.http.Json;
import dev.trigger.emulator.http.JsonBody;
import dev.trigger.emulator.state.EmulatorState;
import dev.trigger.emulator.state.EnvironmentKind;
import dev.trigger.emulator.state.Payloads;
import dev.trigger.emulator.state.RunEngine;
import dev.trigger.emulator.state.RunStatus;
import dev.trigger.emulator.state.TaskRun;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Runs as rows of the database, which is what feeds are made of: every value is text.
 */
final class RunRow {

	private static final Set<String> RESERVED = Set.of("id", "taskIdentifier", "friendlyId", "status", "createdAt");

	private static final String JSON = "application/json";

	private static final Map<String, String> TYPES = new LinkedHashMap<>();

	static {
		types("text", "id", "taskIdentifier");
		types("timestamp", "createdAt", "updatedAt", "startedAt", "delayUntil", "queuedAt", "expiredAt", "completedAt");
		types("text", "friendlyId");
		types("int4", "number");
		types("bool", "isTest");
		types("text", "status");
		types("int4", "usageDurationMs");
		types("float8", "costInCents", "baseCostInCents");
		types("text", "ttl", "payload", "payloadType", "metadata", "metadataType", "output", "outputType", "runTags");
		types("jsonb", "error");
		types("text", "realtimeStreams");
	}

	private static final Set<String> ARRAYS = Set.of("runTags", "realtimeStreams");

	private RunRow() {
	}

	private static void types(String type, String... columns) {
		for (String column : columns) {
			TYPES.put(column, type);
		}
	}

	/**
	 * Return the key of a row.
	 * @param run the run
	 * @return the name of the table and the internal identifier
	 */
	static String key(TaskRun run) {
		return "\"public\".\"TaskRun\"/\"" + internalId(run) + "\"";
	}

	static String internalId(TaskRun run) {
		return run.id().substring("run_".length());
	}

	static boolean isSkipped(String column, Collection<String> skipped) {
		return skipped.contains(column) && !RESERVED.contains(column);
	}

	/**
	 * Return what the columns hold.
	 * @param skipped the columns to leave out
	 * @return the JSON of the header
	 */
	static String schema(Collection<String> skipped) {
		JsonBody schema = new JsonBody();
		TYPES.forEach((column, type) -> {
			if (!isSkipped(column, skipped)) {
				JsonBody described = JsonBody.of("type", type);
				schema.with(column, ARRAYS.contains(column) ? described.with("dims", 1) : described);
			}
		});
		return Json.string(schema);
	}

	/**
	 * Return a row.
	 * @param run the run
	 * @param skipped the columns to leave out
	 * @param latestVersion whether the reader knows the newest statuses
	 * @return the columns
	 */
	static JsonBody of(TaskRun run, Collection<String> skipped, boolean latestVersion) {
		JsonNode output = run.output();
		boolean stored = run.hasStoredOutput();
		JsonNode test = run.command().options().get("test");
		JsonNode payload = run.command().payload();
		JsonNode metadata = run.metadata();
		JsonBody row = JsonBody.of("id", internalId(run))
			.with("taskIdentifier", run.taskId())
			.with("createdAt", time(run.createdAt()))
			.with("updatedAt", time(run.updatedAt()))
			.with("startedAt", time(run.startedAt()))
			.with("delayUntil", time(run.delayedUntil()))
			.with("queuedAt", time(run.queuedAt()))
			.with("expiredAt", time(run.expiredAt()))
			.with("completedAt", time(run.finishedAt()))
			.with("friendlyId", run.id())
			.with("number", "0")
			.with("isTest", (test != null && test.asBoolean(false)) ? "t" : "f")
			.with("status", status(run, latestVersion))
			.with("usageDurationMs", String.valueOf(run.usage().toMillis()))
			.with("costInCents", "0")
			.with("baseCostInCents", "0")
			.with("ttl", RunEngine.ttl(run))
			.with("payload", (payload != null) ? Payloads.text(payload, run.command().payloadType()) : null)
			.with("payloadType", run.command().payloadType())
			.with("metadata", metadata.isNull() ? null : Json.string(metadata))
			.with("metadataType", JSON)
			.with("output", stored ? EmulatorState.outputPath(run) : text(output))
			.with("outputType", stored ? Payloads.STORE : type(output))
			.with("runTags", run.tags().isEmpty() ? null : array(run.tags()))
			.with("error", (run.error() != null) ? Json.string(run.error().toRow()) : null)
			.with("realtimeStreams", array(run.links().streams()));
		row.keySet().removeIf((column) -> isSkipped(column, skipped));
		return row;
	}

	/**
	 * Return the status as the database has it.
	 */
	private static String status(TaskRun run, boolean latestVersion) {
		return switch (run.status()) {
			case DEQUEUED -> latestVersion ? "DEQUEUED" : "EXECUTING";
			// the worker of a developer waits without being suspended
			case WAITING ->
				(run.environment().kind() == EnvironmentKind.DEVELOPMENT) ? "EXECUTING" : run.status().databaseName();
			default -> run.status().databaseName();
		};
	}

	private static @Nullable String text(@Nullable JsonNode output) {
		if (output == null) {
			return null;
		}
		return output.isString() ? output.asString() : Json.string(output);
	}

	private static String type(@Nullable JsonNode output) {
		return (output != null && output.isString()) ? "text/plain" : JSON;
	}

	private static @Nullable String time(@Nullable Instant instant) {
		return (instant != null) ? Json.instant(instant).replace("Z", "") : null;
	}

	/**
	 * Return an array as Postgres writes it.
	 */
	private static String array(Collection<String> elements) {
		StringBuilder array = new StringBuilder("{");
		for (String element : elements) {
			array.append((array.length() > 1) ? ",\"" : "\"")
				.append(element.replace("\\", "\\\\").replace("\"", "\\\""))
				.append('"');
		}
		return array.append('}').toString();
	}

}

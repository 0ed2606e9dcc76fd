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

package dev.trigger.spring.contract;

import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Says what a client has to make of a row of a feed. Written anew from the rules, so that
 * a mistake of the client is not repeated here.
 */
final class RecordedRow {

	/**
	 * What the SDK's results have.
	 */
	private static final List<String> BRIEF = List.of("id", "status", "payload", "output", "isCompleted", "tags");

	private static final Map<String, String> STATUSES = Map.of("PENDING", "QUEUED", "WAITING_FOR_DEPLOY",
			"PENDING_VERSION", "PAUSED", "WAITING", "WAITING_TO_RESUME", "WAITING", "RETRYING_AFTER_FAILURE",
			"EXECUTING", "COMPLETED_SUCCESSFULLY", "COMPLETED", "INTERRUPTED", "FAILED", "COMPLETED_WITH_ERRORS",
			"FAILED");

	private static final List<String> FINAL = List.of("COMPLETED_SUCCESSFULLY", "COMPLETED_WITH_ERRORS", "CANCELED",
			"INTERRUPTED", "CRASHED", "SYSTEM_FAILURE", "EXPIRED", "TIMED_OUT");

	private static final List<String> ONGOING = List.of("PENDING", "PENDING_VERSION", "WAITING_FOR_DEPLOY", "DELAYED",
			"DEQUEUED", "EXECUTING", "WAITING_TO_RESUME", "PAUSED", "RETRYING_AFTER_FAILURE");

	private static final Map<String, String> TIMES = Map.of("createdAt", "createdAt", "updatedAt", "updatedAt",
			"startedAt", "startedAt", "completedAt", "finishedAt", "delayUntil", "delayedUntil", "expiredAt",
			"expiredAt", "queuedAt", "queuedAt");

	private static final Map<String, String> NUMBERS = Map.of("usageDurationMs", "durationMs", "costInCents",
			"costInCents", "baseCostInCents", "baseCostInCents");

	private static final Pattern ELEMENT = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"|([^,{}\"]+)");

	private RecordedRow() {
	}

	static boolean isFinal(JsonNode row) {
		String status = row.path("status").asString("");
		return FINAL.contains(status) || (row.path("completedAt").isString() && !ONGOING.contains(status));
	}

	/**
	 * Return the run for a row.
	 * @param row the columns
	 * @return the run with the names of {@link RealtimeCalls#json}
	 */
	static ObjectNode toRun(JsonNode row) {
		ObjectNode run = JsonNodeFactory.instance.objectNode();
		run.set("id", row.has("friendlyId") ? row.get("friendlyId") : text("run_" + row.path("id").asString("")));
		String status = row.path("status").asString("");
		run.put("status", STATUSES.getOrDefault(status, status));
		run.put("isCompleted", isFinal(row));
		for (String name : List.of("taskIdentifier", "ttl")) {
			run.set(name, row.path(name).isMissingNode() ? JsonNodeFactory.instance.nullNode() : row.get(name));
		}
		run.put("isTest", row.path("isTest").asString("").equals("t"));
		TIMES.forEach((column, name) -> {
			if (row.path(column).isString()) {
				run.put(name, row.get(column).stringValue() + "Z");
			}
		});
		NUMBERS.forEach((column, name) -> {
			if (row.path(column).isString()) {
				run.set(name, Contract.json(row.get(column).stringValue()));
			}
		});
		run.set("tags", array(row.path("runTags").asString("{}")));
		run.set("streams", array(row.path("realtimeStreams").asString("{}")));
		set(run, "payload", content(row, "payload"));
		set(run, "output", content(row, "output"));
		set(run, "metadata", content(row, "metadata"));
		if (row.path("error").isString()) {
			JsonNode error = Contract.json(row.get("error").stringValue());
			set(run, "error", error.has("message") ? error.get("message") : error.get("raw"));
		}
		return run;
	}

	static JsonNode brief(JsonNode row) {
		return toRun(row).retain(BRIEF);
	}

	private static void set(ObjectNode run, String name, @Nullable JsonNode value) {
		if (value != null) {
			run.set(name, value);
		}
	}

	/**
	 * Return a content as plain JSON.
	 * @return the content, {@code null} if there is none or if it is not here
	 */
	private static @Nullable JsonNode content(JsonNode row, String column) {
		JsonNode text = row.path(column);
		if (!text.isString()) {
			return null;
		}
		return switch (row.path(column + "Type").asString("application/json")) {
			case "application/json" -> Contract.json(text.stringValue());
			case "application/super+json" -> Contract.json(text.stringValue()).path("json");
			case "application/store" -> null;
			default -> text;
		};
	}

	private static ArrayNode array(String literal) {
		ArrayNode elements = JsonNodeFactory.instance.arrayNode();
		Matcher matcher = ELEMENT.matcher(literal);
		while (matcher.find()) {
			elements.add((matcher.group(1) != null) ? matcher.group(1).replaceAll("\\\\(.)", "$1") : matcher.group(2));
		}
		return elements;
	}

	private static JsonNode text(String value) {
		return JsonNodeFactory.instance.stringNode(value);
	}

}

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

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

import dev.trigger.emulator.http.Json;
import dev.trigger.emulator.http.JsonBody;
import dev.trigger.emulator.http.ResponseException;
import dev.trigger.emulator.state.Environment;
import dev.trigger.emulator.state.RunEngine;
import dev.trigger.emulator.state.RunStatus;
import dev.trigger.emulator.state.TaskRun;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The tables that queries read. Only that of runs has rows.
 */
final class QueryTable {

	private static final JsonNode SCHEMA = resource("query-schema.json");

	private static final Map<String, Object> DEFAULTS = defaults();

	/**
	 * The names that columns have where the server stores them.
	 */
	private static final Map<String, String> STORED = Map.ofEntries(Map.entry("friendly_id", "run_id"),
			Map.entry("attempt", "attempt_count"), Map.entry("idempotency_key_user", "idempotency_key"),
			Map.entry("created_at", "triggered_at"), Map.entry("started_at", "dequeued_at"),
			Map.entry("expiration_ttl", "ttl"), Map.entry("usage_duration_ms", "usage_duration"),
			Map.entry("machine_preset", "machine"), Map.entry("max_duration_in_seconds", "max_duration"),
			Map.entry("metric_subject", "machine_id"), Map.entry("value", "metric_value"),
			Map.entry("queue_name", "queue"));

	private static final Map<String, String> TIME_COLUMNS = Map.of("runs", "triggered_at", "llm_metrics", "start_time",
			"llm_models", "minute", "metrics", "bucket_start", "queue_metrics", "bucket_start", "env_metrics",
			"bucket_start", "queue_metrics_by_key", "bucket_start");

	private static final int SHORTEST_MAX_DURATION = 5;

	private QueryTable() {
	}

	static JsonNode schema() {
		return SCHEMA;
	}

	static JsonNode resource(String name) {
		try (InputStream stream = QueryTable.class.getResourceAsStream(name)) {
			return Json.mapper().readTree(stream);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	static List<String> columns(String table) {
		List<String> tables = SCHEMA.path("tables").valueStream().map((row) -> row.path("name").asString()).toList();
		if (!tables.contains(table)) {
			throw new ResponseException(400,
					"Table \"" + table + "\" is not accessible. Available tables: " + String.join(", ", tables));
		}
		return SCHEMA.path("tables")
			.get(tables.indexOf(table))
			.path("columns")
			.valueStream()
			.map((column) -> column.path("name").asString())
			.sorted()
			.toList();
	}

	/**
	 * Return what a column holds.
	 */
	static QueryKind kind(String table, String name) {
		return SCHEMA.path("tables")
			.valueStream()
			.filter((row) -> row.path("name").asString().equals(table))
			.flatMap((row) -> row.path("columns").valueStream())
			.filter((column) -> column.path("name").asString().equals(name))
			.map((column) -> QueryKind.of(column.path("type").asString()))
			.findFirst()
			.orElse(QueryKind.OTHER);
	}

	/**
	 * Return the column with the time of the rows of a table.
	 */
	static @Nullable String timeColumn(String table) {
		return TIME_COLUMNS.get(table);
	}

	/**
	 * Return the columns that {@code *} means: the most important ones.
	 */
	static List<String> core(String table) {
		List<JsonNode> columns = SCHEMA.path("tables")
			.valueStream()
			.filter((row) -> row.path("name").asString().equals(table))
			.flatMap((row) -> row.path("columns").valueStream())
			.toList();
		boolean anyCore = columns.stream().anyMatch((column) -> column.has("coreColumn"));
		return columns.stream()
			.filter((column) -> !anyCore || column.has("coreColumn"))
			.map((column) -> column.path("name").asString())
			.toList();
	}

	/**
	 * Return the refusal of a column that a table does not have.
	 */
	static ResponseException unknown(String table, String name, List<String> known) {
		String available = "Available columns: " + String.join(", ", known);
		if (name.equals("organization_id") || (name.equals("engine") && table.equals("runs"))) {
			return new ResponseException(400, "Column \"" + name + "\" is not available for querying. " + available);
		}
		String meant = STORED.get(name);
		return new ResponseException(400, "Unknown column \"" + name + "\". "
				+ ((meant != null && known.contains(meant)) ? "Did you mean \"" + meant + "\"?" : available));
	}

	static List<JsonBody> rows(String table, List<Environment> environments, Query.Window window) {
		List<JsonBody> rows = new ArrayList<>();
		if (table.equals("runs")) {
			environments.stream()
				.flatMap((environment) -> environment.runs().stream())
				.filter((run) -> window.contains(run.createdAt()) && window.copied().test(run))
				.forEach((run) -> rows.add(row(run)));
		}
		return rows;
	}

	private static JsonBody row(TaskRun run) {
		Environment environment = run.environment();
		RunStatus status = run.status();
		JsonNode options = run.command().options();
		JsonNode keyOptions = options.path("idempotencyKeyOptions");
		JsonBody row = JsonBody.of("run_id", run.id())
			.with("environment", environment.slug())
			.with("project", environment.project().ref())
			.with("environment_type", environment.kind().name())
			.with("status", words(status.name()))
			.with("task_identifier", run.taskId())
			.with("task_version", run.version())
			.with("queue", run.queue())
			.with("region", environment.region())
			.with("batch_id", run.command().batchId())
			.with("idempotency_key", Json.text(keyOptions, "key"))
			.with("idempotency_key_scope", Json.text(keyOptions, "scope"))
			.with("concurrency_key", Json.text(options, "concurrencyKey"))
			.with("ttl", RunEngine.ttl(run))
			.with("root_run_id", (run.parent() != null) ? run.root().id() : null)
			.with("parent_run_id", (run.parent() != null) ? run.parent().id() : null)
			.with("attempt_count", run.attempts())
			.with("depth", run.depth())
			.with("tags", List.copyOf(run.tags()))
			.with("triggered_at", time(run.createdAt()))
			.with("queued_at", time((run.queuedAt() != null) ? run.queuedAt() : run.startedAt()))
			.with("dequeued_at", time(run.startedAt()))
			.with("executed_at", time(run.startedAt()))
			.with("completed_at", time(run.finishedAt()))
			.with("expired_at", time(run.expiredAt()))
			.with("delay_until", time(run.delayedUntil()))
			.with("usage_duration", run.usage().toMillis())
			.with("total_cost", 0)
			.with("compute_cost", 0)
			.with("invocation_cost", 0)
			.with("is_test", options.path("test").asBoolean(false))
			.with("is_finished", status.isFinished())
			.with("is_root_run", (run.parent() == null))
			.with("is_child_run", (run.parent() != null))
			.with("has_delay", (run.delayedUntil() != null))
			.with("machine", Json.text(options, "machine"))
			.with("max_duration", maxDuration(options.path("maxDuration").asInt(0)))
			.with("bulk_action_group_ids",
					run.links().bulkActions().stream().map((id) -> id.substring("bulk_".length())).toList())
			.with("output", (run.output() != null) ? Json.string(run.output()) : null)
			.with("error", (run.error() != null) ? Json.string(new TreeMap<>(run.error().toRow())) : null);
		row.with("total_duration", millis(run.createdAt(), run.finishedAt()))
			.with("execution_duration", millis(run.startedAt(), run.finishedAt()))
			.with("queued_duration", millis(run.queuedAt(), run.startedAt()));
		DEFAULTS.forEach((name, value) -> row.merge(name, value, (given, missing) -> given));
		return row;
	}

	/**
	 * Return what columns hold where nothing is known: most are not nullable.
	 */
	private static Map<String, Object> defaults() {
		Map<String, Object> defaults = new HashMap<>();
		for (JsonNode column : SCHEMA.path("tables").get(0).path("columns")) {
			String name = column.path("name").asString();
			String type = column.path("type").asString();
			if (type.contains("String)") || type.equals("String")) {
				defaults.put(name, type.startsWith("Array") ? List.of() : "");
			}
			else if (type.equals("UInt8")) {
				defaults.put(name, false);
			}
			else if (type.equals("Float64") || name.equals("depth") || name.equals("attempt_count")) {
				defaults.put(name, 0);
			}
		}
		return defaults;
	}

	/**
	 * Return what is between two times to the millisecond.
	 */
	private static @Nullable Long millis(@Nullable Instant start, @Nullable Instant end) {
		return (start != null && end != null) ? (Long) (end.toEpochMilli() - start.toEpochMilli()) : null;
	}

	/**
	 * Return how many seconds a run may take as servers keep it: five at least.
	 */
	private static @Nullable Integer maxDuration(int given) {
		return (given != 0) ? (Integer) Math.max(given, SHORTEST_MAX_DURATION) : null;
	}

	private static String words(String name) {
		String words = name.replace('_', ' ').toLowerCase(Locale.ROOT);
		return Character.toUpperCase(words.charAt(0)) + words.substring(1);
	}

	private static @Nullable String time(@Nullable Instant instant) {
		return (instant != null) ? Json.instant(instant).replace('T', ' ').replace("Z", "") : null;
	}

}

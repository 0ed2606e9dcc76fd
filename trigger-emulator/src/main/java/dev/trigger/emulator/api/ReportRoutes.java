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

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

import dev.trigger.emulator.http.EmulatorResponse;
import dev.trigger.emulator.http.JsonBody;
import dev.trigger.emulator.state.RunStatus;
import dev.trigger.emulator.state.TaskRun;

/**
 * The report of an environment's health: whether work flows, and whether it fails.
 */
final class ReportRoutes {

	private static final ShortPeriod PERIOD = new ShortPeriod("mhdw",
			"period must be a shorthand like '30m', '1h' or '7d' — minutes (m), hours (h), days (d) or weeks (w);"
					+ " seconds are not supported",
			90, false);

	private static final List<String> FORMATS = List.of("markdown", "json", "ansi");

	/**
	 * What a report is made of: a token must be good for all of them.
	 */
	private static final List<String> TABLES = List.of("runs", "env_metrics", "queue_metrics");

	void addTo(Router router) {
		router.get("query.report", "/api/v1/reports/{key}", this::report).publicToken();
	}

	private EmulatorResponse report(ApiCall call) {
		Issues issues = new Issues();
		String text = (call.query("period") != null) ? call.query("period") : "1h";
		Duration period = PERIOD.read(text, issues);
		String format = (call.query("format") != null) ? call.query("format") : "markdown";
		if (!FORMATS.contains(format)) {
			issues.wrongEnum(format, FORMATS, "format");
		}
		issues.refuseQuery();
		if (!call.variable("key").equals("health")) {
			// the real server responds this for a report that it does not know
			throw ApiCall.unauthorized();
		}
		TABLES.forEach((table) -> call.authorize("read", "query:" + table));
		Health health = health(call, call.now().minus(period));
		String title = "health · " + call.environment().kind().slug() + " · last " + text;
		return switch (format) {
			case "json" -> EmulatorResponse.ok(json(call, health, text, period));
			case "markdown" -> text("text/markdown; charset=utf-8", "# " + title + "\n\n" + health.lines("- "));
			case "ansi" ->
				text("text/plain; charset=utf-8", "\u001b[1m" + title + "\u001b[0m\n\n" + health.lines("  "));
			default -> throw new IllegalStateException("No report as " + format);
		};
	}

	private static EmulatorResponse text(String type, String text) {
		return EmulatorResponse.of(200, type, text.getBytes(StandardCharsets.UTF_8));
	}

	private static Health health(ApiCall call, Instant from) {
		List<TaskRun> runs = call.environment().runs().stream().filter((run) -> run.createdAt().isAfter(from)).toList();
		int waiting = (int) runs.stream()
			.filter((run) -> run.status() == RunStatus.QUEUED || run.status() == RunStatus.PENDING_VERSION)
			.count();
		int done = (int) runs.stream().filter((run) -> run.status().isFinished()).count();
		int failed = (int) runs.stream()
			.filter((run) -> run.status().isFinished() && run.status() != RunStatus.COMPLETED
					&& run.status() != RunStatus.CANCELED)
			.count();
		return new Health(runs.size(), waiting, done, failed);
	}

	private static JsonBody json(ApiCall call, Health health, String text, Duration period) {
		return JsonBody.of("title", "health")
			.with("scope", call.environment().kind().slug())
			.with("period", "last " + text)
			.with("generatedAt", call.now())
			.with("windowMinutes", period.toMinutes())
			.with("summary",
					JsonBody.of("severity", health.severity())
						.with("statements",
								List.of(statement("flow", "ok"), statement("execution", health.severity()),
										statement("liveness", "ok"))))
			.with("findings",
					List.of(finding("flow", "ok", "healthy", "pending"),
							finding("execution", health.severity(), health.reason(), "failure_rate"),
							finding("liveness", "ok", "healthy", "throughput")))
			.with("metrics",
					List.of(metric("pending", health.waiting(), "count", "count", "ok"),
							metric("failure_rate", health.failureRate(), "ratio", "ratio", health.severity()),
							metric("throughput", health.done(), "count", "count", "ok")))
			.with("facts",
					JsonBody.of("triggered", health.triggered())
						.with("done", health.done())
						.with("failed", health.failed()))
			.with("links", List.of())
			.with("footer", List.of());
	}

	private static JsonBody statement(String type, String severity) {
		return JsonBody.of("findingType", type).with("severity", severity);
	}

	private static JsonBody finding(String type, String severity, String reason, String metric) {
		return JsonBody.of("type", type)
			.with("severity", severity)
			.with("reason", reason)
			.with("metricIds", List.of(metric));
	}

	private static JsonBody metric(String id, Number value, String unit, String aggregation, String severity) {
		return JsonBody.of("id", id)
			.with("value", value)
			.with("unit", unit)
			.with("aggregation", aggregation)
			.with("severity", severity);
	}

	/**
	 * What became of the runs of a time.
	 *
	 * @param triggered how many were triggered
	 * @param waiting how many of them wait to start
	 * @param done how many of them are over
	 * @param failed how many of them failed
	 */
	private record Health(int triggered, int waiting, int done, int failed) {

		double failureRate() {
			return (this.done > 0) ? (double) this.failed / this.done : 0;
		}

		String severity() {
			double rate = failureRate();
			return (rate >= 0.5) ? "crit" : (rate > 0) ? "warn" : "ok";
		}

		String reason() {
			return (this.failed > 0) ? "failure_rate_high" : "healthy";
		}

		String lines(String bullet) {
			return bullet + "flow: " + this.waiting + " waiting to start of " + this.triggered + " triggered\n" + bullet
					+ "execution: " + this.failed + " failed of " + this.done + " done\n" + bullet
					+ "liveness: data is fresh\n";
		}

	}

}

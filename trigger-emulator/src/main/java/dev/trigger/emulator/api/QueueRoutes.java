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

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

import dev.trigger.emulator.http.EmulatorResponse;
import dev.trigger.emulator.http.Json;
import dev.trigger.emulator.http.JsonBody;
import dev.trigger.emulator.http.ResponseException;
import dev.trigger.emulator.state.Environment;
import dev.trigger.emulator.state.RunStatus;
import dev.trigger.emulator.state.TaskQueue;
import dev.trigger.emulator.state.TaskRun;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Queues.
 */
final class QueueRoutes {

	private static final String PATH = "/api/v1/queues";

	private static final int PAGE_SIZE = 25;

	private static final BodySchema PAUSE = BodySchema.of("queues.pause");

	private static final BodySchema OVERRIDE = BodySchema.of("queues.overrideConcurrencyLimit");

	private static final BodySchema RESET = BodySchema.of("queues.resetConcurrencyLimit");

	private static final List<String> TYPES = List.of("task", "custom", "id");

	private static final ShortPeriod PERIOD = new ShortPeriod("smhdw",
			"period must be a shorthand like '15m', '1h', or '24h'", 7, true);

	private static final int TREND_POINTS = 12;

	void addTo(Router router) {
		router.get("queues.list", PATH, this::list);
		router.get("queues.retrieve", PATH + "/{queueParam}", QueueRoutes::retrieve).publicToken();
		router.post("queues.pause", PATH + "/{queueParam}/pause", this::pause).anyAction().wrongMethod(405);
		router.post("queues.overrideConcurrencyLimit", PATH + "/{queueParam}/concurrency/override", this::override)
			.anyAction()
			.wrongMethod(405);
		router.post("queues.resetConcurrencyLimit", PATH + "/{queueParam}/concurrency/reset", this::reset)
			.anyAction()
			.wrongMethod(405);
		router.get("queues.metrics", PATH + "/{queueParam}/metrics", this::metrics).publicToken();
	}

	private static EmulatorResponse retrieve(ApiCall call) {
		Issues issues = new Issues();
		String type = type(call, TYPES, issues);
		issues.refuseQuery();
		call.authorize("read", "queues");
		return EmulatorResponse.ok(read(call, find(call, type, "queue-not-found")));
	}

	private EmulatorResponse list(ApiCall call) {
		Issues issues = new Issues();
		NumberedPages pages = NumberedPages.read(call.request(), PAGE_SIZE, issues);
		issues.refuseQuery();
		return EmulatorResponse.ok(pages.of(queues(call), (queue) -> read(call, queue)));
	}

	private EmulatorResponse pause(ApiCall call) {
		JsonNode body = PAUSE.read(call);
		TaskQueue queue = find(call, Json.text(body, "type"), "queue-not-found");
		queue.setPaused(body.path("action").asString().equals("pause"));
		call.state().engine().dispatch();
		return EmulatorResponse.ok(json(call, queue));
	}

	private EmulatorResponse override(ApiCall call) {
		JsonNode body = OVERRIDE.read(call);
		JsonNode limit = body.get("concurrencyLimit");
		JsonNode percent = body.get("percent");
		TaskQueue queue = find(call, Json.text(body, "type"), "Queue not found");
		int value = (limit != null) ? limit.intValue()
				: part(call.environment().concurrencyLimit(), Objects.requireNonNull(percent).doubleValue());
		if (value > call.environment().concurrencyLimit()) {
			throw new ResponseException(400, "Concurrency limit (" + value + ") cannot exceed the environment limit ("
					+ call.environment().concurrencyLimit() + ")");
		}
		queue.override(value, (percent != null) ? percent.doubleValue() : null, call.now());
		call.state().engine().dispatch();
		return EmulatorResponse.ok(json(call, queue));
	}

	/**
	 * A part is never nothing, since that would be a pause.
	 */
	private static int part(int limit, double percent) {
		return Math.min(Math.max((int) Math.floor(limit * percent / 100), 1), limit);
	}

	private EmulatorResponse reset(ApiCall call) {
		TaskQueue queue = find(call, Json.text(RESET.read(call), "type"), "Queue not found");
		if (queue.overriddenAt() == null) {
			throw new ResponseException(400, "Queue is not overridden");
		}
		queue.reset();
		call.state().engine().dispatch();
		return EmulatorResponse.ok(json(call, queue));
	}

	private EmulatorResponse metrics(ApiCall call) {
		Issues issues = new Issues();
		String type = type(call, List.of("task", "custom"), issues);
		String period = (call.query("period") != null) ? call.query("period") : "1h";
		Duration span = PERIOD.read(period, issues);
		issues.refuseQuery();
		call.authorize("read", "query:queue_metrics");
		// the real server takes the value for a name here, also when it is an identifier
		String given = given(call);
		String name = ("custom".equals(type) || given.startsWith("task/")) ? given : "task/" + given;
		TaskQueue queue = queues(call).stream()
			.filter((candidate) -> candidate.runQueue().equals(name))
			.findFirst()
			.orElse(null);
		long bucket = Math.max(60, Math.round((double) span.toSeconds() / TREND_POINTS));
		long to = -Math.floorDiv(-call.now().toEpochMilli(), bucket * 1000) * bucket;
		long from = to - span.toSeconds();
		int points = (int) ((to - from / bucket * bucket + bucket / 2) / bucket);
		return EmulatorResponse.ok(JsonBody.of("queue", name)
			.with("period", period)
			.with("from", Instant.ofEpochSecond(from))
			.with("to", Instant.ofEpochSecond(to))
			.with("waitMs", JsonBody.of("p50", null).with("p95", null))
			.with("peakQueued", (queue != null) ? count(call, queue, RunStatus.QUEUED) : 0)
			.with("startedCount", 0)
			.with("startedPerMin", 0)
			.with("throttledCount", 0)
			.with("bucketIntervalMs", bucket * 1000)
			.with("depthTrend", Collections.nCopies(points, 0)));
	}

	private static List<TaskQueue> queues(ApiCall call) {
		Environment environment = call.environment();
		Set<String> names = new TreeSet<>();
		call.state().deployedTasks().forEach((task) -> names.add("task/" + task.id()));
		for (TaskRun run : environment.runs()) {
			names.add(run.queue());
		}
		environment.all(TaskQueue.class).values().forEach((queue) -> names.remove(queue.runQueue()));
		for (String name : names) {
			boolean custom = !name.startsWith("task/");
			var task = custom ? null : call.state().task(name.substring("task/".length()));
			call.state()
				.addQueue(environment, custom ? name : name.substring("task/".length()), custom,
						(task != null) ? task.concurrencyLimit() : null);
		}
		return environment.all(TaskQueue.class)
			.values()
			.stream()
			.sorted(Comparator.comparing(TaskQueue::name))
			.toList();
	}

	private static @Nullable String type(ApiCall call, List<String> types, Issues issues) {
		String type = call.query("type");
		if (type != null && !types.contains(type)) {
			issues.wrongEnum(type, types, "type");
		}
		return type;
	}

	/**
	 * Return the name or identifier in the path, in which some clients encode slashes
	 * twice.
	 */
	private static String given(ApiCall call) {
		return call.variable("queueParam").replace("%2F", "/");
	}

	/**
	 * Return the name in the path, which servers decode once more than an identifier.
	 */
	private static String name(ApiCall call) {
		try {
			return URLDecoder.decode(given(call).replace("+", "%2B"), StandardCharsets.UTF_8).replace("%2F", "/");
		}
		catch (IllegalArgumentException ex) {
			throw new ResponseException(500, "Internal Server Error");
		}
	}

	private static TaskQueue find(ApiCall call, @Nullable String type, String refusal) {
		String kind = (type != null) ? type : "id";
		String value = kind.equals("id") ? given(call) : name(call);
		return queues(call).stream().filter((queue) -> switch (kind) {
			case "task" -> queue.runQueue().equals("task/" + value.replaceFirst("^task/", ""));
			case "custom" -> queue.runQueue().equals(value);
			default -> queue.id().equals(value);
		}).findFirst().orElseThrow(() -> new ResponseException(404, refusal));
	}

	private static JsonBody read(ApiCall call, TaskQueue queue) {
		return json(call, queue).with("concurrencyLimitOverridePercent", queue.overridePercent());
	}

	private static JsonBody json(ApiCall call, TaskQueue queue) {
		boolean overridden = queue.overriddenAt() != null;
		return JsonBody.of("id", queue.id())
			.with("name", queue.name())
			.with("type", queue.isCustom() ? "custom" : "task")
			.with("running", count(call, queue, RunStatus.EXECUTING))
			.with("queued", count(call, queue, RunStatus.QUEUED))
			.with("paused", queue.isPaused())
			.with("concurrencyLimit", queue.limit())
			.with("concurrency",
					JsonBody.of("current", queue.limit())
						.with("base", overridden ? queue.baseLimit() : null)
						.with("override", queue.overrideLimit())
						.with("overriddenBy", null)
						.with("overriddenAt", queue.overriddenAt()))
			.with("releaseConcurrencyOnWaitpoint", true);
	}

	private static int count(ApiCall call, TaskQueue queue, RunStatus status) {
		return call.state().engine().count(call.environment(), queue.runQueue(), status);
	}

}

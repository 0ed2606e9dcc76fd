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

	private static final List<String> TYPES = List.of("id", "task", "custom");

	void addTo(Router router) {
		router.get("queues.list", PATH, this::list);
		router
			.get("queues.retrieve", PATH + "/{queueParam}",
					(call) -> EmulatorResponse.ok(read(call, find(call, type(call), "queue-not-found"))))
			.publicToken();
		router.post("queues.pause", PATH + "/{queueParam}/pause", this::pause).anyAction().wrongMethod(405);
		router.post("queues.overrideConcurrencyLimit", PATH + "/{queueParam}/concurrency/override", this::override)
			.anyAction()
			.wrongMethod(405);
		router.post("queues.resetConcurrencyLimit", PATH + "/{queueParam}/concurrency/reset", this::reset)
			.anyAction()
			.wrongMethod(405);
		router.get("queues.metrics", PATH + "/{queueParam}/metrics", this::metrics).publicToken();
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
				: (int) (call.environment().concurrencyLimit() * Objects.requireNonNull(percent).doubleValue() / 100);
		if (value > call.environment().concurrencyLimit()) {
			throw new ResponseException(400, "Concurrency limit (" + value + ") cannot exceed the environment limit ("
					+ call.environment().concurrencyLimit() + ")");
		}
		queue.override(value, (percent != null) ? percent.doubleValue() : null, call.now());
		call.state().engine().dispatch();
		return EmulatorResponse.ok(json(call, queue));
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
		// the real server takes the value for a name here, also when it is an identifier
		TaskQueue queue = queues(call).stream()
			.filter((candidate) -> candidate.id().equals(call.variable("queueParam")))
			.findFirst()
			.orElse(null);
		String name = "custom".equals(call.query("type")) ? call.variable("queueParam")
				: "task/" + call.variable("queueParam");
		Instant to = Instant.ofEpochSecond(call.now().getEpochSecond() / 300 * 300);
		return EmulatorResponse.ok(JsonBody.of("queue", name)
			.with("period", "1h")
			.with("from", to.minus(Duration.ofHours(1)))
			.with("to", to)
			.with("waitMs", JsonBody.of("p50", null).with("p95", null))
			.with("peakQueued", (queue != null) ? count(call, queue, RunStatus.QUEUED) : 0)
			.with("startedCount", 0)
			.with("startedPerMin", 0)
			.with("throttledCount", 0)
			.with("bucketIntervalMs", 300_000)
			.with("depthTrend", Collections.nCopies(12, 0)));
	}

	/**
	 * The queues of an environment: those of its tasks, those that runs have named, and
	 * those that were created.
	 */
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

	private static @Nullable String type(ApiCall call) {
		String type = call.query("type");
		if (type != null && !TYPES.contains(type)) {
			Issues issues = new Issues();
			issues.wrongEnum(type, TYPES, "type");
			issues.refuseQuery();
		}
		return type;
	}

	private static TaskQueue find(ApiCall call, @Nullable String type, String refusal) {
		String value = call.variable("queueParam");
		return queues(call).stream().filter((queue) -> switch ((type != null) ? type : "id") {
			case "task" -> !queue.isCustom() && queue.name().equals(value);
			case "custom" -> queue.isCustom() && queue.name().equals(value);
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

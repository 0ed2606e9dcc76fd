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

package dev.trigger.emulator.admin;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

import dev.trigger.emulator.http.EmulatorResponse;
import dev.trigger.emulator.http.Json;
import dev.trigger.emulator.http.JsonBody;
import dev.trigger.emulator.http.ResponseException;
import dev.trigger.emulator.http.ServerRequest;
import dev.trigger.emulator.state.EmulatorState;
import dev.trigger.emulator.state.Environment;
import dev.trigger.emulator.state.EnvironmentKind;
import dev.trigger.emulator.state.Schedule;
import dev.trigger.emulator.state.Waitpoint;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What the admin API does with waitpoint tokens, schedules, queues and environments.
 */
final class ThingActions {

	private static final Set<String> PLACE = Set.of("environment", "branch");

	private final EmulatorState state;

	private final ApiForwarder api;

	ThingActions(EmulatorState state, ApiForwarder api) {
		this.state = state;
		this.api = api;
	}

	void addTo(AdminRoutes routes) {
		routes.add("GET", "tokens", (request, variable) -> list("tokens", this::tokens));
		routes.add("POST", "tokens/*/complete", this::completeToken);
		routes.add("GET", "schedules", (request, variable) -> list("schedules", this::schedules));
		routes.add("POST", "schedules/*/fire", this::fire);
		routes.add("GET", "queues", this::queues);
		routes.add("POST", "queues/*/pause", (request, queue) -> pause(request, queue, "pause"));
		routes.add("POST", "queues/*/resume", (request, queue) -> pause(request, queue, "resume"));
		routes.add("POST", "environments/*/pause", (request, name) -> pauseEnvironment(request, name, true));
		routes.add("POST", "environments/*/resume", (request, name) -> pauseEnvironment(request, name, false));
	}

	private EmulatorResponse list(String name, Function<Environment, List<JsonBody>> content) {
		synchronized (this.state) {
			List<JsonBody> all = new ArrayList<>();
			for (Environment environment : this.state.accounts().environments()) {
				content.apply(environment)
					.forEach((thing) -> all.add(thing.with("environment", environment.kind().slug())
						.with("branch", environment.branchName())));
			}
			return EmulatorResponse.ok(JsonBody.of(name, all));
		}
	}

	private List<JsonBody> tokens(Environment environment) {
		return environment.all(Waitpoint.class)
			.values()
			.stream()
			.map((token) -> JsonBody.of("id", token.id())
				.with("status", token.status())
				.with("tags", token.tags())
				.with("createdAt", token.createdAt())
				.with("completedAt", token.completedAt())
				.with("timeoutAt", token.timeoutAt())
				.with("output", token.output()))
			.toList();
	}

	private EmulatorResponse completeToken(ServerRequest request, String id) {
		JsonNode body = AdminApi.body(request);
		new JsonInput("body", body, Set.of("output"));
		Environment environment = having(Waitpoint.class, id);
		if (environment == null) {
			throw new ResponseException(404, "There is no token " + id);
		}
		JsonNode output = body.has("output") ? body.get("output") : Json.object();
		return this.api.post(request, environment, "/api/v1/waitpoints/tokens/" + id + "/complete",
				JsonBody.of("data", output));
	}

	private List<JsonBody> schedules(Environment environment) {
		return environment.all(Schedule.class)
			.values()
			.stream()
			.map((schedule) -> JsonBody.of("id", schedule.id())
				.with("task", schedule.taskId())
				.with("generator", schedule.generator())
				.with("timezone", schedule.timezone())
				.with("active", schedule.isActive())
				.with("externalId", schedule.externalId())
				.with("deduplicationKey", schedule.deduplicationKey())
				.with("nextRun", schedule.nextRun()))
			.toList();
	}

	private EmulatorResponse fire(ServerRequest request, String id) {
		synchronized (this.state) {
			Environment environment = having(Schedule.class, id);
			Schedule schedule = (environment != null) ? environment.find(Schedule.class, id) : null;
			if (schedule == null) {
				throw new ResponseException(404, "There is no schedule " + id);
			}
			return EmulatorResponse.ok(JsonBody.of("id", schedule.trigger(this.state.now()).id()));
		}
	}

	private EmulatorResponse queues(ServerRequest request, String variable) {
		List<Environment> environments;
		synchronized (this.state) {
			environments = this.state.accounts().environments();
		}
		List<JsonNode> all = new ArrayList<>();
		for (Environment environment : environments) {
			if (environment.isArchived() || (environment.parent() == null && isPreview(environment))) {
				continue;
			}
			JsonNode page = Json.parse(new String(
					this.api.get(request, environment, "/api/v1/queues?perPage=100").body(), StandardCharsets.UTF_8));
			if (page == null) {
				continue;
			}
			for (JsonNode queue : page.path("data")) {
				all.add(Json.object()
					.put("environment", environment.kind().slug())
					.put("branch", environment.branchName())
					.put("name", queue.path("name").asString(""))
					.put("type", queue.path("type").asString(""))
					.put("id", queue.path("id").asString(""))
					.put("running", queue.path("running").asInt(0))
					.put("queued", queue.path("queued").asInt(0))
					.put("paused", queue.path("paused").asBoolean(false))
					.set("concurrencyLimit", queue.path("concurrencyLimit")));
			}
		}
		return EmulatorResponse.ok(JsonBody.of("queues", all));
	}

	private static boolean isPreview(Environment environment) {
		return environment.kind() == EnvironmentKind.PREVIEW;
	}

	private EmulatorResponse pause(ServerRequest request, String queue, String action) {
		Environment environment = place(request);
		boolean ofTask = queue.startsWith("task/");
		String name = ofTask ? queue.substring("task/".length()) : queue;
		String type = ofTask ? "task" : queue.startsWith("queue_") ? "id" : "custom";
		return this.api.post(request, environment, "/api/v1/queues/" + ApiForwarder.segment(name) + "/pause",
				JsonBody.of("action", action).with("type", type));
	}

	private EmulatorResponse pauseEnvironment(ServerRequest request, String name, boolean paused) {
		JsonInput input = new JsonInput("body", AdminApi.body(request), Set.of("branch"));
		Environment environment = RunActions.environment(this.state, name, input.text("branch", ""));
		synchronized (this.state) {
			environment.setPaused(paused);
			this.state.engine().dispatch();
		}
		return AdminApi.done();
	}

	private Environment place(ServerRequest request) {
		JsonInput input = new JsonInput("body", AdminApi.body(request), PLACE);
		return RunActions.environment(this.state, input.text("environment", "dev"), input.text("branch", ""));
	}

	private @Nullable Environment having(Class<?> type, String id) {
		synchronized (this.state) {
			return this.state.accounts()
				.environments()
				.stream()
				.filter((environment) -> environment.all(type).containsKey(id))
				.findFirst()
				.orElse(null);
		}
	}

}

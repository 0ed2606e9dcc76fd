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
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import dev.trigger.emulator.http.EmulatorResponse;
import dev.trigger.emulator.http.Json;
import dev.trigger.emulator.http.JsonBody;
import dev.trigger.emulator.http.ResponseException;
import dev.trigger.emulator.state.BulkAction;
import dev.trigger.emulator.state.EmulatorState;
import dev.trigger.emulator.state.Environment;
import dev.trigger.emulator.state.JavaScriptDate;
import dev.trigger.emulator.state.Periods;
import dev.trigger.emulator.state.TaskRun;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Actions on many runs.
 */
final class BulkActionRoutes {

	private static final String PATH = "/api/v1/bulk-actions";

	private static final BodySchema BODY = BodySchema.of("runs.bulk.create");

	private static final int MAX_RUNS = 500;

	private static final int MAX_REPLAYS = 3;

	private static final String BROKEN = "Failed to create bulk action";

	private static final Duration TIME_TAKEN = Duration.ofMillis(50);

	void addTo(Router router) {
		router.get("runs.bulk.list", PATH, this::list);
		router.post("runs.bulk.create", PATH, this::create).maxBody(1024 * 1024).anyAction();
		router.get("runs.bulk.retrieve", PATH + "/{bulkActionId}",
				(call) -> EmulatorResponse.ok(json(find(call, ApiCall.notFound(false)))));
		router.post("runs.bulk.abort", PATH + "/{bulkActionId}/abort", this::abort).anyAction();
	}

	private EmulatorResponse list(ApiCall call) {
		Issues issues = new Issues();
		int size = OrderedPages.size(call.request(), issues);
		issues.refuseQuery();
		if (call.hasQuery("page[after]") && call.hasQuery("page[before]")) {
			throw new ResponseException(500, "Internal Server Error");
		}
		List<BulkAction> actions = new ArrayList<>(call.environment().all(BulkAction.class).values());
		Collections.reverse(actions);
		JsonNode place = place(OrderedPages.cursorOf(call));
		return EmulatorResponse.ok(new OrderedPages<>(BulkActionRoutes::cursor, BulkActionRoutes::json, true).page(call,
				actions, size, (action) -> compare(action, place) < 0, (action) -> compare(action, place) > 0));
	}

	private static String cursor(BulkAction action) {
		JsonBody place = JsonBody.of("createdAt", action.createdAt().toEpochMilli()).with("id", internalId(action));
		return Base64.getUrlEncoder().withoutPadding().encodeToString(Json.utf8(Json.string(place)));
	}

	private static String internalId(BulkAction action) {
		return action.id().substring("bulk_".length());
	}

	/**
	 * Read a cursor. Servers break on what is none.
	 */
	private static JsonNode place(@Nullable String cursor) {
		if (cursor == null || cursor.isEmpty()) {
			return Json.object();
		}
		JsonNode place = OrderedPages.place(cursor, Base64.getUrlDecoder());
		if (place == null || !place.path("createdAt").isNumber() || !place.path("id").isString()) {
			throw new ResponseException(500, "Internal Server Error");
		}
		return place;
	}

	private static int compare(BulkAction action, JsonNode place) {
		int time = Long.compare(action.createdAt().toEpochMilli(), place.path("createdAt").asLong(0));
		return (time != 0) ? time : internalId(action).compareTo(place.path("id").asString(""));
	}

	private EmulatorResponse create(ApiCall call) {
		JsonNode body = BODY.read(call);
		JsonNode runIds = body.path("runIds");
		if (runIds.size() > MAX_RUNS) {
			throw new ResponseException(400, "Too many runIds (" + runIds.size() + "). Maximum is " + MAX_RUNS
					+ ". Use a filter to select more runs.");
		}
		refuseReplay(call, body);
		String action = body.path("action").asString();
		String name = Json.text(body, "name");
		EmulatorState state = call.state();
		BulkAction bulk = new BulkAction("bulk_" + state.ids().cuid(call.now()), name,
				action.equals("cancel") ? "CANCEL" : "REPLAY",
				runIds.isEmpty() ? byFilter(call, body.path("filter")) : byId(call, runIds), call.now());
		call.environment().all(BulkAction.class).put(bulk.id(), bulk);
		Predicate<TaskRun> work = action.equals("cancel") ? (run) -> cancel(state, run) : (run) -> replay(state, run);
		state.clock().schedule(call.now().plus(TIME_TAKEN), () -> state.locked(() -> bulk.perform(work, state.now())));
		return EmulatorResponse.json(202, JsonBody.of("id", bulk.id()));
	}

	/**
	 * Cancel a run. One that is over already counts as a failure.
	 */
	private static boolean cancel(EmulatorState state, TaskRun run) {
		boolean over = run.status().isFinished();
		state.engine().cancel(run);
		return !over;
	}

	private static boolean replay(EmulatorState state, TaskRun run) {
		state.engine().trigger(run.environment(), RunRoutes.replayCommand(run, Json.object()));
		return true;
	}

	/**
	 * Refuse what servers don't replay at once, or not there.
	 */
	private static void refuseReplay(ApiCall call, JsonNode body) {
		if (!body.path("action").asString("").equals("replay")) {
			return;
		}
		Environment environment = call.environment();
		long pending = environment.all(BulkAction.class)
			.values()
			.stream()
			.filter((bulk) -> bulk.type().equals("REPLAY") && bulk.status().equals("PENDING"))
			.count();
		if (pending >= MAX_REPLAYS) {
			throw new ResponseException(EmulatorResponse
				.error(429,
						"You can only run " + MAX_REPLAYS + " bulk replays at a time in this environment. Wait for"
								+ " an in-progress replay to finish before starting another.")
				.header("x-should-retry", "false"));
		}
		String region = Json.text(body, "targetRegion");
		if (region != null && !region.isEmpty() && !region.equals(environment.region())) {
			throw new ResponseException(400, "The region you specified doesn't exist (\"" + region + "\").");
		}
	}

	private static List<TaskRun> byId(ApiCall call, JsonNode runIds) {
		return runIds.valueStream()
			.map((runId) -> call.environment().run(runId.asString()))
			.filter(Objects::nonNull)
			.distinct()
			.toList();
	}

	/**
	 * What is no time or period breaks servers here.
	 */
	private static List<TaskRun> byFilter(ApiCall call, JsonNode filter) {
		String period = filter.path("period").asString("");
		Duration span = Periods.parse(period);
		if (!period.isEmpty() && (span == null || span.isZero())) {
			throw new ResponseException(500, BROKEN);
		}
		Issues issues = new Issues();
		List<TaskRun> runs = RunListRoutes.matching(call.environment(),
				RunFilter.read(new BodyFilter(filter), call.now(), issues));
		if (!issues.isEmpty()) {
			throw new ResponseException(500, BROKEN);
		}
		return runs;
	}

	private EmulatorResponse abort(ApiCall call) {
		BulkAction bulk = find(call, new ResponseException(404, "Resource not found"));
		if (!bulk.status().equals("PENDING")) {
			throw new ResponseException(409, "Bulk action group already "
					+ (bulk.status().equals("ABORTED") ? "aborted" : "completed") + ": " + bulk.id());
		}
		bulk.abort();
		return EmulatorResponse.ok(JsonBody.of("id", bulk.id()));
	}

	private static BulkAction find(ApiCall call, ResponseException missing) {
		BulkAction bulk = call.environment().find(BulkAction.class, call.variable("bulkActionId"));
		if (bulk == null) {
			throw missing;
		}
		return bulk;
	}

	private static JsonBody json(BulkAction bulk) {
		return JsonBody.of("id", bulk.id())
			.maybe("name", bulk.name())
			.with("type", bulk.type())
			.with("status", bulk.status())
			.with("counts",
					JsonBody.of("total", bulk.total()).with("success", bulk.success()).with("failure", bulk.failure()))
			.with("createdAt", bulk.createdAt())
			.maybe("completedAt", bulk.completedAt());
	}

	/**
	 * A filter in a body. It has the same names as that of the list, but lists for
	 * several values, which may have commas in them.
	 */
	private record BodyFilter(JsonNode filter) implements RunFilter.Values {

		private static final Pattern NAME = Pattern.compile("filter\\[(?:createdAt]\\[)?(.*)]");

		@Override
		public @Nullable String one(String name) {
			JsonNode value = value(name);
			if (value.isMissingNode()) {
				return null;
			}
			Instant date = name.endsWith("[from]") || name.endsWith("[to]") ? JavaScriptDate.read(value) : null;
			return (date != null) ? String.valueOf(date.toEpochMilli()) : text(value);
		}

		@Override
		public List<String> all(String name) {
			JsonNode value = value(name);
			return value.isArray() ? value.valueStream().map(BodyFilter::text).toList()
					: Stream.of(text(value)).filter(Predicate.not(String::isEmpty)).toList();
		}

		private JsonNode value(String name) {
			return this.filter.path(NAME.matcher(name).replaceFirst("$1"));
		}

		private static String text(JsonNode value) {
			if (value.isObject()) {
				String name = value.path("name").asString("");
				return value.path("type").asString("").equals("task") ? "task/" + name : name;
			}
			return value.asString("");
		}

	}

}

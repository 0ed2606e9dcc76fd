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

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import dev.trigger.emulator.http.EmulatorResponse;
import dev.trigger.emulator.http.Json;
import dev.trigger.emulator.http.JsonBody;
import dev.trigger.emulator.http.ResponseException;
import dev.trigger.emulator.state.Cron;
import dev.trigger.emulator.state.Environment;
import dev.trigger.emulator.state.Schedule;
import dev.trigger.emulator.state.TaskDefinition;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Schedules and time zones.
 */
final class ScheduleRoutes {

	private static final String REFUSAL = "Invalid or Missing API Key";

	private static final int PAGE_SIZE = 20;

	/**
	 * The zones that servers know, which are fewer than Java does, and some by other
	 * names.
	 */
	private static final List<String> ZONES = QueryTable.resource("timezones.json")
		.valueStream()
		.map(JsonNode::asString)
		.filter((zone) -> ZoneId.getAvailableZoneIds().contains(zone))
		.toList();

	private static final BodySchema CREATE = BodySchema.of("schedules.create");

	private static final BodySchema UPDATE = BodySchema.of("schedules.update");

	void addTo(Router router) {
		router.post("schedules.create", "/api/v1/schedules", this::create)
			.terse(REFUSAL)
			.others(OtherMethods.REFUSED_IN_BODY);
		router.get("schedules.list", "/api/v1/schedules", this::list).terse(REFUSAL);
		router.get("schedules.retrieve", "/api/v1/schedules/{scheduleId}", this::retrieve).terse(REFUSAL);
		router.put("schedules.update", "/api/v1/schedules/{scheduleId}", this::update).terse(REFUSAL);
		router.delete("schedules.del", "/api/v1/schedules/{scheduleId}", this::delete).terse(REFUSAL);
		router.post("schedules.activate", "/api/v1/schedules/{scheduleId}/activate", (call) -> activate(call, true))
			.terse(REFUSAL)
			.others(OtherMethods.REFUSED_IN_BODY);
		router
			.post("schedules.deactivate", "/api/v1/schedules/{scheduleId}/deactivate", (call) -> activate(call, false))
			.terse(REFUSAL)
			.others(OtherMethods.REFUSED_IN_BODY);
		router.get("schedules.timezones", "/api/v1/timezones", this::timezones)
			.access(RouteAccess.OPEN)
			.unlimited()
			.cors();
	}

	private EmulatorResponse create(ApiCall call) {
		JsonNode body = CREATE.readOlder(call);
		String given = body.path("deduplicationKey").asString();
		String key = given.isEmpty() ? null : given;
		Schedule.Settings settings = settings(call, body);
		Environment environment = call.environment();
		// a key belongs to the project: where another environment has it, the schedule
		// moves here
		Environment home = (key != null) ? home(environment, key) : null;
		Schedule existing = (home != null && key != null) ? lookUpByKey(home, key) : null;
		if (home == null || existing == null) {
			return EmulatorResponse.ok(written(environment, add(call, key, settings)));
		}
		refuseDeclarative(existing);
		if (home != environment) {
			existing.moveTo(environment);
		}
		existing.update(settings);
		return EmulatorResponse.ok(written(environment, existing));
	}

	private EmulatorResponse update(ApiCall call) {
		JsonNode body = UPDATE.readOlder(call);
		String id = call.variable("scheduleId");
		Environment environment = call.environment();
		Schedule schedule = lookUp(environment, id);
		if (schedule == null && environment.project().all().stream().anyMatch((other) -> lookUp(other, id) != null)) {
			throw new ResponseException(404, "Schedule not found");
		}
		Schedule.Settings settings = settings(call, body);
		if (schedule == null) {
			// a schedule that nobody knows is made, with an identifier of its own
			return EmulatorResponse.ok(written(environment, add(call, null, settings)));
		}
		refuseDeclarative(schedule);
		schedule.update(settings);
		return EmulatorResponse.ok(written(environment, schedule));
	}

	private static @Nullable Environment home(Environment environment, String key) {
		if (lookUpByKey(environment, key) != null) {
			return environment;
		}
		return environment.project()
			.all()
			.stream()
			.filter((other) -> lookUpByKey(other, key) != null)
			.findFirst()
			.orElse(null);
	}

	private static void refuseDeclarative(Schedule schedule) {
		if (schedule.isDeclarative()) {
			throw new ResponseException(422, "Cannot update a declarative schedule");
		}
	}

	/**
	 * Refuse an expression or a time zone that servers refuse.
	 */
	static Cron check(ApiCall call, String cron, String zone) {
		Cron parsed;
		try {
			parsed = Cron.parse(cron);
		}
		catch (IllegalArgumentException ex) {
			throw new ResponseException(422, "Invalid cron expression: " + ex.getMessage());
		}
		if (!zone.isEmpty() && !ZONES.contains(zone)) {
			throw new ResponseException(422, "Invalid IANA timezone: '" + zone
					+ "'. View the list of valid timezones at " + call.state().apiUrl() + "/timezones");
		}
		return parsed;
	}

	private static Schedule.Settings settings(ApiCall call, JsonNode body) {
		String cron = body.path("cron").asString();
		String timezone = body.path("timezone").asString("");
		String zone = timezone.isEmpty() ? "UTC" : timezone;
		Cron parsed = check(call, cron, zone);
		String taskId = body.path("task").asString();
		TaskDefinition task = call.state().task(taskId);
		if (task == null) {
			throw new ResponseException(422, "Task with identifier " + taskId + " not found in project.");
		}
		if (!task.scheduled()) {
			throw new ResponseException(422, "Task with identifier " + taskId + " is not a scheduled task.");
		}
		if (!parsed.isDescribable() || !parsed.hasTimes()) {
			// what servers describe expressions and find times with takes less than what
			// reads them
			throw new ResponseException(500, "Something went wrong, please try again.");
		}
		String externalId = body.path("externalId").asString("");
		String window = Json.text(body, "window");
		return new Schedule.Settings(taskId, parsed, zone, externalId.isEmpty() ? null : externalId,
				(window != null) ? ScheduleWindow.normal(window) : null);
	}

	private static Schedule add(ApiCall call, @Nullable String key, Schedule.Settings settings) {
		String id = "sched_" + call.state().ids().random(21);
		Schedule schedule = new Schedule(call.state(), call.environment(), id, false, key, settings);
		call.environment().all(Schedule.class).put(id, schedule);
		return schedule;
	}

	private EmulatorResponse list(ApiCall call) {
		Issues issues = new Issues();
		NumberedPages pages = NumberedPages.read(call.request(), PAGE_SIZE, issues);
		issues.refuseWithIssues("Invalid request parameters");
		if (call.environment().currentVersion() == null) {
			return EmulatorResponse.ok(JsonBody.of("data", List.of())
				.with("pagination", JsonBody.of("currentPage", 1).with("totalPages", 1).with("count", 0)));
		}
		List<Schedule> schedules = new ArrayList<>(call.environment().all(Schedule.class).values());
		Collections.reverse(schedules);
		return EmulatorResponse.ok(pages.of(schedules, (schedule) -> listed(call.environment(), schedule)));
	}

	private EmulatorResponse retrieve(ApiCall call) {
		return EmulatorResponse.ok(read(call.environment(), find(call)));
	}

	private EmulatorResponse delete(ApiCall call) {
		Schedule schedule = find(call);
		call.environment().all(Schedule.class).remove(schedule.id());
		return EmulatorResponse.ok(JsonBody.of("id", schedule.id()));
	}

	private EmulatorResponse activate(ApiCall call, boolean active) {
		Schedule schedule = find(call);
		schedule.setActive(active);
		return EmulatorResponse.ok(read(call.environment(), schedule));
	}

	private EmulatorResponse timezones(ApiCall call) {
		List<String> zones = new ArrayList<>(ZONES);
		if ("true".equals(call.query("excludeUtc"))) {
			zones.remove("UTC");
		}
		return EmulatorResponse.ok(JsonBody.of("timezones", zones));
	}

	private static Schedule find(ApiCall call) {
		Schedule schedule = lookUp(call.environment(), call.variable("scheduleId"));
		if (schedule == null) {
			throw new ResponseException(404, "Schedule not found");
		}
		return schedule;
	}

	private static @Nullable Schedule lookUp(Environment environment, String id) {
		return id.startsWith("sched_") ? environment.find(Schedule.class, id) : lookUpByKey(environment, id);
	}

	private static @Nullable Schedule lookUpByKey(Environment environment, String key) {
		return environment.all(Schedule.class)
			.values()
			.stream()
			.filter((candidate) -> key.equals(candidate.deduplicationKey()))
			.findFirst()
			.orElse(null);
	}

	private static JsonBody written(Environment environment, Schedule schedule) {
		return head(schedule).with("active", schedule.isActive())
			.with("generator", schedule.generator())
			.with("timezone", schedule.timezone())
			.maybe("externalId", schedule.externalId())
			.maybe("deduplicationKey", schedule.deduplicationKey())
			.maybe("window", schedule.window())
			.with("environments", List.of(environment(environment, "shortcode", environment.shortcode(), true)))
			.with("nextRun", schedule.nextTime())
			.with("nextRunEffectiveAt", schedule.effectiveAt(schedule.nextTime()));
	}

	private static JsonBody read(Environment environment, Schedule schedule) {
		return head(schedule).with("active", schedule.isActive())
			.with("nextRun", schedule.nextRun())
			.with("nextRunEffectiveAt", schedule.effectiveAt(schedule.nextRun()))
			.with("generator", schedule.generator())
			.with("timezone", schedule.timezone())
			.maybe("externalId", schedule.externalId())
			.maybe("deduplicationKey", schedule.deduplicationKey())
			.maybe("window", schedule.window())
			.with("environments", List.of(environment(environment, null, null, false)));
	}

	private static JsonBody listed(Environment environment, Schedule schedule) {
		return head(schedule).with("generator", schedule.generator())
			.with("timezone", schedule.timezone())
			.maybe("deduplicationKey", schedule.deduplicationKey())
			.with("externalId", schedule.externalId())
			.maybe("window", schedule.window())
			.with("active", schedule.isActive())
			.with("nextRun", schedule.nextTime())
			.with("nextRunEffectiveAt", schedule.effectiveAt(schedule.nextTime()))
			.with("environments", List.of(environment(environment, "slug", environment.slug(), true).maybe("branchName",
					environment.branchName())));
	}

	private static JsonBody head(Schedule schedule) {
		return JsonBody.of("id", schedule.id())
			.with("type", schedule.isDeclarative() ? "DECLARATIVE" : "IMPERATIVE")
			.with("task", schedule.taskId());
	}

	private static JsonBody environment(Environment environment, @Nullable String name, @Nullable String value,
			boolean withUser) {
		JsonBody body = JsonBody.of("id", environment.id()).with("type", environment.kind().name());
		if (name != null) {
			body.with(name, value);
		}
		if (withUser && environment.owner() != null) {
			body.with("userName", environment.owner().name());
		}
		return body;
	}

}

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
import java.util.Collections;
import java.util.List;

import dev.trigger.emulator.http.EmulatorResponse;
import dev.trigger.emulator.http.Json;
import dev.trigger.emulator.http.JsonBody;
import dev.trigger.emulator.state.Periods;
import dev.trigger.emulator.state.Session;
import org.jspecify.annotations.Nullable;

/**
 * The list of sessions, with its filters.
 */
final class SessionListRoutes {

	private static final int PAGE_SIZE = 20;

	private static final List<String> STATUSES = List.of("ACTIVE", "CLOSED", "EXPIRED");

	void addTo(Router router) {
		router.get("sessions.list", SessionRoutes.PATH, SessionListRoutes::list).publicToken().cors();
	}

	private static EmulatorResponse list(ApiCall call) {
		Issues issues = new Issues();
		int size = size(call, issues);
		String status = call.query("filter[status]");
		if (status != null && !STATUSES.contains(status)) {
			Issues one = new Issues();
			one.wrongEnum(status, STATUSES, "filter[status]");
			Issues several = new Issues();
			several.wrongType("array", Json.tree(status), "filter[status]");
			issues.union(List.of(one, several), "filter[status]");
		}
		Instant from = millis(call, "filter[createdAt][from]", issues);
		Instant to = millis(call, "filter[createdAt][to]", issues);
		if (issues.isEmpty() && call.hasQuery("page[after]") && call.hasQuery("page[before]")) {
			issues.custom("Cannot pass both page[after] and page[before] on the same request", "page[before]");
		}
		issues.refuseQuery();
		String task = call.query("filter[taskIdentifier]");
		call.authorize("read", "sessions", (task != null) ? "tasks:" + task : "tasks");
		// each filter takes one value, commas included
		String type = call.query("filter[type]");
		String tag = call.query("filter[tags]");
		String externalId = call.query("filter[externalId]");
		Duration period = Periods.parse(call.query("filter[createdAt][period]"));
		Instant start = (period != null && !period.isZero()) ? call.now().minus(period) : from;
		List<Session> sessions = new ArrayList<>(call.environment().all(Session.class).values());
		sessions.removeIf((session) -> (type != null && !type.equals(session.type()))
				|| (task != null && !task.equals(session.taskId())) || (tag != null && !session.tags().contains(tag))
				|| (status != null && !status.equals(session.status(call.now())))
				|| (start != null && session.createdAt().isBefore(start))
				|| (to != null && session.createdAt().isAfter(to))
				|| (externalId != null && !externalId.equals(session.externalId())));
		Collections.reverse(sessions);
		String cursor = String.valueOf(OrderedPages.cursorOf(call));
		return EmulatorResponse.ok(new OrderedPages<>(SessionListRoutes::cursor, SessionListRoutes::json, false).page(
				call, sessions, size, (session) -> cursor(session).compareTo(cursor) < 0,
				(session) -> cursor(session).compareTo(cursor) > 0));
	}

	private static String cursor(Session session) {
		return session.id().substring("session_".length());
	}

	/**
	 * Return a session as the list shows it, without how its runs are triggered.
	 */
	private static JsonBody json(Session session) {
		JsonBody json = SessionRoutes.json(session);
		json.remove("triggerConfig");
		return json;
	}

	private static int size(ApiCall call, Issues issues) {
		String text = call.query("page[size]");
		double size = (text != null) ? NodeJson.coerce(text) : PAGE_SIZE;
		if (Double.isNaN(size)) {
			issues.notANumber("page[size]");
		}
		if (!Double.isNaN(size) && !NodeJson.isInteger(size)) {
			issues.fraction("page[size]");
		}
		if (size < 1) {
			issues.tooSmall(1, true, "page[size]");
		}
		if (size > 100) {
			issues.tooBig(100, "Number must be less than or equal to 100", "page[size]");
		}
		return (int) size;
	}

	private static @Nullable Instant millis(ApiCall call, String name, Issues issues) {
		String text = call.query(name);
		if (text == null) {
			return null;
		}
		double number = NodeJson.coerce(text);
		if (Double.isNaN(number)) {
			issues.notANumber(name);
			return null;
		}
		if (!NodeJson.isInteger(number)) {
			issues.fraction(name);
		}
		return Instant.ofEpochMilli((long) Math.max(Math.min(number, 8.64e15), -8.64e15));
	}

}

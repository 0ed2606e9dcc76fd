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

import java.util.ArrayList;
import java.util.List;

import dev.trigger.emulator.http.EmulatorResponse;
import dev.trigger.emulator.http.Json;
import dev.trigger.emulator.http.JsonBody;
import dev.trigger.emulator.http.ResponseException;
import dev.trigger.emulator.state.Dashboard;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Dashboards: two that come with the server, and those of users.
 */
final class DashboardRoutes {

	private static final String PATH = "/api/v1/query/dashboards";

	private static final JsonNode BUILT_IN = QueryTable.resource("dashboards.json");

	void addTo(Router router) {
		router.get("query.dashboards.list", PATH, this::list).publicToken().cors();
		router.post("query.dashboards.create", PATH, this::create);
		router.get("query.dashboards.retrieve", PATH + "/{id}", (call) -> EmulatorResponse.ok(find(call)));
		router.put("query.dashboards.replace", PATH + "/{id}", (call) -> change(call, true));
		router.patch("query.dashboards.update", PATH + "/{id}", (call) -> change(call, false));
		router.delete("query.dashboards.del", PATH + "/{id}", this::delete);
		router.post("query.dashboards.widgets.add", PATH + "/{id}/widgets", this::addWidget);
		router.patch("query.dashboards.widgets.update", PATH + "/{id}/widgets/{widgetId}", this::updateWidget);
		router.delete("query.dashboards.widgets.del", PATH + "/{id}/widgets/{widgetId}", this::deleteWidget);
	}

	private EmulatorResponse list(ApiCall call) {
		call.authorize("read", "query:dashboards");
		List<Object> dashboards = new ArrayList<>();
		BUILT_IN.forEach(dashboards::add);
		for (Dashboard dashboard : call.environment().all(Dashboard.class).values()) {
			List<JsonBody> widgets = new ArrayList<>();
			dashboard.json()
				.path("widgets")
				.forEach((widget) -> widgets.add(JsonBody.of("id", widget.get("id"))
					.with("title", widget.get("title"))
					.with("query", widget.get("query"))
					.with("type", widget.path("display").get("type"))));
			dashboards.add(JsonBody.of("key", dashboard.json().get("id"))
				.with("title", dashboard.json().get("title"))
				.with("type", "custom")
				.with("description", dashboard.json().get("description"))
				.with("widgets", widgets));
		}
		return EmulatorResponse.ok(JsonBody.of("dashboards", dashboards));
	}

	private EmulatorResponse create(ApiCall call) {
		Issues issues = new Issues();
		Input input = new Input(call.json(), issues);
		String title = input.requiredString("title");
		issues.refuse();
		ObjectNode dashboard = Json.object();
		dashboard.put("id", "dashboard_" + call.state().ids().random(21));
		dashboard.put("title", title);
		dashboard.put("description", input.node().path("description").asString(""));
		dashboard.put("createdAt", Json.instant(call.now()));
		dashboard.set("widgets", widgets(call, input.get("widgets")));
		touch(call, dashboard);
		call.environment().all(Dashboard.class).put(dashboard.path("id").asString(), new Dashboard(dashboard));
		return EmulatorResponse.ok(dashboard);
	}

	private EmulatorResponse change(ApiCall call, boolean replace) {
		ObjectNode dashboard = find(call);
		JsonNode body = call.json();
		checkRevision(dashboard, body.path("revision").asString(null));
		for (String name : List.of("title", "description")) {
			if (body.has(name)) {
				dashboard.set(name, body.get(name));
			}
		}
		if (replace || body.has("widgets")) {
			dashboard.set("widgets", widgets(call, body.get("widgets")));
		}
		touch(call, dashboard);
		return EmulatorResponse.ok(dashboard);
	}

	private EmulatorResponse delete(ApiCall call) {
		ObjectNode dashboard = find(call);
		call.environment().all(Dashboard.class).remove(call.variable("id"));
		return EmulatorResponse.ok(JsonBody.of("id", dashboard.get("id")));
	}

	private EmulatorResponse addWidget(ApiCall call) {
		ObjectNode dashboard = find(call);
		JsonNode body = call.json();
		checkRevision(dashboard, body.path("revision").asString(null));
		ArrayNode widgets = (ArrayNode) dashboard.path("widgets");
		ObjectNode widget = widget(call, body, widgets);
		widgets.add(widget);
		touch(call, dashboard);
		return EmulatorResponse.ok(JsonBody.of("widget", widget)
			.with("dashboard", dashboard)
			.with("widgetId", widget.get("id"))
			.with("id", dashboard.get("id")));
	}

	private EmulatorResponse updateWidget(ApiCall call) {
		ObjectNode dashboard = find(call);
		JsonNode body = call.json();
		checkRevision(dashboard, body.path("revision").asString(null));
		ObjectNode widget = (ObjectNode) dashboard.path("widgets").get(indexOfWidget(call, dashboard));
		for (String name : List.of("title", "query", "display", "fillGaps", "position")) {
			if (body.has(name)) {
				widget.set(name, body.get(name));
			}
		}
		touch(call, dashboard);
		return EmulatorResponse.ok(dashboard);
	}

	private EmulatorResponse deleteWidget(ApiCall call) {
		ObjectNode dashboard = find(call);
		checkRevision(dashboard, call.query("revision"));
		((ArrayNode) dashboard.path("widgets")).remove(indexOfWidget(call, dashboard));
		touch(call, dashboard);
		return EmulatorResponse.ok(dashboard);
	}

	private static int indexOfWidget(ApiCall call, ObjectNode dashboard) {
		JsonNode widgets = dashboard.path("widgets");
		for (int i = 0; i < widgets.size(); i++) {
			if (widgets.get(i).path("id").asString().equals(call.variable("widgetId"))) {
				return i;
			}
		}
		throw new ResponseException(404, "Widget not found");
	}

	private static ArrayNode widgets(ApiCall call, @Nullable JsonNode widgets) {
		ArrayNode result = Json.mapper().createArrayNode();
		if (widgets != null) {
			widgets.forEach((widget) -> result.add(widget(call, widget, result)));
		}
		return result;
	}

	private static ObjectNode widget(ApiCall call, JsonNode given, ArrayNode others) {
		ObjectNode widget = Json.object();
		widget.put("id", given.path("id").asString(call.state().ids().random(8)));
		widget.put("title", given.path("title").asString(""));
		widget.put("query", given.path("query").asString(""));
		widget.set("display", given.path("display"));
		if (given.has("fillGaps")) {
			widget.set("fillGaps", given.get("fillGaps"));
		}
		JsonNode position = given.get("position");
		widget.set("position", (position != null) ? position
				: Json.tree(JsonBody.of("x", 0).with("y", below(others)).with("w", 12).with("h", 4)));
		return widget;
	}

	/**
	 * Return the row below all widgets.
	 */
	private static int below(ArrayNode widgets) {
		return widgets.valueStream()
			.map((widget) -> widget.path("position"))
			.mapToInt((position) -> position.path("y").asInt(0) + position.path("h").asInt(0))
			.max()
			.orElse(0);
	}

	private static ObjectNode find(ApiCall call) {
		Dashboard dashboard = call.environment().find(Dashboard.class, call.variable("id"));
		if (dashboard == null) {
			throw new ResponseException(404, "Dashboard not found");
		}
		return dashboard.json();
	}

	private static void checkRevision(ObjectNode dashboard, @Nullable String revision) {
		if (revision != null && !revision.equals(dashboard.path("revision").asString())) {
			throw new ResponseException(409, "The dashboard was changed in the meantime");
		}
	}

	private static void touch(ApiCall call, ObjectNode dashboard) {
		dashboard.put("revision", "rev_" + call.state().ids().random(12));
		dashboard.put("updatedAt", Json.instant(call.now()));
	}

}

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

import java.util.Locale;
import java.util.Map;

import dev.trigger.spring.query.DashboardOptions;
import dev.trigger.spring.query.DashboardWidget;
import dev.trigger.spring.query.TriggerQuery;
import org.jspecify.annotations.Nullable;

/**
 * Calls of {@code QueryOperations} and {@code DashboardOperations}.
 */
class QueryCalls implements Calls {

	@Override
	public void register(CallRegistry registry) {
		registry
			.<Object>add("query.execute", "[\"SELECT 1\"]",
					(client, args) -> "csv".equals(args.get(1).get("format").stringOrNull())
							? client.query().executeCsv(query(args)) : client.query().execute(query(args)))
			.json((results) -> Map.of("format", (results instanceof String) ? "csv" : "json", "results", results));
		registry.add("query.schema", "[]", (client, args) -> client.query().schema());
		registry.add("query.report", "[\"weekly\"]",
				(client, args) -> client.query().report(args.string(0), args.get(1).get("period").stringOrNull()));
		registry.add("query.dashboards.list", "[]", (client, args) -> client.query().dashboards().list().collectList())
			.json((dashboards) -> Map.of("dashboards", dashboards));
		registry.add("query.dashboards.create", "[{\"title\":\"t\"}]",
				(client, args) -> client.query().dashboards().create(dashboard(args.get(0))));
		registry.add("query.dashboards.retrieve", "[\"d\"]",
				(client, args) -> client.query().dashboards().retrieve(args.string(0)));
		registry.add("query.dashboards.replace", "[\"d\",{\"widgets\":[]}]",
				(client, args) -> client.query().dashboards().replace(args.string(0), dashboard(args.get(1))));
		registry.add("query.dashboards.update", "[\"d\",{\"title\":\"t\"}]",
				(client, args) -> client.query().dashboards().update(args.string(0), dashboard(args.get(1))));
		registry
			.add("query.dashboards.del", "[\"d\"]",
					(client, args) -> client.query().dashboards().delete(args.string(0)))
			.returningNothing();
		registry.add("query.dashboards.widgets.add", "[\"d\",{\"title\":\"t\"}]",
				(client, args) -> client.query()
					.dashboards()
					.addWidget(args.string(0), widget(args.get(1)), args.get(1).get("revision").stringOrNull()));
		registry.add("query.dashboards.widgets.update", "[\"d\",\"w\",{\"title\":\"t\"}]",
				(client, args) -> client.query()
					.dashboards()
					.updateWidget(args.string(0), args.string(1), widget(args.get(2)),
							args.get(2).get("revision").stringOrNull()));
		registry.add("query.dashboards.widgets.del", "[\"d\",\"w\"]",
				(client, args) -> client.query()
					.dashboards()
					.deleteWidget(args.string(0), args.string(1), args.get(2).get("revision").stringOrNull()));
	}

	private static TriggerQuery query(Arguments args) {
		Argument options = args.get(1);
		return TriggerQuery.of((query) -> {
			query.query(args.string(0));
			options.get("scope")
				.ifPresent((scope) -> query.scope(TriggerQuery.Scope.valueOf(scope.string().toUpperCase(Locale.ROOT))));
			options.get("period").ifPresent((period) -> query.within(period.duration()));
			query.between(options.get("from").instantOrNull(), options.get("to").instantOrNull());
		});
	}

	private static DashboardOptions dashboard(Argument argument) {
		return DashboardOptions.of((dashboard) -> {
			argument.get("title").ifPresent((title) -> dashboard.title(title.string()));
			argument.get("description").ifPresent((description) -> dashboard.description(description.string()));
			argument.get("widgets")
				.ifPresent((widgets) -> dashboard
					.widgets(widgets.elements().stream().map(QueryCalls::widget).toArray(DashboardWidget[]::new)));
			argument.get("revision").ifPresent((revision) -> dashboard.revision(revision.string()));
		});
	}

	@SuppressWarnings("unchecked")
	private static DashboardWidget widget(Argument argument) {
		return new DashboardWidget(argument.get("id").stringOrNull(), argument.get("title").stringOrNull(),
				argument.get("query").stringOrNull(), (Map<String, Object>) argument.get("display").value(),
				argument.get("fillGaps").boolOrNull(), position(argument.get("position")));
	}

	private static DashboardWidget.@Nullable Position position(Argument position) {
		return position.map((value) -> new DashboardWidget.Position(value.get("x").integer(), value.get("y").integer(),
				value.get("w").integer(), value.get("h").integer()));
	}

}

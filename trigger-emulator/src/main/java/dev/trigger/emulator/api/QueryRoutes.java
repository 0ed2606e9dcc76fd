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
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.trigger.emulator.http.EmulatorResponse;
import dev.trigger.emulator.http.Json;
import dev.trigger.emulator.http.JsonBody;
import dev.trigger.emulator.http.ResponseException;
import dev.trigger.emulator.state.Environment;
import dev.trigger.emulator.state.Periods;
import dev.trigger.emulator.state.Project;
import dev.trigger.emulator.state.TimeSpans;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Queries and reports.
 */
final class QueryRoutes {

	private static final BodySchema BODY = BodySchema.of("query.execute");

	private static final Duration DEFAULT_PERIOD = Duration.ofDays(7);

	/**
	 * What is older is left out silently.
	 */
	private static final Duration LONGEST_PERIOD = Duration.ofDays(30);

	private static final Pattern TABLE = Pattern.compile("\\b(?:FROM|JOIN)\\s+(?<table>\\w+)",
			Pattern.CASE_INSENSITIVE);

	void addTo(Router router) {
		router.post("query.execute", "/api/v1/query", this::execute).publicToken().cors().anyAction().wrongMethod(405);
		router.get("query.schema", "/api/v1/query/schema", this::schema).publicToken().cors();
	}

	private EmulatorResponse execute(ApiCall call) {
		JsonNode body = BODY.read(call);
		String text = body.path("query").asString();
		String scope = Json.text(body, "scope");
		String format = Json.text(body, "format");
		authorize(call, text, scope);
		String period = Json.text(body, "period");
		// a period takes precedence over the two times, even if it is no valid one
		boolean spanned = period != null && !period.isEmpty();
		Instant from = spanned ? null : TimeSpans.instant(Json.text(body, "from"));
		Instant to = spanned ? null : TimeSpans.instant(Json.text(body, "to"));
		Duration span = Periods.parse(period);
		Query query = Query.parse(text, buckets(call.now(), span, from, to), call.now());
		Query.Window window = query.bounds("triggered_at") ? new Query.Window(call.now().minus(LONGEST_PERIOD), null)
				: window(call.now(), span, from, to);
		List<JsonBody> results = query.execute(environments(call, scope),
				window.lagging(call.now(), call.state().queryLag()));
		Object shown = "csv".equals(format) ? csv(query.names(), results) : results;
		return EmulatorResponse.ok(JsonBody.of("format", "csv".equals(format) ? "csv" : "json").with("results", shown));
	}

	/**
	 * A public access token must be good for each table, and for its environment only.
	 */
	private static void authorize(ApiCall call, String text, @Nullable String scope) {
		if (call.claims() == null) {
			return;
		}
		Matcher tables = TABLE.matcher(text);
		boolean any = false;
		while (tables.find()) {
			call.authorize("read", "query:" + tables.group("table").toLowerCase(Locale.ROOT));
			any = true;
		}
		if (!any) {
			call.authorize("read", "query:all");
		}
		if (scope != null && !scope.equals("environment")) {
			throw new ResponseException(403, "This token is scoped to one environment, so it can't run a " + scope
					+ "-scoped query. Use scope \"environment\", or a secret key.");
		}
	}

	private static List<Environment> environments(ApiCall call, @Nullable String scope) {
		Environment environment = call.environment();
		if ("project".equals(scope)) {
			return environment.project().all();
		}
		if ("organization".equals(scope)) {
			return call.state()
				.accounts()
				.projects()
				.stream()
				.filter((project) -> project.organization().equals(environment.project().organization()))
				.map(Project::all)
				.flatMap(List::stream)
				.toList();
		}
		return List.of(environment);
	}

	private static Query.Window window(Instant now, @Nullable Duration span, @Nullable Instant from,
			@Nullable Instant to) {
		Instant earliest = now.minus(LONGEST_PERIOD);
		Instant start = (from != null || to != null) ? from : now.minus((span != null) ? span : DEFAULT_PERIOD);
		return new Query.Window((start != null && start.isAfter(earliest)) ? start : earliest, to);
	}

	/**
	 * Return the buckets of the time that is asked for, also where there is nothing to be
	 * found in some of it.
	 */
	private static TimeBuckets buckets(Instant now, @Nullable Duration span, @Nullable Instant from,
			@Nullable Instant to) {
		Instant end = (to != null) ? to : now;
		Instant otherwise = now.minus((span != null && !span.isZero()) ? span : DEFAULT_PERIOD);
		return TimeBuckets.between((from != null) ? from : otherwise, end);
	}

	private static String csv(List<String> names, List<JsonBody> results) {
		List<String> lines = new ArrayList<>(List.of(String.join(",", names)));
		results.forEach((row) -> lines.add(String.join(",", row.values().stream().map(QueryRoutes::cell).toList())));
		return String.join("\n", lines);
	}

	private static String cell(@Nullable Object value) {
		String text = (value == null) ? "" : (value instanceof String string) ? string : Json.string(value);
		return (text.contains(",") || text.contains("\"") || text.contains("\n") || text.contains("\r"))
				? '"' + text.replace("\"", "\"\"") + '"' : text;
	}

	private EmulatorResponse schema(ApiCall call) {
		call.authorize("read", "query:schema");
		return EmulatorResponse.ok(QueryTable.schema());
	}

}

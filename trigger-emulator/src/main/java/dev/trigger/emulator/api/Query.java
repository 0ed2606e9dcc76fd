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
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import dev.trigger.emulator.http.JsonBody;
import dev.trigger.emulator.http.ResponseException;
import dev.trigger.emulator.state.Environment;
import dev.trigger.emulator.state.TaskRun;
import org.jspecify.annotations.Nullable;

/**
 * A query in the small part of the language that the emulator understands: columns,
 * aggregates, a few functions, comparisons joined by {@code AND}, {@code DISTINCT},
 * {@code GROUP BY}, {@code HAVING}, {@code ORDER BY}, {@code LIMIT} and {@code OFFSET}.
 */
final class Query {

	private static final Pattern SELECT = Pattern.compile(
			"\\s*SELECT\\s+(?<distinct>DISTINCT\\s+)?(?<columns>.+?)(?:\\s+FROM\\s+(?<table>\\w+))?"
					+ "(?:\\s+WHERE\\s+(?<where>.+?))?(?:\\s+GROUP\\s+BY\\s+(?<group>.+?))?"
					+ "(?:\\s+HAVING\\s+(?<having>.+?))?(?:\\s+ORDER\\s+BY\\s+(?<order>.+?))?"
					+ "(?:\\s+LIMIT\\s+(?<limit>\\d+)(?:\\s+OFFSET\\s+(?<offset>\\d{1,9}))?)?\\s*;?\\s*",
			Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

	/**
	 * The server cuts longer results silently.
	 */
	private static final long MAX_ROWS = 10_000;

	private final Matcher matcher;

	private final String table;

	private final List<String> known;

	private final TimeBuckets buckets;

	private final Instant now;

	private Query(Matcher matcher, TimeBuckets buckets, Instant now) {
		this.matcher = matcher;
		this.buckets = buckets;
		this.now = now;
		String table = matcher.group("table");
		this.table = (table != null) ? table.toLowerCase(Locale.ROOT) : "";
		this.known = this.table.isEmpty() ? List.of() : QueryTable.columns(this.table);
	}

	/**
	 * Read a query.
	 * @param text the query
	 * @param buckets what it divides its time into
	 * @param now the time of the query
	 * @return the query
	 */
	static Query parse(String text, TimeBuckets buckets, Instant now) {
		QuerySyntax.check(text);
		Matcher matcher = SELECT.matcher(text);
		if (!matcher.matches()) {
			throw new ResponseException(400, "The emulator does not understand the query: " + text);
		}
		return new Query(matcher, buckets, now);
	}

	List<JsonBody> execute(List<Environment> environments, Window window) {
		List<QueryColumn> columns = columns();
		List<QueryOrder> orders = QueryOrder.read(this.matcher.group("order"), columns, reader());
		Predicate<JsonBody> where = where();
		refuseUngrouped(columns, orders);
		refuseHidden(columns);
		List<JsonBody> rows = this.table.isEmpty() ? List.of(new JsonBody())
				: QueryTable.rows(this.table, environments, window).stream().filter(where).toList();
		List<List<JsonBody>> groups = new ArrayList<>(groups(columns, rows));
		groups.removeIf(having(columns).negate());
		orders.forEach((order) -> groups.sort(order.comparator()));
		Stream<JsonBody> results = groups.stream().map((members) -> project(columns, members));
		String limit = this.matcher.group("limit");
		String offset = this.matcher.group("offset");
		long most = (limit != null && limit.length() < 10) ? Math.min(Long.parseLong(limit), MAX_ROWS) : MAX_ROWS;
		return ((this.matcher.group("distinct") != null) ? results.distinct() : results)
			.skip((offset != null) ? Long.parseLong(offset) : 0)
			.limit(most)
			.toList();
	}

	/**
	 * Return the names of the columns of results.
	 * @return the names, in order
	 */
	List<String> names() {
		return columns().stream().map(QueryColumn::alias).toList();
	}

	/**
	 * Return the rows that each result is made of.
	 */
	private Collection<List<JsonBody>> groups(List<QueryColumn> columns, List<JsonBody> rows) {
		String group = this.matcher.group("group");
		if (group == null && columns.stream().noneMatch(QueryColumn::isAggregate)) {
			return rows.stream().map(List::of).toList();
		}
		List<QueryColumn> keys = keys(columns);
		Map<List<String>, List<JsonBody>> groups = new LinkedHashMap<>();
		for (JsonBody row : rows) {
			List<String> values = keys.stream().map((key) -> String.valueOf(key.value(List.of(row)))).toList();
			groups.computeIfAbsent(values, (key) -> new ArrayList<>()).add(row);
		}
		if (groups.isEmpty() && keys.isEmpty()) {
			groups.put(List.of(), new ArrayList<>());
		}
		return groups.values();
	}

	/**
	 * Return which groups are results, by the names that results have.
	 */
	private Predicate<List<JsonBody>> having(List<QueryColumn> columns) {
		String having = this.matcher.group("having");
		if (having == null) {
			return (members) -> true;
		}
		Map<String, QueryKind> kinds = new HashMap<>();
		columns.forEach((column) -> kinds.put(column.alias(), column.node().kind()));
		Predicate<JsonBody> condition = new QueryCondition((name) -> {
			if (!kinds.containsKey(name)) {
				throw new ResponseException(400, "The emulator understands HAVING of results only, not of: " + name);
			}
		}, (name) -> kinds.getOrDefault(name, QueryKind.OTHER), this.now).read(having);
		return (members) -> condition.test(project(columns, members));
	}

	private List<QueryColumn> keys(List<QueryColumn> columns) {
		String group = this.matcher.group("group");
		List<QueryColumn> keys = new ArrayList<>();
		for (String name : (group != null) ? QueryText.list(group) : List.<String>of()) {
			QueryColumn key = QueryColumn.of(named(name, columns), reader());
			if (key.isAggregate() || key.isLiteral()) {
				throw new ResponseException(400, "The emulator does not understand the group: " + name);
			}
			keys.add(key);
		}
		return keys;
	}

	/**
	 * Refuse columns of which the rows of a group may have several values.
	 */
	private void refuseUngrouped(List<QueryColumn> columns, List<QueryOrder> orders) {
		if (this.matcher.group("group") == null && columns.stream().noneMatch(QueryColumn::isAggregate)) {
			return;
		}
		Set<String> keys = new HashSet<>();
		keys(columns).forEach((key) -> keys.add(key.expression()));
		if (keys.stream().anyMatch(QueryExpression::isPath)) {
			throw new ResponseException(400, "The emulator does not understand groups by a member of a column");
		}
		Stream.concat(columns.stream(), orders.stream().map(QueryOrder::column))
			.filter((column) -> !keys.contains(column.expression()) && !keys.containsAll(column.node().columns()))
			.findFirst()
			.ifPresent((column) -> {
				throw new ResponseException(400, "The column \"" + column.expression()
						+ "\" is neither aggregated nor in GROUP BY, so its value in a group is not known.");
			});
	}

	/**
	 * Refuse names of results that are those of other columns, where it matters which one
	 * is meant.
	 */
	private void refuseHidden(List<QueryColumn> columns) {
		String where = this.matcher.group("where");
		String group = this.matcher.group("group");
		String text = ((where != null) ? where : "") + ' ' + ((group != null) ? group : "");
		for (QueryColumn column : columns) {
			boolean hides = this.known.contains(column.alias()) && !column.alias().equals(column.expression());
			if (hides && QueryCondition.names(text, column.alias())) {
				throw new ResponseException(400, "The emulator does not understand whether \"" + column.alias()
						+ "\" means the column or the result of that name.");
			}
		}
	}

	/**
	 * Return whether the condition names a column.
	 */
	boolean bounds(String column) {
		String where = this.matcher.group("where");
		return where != null && QueryCondition.names(where, column);
	}

	/**
	 * Return what a name means that may be the one of a result.
	 */
	private String named(String name, List<QueryColumn> columns) {
		return this.known.contains(name) ? name
				: columns.stream()
					.filter((column) -> column.alias().equalsIgnoreCase(name))
					.map(QueryColumn::expression)
					.findFirst()
					.orElse(name);
	}

	private List<QueryColumn> columns() {
		List<QueryColumn> columns = new ArrayList<>();
		for (String text : QueryText.list(this.matcher.group("columns"))) {
			if (text.equals("*")) {
				QueryTable.core(this.table).forEach((name) -> columns.add(QueryColumn.of(name, reader())));
			}
			else {
				columns.add(QueryColumn.of(text, reader()));
			}
		}
		return columns;
	}

	private QueryExpression reader() {
		return new QueryExpression(this::requireColumn, this::kind, QueryTable.timeColumn(this.table), this.buckets,
				this.now);
	}

	private QueryKind kind(String name) {
		return QueryTable.kind(this.table, name);
	}

	private void requireColumn(String name) {
		if (!this.known.contains(name)) {
			throw QueryTable.unknown(this.table, name, this.known);
		}
	}

	private Predicate<JsonBody> where() {
		String where = this.matcher.group("where");
		return (where != null) ? new QueryCondition(this::requireColumn, this::kind, this.now).read(where)
				: (row) -> true;
	}

	private static JsonBody project(List<QueryColumn> columns, List<JsonBody> rows) {
		JsonBody result = new JsonBody();
		columns.forEach((column) -> result.put(column.alias(), column.value(rows)));
		return result;
	}

	/**
	 * The time that a query looks at.
	 *
	 * @param from from when on, {@code null} for no limit
	 * @param to until when, {@code null} for no limit
	 * @param copied which runs are there for queries already
	 */
	record Window(@Nullable Instant from, @Nullable Instant to, Predicate<TaskRun> copied) {

		Window(@Nullable Instant from, @Nullable Instant to) {
			this(from, to, (run) -> true);
		}

		/**
		 * Return the same window on the copy that queries read, which each run takes its
		 * own time to get into.
		 */
		Window lagging(Instant now, Duration lag) {
			return lag.isZero() ? this : new Window(this.from, this.to, (run) -> {
				long share = 20 + Math.floorMod(run.id().hashCode(), 81);
				return !run.updatedAt().plus(lag.multipliedBy(share).dividedBy(100)).isAfter(now);
			});
		}

		boolean contains(Instant instant) {
			return (this.from == null || !instant.isBefore(this.from))
					&& (this.to == null || !instant.isAfter(this.to));
		}

	}

}

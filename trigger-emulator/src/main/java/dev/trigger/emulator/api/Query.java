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
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.trigger.emulator.http.JsonBody;
import dev.trigger.emulator.http.ResponseException;
import dev.trigger.emulator.state.Environment;
import dev.trigger.emulator.state.TaskRun;
import org.jspecify.annotations.Nullable;

/**
 * A query in the small part of the language that the emulator understands: columns,
 * {@code count()} and other aggregates, comparisons joined by {@code AND},
 * {@code GROUP BY}, {@code ORDER BY} and {@code LIMIT}.
 */
final class Query {

	private static final Pattern SELECT = Pattern.compile(
			"\\s*SELECT\\s+(?<columns>.+?)(?:\\s+FROM\\s+(?<table>\\w+))?"
					+ "(?:\\s+WHERE\\s+(?<where>.+?))?(?:\\s+GROUP\\s+BY\\s+(?<group>.+?))?"
					+ "(?:\\s+ORDER\\s+BY\\s+(?<order>.+?))?(?:\\s+LIMIT\\s+(?<limit>\\d+))?\\s*;?\\s*",
			Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

	private static final Pattern SECOND = Pattern
		.compile("(?:[^';]++|'(?:[^'\\\\]++|''|\\\\.)*+')*+;\\s*(?<word>[^\\s;]+).*", Pattern.DOTALL);

	/**
	 * The server cuts longer results silently.
	 */
	private static final long MAX_ROWS = 10_000;

	private static final Pattern AGGREGATE = Pattern
		.compile("(?<name>count|sum|avg|min|max)\\s*\\(\\s*(?<column>\\*|\\w*)\\s*\\)", Pattern.CASE_INSENSITIVE);

	private static final Pattern ALIAS = Pattern.compile("(?<expression>.+?)\\s+AS\\s+(?<alias>\\w+)",
			Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

	private final Matcher matcher;

	private final String table;

	private final List<String> known;

	private Query(Matcher matcher) {
		this.matcher = matcher;
		String table = matcher.group("table");
		this.table = (table != null) ? table.toLowerCase(Locale.ROOT) : "";
		this.known = this.table.isEmpty() ? List.of() : QueryTable.columns(this.table);
	}

	static Query parse(String text) {
		refuseSecond(text);
		Matcher matcher = SELECT.matcher(text);
		if (!matcher.matches()) {
			String[] words = text.strip().split("\\s+");
			throw new ResponseException(400, "Syntax error at line 1:0: mismatched input '"
					+ (words[0].isEmpty() ? "<EOF>" : words[0]) + "' expecting {SELECT, WITH, '{', '(', '<'}");
		}
		return new Query(matcher);
	}

	/**
	 * Refuse a second statement.
	 */
	private static void refuseSecond(String text) {
		Matcher second = SECOND.matcher(text);
		if (second.matches()) {
			throw new ResponseException(400, "Syntax error at line 1:" + second.start("word") + ": mismatched input '"
					+ second.group("word") + "' expecting <EOF>");
		}
	}

	List<JsonBody> execute(List<Environment> environments, Window window) {
		List<Column> columns = columns();
		Predicate<JsonBody> where = where();
		List<JsonBody> rows = this.table.isEmpty() ? List.of(new JsonBody())
				: QueryTable.rows(this.table, environments, window).stream().filter(where).toList();
		List<JsonBody> results = new ArrayList<>();
		String group = this.matcher.group("group");
		if (group == null && columns.stream().noneMatch(Column::isAggregate)) {
			rows.forEach((row) -> results.add(project(columns, List.of(row))));
		}
		else {
			List<String> keys = (group != null) ? QueryCondition.list(group) : List.of();
			keys.forEach(this::requireColumn);
			Map<List<String>, List<JsonBody>> groups = new LinkedHashMap<>();
			for (JsonBody row : rows) {
				List<String> values = keys.stream().map((key) -> String.valueOf(row.get(key))).toList();
				groups.computeIfAbsent(values, (key) -> new ArrayList<>()).add(row);
			}
			if (groups.isEmpty() && keys.isEmpty()) {
				groups.put(List.of(), new ArrayList<>());
			}
			groups.values().forEach((members) -> results.add(project(columns, members)));
		}
		order(results);
		String limit = this.matcher.group("limit");
		long most = (limit != null && limit.length() < 10) ? Math.min(Long.parseLong(limit), MAX_ROWS) : MAX_ROWS;
		return results.stream().limit(most).toList();
	}

	private List<Column> columns() {
		List<Column> columns = new ArrayList<>();
		for (String text : QueryCondition.list(this.matcher.group("columns"))) {
			if (text.equals("*")) {
				this.known.forEach((name) -> columns.add(new Column(name, name)));
				continue;
			}
			Matcher alias = ALIAS.matcher(text);
			Column column = alias.matches() ? new Column(alias.group("expression"), alias.group("alias"))
					: new Column(text, text);
			if (!column.isAggregate() && !column.isLiteral()) {
				if (!column.expression().matches("\\w+")) {
					throw new ResponseException(400,
							"The emulator does not understand the expression: " + column.expression());
				}
				requireColumn(column.expression());
			}
			columns.add(column);
		}
		return columns;
	}

	private void requireColumn(String name) {
		if (!this.known.contains(name)) {
			throw new ResponseException(400,
					"Unknown column \"" + name + "\". Available columns: " + String.join(", ", this.known));
		}
	}

	private Predicate<JsonBody> where() {
		String where = this.matcher.group("where");
		return (where != null) ? new QueryCondition(this::requireColumn).read(where) : (row) -> true;
	}

	private void order(List<JsonBody> results) {
		String order = this.matcher.group("order");
		if (order == null) {
			return;
		}
		for (String part : QueryCondition.list(order)) {
			String[] words = part.split("\\s+");
			if (words.length > 2 || !words[0].matches("\\w+")
					|| (words.length == 2 && !words[1].matches("(?i)ASC|DESC"))) {
				throw new ResponseException(400, "The emulator does not understand the order: " + part);
			}
			Comparator<JsonBody> comparator = (a, b) -> compare(a.get(words[0]), String.valueOf(b.get(words[0])));
			boolean descending = words.length > 1 && words[1].equalsIgnoreCase("DESC");
			results.sort(descending ? comparator.reversed() : comparator);
		}
	}

	private static int compare(@Nullable Object value, String literal) {
		if (value instanceof Number number && literal.matches("-?\\d+(\\.\\d+)?")) {
			return Double.compare(number.doubleValue(), Double.parseDouble(literal));
		}
		return String.valueOf(value).compareTo(literal);
	}

	private static JsonBody project(List<Column> columns, List<JsonBody> rows) {
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

		static final Window ALL = new Window(null, null);

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

	private record Column(String expression, String alias) {

		boolean isAggregate() {
			return AGGREGATE.matcher(this.expression).matches();
		}

		boolean isLiteral() {
			return this.expression.matches("-?\\d+(\\.\\d+)?|'.*'");
		}

		@Nullable Object value(List<JsonBody> rows) {
			Matcher aggregate = AGGREGATE.matcher(this.expression);
			if (isLiteral()) {
				return this.expression.startsWith("'") ? QueryCondition.unquote(this.expression)
						: Double.valueOf(this.expression);
			}
			if (!aggregate.matches()) {
				return rows.isEmpty() ? null : rows.get(0).get(this.expression);
			}
			String name = aggregate.group("name").toLowerCase(Locale.ROOT);
			if (name.equals("count")) {
				return rows.size();
			}
			var numbers = rows.stream()
				.map((row) -> row.get(aggregate.group("column")))
				.filter(Number.class::isInstance)
				.mapToDouble((number) -> ((Number) number).doubleValue())
				.summaryStatistics();
			return switch (name) {
				case "sum" -> numbers.getSum();
				case "avg" -> numbers.getAverage();
				case "min" -> (numbers.getCount() > 0) ? numbers.getMin() : null;
				default -> (numbers.getCount() > 0) ? numbers.getMax() : null;
			};
		}

	}

}

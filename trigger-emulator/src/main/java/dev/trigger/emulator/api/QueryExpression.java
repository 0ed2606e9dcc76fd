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

import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.trigger.emulator.http.Json;
import dev.trigger.emulator.http.JsonBody;
import dev.trigger.emulator.http.ResponseException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * An expression of a query: a column, a literal, an aggregate, a function or a
 * calculation. What is not understood is refused.
 */
final class QueryExpression {

	private static final Pattern CALL = Pattern.compile("(\\w+)\\s*\\((.*)\\)", Pattern.DOTALL);

	private static final Pattern LITERAL = Pattern.compile("-?\\d+(?:\\.\\d+)?|" + QueryText.STRING);

	private static final Pattern QUANTILE = Pattern.compile(
			"quantile\\s*\\(\\s*(?<level>[01]|0?\\.\\d+)\\s*\\)\\s*\\((?<argument>.*)\\)",
			Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

	private static final Pattern INTERVAL = Pattern.compile(
			"INTERVAL\\s+(?<count>\\d{1,4})\\s+(?<unit>SECOND|MINUTE|HOUR|DAY|WEEK|MONTH|YEAR)",
			Pattern.CASE_INSENSITIVE);

	private static final Pattern DISTINCT = Pattern.compile("DISTINCT\\s+(\\w+)", Pattern.CASE_INSENSITIVE);

	/**
	 * A member of a column with JSON.
	 */
	private static final Pattern PATH = Pattern.compile("(?<column>output|error)\\.(?<path>\\w+(?:\\.\\w+)*)");

	/**
	 * Those that bind less come first.
	 */
	private static final List<String> OPERATORS = List.of("+-", "*/");

	private static final int MAX_DEPTH = 50;

	private final Consumer<String> requireColumn;

	private final Function<String, QueryKind> kinds;

	private final @Nullable String timeColumn;

	private final TimeBuckets buckets;

	private final Instant now;

	/**
	 * Create a reader of expressions.
	 * @param requireColumn refuses columns that are not known
	 * @param kinds what columns hold
	 * @param timeColumn the column that buckets are made of, {@code null} if there is
	 * none
	 * @param buckets the buckets
	 * @param now the time of the query
	 */
	QueryExpression(Consumer<String> requireColumn, Function<String, QueryKind> kinds, @Nullable String timeColumn,
			TimeBuckets buckets, Instant now) {
		this.requireColumn = requireColumn;
		this.kinds = kinds;
		this.timeColumn = timeColumn;
		this.buckets = buckets;
		this.now = now;
	}

	/**
	 * Return the name that results have unless they are given one: that of the function
	 * or the calculation.
	 * @param text the expression
	 * @return the name
	 */
	static String nameOf(String text) {
		if (LITERAL.matcher(text).matches()) {
			return text;
		}
		for (String operators : OPERATORS) {
			int index = QueryText.last(text, operators);
			if (index > 0) {
				return switch (text.charAt(index)) {
					case '+' -> "plus";
					case '-' -> "minus";
					case '*' -> "multiply";
					default -> "divide";
				};
			}
		}
		String function = function(text);
		return (function != null) ? function.toLowerCase(Locale.ROOT) : isPath(text) ? text.replace('.', '_') : text;
	}

	/**
	 * Return whether an expression is a member of a column with JSON, which have values
	 * of any kind.
	 * @param text the expression
	 * @return {@code true} if so
	 */
	static boolean isPath(String text) {
		return PATH.matcher(text).matches();
	}

	private static @Nullable String function(String text) {
		Matcher call = CALL.matcher(text);
		return (call.matches() && QueryText.isGroup('(' + call.group(2) + ')')) ? call.group(1) : null;
	}

	/**
	 * Read an expression.
	 * @param text the expression
	 * @return the expression
	 */
	QueryNode read(String text) {
		return read(text.strip(), 0);
	}

	private QueryNode read(String text, int depth) {
		if (depth > MAX_DEPTH) {
			throw notUnderstood(text);
		}
		if (LITERAL.matcher(text).matches()) {
			Object value = text.startsWith("'") ? QueryText.unquote(text) : new BigDecimal(text);
			return new QueryNode(text.startsWith("'") ? QueryKind.TEXT : QueryKind.NUMBER, false, Set.of(),
					(rows) -> value);
		}
		if (text.matches("\\w+")) {
			this.requireColumn.accept(text);
			return new QueryNode(this.kinds.apply(text), false, Set.of(text),
					(rows) -> rows.isEmpty() ? null : rows.get(0).get(text));
		}
		Matcher path = PATH.matcher(text);
		if (path.matches()) {
			return member(path.group("column"), path.group("path").split("\\."), text);
		}
		for (String operators : OPERATORS) {
			int index = QueryText.last(text, operators);
			if (index > 0) {
				QueryNode left = read(text.substring(0, index).strip(), depth + 1);
				String right = text.substring(index + 1).strip();
				Matcher interval = INTERVAL.matcher(right);
				return interval.matches() ? moved(left, text.charAt(index), interval, text)
						: calculation(text.charAt(index), left, read(right, depth + 1), text);
			}
		}
		if (QueryText.isGroup(text)) {
			return read(text.substring(1, text.length() - 1).strip(), depth + 1);
		}
		String function = function(text);
		if (function == null) {
			Matcher quantile = QUANTILE.matcher(text);
			if (quantile.matches()) {
				return quantile(Double.parseDouble(quantile.group("level")), quantile.group("argument"), text, depth);
			}
			throw notUnderstood(text);
		}
		String inner = text.substring(text.indexOf('(') + 1, text.length() - 1).strip();
		List<String> arguments = inner.isEmpty() ? List.of() : QueryText.list(inner);
		String aggregate = function.toLowerCase(Locale.ROOT);
		if (aggregate.equals("timebucket")) {
			return timeBucket(arguments);
		}
		if (aggregate.equals("prettyformat") && arguments.size() == 2) {
			// it only says how pages show the value
			return read(arguments.get(0), depth + 1);
		}
		QueryFunction.check(function, arguments.size());
		if (aggregate.equals("if")) {
			return choice(arguments, text, depth);
		}
		if (aggregate.equals("now") && arguments.isEmpty()) {
			String time = QueryKind.second(this.now.toString());
			return new QueryNode(QueryKind.TIME, false, Set.of(), (rows) -> time);
		}
		if (aggregate.equals("median")) {
			return quantile(0.5, inner, text, depth);
		}
		return QueryAggregate.isKnown(aggregate) ? aggregate(aggregate, arguments, text, depth)
				: call(function, arguments, text, depth);
	}

	private QueryNode member(String column, String[] path, String text) {
		this.requireColumn.accept(column);
		return new QueryNode(QueryKind.OTHER, false, Set.of(text), (rows) -> {
			JsonNode node = rows.isEmpty() ? null : Json.parse(String.valueOf(rows.get(0).get(column)));
			for (String name : path) {
				node = (node != null) ? node.get(name) : null;
			}
			// the database only keeps values without members
			return (node == null || node.isNull() || node.isObject()) ? null : node;
		});
	}

	private QueryNode calculation(char operator, QueryNode left, QueryNode right, String text) {
		if (left.kind() != QueryKind.NUMBER || right.kind() != QueryKind.NUMBER) {
			throw notUnderstood(text);
		}
		return QueryNode.of(QueryKind.NUMBER, List.of(left, right), (values) -> {
			if (!(values.get(0) instanceof Number one) || !(values.get(1) instanceof Number two)) {
				return null;
			}
			double result = switch (operator) {
				case '+' -> one.doubleValue() + two.doubleValue();
				case '-' -> one.doubleValue() - two.doubleValue();
				case '*' -> one.doubleValue() * two.doubleValue();
				default -> one.doubleValue() / two.doubleValue();
			};
			return Double.isFinite(result) ? (Object) result : null;
		});
	}

	/**
	 * Read a time that is moved by an interval.
	 */
	private static QueryNode moved(QueryNode time, char operator, Matcher interval, String text) {
		if (time.kind() != QueryKind.TIME || "+-".indexOf(operator) < 0) {
			throw notUnderstood(text);
		}
		long count = Long.parseLong(interval.group("count")) * ((operator == '-') ? -1 : 1);
		ChronoUnit unit = ChronoUnit.valueOf(interval.group("unit").toUpperCase(Locale.ROOT) + 'S');
		return QueryNode.of(QueryKind.TIME, List.of(time), (values) -> {
			if (values.get(0) == null) {
				return null;
			}
			String from = String.valueOf(values.get(0));
			String to = QueryKind.time(QueryKind.local(from).plus(count, unit).toString());
			// what has no fraction of a second gets none
			return from.contains(".") ? to : to.replaceFirst("\\.0+$", "");
		});
	}

	private QueryNode quantile(double level, String argument, String text, int depth) {
		QueryNode node = read(argument.strip(), depth + 1);
		if (node.aggregate() || node.kind() != QueryKind.NUMBER) {
			throw notUnderstood(text);
		}
		return new QueryNode(QueryKind.NUMBER, true, Set.of(), (rows) -> {
			List<@Nullable Object> values = new ArrayList<>();
			rows.forEach((row) -> values.add(node.code().apply(List.of(row))));
			return QueryAggregate.quantile(level, values);
		});
	}

	private QueryNode call(String name, List<String> arguments, String text, int depth) {
		boolean unit = name.equalsIgnoreCase("dateDiff") && arguments.get(0).matches("[a-z]+");
		List<QueryNode> nodes = new ArrayList<>();
		for (String argument : arguments) {
			nodes.add(read((unit && nodes.isEmpty()) ? '\'' + argument + '\'' : argument, depth + 1));
		}
		QueryFunction function = QueryFunction.find(name, nodes.stream().map(QueryNode::kind).toList());
		if (function == null || nodes.stream().anyMatch(QueryNode::isStoredOtherwise)) {
			throw notUnderstood(text);
		}
		return QueryNode.of(function.result(), nodes, function::apply);
	}

	private QueryNode timeBucket(List<String> arguments) {
		if (!arguments.isEmpty()) {
			throw new ResponseException(400, "timeBucket() does not accept arguments. It automatically uses the"
					+ " table's time constraint column.");
		}
		String column = this.timeColumn;
		if (column == null) {
			throw new ResponseException(400,
					"timeBucket() requires a table with a timeConstraint defined in its schema.");
		}
		return QueryNode.of(QueryKind.TEXT, List.of(read(column)), (values) -> this.buckets.start(values.get(0)));
	}

	private QueryNode choice(List<String> arguments, String text, int depth) {
		Set<String> columns = new HashSet<>();
		Predicate<JsonBody> condition = new QueryCondition((name) -> {
			this.requireColumn.accept(name);
			columns.add(name);
		}, this.kinds, this.now).read(arguments.get(0));
		QueryNode one = read(arguments.get(1), depth + 1);
		QueryNode other = read(arguments.get(2), depth + 1);
		if (one.kind() != other.kind() || one.kind() == QueryKind.OTHER || one.aggregate() || other.aggregate()) {
			throw notUnderstood(text);
		}
		columns.addAll(one.columns());
		columns.addAll(other.columns());
		return new QueryNode(one.kind(), false, Set.copyOf(columns), (rows) -> {
			if (rows.isEmpty()) {
				return null;
			}
			return (condition.test(rows.get(0)) ? one : other).code().apply(rows);
		});
	}

	private QueryNode aggregate(String name, List<String> arguments, String text, int depth) {
		boolean conditional = name.endsWith("if");
		String plain = conditional ? name.substring(0, name.length() - 2) : name;
		if (arguments.size() != (conditional && !plain.equals("count") ? 2 : 1)
				&& !(name.equals("count") && arguments.isEmpty())) {
			throw notUnderstood(text);
		}
		Predicate<JsonBody> condition = conditional
				? new QueryCondition(this.requireColumn, this.kinds, this.now).read(arguments.get(arguments.size() - 1))
				: (row) -> true;
		boolean all = arguments.isEmpty() || arguments.get(0).equals("*") || name.equals("countif");
		Matcher distinct = all ? null : DISTINCT.matcher(arguments.get(0));
		boolean unique = plain.startsWith("uniq") || (distinct != null && distinct.matches());
		QueryNode argument = all ? new QueryNode(QueryKind.NUMBER, false, Set.of(), (rows) -> 1)
				: read((distinct != null && distinct.matches()) ? distinct.group(1) : arguments.get(0), depth + 1);
		boolean calculated = plain.equals("sum") || plain.equals("avg");
		boolean compared = plain.equals("min") || plain.equals("max");
		if (argument.aggregate() || (all && !plain.equals("count")) || (unique && (calculated || compared))
				|| (calculated && argument.kind() != QueryKind.NUMBER)
				|| ((compared || unique) && argument.kind() == QueryKind.OTHER)
				|| (plain.equals("any") && (argument.kind() == QueryKind.OTHER || argument.isStoredOtherwise()))) {
			throw notUnderstood(text);
		}
		return new QueryNode((compared || plain.equals("any")) ? argument.kind() : QueryKind.NUMBER, true, Set.of(),
				(rows) -> {
					List<Object> values = rows.stream()
						.filter(condition)
						.map((row) -> argument.code().apply(List.of(row)))
						.filter(Objects::nonNull)
						.toList();
					return QueryAggregate.value(plain, unique, values);
				});
	}

	private static ResponseException notUnderstood(String text) {
		return new ResponseException(400, "The emulator does not understand the expression: " + text);
	}

}

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
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
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
import java.util.stream.DoubleStream;

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

	private static final Pattern DISTINCT = Pattern.compile("DISTINCT\\s+(\\w+)", Pattern.CASE_INSENSITIVE);

	private static final Set<String> AGGREGATES = Set.of("count", "sum", "avg", "min", "max", "uniq", "uniqexact",
			"countif", "sumif", "avgif");

	/**
	 * A member of a column with JSON.
	 */
	private static final Pattern PATH = Pattern.compile("(?<column>output|error)\\.(?<path>\\w+(?:\\.\\w+)*)");

	/**
	 * Columns of which functions are not given what rows show: of statuses the names that
	 * the database has, of others no texts, which breaks servers.
	 */
	private static final Set<String> STORED_OTHERWISE = Set.of("status", "output", "error");

	/**
	 * Those that bind less come first.
	 */
	private static final List<String> OPERATORS = List.of("+-", "*/");

	private static final int MAX_DEPTH = 50;

	private final Consumer<String> requireColumn;

	private final Function<String, QueryKind> kinds;

	private final @Nullable String timeColumn;

	private final TimeBuckets buckets;

	/**
	 * Create a reader of expressions.
	 * @param requireColumn refuses columns that are not known
	 * @param kinds what columns hold
	 * @param timeColumn the column that buckets are made of, {@code null} if there is
	 * none
	 * @param buckets the buckets
	 */
	QueryExpression(Consumer<String> requireColumn, Function<String, QueryKind> kinds, @Nullable String timeColumn,
			TimeBuckets buckets) {
		this.requireColumn = requireColumn;
		this.kinds = kinds;
		this.timeColumn = timeColumn;
		this.buckets = buckets;
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
	Node read(String text) {
		return read(text.strip(), 0);
	}

	private Node read(String text, int depth) {
		if (depth > MAX_DEPTH) {
			throw notUnderstood(text);
		}
		if (LITERAL.matcher(text).matches()) {
			Object value = text.startsWith("'") ? QueryText.unquote(text) : new BigDecimal(text);
			return new Node(text.startsWith("'") ? QueryKind.TEXT : QueryKind.NUMBER, false, Set.of(), (rows) -> value);
		}
		if (text.matches("\\w+")) {
			this.requireColumn.accept(text);
			return new Node(this.kinds.apply(text), false, Set.of(text),
					(rows) -> rows.isEmpty() ? null : rows.get(0).get(text));
		}
		Matcher path = PATH.matcher(text);
		if (path.matches()) {
			return member(path.group("column"), path.group("path").split("\\."), text);
		}
		for (String operators : OPERATORS) {
			int index = QueryText.last(text, operators);
			if (index > 0) {
				return calculation(text.charAt(index), read(text.substring(0, index).strip(), depth + 1),
						read(text.substring(index + 1).strip(), depth + 1), text);
			}
		}
		if (QueryText.isGroup(text)) {
			return read(text.substring(1, text.length() - 1).strip(), depth + 1);
		}
		String function = function(text);
		if (function == null) {
			throw notUnderstood(text);
		}
		String inner = text.substring(text.indexOf('(') + 1, text.length() - 1).strip();
		List<String> arguments = inner.isEmpty() ? List.of() : QueryText.list(inner);
		String aggregate = function.toLowerCase(Locale.ROOT);
		if (aggregate.equals("timebucket")) {
			return timeBucket(arguments);
		}
		if (function.equals("if") && arguments.size() == 3) {
			return choice(arguments, text, depth);
		}
		return AGGREGATES.contains(aggregate) ? aggregate(aggregate, arguments, text, depth)
				: call(function, arguments, text, depth);
	}

	private Node member(String column, String[] path, String text) {
		this.requireColumn.accept(column);
		return new Node(QueryKind.OTHER, false, Set.of(text), (rows) -> {
			JsonNode node = rows.isEmpty() ? null : Json.parse(String.valueOf(rows.get(0).get(column)));
			for (String name : path) {
				node = (node != null) ? node.get(name) : null;
			}
			// the database keeps the leaves only
			return (node == null || node.isNull() || node.isObject()) ? null : node;
		});
	}

	private Node calculation(char operator, Node left, Node right, String text) {
		if (left.kind() != QueryKind.NUMBER || right.kind() != QueryKind.NUMBER) {
			throw notUnderstood(text);
		}
		return Node.of(QueryKind.NUMBER, List.of(left, right), (values) -> {
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

	private Node call(String name, List<String> arguments, String text, int depth) {
		QueryFunction function = QueryFunction.find(name);
		List<Node> nodes = (function != null) ? arguments.stream().map((argument) -> read(argument, depth + 1)).toList()
				: List.of();
		if (function == null || !function.takes(nodes.stream().map(Node::kind).toList())
				|| nodes.stream().anyMatch((node) -> !Collections.disjoint(node.columns(), STORED_OTHERWISE))) {
			throw notUnderstood(text);
		}
		return Node.of(function.result(), nodes, function::apply);
	}

	private Node timeBucket(List<String> arguments) {
		if (!arguments.isEmpty()) {
			throw new ResponseException(400, "timeBucket() does not accept arguments. It automatically uses the"
					+ " table's time constraint column.");
		}
		String column = this.timeColumn;
		if (column == null) {
			throw new ResponseException(400,
					"timeBucket() requires a table with a timeConstraint defined in its schema.");
		}
		return Node.of(QueryKind.TEXT, List.of(read(column)), (values) -> this.buckets.start(values.get(0)));
	}

	private Node choice(List<String> arguments, String text, int depth) {
		Set<String> columns = new HashSet<>();
		Predicate<JsonBody> condition = new QueryCondition((name) -> {
			this.requireColumn.accept(name);
			columns.add(name);
		}, this.kinds).read(arguments.get(0));
		Node one = read(arguments.get(1), depth + 1);
		Node other = read(arguments.get(2), depth + 1);
		if (one.kind() != other.kind() || one.kind() == QueryKind.OTHER || one.aggregate() || other.aggregate()) {
			throw notUnderstood(text);
		}
		columns.addAll(one.columns());
		columns.addAll(other.columns());
		return new Node(one.kind(), false, Set.copyOf(columns), (rows) -> {
			if (rows.isEmpty()) {
				return null;
			}
			return (condition.test(rows.get(0)) ? one : other).code().apply(rows);
		});
	}

	private Node aggregate(String name, List<String> arguments, String text, int depth) {
		boolean conditional = name.endsWith("if");
		String plain = conditional ? name.substring(0, name.length() - 2) : name;
		if (arguments.size() != (conditional && !plain.equals("count") ? 2 : 1)
				&& !(name.equals("count") && arguments.isEmpty())) {
			throw notUnderstood(text);
		}
		Predicate<JsonBody> condition = conditional
				? new QueryCondition(this.requireColumn, this.kinds).read(arguments.get(arguments.size() - 1))
				: (row) -> true;
		boolean all = arguments.isEmpty() || arguments.get(0).equals("*") || name.equals("countif");
		Matcher distinct = all ? null : DISTINCT.matcher(arguments.get(0));
		boolean unique = plain.startsWith("uniq") || (distinct != null && distinct.matches());
		Node argument = all ? new Node(QueryKind.NUMBER, false, Set.of(), (rows) -> 1)
				: read((distinct != null && distinct.matches()) ? distinct.group(1) : arguments.get(0), depth + 1);
		boolean calculated = plain.equals("sum") || plain.equals("avg");
		boolean compared = plain.equals("min") || plain.equals("max");
		if (argument.aggregate() || (all && !plain.equals("count")) || (unique && (calculated || compared))
				|| (calculated && argument.kind() != QueryKind.NUMBER)
				|| ((compared || unique) && argument.kind() == QueryKind.OTHER)) {
			throw notUnderstood(text);
		}
		return new Node(compared ? argument.kind() : QueryKind.NUMBER, true, Set.of(), (rows) -> {
			List<Object> values = rows.stream()
				.filter(condition)
				.map((row) -> argument.code().apply(List.of(row)))
				.filter(Objects::nonNull)
				.toList();
			return aggregate(plain, unique, values);
		});
	}

	private static @Nullable Object aggregate(String name, boolean unique, List<Object> values) {
		if (unique) {
			return values.stream().distinct().count();
		}
		return switch (name) {
			case "count" -> values.size();
			case "min" -> values.stream().min(QueryOrder::compare).orElse(null);
			case "max" -> values.stream().max(QueryOrder::compare).orElse(null);
			case "sum" -> numbers(values).sum();
			// the average of nothing is no number
			default -> values.isEmpty() ? null : numbers(values).average().orElseThrow();
		};
	}

	private static DoubleStream numbers(Collection<Object> values) {
		return values.stream()
			.filter(Number.class::isInstance)
			.mapToDouble((number) -> ((Number) number).doubleValue());
	}

	private static ResponseException notUnderstood(String text) {
		return new ResponseException(400, "The emulator does not understand the expression: " + text);
	}

	/**
	 * An expression that was understood.
	 *
	 * @param kind what it is
	 * @param aggregate whether it has an aggregate in it
	 * @param columns the columns that it names outside of aggregates
	 * @param code returns its value for the rows of a result
	 */
	record Node(QueryKind kind, boolean aggregate, Set<String> columns,
			Function<List<JsonBody>, @Nullable Object> code) {

		static Node of(QueryKind kind, List<Node> arguments, Function<List<@Nullable Object>, @Nullable Object> code) {
			return new Node(kind, arguments.stream().anyMatch(Node::aggregate),
					Set.copyOf(arguments.stream().map(Node::columns).flatMap(Set::stream).toList()), (rows) -> {
						List<@Nullable Object> values = new ArrayList<>();
						arguments.forEach((argument) -> values.add(argument.code().apply(rows)));
						return code.apply(values);
					});
		}

	}

}

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

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.trigger.emulator.http.JsonBody;
import dev.trigger.emulator.http.ResponseException;

/**
 * The condition of a query: comparisons with literals, of tuples too, {@code IN},
 * {@code LIKE}, {@code IS NULL}, {@code has}, {@code or}, {@code and} and {@code if}.
 * Everything else is refused, so that no query has wrong rows.
 */
final class QueryCondition {

	/**
	 * How deep conditions stand within each other at most.
	 */
	private static final int MAX_DEPTH = 100;

	private static final String LITERAL = QueryText.STRING + "|-?\\d+(?:\\.\\d+)?|true|false";

	private static final Pattern TEXT = Pattern.compile("'(?:[^'\\\\]++|''|\\\\.)*+'", Pattern.DOTALL);

	private static final Pattern COMPARISON = pattern("(\\w+)\\s*(=|!=|<>|>=|<=|>|<)\\s*(" + LITERAL + ")");

	private static final Pattern IN = pattern(
			"(\\w+)\\s+(NOT\\s+)?IN\\s*\\(\\s*((?:" + LITERAL + ")(?:\\s*,\\s*(?:" + LITERAL + "))*+)\\s*\\)");

	private static final Pattern LIKE = pattern("(\\w+)\\s+(NOT\\s+)?(I?LIKE)\\s+('(?:[^'\\\\]++|'')*+')");

	private static final Pattern IS_NULL = pattern("(\\w+)\\s+IS\\s+(NOT\\s+)?NULL");

	private static final Pattern TUPLE = pattern(
			"\\(\\s*(\\w+(?:\\s*,\\s*\\w+)++)\\s*\\)\\s*(>=|<=|>|<|=)\\s*\\(\\s*((?:" + LITERAL + ")(?:\\s*,\\s*(?:"
					+ LITERAL + "))++)\\s*\\)");

	private static final Pattern HAS = pattern("has\\s*\\(\\s*(\\w+)\\s*,\\s*(" + LITERAL + ")\\s*\\)");

	private static final Pattern FUNCTION = pattern("(or|and|if)\\s*\\((.*)\\)");

	private static final Pattern BETWEEN = pattern(
			"(\\w+)\\s+(NOT\\s+)?BETWEEN\\s+(" + LITERAL + ")\\s+AND\\s+(" + LITERAL + ")");

	private static final Pattern TRUTH = pattern("true|false");

	private static final Pattern FLAG = pattern("(NOT\\s+)?(\\w+)");

	private static final Pattern PLACEHOLDER = pattern("\\{\\s*(\\w+)\\s*:\\s*\\w+\\s*}");

	private final Consumer<String> requireColumn;

	private final Function<String, QueryKind> kinds;

	private final QueryExpression expressions;

	/**
	 * Create a reader of conditions.
	 * @param requireColumn refuses columns that are not known
	 * @param kinds what columns hold
	 * @param now the time of the query
	 */
	QueryCondition(Consumer<String> requireColumn, Function<String, QueryKind> kinds, Instant now) {
		this.requireColumn = requireColumn;
		this.kinds = kinds;
		this.expressions = new QueryExpression(requireColumn, kinds, null, TimeBuckets.between(now, now), now);
	}

	/**
	 * Return whether a condition names a column, outside of texts.
	 * @param condition the condition
	 * @param column the name of the column
	 * @return {@code true} if it does
	 */
	static boolean names(String condition, String column) {
		return Pattern.compile("\\b" + column + "\\b").matcher(TEXT.matcher(condition).replaceAll("''")).find();
	}

	private static Pattern pattern(String regex) {
		return Pattern.compile(regex, Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
	}

	Predicate<JsonBody> read(String text) {
		return read(text.strip(), 0);
	}

	private Predicate<JsonBody> read(String condition, int depth) {
		if (depth > MAX_DEPTH) {
			throw notUnderstood(condition);
		}
		Matcher between = BETWEEN.matcher(condition);
		if (between.matches()) {
			return between(column(between.group(1)), between);
		}
		if (QueryText.split(condition, "BETWEEN").size() > 1) {
			throw new ResponseException(400,
					"The emulator refuses BETWEEN beside other conditions: servers take these for"
							+ " a part of it, unless it is in parentheses.");
		}
		List<String> all = QueryText.split(condition, "AND");
		List<String> any = QueryText.split(condition, "OR");
		if (all.size() > 1 && any.size() > 1) {
			throw nested();
		}
		if (all.size() > 1) {
			all.forEach(QueryCondition::refuseNested);
			return all(read(all, depth));
		}
		if (any.size() > 1) {
			any.forEach(QueryCondition::refuseNested);
			return any(read(any, depth));
		}
		if (QueryText.isGroup(condition)) {
			return read(condition.substring(1, condition.length() - 1).strip(), depth + 1);
		}
		return single(condition, depth);
	}

	private List<Predicate<JsonBody>> read(List<String> conditions, int depth) {
		return conditions.stream().map((condition) -> read(condition, depth + 1)).toList();
	}

	private static Predicate<JsonBody> all(List<Predicate<JsonBody>> conditions) {
		return (row) -> conditions.stream().allMatch((condition) -> condition.test(row));
	}

	private static Predicate<JsonBody> any(List<Predicate<JsonBody>> conditions) {
		return (row) -> conditions.stream().anyMatch((condition) -> condition.test(row));
	}

	/**
	 * Refuse a group of conditions inside of others. Servers run {@code x AND (a OR b)}
	 * as {@code x AND a AND b}.
	 */
	private static void refuseNested(String condition) {
		if (QueryText.isGroup(condition)) {
			String inner = condition.substring(1, condition.length() - 1).strip();
			if (BETWEEN.matcher(inner).matches()) {
				return;
			}
			if (QueryText.split(inner, "AND").size() > 1 || QueryText.split(inner, "OR").size() > 1) {
				throw nested();
			}
		}
	}

	private static ResponseException notUnderstood(String condition) {
		return new ResponseException(400, "The emulator does not understand the condition: " + condition);
	}

	private static ResponseException nested() {
		return new ResponseException(400, "The emulator refuses AND and OR within each other: servers silently join"
				+ " them into one list and return wrong rows. Use or(a, b), IN, or a tuple comparison.");
	}

	private Predicate<JsonBody> single(String condition, int depth) {
		Matcher matcher = COMPARISON.matcher(condition);
		if (matcher.matches()) {
			return compare(List.of(column(matcher.group(1))), matcher.group(2), List.of(matcher.group(3)));
		}
		matcher = TUPLE.matcher(condition);
		if (matcher.matches()) {
			List<String> columns = QueryText.list(matcher.group(1)).stream().map(this::column).toList();
			List<String> literals = QueryText.list(matcher.group(3));
			if (columns.size() == literals.size()) {
				return compare(columns, matcher.group(2), literals);
			}
		}
		matcher = IN.matcher(condition);
		if (matcher.matches()) {
			String column = column(matcher.group(1));
			boolean wanted = matcher.group(2) == null;
			List<String> literals = QueryText.list(matcher.group(3));
			literals.forEach((literal) -> requireComparable(column, literal));
			return (row) -> row.get(column) != null && literals.stream()
				.anyMatch((literal) -> QueryComparison.order(column, row, literal) == 0) == wanted;
		}
		matcher = LIKE.matcher(condition);
		if (matcher.matches()) {
			return like(column(matcher.group(1)), matcher);
		}
		matcher = IS_NULL.matcher(condition);
		if (matcher.matches()) {
			String column = column(matcher.group(1));
			boolean wanted = matcher.group(2) == null;
			return (row) -> (row.get(column) == null) == wanted;
		}
		matcher = HAS.matcher(condition);
		if (matcher.matches()) {
			String column = column(matcher.group(1));
			if (this.kinds.apply(column) != QueryKind.OTHER) {
				throw notUnderstood(condition);
			}
			String value = QueryText.unquote(matcher.group(2));
			return (row) -> row.get(column) instanceof List<?> list && list.contains(value);
		}
		matcher = FUNCTION.matcher(condition);
		if (matcher.matches()) {
			List<String> arguments = QueryText.list(matcher.group(2));
			return switch (matcher.group(1).toLowerCase(Locale.ROOT)) {
				case "or" -> any(read(arguments, depth));
				case "and" -> all(read(arguments, depth));
				default -> choice(arguments, condition, depth);
			};
		}
		matcher = PLACEHOLDER.matcher(condition);
		if (matcher.find()) {
			// servers know the syntax, but nothing that could be put in
			column(matcher.group(1));
		}
		matcher = FLAG.matcher(condition);
		if (matcher.matches()) {
			String column = column(matcher.group(2));
			if (this.kinds.apply(column) != QueryKind.FLAG) {
				throw notUnderstood(condition);
			}
			boolean wanted = matcher.group(1) == null;
			return (row) -> Boolean.valueOf(wanted).equals(row.get(column));
		}
		return calculated(condition);
	}

	/**
	 * Read a comparison of two expressions, or a function that returns a truth.
	 */
	private Predicate<JsonBody> calculated(String condition) {
		List<String> sides = QueryText.compared(condition);
		if (sides.isEmpty()) {
			QueryNode truth = this.expressions.read(condition);
			if (truth.kind() != QueryKind.FLAG || truth.aggregate()) {
				throw notUnderstood(condition);
			}
			return (row) -> Integer.valueOf(1).equals(truth.code().apply(List.of(row)));
		}
		QueryNode left = this.expressions.read(sides.get(0));
		QueryNode right = this.expressions.read(sides.get(2));
		if (left.kind() != right.kind() || !left.isComparable() || !right.isComparable()) {
			throw notUnderstood(condition);
		}
		return (row) -> {
			Object one = left.code().apply(List.of(row));
			Object other = right.code().apply(List.of(row));
			return one != null && other != null && QueryComparison.meets(sides.get(1), left.kind().order(one, other));
		};
	}

	private Predicate<JsonBody> between(String column, Matcher between) {
		List<String> literals = List.of(between.group(3), between.group(4));
		literals.forEach((literal) -> requireComparable(column, literal));
		boolean wanted = between.group(2) == null;
		return (row) -> row.get(column) != null && (QueryComparison.order(column, row, literals.get(0)) >= 0
				&& QueryComparison.order(column, row, literals.get(1)) <= 0) == wanted;
	}

	private Predicate<JsonBody> choice(List<String> arguments, String condition, int depth) {
		if (arguments.size() != 3) {
			throw notUnderstood(condition);
		}
		List<Predicate<JsonBody>> conditions = arguments.stream()
			.map((argument) -> TRUTH.matcher(argument).matches()
					? (Predicate<JsonBody>) (row) -> Boolean.parseBoolean(argument) : read(argument, depth + 1))
			.toList();
		return (row) -> conditions.get(conditions.get(0).test(row) ? 1 : 2).test(row);
	}

	private Predicate<JsonBody> like(String column, Matcher matcher) {
		if (this.kinds.apply(column) != QueryKind.TEXT || column.equals("status")) {
			// of statuses, the database compares names that it keeps
			throw notUnderstood(matcher.group());
		}
		StringBuilder regex = new StringBuilder();
		for (char character : QueryText.unquote(matcher.group(4)).toCharArray()) {
			regex.append(switch (character) {
				case '%' -> ".*";
				case '_' -> ".";
				default -> Pattern.quote(String.valueOf(character));
			});
		}
		boolean anyCase = matcher.group(3).equalsIgnoreCase("ILIKE");
		Pattern wanted = Pattern.compile(regex.toString(),
				Pattern.DOTALL | (anyCase ? Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE : 0));
		boolean found = matcher.group(2) == null;
		return (row) -> row.get(column) != null && wanted.matcher(String.valueOf(row.get(column))).matches() == found;
	}

	private String column(String name) {
		this.requireColumn.accept(name);
		return name;
	}

	private void requireComparable(String column, String literal) {
		if (!this.kinds.apply(column).takes(literal)) {
			throw new ResponseException(400,
					"The emulator can't compare the column \"" + column + "\" with " + literal);
		}
	}

	private Predicate<JsonBody> compare(List<String> columns, String operator, List<String> literals) {
		for (int i = 0; i < columns.size(); i++) {
			requireComparable(columns.get(i), literals.get(i));
		}
		return (row) -> {
			int order = 0;
			for (int i = 0; i < columns.size() && order == 0; i++) {
				if (row.get(columns.get(i)) == null) {
					return false;
				}
				order = QueryComparison.order(columns.get(i), row, literals.get(i));
			}
			return QueryComparison.meets(operator, order);
		};
	}

}

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
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.DoubleStream;

import dev.trigger.emulator.http.JsonBody;
import dev.trigger.emulator.http.ResponseException;
import org.jspecify.annotations.Nullable;

/**
 * What a query selects: a column, the aggregate of one, or a literal.
 *
 * @param expression the expression
 * @param alias its name in the results
 */
record QueryColumn(String expression, String alias) {

	private static final Pattern AGGREGATE = Pattern
		.compile("(?<name>count|sum|avg|min|max)\\s*\\(\\s*(?<column>\\*|\\w*)\\s*\\)", Pattern.CASE_INSENSITIVE);

	private static final Pattern LITERAL = Pattern.compile("-?\\d+(?:\\.\\d+)?|'(?:[^'\\\\]++|'')*+'");

	private static final Pattern ALIAS = Pattern.compile("(?<expression>.+?)\\s+AS\\s+(?<alias>\\w+)",
			Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

	/**
	 * Read an expression. Without a name of its own, an aggregate has that of its
	 * function.
	 * @param text the expression, with a name or without
	 * @return the column
	 */
	static QueryColumn of(String text) {
		Matcher alias = ALIAS.matcher(text);
		if (alias.matches()) {
			return new QueryColumn(alias.group("expression"), alias.group("alias"));
		}
		Matcher aggregate = AGGREGATE.matcher(text);
		return new QueryColumn(text, aggregate.matches() ? aggregate.group("name").toLowerCase(Locale.ROOT) : text);
	}

	boolean isAggregate() {
		return AGGREGATE.matcher(this.expression).matches();
	}

	boolean isLiteral() {
		return LITERAL.matcher(this.expression).matches();
	}

	/**
	 * Refuse what is not understood, and columns that are not known.
	 * @param requireColumn refuses columns that are not known
	 * @param kinds what columns hold
	 */
	void check(Consumer<String> requireColumn, Function<String, QueryKind> kinds) {
		Matcher aggregate = AGGREGATE.matcher(this.expression);
		if (aggregate.matches()) {
			String column = aggregate.group("column");
			String name = aggregate.group("name").toLowerCase(Locale.ROOT);
			if (!column.isEmpty() && !column.equals("*")) {
				requireColumn.accept(column);
				QueryKind kind = kinds.apply(column);
				boolean calculated = name.equals("sum") || name.equals("avg");
				if (calculated ? kind != QueryKind.NUMBER : !name.equals("count") && kind == QueryKind.OTHER) {
					throw notUnderstood();
				}
			}
			else if (!name.equals("count")) {
				throw notUnderstood();
			}
		}
		else if (!isLiteral()) {
			if (!this.expression.matches("\\w+")) {
				throw notUnderstood();
			}
			requireColumn.accept(this.expression);
		}
	}

	private ResponseException notUnderstood() {
		return new ResponseException(400, "The emulator does not understand the expression: " + this.expression);
	}

	/**
	 * Return the value.
	 * @param rows the rows of one result
	 * @return the value, or {@code null}
	 */
	@Nullable Object value(List<JsonBody> rows) {
		if (isLiteral()) {
			return this.expression.startsWith("'") ? QueryCondition.unquote(this.expression)
					: new BigDecimal(this.expression);
		}
		Matcher aggregate = AGGREGATE.matcher(this.expression);
		if (!aggregate.matches()) {
			return rows.isEmpty() ? null : rows.get(0).get(this.expression);
		}
		String column = aggregate.group("column");
		if (column.isEmpty() || column.equals("*")) {
			return rows.size();
		}
		List<Object> values = rows.stream().map((row) -> row.get(column)).filter(Objects::nonNull).toList();
		return switch (aggregate.group("name").toLowerCase(Locale.ROOT)) {
			case "count" -> values.size();
			case "min" -> values.stream().min(QueryOrder::compare).orElse(null);
			case "max" -> values.stream().max(QueryOrder::compare).orElse(null);
			case "sum" -> numbers(values).sum();
			// the average of nothing is no number
			default -> values.isEmpty() ? null : numbers(values).average().orElseThrow();
		};
	}

	private static DoubleStream numbers(List<Object> values) {
		return values.stream()
			.filter(Number.class::isInstance)
			.mapToDouble((number) -> ((Number) number).doubleValue());
	}

}

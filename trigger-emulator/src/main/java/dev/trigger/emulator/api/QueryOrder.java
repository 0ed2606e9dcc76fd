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
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.trigger.emulator.http.JsonBody;
import dev.trigger.emulator.http.ResponseException;
import org.jspecify.annotations.Nullable;

/**
 * A part of the order of a query. What has no value comes last, either way.
 *
 * @param column what is compared
 * @param descending whether the greatest comes first
 */
record QueryOrder(QueryColumn column, boolean descending) {

	private static final Pattern PART = Pattern.compile("(?<expression>.+?)(?:\\s+(?<direction>ASC|DESC))?",
			Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

	/**
	 * Read an order.
	 * @param text the order, {@code null} for none
	 * @param columns what is selected, whose names an order may use
	 * @param reader reads expressions
	 * @return its parts, the least important one first
	 */
	static List<QueryOrder> read(@Nullable String text, List<QueryColumn> columns, QueryExpression reader) {
		List<QueryOrder> orders = new ArrayList<>();
		for (String part : (text != null) ? QueryText.list(text) : List.<String>of()) {
			Matcher matcher = PART.matcher(part);
			if (!matcher.matches()) {
				throw new ResponseException(400, "The emulator does not understand the order: " + part);
			}
			String expression = matcher.group("expression");
			QueryColumn named = columns.stream()
				.filter((column) -> column.alias().equalsIgnoreCase(expression))
				.findFirst()
				.orElse(null);
			QueryColumn column = (named != null) ? named : QueryColumn.of(expression, reader);
			if (column.isLiteral() || QueryExpression.isPath(column.expression())) {
				throw new ResponseException(400, "The emulator does not understand the order: " + part);
			}
			orders.add(0, new QueryOrder(column, "DESC".equalsIgnoreCase(matcher.group("direction"))));
		}
		return orders;
	}

	Comparator<List<JsonBody>> comparator() {
		Comparator<Object> order = QueryOrder::compare;
		return Comparator.comparing(this.column::value,
				Comparator.nullsLast(this.descending ? order.reversed() : order));
	}

	static int compare(Object one, Object two) {
		if (one instanceof Number number && two instanceof Number other) {
			return Double.compare(number.doubleValue(), other.doubleValue());
		}
		return String.valueOf(one).compareTo(String.valueOf(two));
	}

}

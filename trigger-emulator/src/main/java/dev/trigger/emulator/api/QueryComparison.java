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

import java.util.Locale;
import java.util.stream.Stream;

import dev.trigger.emulator.http.JsonBody;
import dev.trigger.emulator.state.RunStatus;

/**
 * Compares values of rows.
 */
final class QueryComparison {

	private QueryComparison() {
	}

	/**
	 * Return whether an order is the one that an operator asks for.
	 */
	static boolean meets(String operator, int order) {
		return switch (operator) {
			case "=" -> order == 0;
			case ">" -> order > 0;
			case "<" -> order < 0;
			case ">=" -> order >= 0;
			case "<=" -> order <= 0;
			default -> order != 0;
		};
	}

	/**
	 * Compare the value that a row has with a literal.
	 */
	static int order(String column, JsonBody row, String literal) {
		Object value = row.get(column);
		String text = QueryText.unquote(literal);
		if (value instanceof Boolean bool) {
			return Boolean.compare(bool, text.equals("1") || text.equalsIgnoreCase("true"));
		}
		if (value instanceof Number number && text.matches("-?\\d+(\\.\\d+)?")) {
			return Double.compare(number.doubleValue(), Double.parseDouble(text));
		}
		if (column.equals("status")) {
			return status(String.valueOf(value)).compareTo(status(text));
		}
		return String.valueOf(value).compareTo(column.matches("\\w+_(at|until)") ? QueryKind.time(text) : text);
	}

	/**
	 * Return a status without regard to the vocabulary: titles, the names of the API and
	 * those of the database mean the same.
	 */
	private static String status(String name) {
		String plain = name.toUpperCase(Locale.ROOT).replace(' ', '_');
		return Stream.of(RunStatus.values())
			.filter((status) -> status.databaseName().equals(plain))
			.map(RunStatus::name)
			.findFirst()
			.orElse(plain);
	}

}

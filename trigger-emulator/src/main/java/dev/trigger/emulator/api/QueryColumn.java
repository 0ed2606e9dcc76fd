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

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.trigger.emulator.http.JsonBody;
import org.jspecify.annotations.Nullable;

/**
 * What a query selects.
 *
 * @param expression the expression as it stands in the query
 * @param alias its name in the results
 * @param node what it means
 */
record QueryColumn(String expression, String alias, QueryNode node) {

	private static final Pattern ALIAS = Pattern.compile("(?<expression>.+?)\\s+AS\\s+(?<alias>\\w+)",
			Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

	/**
	 * Read an expression.
	 * @param text the expression, with a name or without
	 * @param reader reads expressions
	 * @return the column
	 */
	static QueryColumn of(String text, QueryExpression reader) {
		Matcher alias = ALIAS.matcher(text);
		if (alias.matches()) {
			return new QueryColumn(alias.group("expression"), alias.group("alias"),
					reader.read(alias.group("expression")));
		}
		return new QueryColumn(text, QueryExpression.nameOf(text), reader.read(text));
	}

	boolean isAggregate() {
		return this.node.aggregate();
	}

	boolean isLiteral() {
		return !isAggregate() && this.node.columns().isEmpty();
	}

	/**
	 * Return the value.
	 * @param rows the rows of one result
	 * @return the value, or {@code null}
	 */
	@Nullable Object value(List<JsonBody> rows) {
		return this.node.code().apply(rows);
	}

}

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

package dev.trigger.spring.query;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;

import dev.trigger.spring.query.TrqlText.Token;

import org.springframework.util.Assert;

/**
 * Refuses conditions that nest AND and OR: the server flattens them, so that
 * {@code a AND (b OR c)} is run as {@code a AND b AND c}.
 */
final class TrqlConditions {

	private static final String REFUSAL = "A query must not nest AND and OR, since the server would run "
			+ "'a AND (b OR c)' as 'a AND b AND c': write 'a AND or(b, c)', IN (…) or a comparison of tuples";

	/**
	 * Words that end a condition and start another, or something else.
	 */
	private static final Set<String> BOUNDARIES = Set.of("SELECT", "FROM", "WHERE", "PREWHERE", "HAVING", "ON", "USING",
			"GROUP", "ORDER", "LIMIT", "OFFSET", "UNION", "JOIN", "WITH", "AS", "CASE", "WHEN", "THEN", "ELSE", "END",
			"ASC", "DESC", "DISTINCT", "QUALIFY");

	private final List<Token> tokens;

	private int position;

	private TrqlConditions(List<Token> tokens) {
		this.tokens = tokens;
	}

	/**
	 * Check conditions.
	 * @param tokens the tokens of a query, without blanks
	 * @throws IllegalArgumentException if there are AND and OR inside of each other
	 */
	static void check(List<Token> tokens) {
		TrqlConditions conditions = new TrqlConditions(tokens);
		while (conditions.position < tokens.size()) {
			conditions.group();
			// a parenthesis too many is the server's to refuse
			conditions.position++;
		}
	}

	/**
	 * Read up to the closing parenthesis, and return the operators of the condition if
	 * there is nothing but one.
	 */
	private Set<Operator> group() {
		Condition condition = new Condition();
		boolean single = true;
		while (this.position < this.tokens.size() && !this.tokens.get(this.position).is(")")) {
			Token token = this.tokens.get(this.position);
			String keyword = token.keyword();
			if (BOUNDARIES.contains(keyword) || token.is(",") || token.is(";")) {
				condition.check();
				condition = new Condition();
				single = false;
			}
			else if (token.is("(")) {
				nested(condition);
			}
			else if (!isFunction(this.position)) {
				condition.add(keyword);
			}
			this.position++;
		}
		condition.check();
		return single ? condition.operators : Set.of();
	}

	private void nested(Condition condition) {
		boolean starts = startsOperand(this.position) && !isFunction(this.position - 1);
		this.position++;
		Set<Operator> inner = group();
		boolean ends = this.position + 1 >= this.tokens.size() || endsOperand(this.tokens.get(this.position + 1));
		if (starts && ends) {
			condition.inner.addAll(inner);
		}
	}

	/**
	 * Whether a word is the name of a function: AND and OR are operators only where
	 * something stands before them.
	 */
	private boolean isFunction(int index) {
		return index >= 0 && index + 1 < this.tokens.size() && this.tokens.get(index + 1).is("(")
				&& !this.tokens.get(index).is("(")
				&& (startsOperand(index) || this.tokens.get(index - 1).keyword().equals("NOT"));
	}

	private boolean startsOperand(int index) {
		if (index == 0) {
			return true;
		}
		Token before = this.tokens.get(index - 1);
		String keyword = before.keyword();
		return before.is("(") || before.is(",") || keyword.equals("AND") || keyword.equals("OR")
				|| BOUNDARIES.contains(keyword);
	}

	private static boolean endsOperand(Token after) {
		String keyword = after.keyword();
		return after.is(")") || after.is(",") || after.is(";") || keyword.equals("AND") || keyword.equals("OR")
				|| BOUNDARIES.contains(keyword);
	}

	/**
	 * The operators that connect conditions.
	 */
	private enum Operator {

		AND, OR

	}

	/**
	 * One condition, with all that it has in parentheses.
	 */
	private static final class Condition {

		private final Set<Operator> operators = EnumSet.noneOf(Operator.class);

		private final Set<Operator> inner = EnumSet.noneOf(Operator.class);

		private int between;

		private void add(String keyword) {
			switch (keyword) {
				case "BETWEEN" -> this.between++;
				case "OR" -> this.operators.add(Operator.OR);
				case "AND" -> {
					if (this.between > 0) {
						this.between--;
					}
					else {
						this.operators.add(Operator.AND);
					}
				}
				default -> {
				}
			}
		}

		private void check() {
			if (this.operators.isEmpty()) {
				// the parentheses are around the whole condition
				this.operators.addAll(this.inner);
				return;
			}
			this.inner.addAll(this.operators);
			Assert.isTrue(this.inner.size() == 1, REFUSAL);
		}

	}

}

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
import java.util.List;
import java.util.function.IntUnaryOperator;

/**
 * Takes the text of a query apart.
 */
final class QueryText {

	// possessive loops, since backtracking takes a frame of the stack for each character
	static final String STRING = "'(?:[^'\\\\]++|''|\\\\['\\\\])*+'";

	/**
	 * The letters before which two backslashes are one and the letter is a control
	 * character, and these.
	 */
	private static final String LETTERS = "bfrnt0av";

	private static final String CONTROLS = "\b\f\r\n\t\0\7\13";

	private QueryText() {
	}

	/**
	 * Return whether a keyword stands at a position. With a parenthesis right behind it,
	 * it is a function.
	 */
	private static boolean isKeyword(String text, int index, String word) {
		int end = index + word.length();
		return index > 0 && end < text.length() && text.regionMatches(true, index, word, 0, word.length())
				&& isBoundary(text.charAt(index - 1)) && Character.isWhitespace(text.charAt(end));
	}

	private static boolean isBoundary(char character) {
		return Character.isWhitespace(character) || character == ')' || character == '\'';
	}

	/**
	 * Return whether one pair of parentheses is around all of a text.
	 */
	static boolean isGroup(String text) {
		int last = text.length() - 1;
		return text.startsWith("(") && text.endsWith(")") && split(text, (index) -> (index < last) ? 1 : 0).size() == 1;
	}

	/**
	 * Return where the last of some operators stands that is outside of texts and
	 * parentheses, and between two operands.
	 * @param text the text
	 * @param operators the operators, a character each
	 * @return the index, -1 for none
	 */
	static int last(String text, String operators) {
		int[] last = { -1 };
		split(text, (index) -> {
			if (operators.indexOf(text.charAt(index)) >= 0 && isOperand(text, index - 1)) {
				last[0] = index;
			}
			return 0;
		});
		return last[0];
	}

	/**
	 * Return whether something that can be calculated with ends at a position.
	 */
	private static boolean isOperand(String text, int end) {
		int index = end;
		while (index >= 0 && Character.isWhitespace(text.charAt(index))) {
			index--;
		}
		return index >= 0 && "+-*/(,".indexOf(text.charAt(index)) < 0;
	}

	/**
	 * Split at a keyword outside of texts and parentheses.
	 */
	static List<String> split(String text, String word) {
		return split(text, (index) -> isKeyword(text, index, word) ? word.length() : 0);
	}

	/**
	 * Split at commas outside of texts and parentheses.
	 */
	static List<String> list(String text) {
		return split(text, (index) -> (text.charAt(index) == ',') ? 1 : 0);
	}

	/**
	 * Split a comparison at its operator outside of texts and parentheses.
	 * @param text the text
	 * @return both sides with the operator between them, empty if it is no comparison
	 */
	static List<String> compared(String text) {
		int[] operator = new int[2];
		List<String> sides = split(text, (index) -> {
			String here = text.substring(index, Math.min(index + 2, text.length()));
			int length = List.of(">=", "<=", "!=", "<>").contains(here) ? 2
					: ("=<>".indexOf(here.charAt(0)) < 0) ? 0 : 1;
			if (length > 0) {
				operator[0] = index;
				operator[1] = index + length;
			}
			return length;
		});
		return (sides.size() == 2) ? List.of(sides.get(0), text.substring(operator[0], operator[1]), sides.get(1))
				: List.of();
	}

	/**
	 * Split at what stands outside of texts and parentheses.
	 * @param text the text
	 * @param separatorLengthAt returns how long the separator at an index is, 0 for none
	 * @return the parts, without space around them
	 */
	private static List<String> split(String text, IntUnaryOperator separatorLengthAt) {
		List<String> parts = new ArrayList<>();
		int depth = 0;
		boolean quoted = false;
		int start = 0;
		for (int i = 0; i < text.length(); i++) {
			char character = text.charAt(i);
			if (quoted && character == '\\') {
				i++;
				continue;
			}
			quoted ^= character == '\'';
			depth += quoted ? 0 : (character == '(') ? 1 : (character == ')') ? -1 : 0;
			int length = (!quoted && depth == 0) ? separatorLengthAt.applyAsInt(i) : 0;
			if (length > 0) {
				parts.add(text.substring(start, i).strip());
				start = i + length;
				i = start - 1;
			}
		}
		parts.add(text.substring(start).strip());
		return parts;
	}

	/**
	 * Return the text of a literal.
	 */
	static String unquote(String literal) {
		if (!literal.startsWith("'")) {
			return literal;
		}
		StringBuilder text = new StringBuilder();
		for (int i = 1; i < literal.length() - 1; i++) {
			char character = literal.charAt(i);
			boolean escaped = character == '\'' || character == '\\';
			i += escaped ? 1 : 0;
			text.append(escaped ? literal.charAt(i) : character);
			int control = (character == '\\' && literal.charAt(i) == '\\') ? LETTERS.indexOf(literal.charAt(i + 1))
					: -1;
			if (control >= 0) {
				text.append(CONTROLS.charAt(control));
				i++;
			}
		}
		return text.toString();
	}

}

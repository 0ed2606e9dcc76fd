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

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.springframework.util.Assert;

/**
 * The text of a query, cut into its words. What stands in quotes and comments is neither
 * a parameter nor an operator.
 */
final class TrqlText {

	private final List<Token> tokens;

	private TrqlText(List<Token> tokens) {
		this.tokens = tokens;
	}

	/**
	 * Read a text.
	 * @throws IllegalArgumentException if it nests AND and OR
	 */
	static TrqlText of(String text) {
		List<Token> tokens = tokens(text);
		TrqlConditions.check(tokens.stream().filter((token) -> token.kind() != Kind.BLANK).toList());
		return new TrqlText(tokens);
	}

	boolean hasParameter(String name) {
		return this.tokens.stream().anyMatch((token) -> token.isParameter() && token.name().equals(name));
	}

	/**
	 * Return the text with literals in the place of its parameters.
	 */
	String bind(Map<String, String> literals) {
		StringBuilder bound = new StringBuilder();
		for (Token token : this.tokens) {
			if (token.isParameter()) {
				String literal = literals.get(token.name());
				Assert.notNull(literal, () -> "The parameter ':" + token.name() + "' of the query has no value: add "
						+ "bind(\"" + token.name() + "\", …)");
				// two hyphens would begin a comment
				boolean apart = literal.startsWith("-") && bound.length() > 0
						&& bound.charAt(bound.length() - 1) == '-';
				bound.append(apart ? " " : "").append(literal);
			}
			else {
				bound.append(token.text());
			}
		}
		return bound.toString();
	}

	private static List<Token> tokens(String text) {
		List<Token> tokens = new ArrayList<>();
		int start = 0;
		while (start < text.length()) {
			Kind kind = kind(text, start);
			int end = Math.max(end(text, start, kind), start + 1);
			tokens.add(new Token(kind, text.substring(start, end)));
			start = end;
		}
		return tokens;
	}

	private static Kind kind(String text, int start) {
		char first = text.charAt(start);
		if (Character.isWhitespace(first) || text.startsWith("--", start) || text.startsWith("/*", start)) {
			return Kind.BLANK;
		}
		if (first == '\'' || first == '"' || first == '`') {
			return Kind.QUOTED;
		}
		if (isWord(first)) {
			return Kind.WORD;
		}
		if (first == ':' && start + 1 < text.length() && isNameStart(text.charAt(start + 1))
				&& (start == 0 || text.charAt(start - 1) != ':')) {
			return Kind.PARAMETER;
		}
		return Kind.SYMBOL;
	}

	private static int end(String text, int start, Kind kind) {
		return switch (kind) {
			case BLANK -> endOfBlank(text, start);
			case QUOTED -> endOfQuoted(text, start);
			case WORD -> endOfWord(text, start);
			case PARAMETER -> endOfWord(text, start + 1);
			case SYMBOL -> start + 1;
		};
	}

	private static int endOfBlank(String text, int start) {
		if (text.startsWith("--", start)) {
			int end = text.indexOf('\n', start);
			return (end >= 0) ? end : text.length();
		}
		if (text.startsWith("/*", start)) {
			int end = text.indexOf("*/", start + 2);
			return (end >= 0) ? end + 2 : text.length();
		}
		int end = start;
		while (end < text.length() && Character.isWhitespace(text.charAt(end))) {
			end++;
		}
		return end;
	}

	/**
	 * A doubled quote ends a token and starts the next one, which reads the same.
	 */
	private static int endOfQuoted(String text, int start) {
		char quote = text.charAt(start);
		for (int i = start + 1; i < text.length(); i++) {
			if (text.charAt(i) == '\\') {
				i++;
			}
			else if (text.charAt(i) == quote) {
				return i + 1;
			}
		}
		return text.length();
	}

	private static int endOfWord(String text, int start) {
		int end = start;
		while (end < text.length() && isWord(text.charAt(end))) {
			end++;
		}
		return end;
	}

	private static boolean isWord(char c) {
		return Character.isLetterOrDigit(c) || c == '_' || c == '$';
	}

	private static boolean isNameStart(char c) {
		return Character.isLetter(c) || c == '_';
	}

	/**
	 * The kinds of tokens.
	 */
	enum Kind {

		BLANK, QUOTED, WORD, PARAMETER, SYMBOL

	}

	/**
	 * A token.
	 *
	 * @param kind its kind
	 * @param text its text
	 */
	record Token(Kind kind, String text) {

		boolean isParameter() {
			return this.kind == Kind.PARAMETER;
		}

		String name() {
			return this.text.substring(1);
		}

		boolean is(String symbol) {
			return this.kind == Kind.SYMBOL && this.text.equals(symbol);
		}

		/**
		 * Return the word in upper case, an empty text for what is no word.
		 */
		String keyword() {
			return (this.kind == Kind.WORD) ? this.text.toUpperCase(Locale.ROOT) : "";
		}

	}

}

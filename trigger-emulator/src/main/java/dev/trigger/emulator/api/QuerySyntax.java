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

import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.trigger.emulator.http.ResponseException;

/**
 * Refuses a text that is no statement, in the words of the parser that servers have.
 */
final class QuerySyntax {

	/**
	 * How a statement may begin.
	 */
	private static final Pattern BEGINNING = Pattern.compile("(?:SELECT|WITH)\\b.*|[{(<].*",
			Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

	/**
	 * How none may end.
	 */
	private static final Pattern UNFINISHED = Pattern
		.compile("(?:.*[^\\w.])?(?:SELECT|FROM|WHERE|GROUP|ORDER|BY|HAVING|LIMIT|OFFSET|AND|OR|NOT|IN|I?LIKE|AS"
				+ "|BETWEEN)\\s*|.*[=<>+/-]\\s*", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

	private static final Pattern STRING = Pattern.compile(QueryText.STRING, Pattern.DOTALL);

	private static final Pattern WORD = Pattern.compile("\\s*(?<word>[^\\s;]+)", Pattern.DOTALL);

	private QuerySyntax() {
	}

	/**
	 * Refuse a text that is no statement, or more than one.
	 * @param text the text
	 */
	static void check(String text) {
		String statement = text.stripLeading();
		if (!BEGINNING.matcher(statement).matches()) {
			throw error(text, text.length() - statement.length(),
					"mismatched input '" + (statement.isEmpty() ? "<EOF>" : statement.split("\\s+|(?<=\\w)(?=\\W)")[0])
							+ "' expecting {SELECT, WITH, '{', '(', '<'}");
		}
		if (!text.contains("--") && !text.contains("/*")) {
			scan(text);
		}
	}

	private static void scan(String text) {
		Matcher string = STRING.matcher(text);
		int depth = 0;
		int i = 0;
		while (i < text.length()) {
			int next = i + 1;
			switch (text.charAt(i)) {
				case '\'' -> {
					if (!string.region(i, text.length()).lookingAt()) {
						throw noAlternative(text, i, next);
					}
					next = string.end();
				}
				case '(' -> depth++;
				case ')' -> {
					if (--depth < 0) {
						throw noAlternative(text, i, next);
					}
				}
				case ';' -> {
					refuseSecond(text, next);
					return;
				}
				default -> {
				}
			}
			i = next;
		}
		if (depth > 0 || UNFINISHED.matcher(text).matches()) {
			throw noAlternative(text, text.length(), text.length());
		}
	}

	private static void refuseSecond(String text, int start) {
		Matcher word = WORD.matcher(text).region(start, text.length());
		if (word.lookingAt()) {
			throw error(text, word.start("word"), "mismatched input '" + word.group("word") + "' expecting <EOF>");
		}
	}

	private static ResponseException noAlternative(String text, int index, int end) {
		String input = text.substring(0, end).replace("\n", "\\n").replace("\r", "\\r").replace("\t", "\\t");
		return error(text, index, "no viable alternative at input '" + input + "'");
	}

	private static ResponseException error(String text, int index, String message) {
		String before = text.substring(0, index);
		int line = (int) before.chars().filter((character) -> character == '\n').count() + 1;
		int column = before.length() - before.lastIndexOf('\n') - 1;
		return new ResponseException(400, "Syntax error at line " + line + ":" + column + ": " + message);
	}

}

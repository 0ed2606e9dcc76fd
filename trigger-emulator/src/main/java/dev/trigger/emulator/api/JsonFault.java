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

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * Finds out why a text is no JSON, in the words of the server's runtime.
 */
final class JsonFault {

	/**
	 * What a value becomes that was turned into text by mistake.
	 */
	private static final Set<String> MISTAKES = Set.of("undefined", "NaN", "Infinity", "[object Object]");

	private static final String UNEXPECTED_END = "Unexpected end of JSON input";

	/**
	 * How much of a long text is shown before and after what is wrong.
	 */
	private static final int CONTEXT = 10;

	/**
	 * Stands for the end of the text. Where it is part of a text it is wrong as well.
	 */
	private static final char END = '\uffff';

	private final String text;

	private int at;

	private JsonFault(String text) {
		this.text = text;
	}

	/**
	 * Explain why a text is no JSON.
	 * @param text the text
	 * @return the explanation
	 */
	static String explain(String text) {
		if (MISTAKES.contains(text)) {
			return '"' + text + "\" is not valid JSON";
		}
		String fault = new JsonFault(text).find();
		return (fault != null) ? fault : UNEXPECTED_END;
	}

	private @Nullable String find() {
		Deque<Character> open = new ArrayDeque<>();
		while (true) {
			String fault = null;
			char first = next();
			if (first == '{' || first == '[') {
				this.at++;
				char close = close(first);
				if (next() == close) {
					this.at++;
				}
				else {
					open.push(close);
					fault = (first == '{') ? name("Expected property name or '}'", true) : null;
					if (fault == null) {
						continue;
					}
				}
			}
			else {
				fault = scalar(first);
			}
			// a value is over: so may be what it is part of
			while (fault == null && !open.isEmpty() && next() == open.peek()) {
				this.at++;
				open.pop();
			}
			if (fault != null) {
				return fault;
			}
			if (open.isEmpty()) {
				return (next() == END) ? null : position("Unexpected non-whitespace character after JSON");
			}
			boolean object = open.peek() == '}';
			if (next() != ',') {
				return at(object ? "Expected ',' or '}' after property value"
						: "Expected ',' or ']' after array element");
			}
			this.at++;
			fault = object ? name("Expected double-quoted property name", false) : null;
			if (fault != null) {
				return fault;
			}
		}
	}

	private static char close(char open) {
		return (open == '{') ? '}' : ']';
	}

	private @Nullable String name(String expected, boolean first) {
		if (next() != '"') {
			return at(expected);
		}
		String fault = string();
		if (fault != null) {
			return fault;
		}
		char colon = next();
		if (colon != ':') {
			return first ? at("Expected ':' after property name") : unexpected(colon);
		}
		this.at++;
		return null;
	}

	private @Nullable String scalar(char first) {
		return switch (first) {
			case '"' -> string();
			case 't' -> word("true");
			case 'f' -> word("false");
			case 'n' -> word("null");
			default -> (first == '-' || isDigit(first)) ? number() : unexpected(first);
		};
	}

	private @Nullable String word(String word) {
		for (char expected : word.toCharArray()) {
			char actual = peek();
			if (actual != expected) {
				return unexpected(actual);
			}
			this.at++;
		}
		return null;
	}

	private @Nullable String number() {
		if (peek() == '-') {
			this.at++;
			if (!isDigit(peek())) {
				return at("No number after minus sign");
			}
		}
		if (peek() == '0') {
			this.at++;
			if (isDigit(peek())) {
				return at("Unexpected number");
			}
		}
		digits();
		if (peek() == '.') {
			this.at++;
			if (!digits()) {
				return at("Unterminated fractional number");
			}
		}
		if (peek() == 'e' || peek() == 'E') {
			this.at++;
			if (peek() == '+' || peek() == '-') {
				this.at++;
			}
			if (!digits()) {
				return at("Exponent part is missing a number");
			}
		}
		return null;
	}

	private boolean digits() {
		int start = this.at;
		while (isDigit(peek())) {
			this.at++;
		}
		return this.at > start;
	}

	private @Nullable String string() {
		for (this.at++; peek() != '"'; this.at++) {
			if (this.at >= this.text.length()) {
				return at("Unterminated string");
			}
			if (peek() < ' ') {
				return at("Bad control character in string literal");
			}
			String fault = (peek() == '\\') ? escape() : null;
			if (fault != null) {
				return fault;
			}
		}
		this.at++;
		return null;
	}

	private @Nullable String escape() {
		this.at++;
		if (this.at >= this.text.length()) {
			return UNEXPECTED_END;
		}
		if (peek() != 'u') {
			return ("\"\\/bfnrt".indexOf(peek()) < 0) ? at("Bad escaped character") : null;
		}
		for (int i = 0; i < 4; i++) {
			this.at++;
			if (Character.digit(peek(), 16) < 0) {
				return at("Bad Unicode escape");
			}
		}
		return null;
	}

	private char peek() {
		return (this.at < this.text.length()) ? this.text.charAt(this.at) : END;
	}

	/**
	 * Return the next character that is no white space.
	 */
	private char next() {
		while (" \t\r\n".indexOf(peek()) >= 0) {
			this.at++;
		}
		return peek();
	}

	private static boolean isDigit(char character) {
		return character >= '0' && character <= '9';
	}

	private String unexpected(char found) {
		if (this.at >= this.text.length()) {
			return UNEXPECTED_END;
		}
		// a number or a text can only be in a place of something else
		if (found == '-' || isDigit(found)) {
			return at("Unexpected number");
		}
		return (found == '"') ? at("Unexpected string") : "Unexpected token '" + found + "', " + context();
	}

	private String context() {
		int length = this.text.length();
		boolean whole = length <= 2 * CONTEXT;
		int start = (whole || this.at < CONTEXT) ? 0 : this.at - CONTEXT;
		int end = (whole || this.at >= length - CONTEXT) ? length : this.at + CONTEXT;
		return ((start > 0) ? "..." : "") + '"' + this.text.substring(start, end) + '"' + ((end < length) ? "..." : "")
				+ " is not valid JSON";
	}

	private String at(String fault) {
		return position(fault + " in JSON");
	}

	private String position(String fault) {
		String[] lines = this.text.substring(0, this.at).split("\r\n|\r|\n", -1);
		return fault + " at position " + this.at + " (line " + lines.length + " column "
				+ (lines[lines.length - 1].length() + 1) + ")";
	}

}

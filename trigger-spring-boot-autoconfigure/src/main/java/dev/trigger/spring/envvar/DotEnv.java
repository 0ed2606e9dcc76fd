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

package dev.trigger.spring.envvar;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the variables of a {@code .env} file. What implementations of the format read in
 * different ways is refused instead of guessed. Messages name the line and the variable,
 * never a value.
 */
final class DotEnv {

	private static final int MAX_SIZE = 1024 * 1024;

	private static final Pattern ASSIGNMENT = Pattern
		.compile("[ \t]*(?:export[ \t]+)?([A-Za-z_][A-Za-z0-9_.-]*)[ \t]*=[ \t]*");

	private static final Pattern REFERENCE = Pattern.compile("\\$(?:\\{|\\(|[A-Za-z_])");

	private final String name;

	private final String text;

	private final Map<String, String> variables = new LinkedHashMap<>();

	private final Map<String, Integer> lines = new LinkedHashMap<>();

	private int position;

	private int line = 1;

	private DotEnv(String name, String text) {
		this.name = name;
		this.text = text;
	}

	static Map<String, String> read(Path file) {
		try {
			if (Files.size(file) > MAX_SIZE) {
				throw new IllegalArgumentException(
						"'" + file.getFileName() + "' is larger than 1 MiB: it can't be a .env file");
			}
			byte[] bytes = Files.readAllBytes(file);
			return parse(String.valueOf(file.getFileName()), decode(file, bytes));
		}
		catch (IOException ex) {
			throw new UncheckedIOException("'" + file + "' can't be read", ex);
		}
	}

	static Map<String, String> parse(String name, String text) {
		String content = text.startsWith("\uFEFF") ? text.substring(1) : text;
		return new DotEnv(name, content.replace("\r\n", "\n").replace('\r', '\n')).parse();
	}

	private static String decode(Path file, byte[] bytes) {
		try {
			return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
		}
		catch (CharacterCodingException ex) {
			throw new IllegalArgumentException("'" + file.getFileName() + "' is not UTF-8: save it as UTF-8", ex);
		}
	}

	private Map<String, String> parse() {
		while (this.position < this.text.length()) {
			String rest = currentLine();
			if (rest.isBlank() || rest.stripLeading().startsWith("#")) {
				nextLine(rest.length());
			}
			else {
				readAssignment(rest);
			}
		}
		return this.variables;
	}

	private void readAssignment(String rest) {
		Matcher assignment = ASSIGNMENT.matcher(rest);
		if (!assignment.lookingAt()) {
			throw refused("is not of the form NAME=value");
		}
		String variable = assignment.group(1);
		Integer earlier = this.lines.putIfAbsent(variable, this.line);
		if (earlier != null) {
			throw refused("sets " + variable + " again, after line " + earlier + ": remove one of the two");
		}
		this.position += assignment.end();
		char first = (this.position < this.text.length()) ? this.text.charAt(this.position) : '\n';
		String value = (first == '"' || first == '\'' || first == '`') ? quoted(variable, first) : unquoted(variable);
		if (value.indexOf('\0') >= 0) {
			throw refused("sets " + variable + " to a value with a NUL character");
		}
		this.variables.put(variable, value);
	}

	private String unquoted(String variable) {
		String rest = currentLine();
		int comment = comment(rest);
		String value = ((comment >= 0) ? rest.substring(0, comment) : rest).strip();
		if (value.indexOf('#') >= 0) {
			throw refused(
					"sets " + variable + " to a value with '#': quote the value, or put a space before a comment");
		}
		checkReferences(variable, value);
		nextLine(rest.length());
		return value;
	}

	private static int comment(String rest) {
		for (int i = 0; i < rest.length(); i++) {
			if (rest.charAt(i) == '#' && (i == 0 || Character.isWhitespace(rest.charAt(i - 1)))) {
				return i;
			}
		}
		return -1;
	}

	private String quoted(String variable, char quote) {
		int start = this.line;
		StringBuilder raw = new StringBuilder();
		int i = this.position + 1;
		for (; i < this.text.length() && this.text.charAt(i) != quote; i++) {
			char c = this.text.charAt(i);
			raw.append(c);
			if (c == '\\' && quote == '"' && i + 1 < this.text.length()) {
				raw.append(this.text.charAt(++i));
			}
		}
		if (i >= this.text.length()) {
			throw refused("opens a quote for " + variable + " that is never closed");
		}
		this.line = start + (int) raw.chars().filter((c) -> c == '\n').count();
		this.position = i + 1;
		String rest = currentLine();
		if (!rest.isBlank() && !rest.stripLeading().startsWith("#")) {
			throw refused("has text after the closing quote of " + variable + ": escape the quote as \\\" "
					+ "in a value in double quotes");
		}
		if (quote == '"') {
			checkReferences(variable, raw.toString().replace("\\\\", "").replace("\\$", ""));
		}
		nextLine(rest.length());
		return (quote == '"') ? unescape(raw) : raw.toString();
	}

	private void checkReferences(String variable, String value) {
		if (REFERENCE.matcher(value).find()) {
			throw refused("refers to another variable in the value of " + variable
					+ ", which is not replaced: write the value itself, or put it in single quotes to keep the text");
		}
	}

	private static String unescape(CharSequence raw) {
		StringBuilder value = new StringBuilder();
		for (int i = 0; i < raw.length(); i++) {
			char c = raw.charAt(i);
			if (c != '\\' || i + 1 == raw.length()) {
				value.append(c);
				continue;
			}
			char escaped = raw.charAt(++i);
			switch (escaped) {
				case 'n' -> value.append('\n');
				case 'r' -> value.append('\r');
				case 't' -> value.append('\t');
				case '"', '\\', '$' -> value.append(escaped);
				default -> value.append('\\').append(escaped);
			}
		}
		return value.toString();
	}

	private String currentLine() {
		int end = this.text.indexOf('\n', this.position);
		return this.text.substring(this.position, (end >= 0) ? end : this.text.length());
	}

	private void nextLine(int length) {
		this.position += length + 1;
		this.line++;
	}

	private IllegalArgumentException refused(String reason) {
		return new IllegalArgumentException("Line " + this.line + " of '" + this.name + "' " + reason);
	}

}

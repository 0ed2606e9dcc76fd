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

import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.trigger.emulator.http.Json;
import dev.trigger.emulator.http.ResponseException;
import dev.trigger.emulator.http.ServerRequest;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads a file of environment variables that is sent as a part of a form.
 */
final class EnvVarFile {

	private static final String FORM = "multipart/form-data";

	private static final Pattern BOUNDARY = Pattern.compile("boundary=\"?([^\";]+)\"?");

	private static final Pattern NAME = Pattern.compile("(?i)[;\\s]name=\"([^\"]*)\"");

	/**
	 * A variable: a colon stands right behind its name, an equals sign anywhere.
	 */
	private static final Pattern LINE = Pattern
		.compile("^\\s*+(?:export\\s+)?(?<name>[\\w.-]+)(?:\\s*=|:\\s)(?<value>\\s*(?:" + within("'") + '|'
				+ within("\"") + '|' + within("`") + ")|[^#\n]++)?[^\\S\n]*(?:#.*)?$", Pattern.MULTILINE);

	private static final Pattern QUOTED = Pattern.compile("(?<quote>['\"`])(?<text>.*)\\k<quote>", Pattern.DOTALL);

	private EnvVarFile() {
	}

	private static String within(String quote) {
		return quote + "(?:\\\\" + quote + "|[^" + quote + "])*+" + quote;
	}

	/**
	 * Return whether the body of a request is a form.
	 * @param request the request
	 * @return {@code true} if so
	 */
	static boolean isSentWith(ServerRequest request) {
		String type = request.header("content-type");
		return type != null && type.contains(FORM);
	}

	/**
	 * Read the variables of the file, and whether they override those that are there.
	 * @param request a request with a form
	 * @return what would be sent as JSON
	 */
	static ObjectNode read(ServerRequest request) {
		Matcher boundary = BOUNDARY.matcher(String.valueOf(request.header("content-type")));
		String text = new String(request.body(), StandardCharsets.UTF_8);
		ObjectNode body = Json.object();
		if (boundary.find()) {
			for (String part : text.split(Pattern.quote("--" + boundary.group(1)))) {
				int end = part.indexOf("\r\n\r\n");
				Matcher name = NAME.matcher((end < 0) ? "" : part.substring(0, end));
				if (name.find()) {
					add(body, name.group(1), part.substring(0, end).contains("filename="), content(part, end));
				}
			}
		}
		if (!body.has("variables")) {
			throw new ResponseException(400, "Invalid file");
		}
		return body;
	}

	private static String content(String part, int end) {
		String content = part.substring(end + 4);
		return content.endsWith("\r\n") ? content.substring(0, content.length() - 2) : content;
	}

	private static void add(ObjectNode body, String name, boolean isFile, String content) {
		if (name.equals("variables") && isFile) {
			body.set("variables", variables(content));
		}
		else if (name.equals("override")) {
			body.put("override", content.equals("true"));
		}
	}

	/**
	 * Read a file, in which a value in quotes may have several lines. What is no variable
	 * is left out.
	 */
	private static ObjectNode variables(String file) {
		ObjectNode variables = Json.object();
		Matcher matcher = LINE.matcher(file.replaceAll("\\r\\n?", "\n"));
		while (matcher.find()) {
			String value = matcher.group("value");
			variables.put(matcher.group("name"), (value != null) ? value(value.strip()) : "");
		}
		return variables;
	}

	/**
	 * Take a value out of its quotes. Only double ones have escapes.
	 */
	private static String value(String text) {
		Matcher quoted = QUOTED.matcher(text);
		String value = quoted.matches() ? quoted.group("text") : text;
		return text.startsWith("\"") ? value.replace("\\n", "\n").replace("\\r", "\r") : value;
	}

}

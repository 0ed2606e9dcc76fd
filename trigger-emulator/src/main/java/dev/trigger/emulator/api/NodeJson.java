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

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import dev.trigger.emulator.http.Json;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.util.RawValue;

/**
 * Reads and writes numbers and texts as the server's runtime does.
 */
final class NodeJson {

	private static final Pattern NUMBER = Pattern
		.compile("[+-]?(?:Infinity|(?:\\d+\\.?\\d*|\\.\\d+)(?:[eE][+-]?\\d+)?)");

	private static final Pattern RADIX = Pattern.compile("0(?:[xX][0-9a-fA-F]+|[oO][0-7]+|[bB][01]+)");

	private static final Pattern ESCAPE = Pattern.compile("\\\\(?:u[0-9A-F]{4}|.)");

	private NodeJson() {
	}

	/**
	 * Take text for a number, as the server does with parameters.
	 * @param text the text
	 * @return the number, NaN if it is none; nothing counts as 0
	 */
	static double coerce(String text) {
		String trimmed = text.strip();
		if (trimmed.isEmpty()) {
			return 0;
		}
		if (RADIX.matcher(trimmed).matches()) {
			int radix = switch (trimmed.charAt(1)) {
				case 'x', 'X' -> 16;
				case 'o', 'O' -> 8;
				default -> 2;
			};
			return new BigInteger(trimmed.substring(2), radix).doubleValue();
		}
		return NUMBER.matcher(trimmed).matches() ? Double.parseDouble(trimmed) : Double.NaN;
	}

	/**
	 * Return whether a number is an integer, which infinity is not.
	 * @param number the number
	 * @return {@code true} if so
	 */
	static boolean isInteger(double number) {
		return number == Math.rint(number) && !Double.isInfinite(number);
	}

	/**
	 * Write a value as it is after it was read: numbers as JavaScript has them.
	 * @param value the value
	 * @return its JSON
	 */
	static String stringify(JsonNode value) {
		return Json.string(numbers(value));
	}

	private static JsonNode numbers(JsonNode value) {
		if (value.isNumber()) {
			return JsonNodeFactory.instance.rawValueNode(new RawValue(number(value)));
		}
		if (value instanceof ObjectNode object) {
			ObjectNode copy = Json.object();
			object.properties().forEach((member) -> copy.set(member.getKey(), numbers(member.getValue())));
			return copy;
		}
		if (value.isArray()) {
			ArrayNode copy = JsonNodeFactory.instance.arrayNode();
			value.forEach((element) -> copy.add(numbers(element)));
			return copy;
		}
		return value;
	}

	/**
	 * Write a text as JSON, with escapes in lower case.
	 * @param text the text
	 * @return the text in quotes
	 */
	static String quote(String text) {
		return ESCAPE.matcher(Json.string(text))
			.replaceAll((escape) -> Matcher.quoteReplacement(
					escape.group().startsWith("\\u") ? escape.group().toLowerCase(Locale.ROOT) : escape.group()));
	}

	/**
	 * Write a value as JavaScript does within a text.
	 * @param value the value
	 * @return its text, empty for nothing
	 */
	static String text(JsonNode value) {
		if (value.isNumber()) {
			return number(value);
		}
		if (value.isArray()) {
			return value.valueStream().map(NodeJson::text).collect(Collectors.joining(","));
		}
		return value.isObject() ? "[object Object]" : value.asString("");
	}

	/**
	 * Write a number: whole ones without a fraction, huge ones as {@code 1e+300}.
	 * @param number the number
	 * @return its text
	 */
	static String number(JsonNode number) {
		double value = Json.number(number);
		if (value == Math.rint(value) && Math.abs(value) < 1e21) {
			return new BigDecimal(value).toBigInteger().toString();
		}
		String text = String.valueOf(value);
		return text.replace(".0E", "e").replace("E", "e").replaceFirst("e(?=\\d)", "e+");
	}

}

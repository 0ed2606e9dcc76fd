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

package dev.trigger.emulator.admin;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/**
 * Reads an object of a file or a request, and refuses what it does not know, naming it.
 */
final class JsonInput {

	private static final Pattern SPAN = Pattern.compile("(\\d{1,12}(?:\\.\\d{1,3})?)(ms|s|m|h|d|w)");

	private static final Duration LONGEST = Duration.ofDays(36_500);

	private final String place;

	private final JsonNode json;

	JsonInput(String place, JsonNode json, Collection<String> members) {
		this.place = place;
		this.json = json;
		if (!json.isObject()) {
			throw new IllegalArgumentException("'" + place + "' must be an object");
		}
		for (String name : json.propertyNames()) {
			if (!members.contains(name)) {
				throw new IllegalArgumentException("'" + place + "' has the unknown member '" + name + "'. Use one of "
						+ String.join(", ", new TreeSet<>(members)));
			}
		}
	}

	String text(String name, String fallback) {
		JsonNode value = given(name);
		if (value == null) {
			return fallback;
		}
		if (!value.isString()) {
			throw wrong(name, "text");
		}
		return value.asString();
	}

	/**
	 * Read one text or several.
	 * @param name the name of the member
	 * @param what what the texts are, for an error
	 * @return the texts, none if there is no such member
	 */
	List<String> texts(String name, String what) {
		JsonNode value = this.json.path(name);
		if (value.isMissingNode()) {
			return List.of();
		}
		if (value.isString()) {
			return List.of(value.asString());
		}
		if (!value.isArray() || !value.valueStream().allMatch(JsonNode::isString)) {
			throw wrong(name, what + ", or an array of them");
		}
		return value.valueStream().map(JsonNode::asString).toList();
	}

	boolean flag(String name, boolean fallback) {
		JsonNode value = given(name);
		if (value == null) {
			return fallback;
		}
		if (!value.isBoolean()) {
			throw wrong(name, "true or false");
		}
		return value.asBoolean();
	}

	int number(String name, int fallback, int lowest, int highest) {
		Integer value = number(name, lowest, highest);
		return (value != null) ? value : fallback;
	}

	@Nullable Integer number(String name, int lowest, int highest) {
		JsonNode value = given(name);
		if (value == null) {
			return null;
		}
		if (!value.isInt() || value.intValue() < lowest || value.intValue() > highest) {
			throw wrong(name,
					"a whole number from " + lowest + ((highest < Integer.MAX_VALUE) ? " to " + highest : ""));
		}
		return value.intValue();
	}

	Duration duration(String name, Duration fallback) {
		JsonNode value = given(name);
		return (value != null) ? duration(this.place + "." + name, value.asString("")) : fallback;
	}

	/**
	 * Return a member.
	 * @param name the name of the member
	 * @return its value, missing if it is not there or a JSON null
	 */
	JsonNode value(String name) {
		JsonNode value = given(name);
		return (value != null) ? value : MissingNode.getInstance();
	}

	/**
	 * Return a member. One with a JSON null is as good as none.
	 */
	private @Nullable JsonNode given(String name) {
		JsonNode value = this.json.get(name);
		return (value == null || value.isNull()) ? null : value;
	}

	private IllegalArgumentException wrong(String name, String wanted) {
		return new IllegalArgumentException("'" + this.place + "." + name + "' must be " + wanted);
	}

	/**
	 * Read a duration such as {@code 500ms}, {@code 1.5s}, {@code 10m}, {@code 2h} or
	 * {@code PT10M}.
	 * @param name what to name in an error
	 * @param text the text
	 * @return the duration
	 */
	static Duration duration(String name, String text) {
		Matcher matcher = SPAN.matcher(text);
		Duration duration = null;
		if (matcher.matches()) {
			double amount = Double.parseDouble(matcher.group(1));
			long millis = switch (matcher.group(2)) {
				case "ms" -> 1;
				case "s" -> 1000;
				case "m" -> 60_000;
				case "h" -> 3_600_000;
				case "d" -> 86_400_000;
				default -> 604_800_000;
			};
			duration = Duration.ofMillis((long) (amount * millis));
		}
		else {
			try {
				duration = Duration.parse(text.toUpperCase(Locale.ROOT));
			}
			catch (DateTimeParseException ex) {
				// the text is in neither notation, which is refused below
			}
		}
		if (duration == null || duration.isNegative() || duration.compareTo(LONGEST) > 0) {
			throw new IllegalArgumentException(
					"'" + name + "' must be a duration of at most 100 years such as 500ms, 10s, 5m, 2h or PT1H");
		}
		return duration;
	}

}

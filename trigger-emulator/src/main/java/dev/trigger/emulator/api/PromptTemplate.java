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

import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.trigger.emulator.http.Json;
import tools.jackson.databind.JsonNode;

/**
 * Fills in the variables of the text of a prompt: {@code {{name}}} is the value of a
 * variable, {@code {{#name}}...{{/name}}} is a part that is left out unless the variable
 * has a value.
 */
final class PromptTemplate {

	private static final Pattern PART = Pattern.compile("\\{\\{#(\\w+)}}([\\s\\S]*?)\\{\\{/\\1}}");

	private static final Pattern NAME_IN_PART = Pattern.compile("\\{\\{(\\w+)}}");

	private static final Pattern NAME = Pattern.compile("\\{\\{\\s*(\\w+)\\s*}}");

	private PromptTemplate() {
	}

	/**
	 * Fill in the variables.
	 * @param template the text
	 * @param variables the values by name; what has none becomes an empty text
	 * @return the text without variables
	 */
	static String fill(String template, JsonNode variables) {
		Function<MatchResult, String> value = (match) -> Matcher
			.quoteReplacement(NodeJson.text(variables.path(match.group(1))));
		String text = PART.matcher(template)
			.replaceAll((match) -> Json.isFalsy(variables.path(match.group(1))) ? ""
					: Matcher.quoteReplacement(NAME_IN_PART.matcher(match.group(2)).replaceAll(value)));
		return NAME.matcher(text).replaceAll(value);
	}

}

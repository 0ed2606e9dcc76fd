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

import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.trigger.emulator.http.Json;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Fills JSON with values: <code>{{payload.user.email}}</code> alone becomes the value as
 * it is, within other text its text.
 */
final class Template {

	private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{\\s*([\\w.-]+)\\s*}}");

	private Template() {
	}

	static JsonNode fill(JsonNode template, JsonNode values) {
		if (template.isString()) {
			return fill(template.asString(), values);
		}
		if (template.isArray()) {
			ArrayNode filled = Json.mapper().createArrayNode();
			template.forEach((item) -> filled.add(fill(item, values)));
			return filled;
		}
		if (template.isObject()) {
			ObjectNode filled = Json.object();
			template.properties().forEach((member) -> filled.set(member.getKey(), fill(member.getValue(), values)));
			return filled;
		}
		return template;
	}

	private static JsonNode fill(String text, JsonNode values) {
		Matcher matcher = PLACEHOLDER.matcher(text);
		if (matcher.matches()) {
			JsonNode value = find(matcher.group(1), values);
			return value.isMissingNode() ? Json.tree(null) : value;
		}
		return Json.tree(text(text, values));
	}

	static String text(String text, JsonNode values) {
		return PLACEHOLDER.matcher(text).replaceAll((match) -> {
			JsonNode value = find(match.group(1), values);
			return Matcher
				.quoteReplacement(value.isMissingNode() ? "" : value.isString() ? value.asString() : value.toString());
		});
	}

	private static JsonNode find(String path, JsonNode values) {
		JsonNode value = values;
		for (String part : path.split("\\.")) {
			value = (value.isArray() && part.matches("\\d{1,6}")) ? value.path(Integer.parseInt(part))
					: value.isObject() ? value.path(part) : MissingNode.getInstance();
		}
		return value;
	}

}

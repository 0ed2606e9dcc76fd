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

package dev.trigger.spring.contract;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Compares a request with the one that was expected.
 */
final class RequestComparison {

	private static final List<String> NEVER_EXTRA = List.of("authorization", "x-trigger-branch");

	private static final List<String> FLAGS = List.of("override", "isSecret");

	private final List<String> differences = new ArrayList<>();

	private final String name;

	private final JsonNode expected;

	private final ReceivedRequest actual;

	private final Set<String> added;

	private RequestComparison(String name, JsonNode expected, ReceivedRequest actual, Set<String> added) {
		this.name = name;
		this.added = added;
		this.expected = expected;
		this.actual = actual;
	}

	/**
	 * Compare a request.
	 * @param number the number of the request, from 0
	 * @param expected what was recorded
	 * @param actual what was sent
	 * @param added the options of items that the client may send in addition
	 * @return the differences
	 */
	static List<String> compare(int number, JsonNode expected, ReceivedRequest actual, Set<String> added) {
		RequestComparison comparison = new RequestComparison("request " + (number + 1), expected, actual, added);
		comparison.compareTarget();
		comparison.compareHeaders();
		comparison.compareBody();
		comparison.checkLength();
		return comparison.differences;
	}

	private void compareTarget() {
		check("method", this.expected.path("method").asString(), this.actual.method());
		if (this.expected.has("pathPattern")) {
			String pattern = this.expected.get("pathPattern").stringValue();
			if (!this.actual.path().matches(pattern)) {
				differ("path", "to match " + pattern, this.actual.path());
			}
		}
		else {
			check("path", this.expected.path("path").asString(), this.actual.path());
		}
		List<String> pairs = new ArrayList<>();
		for (JsonNode pair : this.expected.path("query")) {
			pairs.add(pair.get(0).asString() + "=" + Argument.expand(pair.get(1)).asString());
		}
		check("query", pairs.stream().sorted().toList(),
				this.actual.query().stream().map((pair) -> pair.get(0) + "=" + pair.get(1)).sorted().toList());
	}

	private void compareHeaders() {
		JsonNode headers = this.expected.path("headers");
		for (Map.Entry<String, JsonNode> header : headers.properties()) {
			String value = header.getValue().asString();
			String sent = this.actual.header(header.getKey());
			if (header.getKey().equals("content-type") && sent != null) {
				value = value.split(";")[0].strip();
				sent = sent.split(";")[0].strip();
			}
			if (!(value.equals("$any") && sent != null)) {
				check("header " + header.getKey(), value, sent);
			}
		}
		for (String name : NEVER_EXTRA) {
			if (!headers.has(name)) {
				check("header " + name, null, this.actual.header(name));
			}
		}
	}

	private void compareBody() {
		if (this.expected.has("bodyText")) {
			check("body", Argument.expand(this.expected.get("bodyText")).asString(), this.actual.text());
		}
		else if (this.expected.has("bodyLines")) {
			compareLines(this.expected.get("bodyLines"));
		}
		else if (this.expected.has("body")) {
			compareJson("body", this.expected.get("body"), this.actual.text());
		}
		else {
			check("body", "", this.actual.text());
		}
	}

	private void compareLines(JsonNode expectedLines) {
		List<String> lines = this.actual.text().lines().filter((line) -> !line.isBlank()).toList();
		check("number of lines", expectedLines.size(), lines.size());
		for (int i = 0; i < Math.min(lines.size(), expectedLines.size()); i++) {
			compareJson("line " + (i + 1), expectedLines.get(i), lines.get(i));
		}
	}

	private void compareJson(String what, JsonNode expectedJson, String text) {
		try {
			JsonNode actualJson = Contract.json(text);
			if (actualJson.path("options") instanceof ObjectNode options) {
				this.added.stream().filter((name) -> !expectedJson.path("options").has(name)).forEach(options::remove);
			}
			this.differences.addAll(
					JsonComparison.ofRequest(this.name + " " + what, normalize(expectedJson), normalize(actualJson)));
		}
		catch (JacksonException ex) {
			differ(what, expectedJson, text);
		}
	}

	/**
	 * What the server takes for the same is the same: a single value of a filter, or a
	 * single tag, and a list of it, where a typed client always has a list; a flag that
	 * is off and one that is absent.
	 */
	private static JsonNode normalize(JsonNode body) {
		if (!(body instanceof ObjectNode object)) {
			return body;
		}
		ObjectNode copy = object.deepCopy();
		FLAGS.stream()
			.filter((flag) -> copy.path(flag).isBoolean() && !copy.path(flag).booleanValue())
			.forEach(copy::remove);
		if (copy.path("tags").isString()) {
			copy.set("tags", list(copy.get("tags")));
		}
		if (copy.path("filter") instanceof ObjectNode filter) {
			filter.properties().forEach((entry) -> entry.setValue(list(entry.getValue())));
		}
		return copy;
	}

	private static JsonNode list(JsonNode value) {
		return value.isArray() ? value : JsonNodeFactory.instance.arrayNode().add(value);
	}

	/**
	 * The server takes a body without a length for too large; only the lines of a batch
	 * may come without.
	 */
	private void checkLength() {
		String type = String.valueOf(this.actual.header("content-type"));
		boolean hasBody = this.actual.body().length > 0 || this.actual.method().equals("POST");
		if (hasBody && !type.startsWith("application/x-ndjson")
				&& (this.actual.header("content-length") == null || this.actual.header("transfer-encoding") != null)) {
			differ("body", "a content-length", this.actual.headers());
		}
	}

	private void check(String what, Object expectedValue, Object actualValue) {
		if (!Objects.equals(expectedValue, actualValue)) {
			differ(what, expectedValue, actualValue);
		}
	}

	private void differ(String what, Object expectedValue, Object actualValue) {
		String text = String.valueOf(actualValue);
		this.differences.add(this.name + " " + what + ": expected " + expectedValue + ", but is "
				+ ((text.length() > 500) ? text.substring(0, 500) + "…" : text));
	}

}

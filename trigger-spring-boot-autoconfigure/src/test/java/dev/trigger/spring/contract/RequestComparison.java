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

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Compares a request with the one that was expected.
 */
final class RequestComparison {

	private static final List<String> NEVER_EXTRA = List.of("authorization", "x-trigger-branch");

	private final List<String> differences = new ArrayList<>();

	private final String name;

	private final JsonNode expected;

	private final ReceivedRequest actual;

	private RequestComparison(String name, JsonNode expected, ReceivedRequest actual) {
		this.name = name;
		this.expected = expected;
		this.actual = actual;
	}

	static List<String> compare(int number, JsonNode expected, ReceivedRequest actual) {
		RequestComparison comparison = new RequestComparison("request " + (number + 1), expected, actual);
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
			this.differences.addAll(
					JsonComparison.ofRequest(this.name + " " + what, lists(expectedJson), lists(Contract.json(text))));
		}
		catch (JacksonException ex) {
			differ(what, expectedJson, text);
		}
	}

	/**
	 * The values of a filter are alternatives: the server takes a single one and a list
	 * of it for the same, where a typed client always has a list.
	 */
	private static JsonNode lists(JsonNode body) {
		if (!(body.path("filter") instanceof ObjectNode filter)) {
			return body;
		}
		ObjectNode normalized = filter.objectNode();
		filter.properties().forEach((entry) -> {
			JsonNode value = entry.getValue();
			normalized.set(entry.getKey(), value.isArray() ? value : filter.arrayNode().add(value));
		});
		ObjectNode copy = ((ObjectNode) body).deepCopy();
		copy.set("filter", normalized);
		return copy;
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

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

package dev.trigger.emulator;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

import dev.trigger.emulator.TestClient.Reply;
import dev.trigger.emulator.http.Json;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The differences between a response of the emulator and the recorded one of a server.
 *
 * @param status the status, if it differs
 * @param body the headers of the contract, the members, types and nulls that differ, at
 * every depth
 * @param message the texts of errors that differ
 */
record ResponseDifferences(List<String> status, List<String> body, List<String> message) {

	private static final List<String> SAME_HEADERS = List.of("content-type", "location", "x-should-retry",
			"access-control-expose-headers", "access-control-allow-origin", "access-control-allow-methods");

	private static final List<String> PRESENT_HEADERS = List.of("x-ratelimit-limit", "x-ratelimit-remaining",
			"x-ratelimit-reset", "x-trigger-jwt", "x-trigger-jwt-claims");

	static ResponseDifferences of(Recording recording, Reply reply) {
		List<String> status = new ArrayList<>();
		if (recording.status() != reply.status()) {
			status.add("status is " + reply.status() + " but was " + recording.status());
		}
		List<String> body = new ArrayList<>();
		List<String> message = new ArrayList<>();
		compareHeaders(recording, reply, body);
		JsonNode expected = recording.responseBody();
		if (expected != null) {
			JsonNode actual = Json.parse(reply.text());
			Shapes shapes = new Shapes(recording.isShortened(), body);
			shapes.compare("", expected, actual);
			if (recording.status() >= 400) {
				compareTexts("", expected, actual, message);
			}
		}
		else if (!recording.isCut()
				&& !String.valueOf(recording.responseHeader("content-type")).startsWith("text/html")) {
			String text = Objects.requireNonNullElse(recording.responseText(), "");
			if (!text.equals(reply.text())) {
				message.add("text is " + reply.text() + " but was " + text);
			}
		}
		return new ResponseDifferences(status, body, message);
	}

	/**
	 * Return where the shapes of two bodies differ.
	 */
	static List<String> shapes(JsonNode expected, @Nullable JsonNode actual) {
		List<String> differences = new ArrayList<>();
		new Shapes(false, differences).compare("", expected, actual);
		return differences;
	}

	List<String> all() {
		List<String> all = new ArrayList<>(this.status);
		all.addAll(this.body);
		all.addAll(this.message);
		return all;
	}

	private static void compareHeaders(Recording recording, Reply reply, List<String> differences) {
		for (String name : SAME_HEADERS) {
			String expected = recording.responseHeader(name);
			if (expected != null && expected.equals(recording.headers().get("origin"))) {
				expected = ReplayRequest.ORIGIN;
			}
			if (!Objects.equals(expected, reply.header(name))) {
				differences.add(name + " is " + reply.header(name) + " but was " + expected);
			}
		}
		for (String name : PRESENT_HEADERS) {
			boolean expected = recording.responseHeader(name) != null;
			boolean known = expected || recording.hasRateLimitReset() || !name.equals("x-ratelimit-reset");
			if (known && expected != (reply.header(name) != null)) {
				differences.add(name + (expected ? " is missing" : " is new"));
			}
		}
		if (reply.header("date") == null) {
			differences.add("date is missing");
		}
	}

	/**
	 * The texts of an error, wherever they stand. Numbers that depend on the time differ.
	 */
	private static void compareTexts(String path, JsonNode expected, @Nullable JsonNode actual,
			List<String> differences) {
		if (expected.isString() && !String.valueOf(normal(expected.asString()))
			.equals((actual != null && actual.isString()) ? normal(actual.asString()) : null)) {
			differences.add(path + " is " + actual + " but was " + expected);
		}
		for (String name : expected.propertyNames()) {
			compareTexts(path + "." + name, expected.get(name), (actual != null) ? actual.get(name) : null,
					differences);
		}
		for (int i = 0; i < (expected.isArray() ? expected.size() : 0); i++) {
			compareTexts(path + "[" + i + "]", expected.get(i), (actual != null) ? actual.get(i) : null, differences);
		}
	}

	private static String normal(String text) {
		return text.replaceAll("Retry in [\\d.]+ seconds", "Retry in N seconds")
			.replaceAll("http://(?:SERVER|127\\.0\\.0\\.1:\\d+)(?=/|$)", "http://SERVER");
	}

	/**
	 * Compares members, types and nulls. Of two lists, every element must have the shape
	 * of one of the other.
	 *
	 * @param shortened whether lists were shortened when the recording was made
	 * @param differences where to add what differs
	 */
	private record Shapes(boolean shortened, List<String> differences) {

		void compare(String path, JsonNode expected, @Nullable JsonNode actual) {
			if (actual == null) {
				this.differences.add(path + " is missing");
			}
			else if (expected.getNodeType() != actual.getNodeType()) {
				this.differences.add(path + " is " + describe(actual) + " but was " + describe(expected));
			}
			else if (expected.isObject()) {
				compareMembers(path, expected, actual);
			}
			else if (expected.isArray()) {
				compareElements(path, expected, actual);
			}
		}

		private void compareMembers(String path, JsonNode expected, JsonNode actual) {
			Set<String> names = new TreeSet<>(expected.propertyNames());
			names.addAll(actual.propertyNames());
			for (String name : names) {
				JsonNode member = expected.get(name);
				if (member == null) {
					this.differences.add(path + "." + name + " is new");
				}
				else {
					compare(path + "." + name, member, actual.get(name));
				}
			}
		}

		private void compareElements(String path, JsonNode expected, JsonNode actual) {
			if (expected.isEmpty() != actual.isEmpty()) {
				this.differences.add(path + " has " + actual.size() + " elements but had " + expected.size());
				return;
			}
			expected.forEach((element) -> findShape(path + "[]", element, actual, false));
			if (!this.shortened) {
				actual.forEach((element) -> findShape(path + "[new]", element, expected, true));
			}
		}

		private void findShape(String path, JsonNode element, JsonNode candidates, boolean reverse) {
			List<String> closest = null;
			for (JsonNode candidate : candidates) {
				List<String> found = new ArrayList<>();
				Shapes shapes = new Shapes(this.shortened, found);
				shapes.compare(path, reverse ? candidate : element, reverse ? element : candidate);
				if (closest == null || found.size() < closest.size()) {
					closest = found;
				}
			}
			if (closest != null) {
				closest.stream()
					.filter((difference) -> !this.differences.contains(difference))
					.forEach(this.differences::add);
			}
		}

		private static String describe(JsonNode node) {
			return node.isNull() ? "null" : node.getNodeType().name().toLowerCase(java.util.Locale.ROOT);
		}

	}

}

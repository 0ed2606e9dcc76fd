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

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import dev.trigger.emulator.TestClient.Reply;
import dev.trigger.emulator.http.Json;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A recorded request for a feed, a stream or a channel, and its response.
 */
record RealtimeRecording(JsonNode json) {

	/**
	 * Headers whose values are the server's own.
	 */
	private static final Set<String> PRESENT = Set.of("electric-handle", "electric-offset", "electric-cursor",
			"electric-shape-id", "electric-chunk-last-offset", "x-ratelimit-limit", "x-ratelimit-remaining",
			"x-ratelimit-reset", "x-s2-access-token", "x-s2-basin", "x-s2-endpoint", "x-s2-stream-name");

	private static final Set<String> IGNORED = Set.of("content-security-policy", "x-remix-error");

	/**
	 * Return why the emulator does not do as this shows.
	 */
	@Nullable String exception() {
		if (this.json.path("request").toString().contains("characters)")) {
			return "the body was cut when it was recorded";
		}
		if (path().contains("/channels/")) {
			return "the emulator has the named channels of newer servers";
		}
		if (this.json.path("group").asString("").startsWith("electric")) {
			return "the emulator does not stand in front of Electric";
		}
		return null;
	}

	boolean isEvents() {
		return response().has("pieces");
	}

	/**
	 * Return whether a stream has brought all that was recorded of it.
	 */
	boolean isComplete(String text) {
		return normal(text).equals(normal(pieces()));
	}

	boolean isFeed() {
		return response().path("headers").has("electric-handle");
	}

	String method() {
		return this.json.path("request").path("method").asString();
	}

	String path() {
		return this.json.path("request").path("path").asString();
	}

	/**
	 * Return the path without its query.
	 */
	String address() {
		return path().replaceAll("\\?.*", "");
	}

	Map<String, String> headers() {
		Map<String, String> headers = new LinkedHashMap<>();
		this.json.path("request")
			.path("headers")
			.properties()
			.forEach((header) -> headers.put(header.getKey(), header.getValue().asString()));
		return headers;
	}

	@Nullable String body() {
		return Json.text(this.json.path("request"), "body");
	}

	JsonNode response() {
		return this.json.path("response");
	}

	int status() {
		return response().path("status").asInt();
	}

	/**
	 * Return what the recording is about, in the words of who made it.
	 */
	String about() {
		return this.json.path("name").asString("") + " " + this.json.path("note").asString("");
	}

	/**
	 * Return the rows in the response.
	 */
	List<JsonNode> rows() {
		return response().path("body")
			.valueStream()
			.map((message) -> message.path("value"))
			.filter(JsonNode::isObject)
			.toList();
	}

	/**
	 * Return the latest time in the response.
	 */
	Instant latest() {
		return rows().stream()
			.map((row) -> Instant.parse(row.path("updatedAt").asString("2026-11-26T14:35:00.000") + "Z"))
			.max(Instant::compareTo)
			.orElse(Instant.parse("2026-11-26T14:35:00Z"));
	}

	List<String> differences(Reply reply) {
		List<String> differences = new ArrayList<>();
		if (reply.status() != status()) {
			differences.add("status is " + reply + " but was " + status());
			return differences;
		}
		response().path("headers").properties().forEach((header) -> {
			String name = header.getKey();
			String actual = reply.header(name);
			String origin = headers().get("origin");
			if (origin != null && ReplayRequest.ORIGIN.equals(actual)) {
				// the emulator permits pages on loopback only
				actual = origin;
			}
			boolean same = PRESENT.contains(name) ? actual != null
					: IGNORED.contains(name) || header.getValue().asString().equals(actual);
			if (!same) {
				differences.add(name + " is " + actual + " but was " + header.getValue());
			}
		});
		JsonNode body = response().get("body");
		if (body != null && isFeed()) {
			compareMessages(body, Json.parse(reply.text()), differences);
		}
		else if (body != null) {
			differences.addAll(ResponseDifferences.shapes(body, Json.parse(reply.text())));
			if (status() >= 400 && !body.equals(Json.parse(reply.text()))) {
				differences.add("body is " + reply.text() + " but was " + body);
			}
		}
		else {
			String expected = normal(pieces());
			if (!expected.equals(normal(reply.text()))) {
				differences.add("text is " + normal(reply.text()) + " but was " + expected);
			}
		}
		return differences;
	}

	String pieces() {
		StringBuilder text = new StringBuilder(response().path("bodyText").asString(""));
		response().path("pieces").forEach((piece) -> text.append(piece.path("text").asString()));
		return text.toString();
	}

	/**
	 * Leave out times, random identifiers, and signs of life, of which a quicker server
	 * sends more.
	 */
	private static String normal(String text) {
		return text.replaceAll("\\d{13}", "TIME")
			.replaceAll("id: TIME-\\d+", "id: TIME-N")
			.replaceAll("(\\\\\"id\\\\\":\\\\\")[\\w-]{7}\\\\\"", "$1PART\\\\\"")
			.replaceAll("event: ping\ndata: [^\n]*\n\n|: ping\n\n", "");
	}

	private static void compareMessages(JsonNode expected, @Nullable JsonNode sent, List<String> differences) {
		// the rows are in no order
		Comparator<JsonNode> byKey = Comparator.comparing((message) -> message.path("key").asString("~"));
		List<JsonNode> shown = expected.valueStream().filter(JsonNode::isObject).sorted(byKey).toList();
		List<JsonNode> actual = (sent != null) ? sent.valueStream().sorted(byKey).toList() : null;
		if (actual == null || shown.size() != actual.size()) {
			differences.add("messages are " + actual + " but were " + expected);
			return;
		}
		for (int i = 0; i < shown.size(); i++) {
			JsonNode message = shown.get(i);
			if (!message.path("headers").equals(actual.get(i).path("headers"))
					|| !message.path("key").equals(actual.get(i).path("key"))) {
				differences.add("message is " + actual.get(i) + " but was " + message);
			}
			compareRows(message.path("value"), actual.get(i).path("value"), differences);
		}
	}

	private static void compareRows(JsonNode expected, JsonNode actual, List<String> differences) {
		if (!List.copyOf(expected.propertyNames()).equals(List.copyOf(actual.propertyNames()))) {
			differences.add("columns are " + actual.propertyNames() + " but were " + expected.propertyNames());
		}
		for (String column : expected.propertyNames()) {
			String was = Json.text(expected, column);
			String is = Json.text(actual, column);
			boolean same = switch (column) {
				// real servers note it before the run
				case "queuedAt" -> expected.hasNonNull("delayUntil") || (was == null) == (is == null);
				// what a function in Java returns is plain
				case "output", "outputType" -> (was == null) == (is == null);
				// members in another order
				case "error" -> (was == null) == (is == null)
						&& (was == null || Objects.equals(Json.parse(was), Json.parse(String.valueOf(is))));
				default -> Objects.equals(was, is);
			};
			if (!same) {
				differences.add(column + " is " + is + " but was " + was);
			}
		}
	}

	@Override
	public String toString() {
		return this.json.path("name").asString();
	}

}

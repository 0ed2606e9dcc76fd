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

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.trigger.spring.feed.LiveServer.Exchange;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A request of a recording.
 *
 * @param method the method
 * @param path the path
 * @param query the parameters of the query
 * @param headers the headers, by their names in lower case
 * @param body the body as text, {@code null} if there is none
 */
record RecordedRequest(String method, String path, Map<String, String> query, Map<String, String> headers,
		@Nullable String body) {

	/**
	 * What a client must send as it was recorded.
	 */
	private static final List<String> COMPARED = List.of("x-trigger-electric-version", "x-trigger-api-version",
			"timeout-seconds", "last-event-id", "x-peek-settled", "x-part-id");

	static RecordedRequest of(JsonNode request) {
		String[] target = request.path(request.has("url") ? "url" : "path").asString().split("\\?", 2);
		Map<String, String> query = new LinkedHashMap<>();
		if (target.length > 1) {
			for (String pair : target[1].split("&")) {
				String[] parts = pair.split("=", 2);
				query.put(decode(parts[0]), (parts.length > 1) ? decode(parts[1]) : "");
			}
		}
		Map<String, String> headers = new LinkedHashMap<>();
		request.path("headers")
			.properties()
			.forEach((header) -> headers.put(header.getKey(), header.getValue().asString()));
		return new RecordedRequest(request.path("method").asString(), target[0], query, headers, body(request));
	}

	private static @Nullable String body(JsonNode request) {
		JsonNode body = request.has("bodyText") ? request.get("bodyText") : request.path("body");
		return body.isMissingNode() ? null : (body.isString() ? body.stringValue() : body.toString());
	}

	private static String decode(String text) {
		return URLDecoder.decode(text, StandardCharsets.UTF_8);
	}

	String header(String name) {
		return this.headers.getOrDefault(name, "");
	}

	/**
	 * Return the parts of the path after {@code /realtime/v1}.
	 */
	List<String> segments() {
		return List.of(this.path.substring("/realtime/v1/".length()).split("/"));
	}

	boolean isFeed() {
		return this.method.equals("GET") && this.path.matches("/realtime/v1/(runs(/[^/]+)?|batches/[^/]+)");
	}

	/**
	 * Return whether a client that follows the rules sends this.
	 */
	boolean isOfFeedClient() {
		if (!this.query.containsKey("log") || !this.headers.containsKey("x-trigger-electric-version")) {
			return false;
		}
		boolean first = "-1".equals(this.query.get("offset")) && !this.query.containsKey("handle");
		return first ? !this.query.containsKey("live") : isLive();
	}

	boolean isLive() {
		return "true".equals(this.query.get("live")) && this.query.containsKey("handle")
				&& this.query.containsKey("cursor");
	}

	List<String> compare(Exchange actual) {
		List<String> differences = new ArrayList<>();
		compare("method", this.method, actual.method(), differences);
		compare("path", this.path, actual.path(), differences);
		compare("query", this.query, actual.query(), differences);
		COMPARED.stream()
			.filter(this.headers::containsKey)
			.forEach((name) -> compare(name, this.headers.get(name), actual.header(name), differences));
		return differences;
	}

	private static void compare(String what, @Nullable Object expected, @Nullable Object actual,
			List<String> differences) {
		if (!String.valueOf(expected).equals(String.valueOf(actual)) && !java.util.Objects.equals(expected, actual)) {
			differences.add(what + ": expected " + expected + ", but is " + actual);
		}
	}

}

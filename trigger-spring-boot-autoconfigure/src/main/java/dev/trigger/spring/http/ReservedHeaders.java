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

package dev.trigger.spring.http;

import java.util.Locale;
import java.util.Map;

import org.springframework.http.HttpHeaders;
import org.springframework.util.Assert;

/**
 * The headers that the client sets itself: what it knows about a request, or about the
 * connection, would not hold with another value.
 */
final class ReservedHeaders {

	private static final String CONNECTION = "the connection sets it";

	private static final Map<String, String> REMEDIES = Map.ofEntries(
			Map.entry("authorization", "use another credential instead"),
			Map.entry("proxy-authorization", "it belongs to the connection to a proxy"),
			Map.entry(BranchHeaderFilter.HEADER, "use withBranch(String) instead, which checks the environment"),
			Map.entry("x-trigger-api-version", "this client understands one version of the API only"),
			Map.entry("accept", "this client decides what it can read"),
			Map.entry("accept-encoding", "this client decides what it can read"),
			Map.entry("content-type", "it follows from the body"),
			Map.entry("content-length", "it follows from the body"),
			Map.entry("content-encoding", "it follows from the body"), Map.entry("transfer-encoding", CONNECTION),
			Map.entry("host", "it follows from 'trigger.api-url'"), Map.entry("connection", CONNECTION),
			Map.entry("keep-alive", CONNECTION), Map.entry("upgrade", CONNECTION), Map.entry("te", CONNECTION),
			Map.entry("trailer", CONNECTION), Map.entry("expect", CONNECTION), Map.entry("http2-settings", CONNECTION));

	private ReservedHeaders() {
	}

	/**
	 * Refuse a value that no header can have. Connectors fail on it in ways that can't be
	 * told from a broken connection.
	 * @param name the name of the header
	 * @param value the value
	 * @throws IllegalArgumentException if it can't be sent
	 */
	static void checkValue(String name, String value) {
		Assert.isTrue(isValue(value),
				() -> "The header '" + name + "' contains a line break or a character outside of Latin-1");
	}

	static boolean isValue(String text) {
		return text.chars().noneMatch((ch) -> Character.isISOControl(ch) || ch > 255);
	}

	/**
	 * Remove the headers that the client sets itself.
	 * @param headers the headers
	 */
	static void removeFrom(HttpHeaders headers) {
		if (!headers.isEmpty()) {
			REMEDIES.keySet().forEach(headers::remove);
		}
	}

	/**
	 * Refuse a header that the client sets itself.
	 * @param name the name of the header
	 * @throws IllegalArgumentException if it is one of them
	 */
	static void check(String name) {
		String remedy = REMEDIES.get(name.toLowerCase(Locale.ROOT));
		if (remedy != null) {
			throw new IllegalArgumentException("The header '" + name + "' is set by the client: " + remedy);
		}
	}

}

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

import java.util.List;
import java.util.Map;

import io.netty.util.AsciiString;
import reactor.netty.http.client.HttpClientRequest;

import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.client.reactive.ClientHttpRequest;

/**
 * The headers that go with every request to the API.
 */
final class ApiHeaders {

	/**
	 * The only version that the API distinguishes from the oldest one: without it,
	 * statuses come in another vocabulary.
	 */
	private static final String API_VERSION = "2025-07-16";

	private static final String VERSION = findVersion();

	/**
	 * Names are in lower case, so that no map of headers has to make a copy that is.
	 */
	private static final List<Map.Entry<String, String>> HEADERS = List.of(
			Map.entry("x-trigger-api-version", API_VERSION), Map.entry("x-trigger-source", "sdk"),
			Map.entry("x-trigger-realtime-streams-version", "v2"), Map.entry("trigger-version", VERSION),
			Map.entry("user-agent", "trigger-spring-boot/" + VERSION));

	private static final String ACCEPT = "accept";

	private ApiHeaders() {
	}

	private static String findVersion() {
		String version = ApiHeaders.class.getPackage().getImplementationVersion();
		return (version != null) ? version : "dev";
	}

	/**
	 * Add the headers to a request that is about to be sent.
	 * @param target the request as the connector sees it
	 * @param given the headers that the caller has set, which stay as they are
	 * @param json whether the response has to be JSON
	 */
	static void addTo(ClientHttpRequest target, HttpHeaders given, boolean json) {
		if (!DefaultConnector.REACTOR_NETTY || !ReactorNetty.addTo(target)) {
			addTo(target.getHeaders(), given);
		}
		if (json) {
			target.getHeaders().set(ACCEPT, MediaType.APPLICATION_JSON_VALUE);
		}
	}

	private static void addTo(HttpHeaders target, HttpHeaders given) {
		for (Map.Entry<String, String> header : HEADERS) {
			if (!given.containsHeader(header.getKey())) {
				target.set(header.getKey(), header.getValue());
			}
		}
	}

	/**
	 * Passes the headers to the connection as bytes, which it copies, whereas it writes
	 * text character by character. A class of its own, so that Reactor Netty is not
	 * needed where it is absent.
	 */
	private static final class ReactorNetty {

		private static final List<Map.Entry<AsciiString, AsciiString>> ENCODED = HEADERS.stream()
			.map((header) -> Map.entry(AsciiString.of(header.getKey()), AsciiString.of(header.getValue())))
			.toList();

		private static boolean addTo(ClientHttpRequest target) {
			Object connection = target.getNativeRequest();
			if (!(connection instanceof HttpClientRequest request)) {
				return false;
			}
			// headers of the request itself are added later, and replace these
			io.netty.handler.codec.http.HttpHeaders headers = request.requestHeaders();
			for (Map.Entry<AsciiString, AsciiString> header : ENCODED) {
				headers.set(header.getKey(), header.getValue());
			}
			return true;
		}

	}

}

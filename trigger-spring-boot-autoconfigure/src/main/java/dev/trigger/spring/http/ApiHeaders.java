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
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import org.springframework.http.HttpHeaders;

/**
 * The headers that go with every request to the API.
 */
final class ApiHeaders {

	/**
	 * Of all versions of the API only this one is told from the oldest: without it
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

	private static final Set<String> NAMES = HEADERS.stream()
		.map(Map.Entry::getKey)
		.collect(Collectors.toUnmodifiableSet());

	private ApiHeaders() {
	}

	private static String findVersion() {
		String version = ApiHeaders.class.getPackage().getImplementationVersion();
		return (version != null) ? version : "dev";
	}

	/**
	 * Add the headers to what is sent.
	 * @param target the headers that are sent
	 * @param given the headers that the request has, which stay as they are
	 */
	static void addTo(HttpHeaders target, HttpHeaders given) {
		for (Map.Entry<String, String> header : HEADERS) {
			target.set(header.getKey(), header.getValue());
		}
		// seldom any of them: to ask for each of ours would cost more
		given.forEach((name, values) -> {
			if (NAMES.contains(name.toLowerCase(Locale.ROOT))) {
				target.remove(name);
			}
		});
	}

}

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

package dev.trigger.spring.outbox;

import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;

import dev.trigger.spring.json.TriggerJson;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/**
 * The headers by which a trace goes on, as the column of a row: a JSON object of what the
 * propagator of the application writes, such as {@code traceparent} and {@code baggage}.
 */
final class OutboxTraceContext {

	/**
	 * The length of the column.
	 */
	static final int MAX_LENGTH = 2000;

	private OutboxTraceContext() {
	}

	/**
	 * Return headers as a text. Where they are too long, the longest ones are left out:
	 * baggage rather than the trace.
	 * @param headers the headers
	 * @return the text, {@code null} if there is nothing to keep
	 */
	static @Nullable String write(Map<String, String> headers) {
		Map<String, String> kept = new LinkedHashMap<>(headers);
		kept.values().removeIf((value) -> !isHeaderValue(value));
		while (!kept.isEmpty()) {
			String text = new String(TriggerJson.shared().write(kept), StandardCharsets.UTF_8);
			if (text.length() <= MAX_LENGTH) {
				return text;
			}
			kept.entrySet()
				.stream()
				.max(Comparator.comparingInt((header) -> header.getValue().length()))
				.ifPresent((longest) -> kept.remove(longest.getKey()));
		}
		return null;
	}

	private static boolean isHeaderValue(@Nullable String value) {
		return value != null && value.chars().allMatch((character) -> character >= ' ' && character < 127);
	}

	/**
	 * Return the headers of a text. What can't be read is no reason not to send a row.
	 * @param text the text
	 * @return the headers, none if there is no text
	 */
	static Map<String, String> read(@Nullable String text) {
		Map<String, String> headers = new LinkedHashMap<>();
		if (text != null) {
			try {
				TriggerJson.shared()
					.readTree(text)
					.properties()
					.forEach((header) -> headers.put(header.getKey(), header.getValue().asString("")));
			}
			catch (JacksonException ex) {
				return Map.of();
			}
		}
		return headers;
	}

}

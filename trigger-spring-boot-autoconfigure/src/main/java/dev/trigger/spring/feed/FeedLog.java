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

package dev.trigger.spring.feed;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The messages of one response.
 *
 * @param changes the changes of rows, in their order
 * @param upToDate whether the server has no more for now
 * @param mustRefetch whether everything known so far is void
 */
record FeedLog(List<Change> changes, boolean upToDate, boolean mustRefetch) {

	static final FeedLog UP_TO_DATE = new FeedLog(List.of(), true, false);

	/**
	 * Read the body of a response.
	 * @param messages the body
	 * @return the messages
	 * @throws IllegalArgumentException if the body is not an array of messages
	 */
	static FeedLog read(JsonNode messages) {
		if (!messages.isArray()) {
			throw new IllegalArgumentException("not an array of messages");
		}
		List<Change> changes = new ArrayList<>(messages.size());
		boolean upToDate = false;
		for (JsonNode message : messages) {
			JsonNode headers = message.path("headers");
			String control = headers.path("control").asString("");
			if (control.equals("must-refetch")) {
				return new FeedLog(List.of(), false, true);
			}
			upToDate |= control.equals("up-to-date");
			JsonNode key = message.path("key");
			if (key.isString()) {
				changes.add(new Change(key.stringValue(), headers.path("operation").asString("update"),
						columns(message.path("value"))));
			}
		}
		return new FeedLog(changes, upToDate, false);
	}

	private static Map<String, @Nullable String> columns(JsonNode value) {
		Map<String, @Nullable String> columns = new LinkedHashMap<>();
		value.properties().forEach((column) -> columns.put(column.getKey(), text(column.getValue())));
		return columns;
	}

	private static @Nullable String text(JsonNode value) {
		if (value.isNull()) {
			return null;
		}
		return value.isString() ? value.stringValue() : value.toString();
	}

	/**
	 * A change of a row.
	 *
	 * @param key the key of the row
	 * @param operation {@code insert}, {@code update} or {@code delete}
	 * @param columns the columns: all of them, or with an update perhaps only those that
	 * changed
	 */
	record Change(String key, String operation, Map<String, @Nullable String> columns) {

		boolean isInsert() {
			return this.operation.equals("insert");
		}

		boolean isDelete() {
			return this.operation.equals("delete");
		}

	}

}

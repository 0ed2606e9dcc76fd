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

package dev.trigger.emulator.api;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

import dev.trigger.emulator.http.JsonBody;
import org.jspecify.annotations.Nullable;

/**
 * The rows as readers have them that get only what has changed. All readers that have
 * come to the same offset of a feed have the same rows.
 */
final class SentRows {

	private static final int CAPACITY = 1_000;

	private final Map<String, Map<String, JsonBody>> rows = new LinkedHashMap<>();

	/**
	 * Return the rows of those who have come to an offset.
	 * @param handle the handle of the feed
	 * @param offset the offset
	 * @param skipped the columns that they leave out
	 * @return the rows by the identifier of the run
	 */
	Map<String, JsonBody> at(String handle, FeedOffset offset, Collection<String> skipped) {
		return this.rows.getOrDefault(key(handle, offset, skipped), Map.of());
	}

	void put(String handle, FeedOffset offset, Collection<String> skipped, Map<String, JsonBody> rows) {
		this.rows.put(key(handle, offset, skipped), rows);
		if (this.rows.size() > CAPACITY) {
			this.rows.remove(this.rows.keySet().iterator().next());
		}
	}

	private static String key(String handle, FeedOffset offset, Collection<String> skipped) {
		return handle + ' ' + offset + ' ' + skipped;
	}

	/**
	 * Return what has changed of a row.
	 * @param before the row of the reader, {@code null} if it has none
	 * @param row the row
	 * @return the columns that differ, all without a row before
	 */
	static JsonBody difference(@Nullable JsonBody before, JsonBody row) {
		if (before == null) {
			return row;
		}
		JsonBody changed = new JsonBody();
		row.forEach((column, value) -> {
			if (!Objects.equals(value, before.get(column))) {
				changed.with(column, value);
			}
		});
		return changed;
	}

}

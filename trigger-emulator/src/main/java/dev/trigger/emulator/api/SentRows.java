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
import dev.trigger.emulator.state.Environment;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a feed as readers have them that get only what has changed. All readers
 * that have come to the same offset have the same rows. Those that fall behind, or are
 * among too many, get all columns again.
 */
final class SentRows {

	private static final int FEEDS = 1_000;

	private static final int OFFSETS = 3;

	private final Map<String, Map<String, JsonBody>> rows = new LinkedHashMap<>();

	private SentRows() {
	}

	/**
	 * Return the rows of a feed.
	 * @param environment where the feed is, which forgets them when it is reset
	 * @param handle the handle of the feed
	 * @param skipped the columns that its readers leave out
	 * @return the rows
	 */
	static SentRows of(Environment environment, String handle, Collection<String> skipped) {
		Map<String, SentRows> feeds = environment.all(SentRows.class);
		String key = handle + ' ' + skipped;
		SentRows known = feeds.remove(key);
		SentRows rows = (known != null) ? known : new SentRows();
		feeds.put(key, rows);
		forgetFirst(feeds, FEEDS);
		return rows;
	}

	private static void forgetFirst(Map<String, ?> map, int capacity) {
		if (map.size() > capacity) {
			map.remove(map.keySet().iterator().next());
		}
	}

	/**
	 * Return the rows of those who have come to an offset.
	 * @param offset the offset
	 * @return the rows by the identifier of the run
	 */
	Map<String, JsonBody> at(FeedOffset offset) {
		return this.rows.getOrDefault(offset.toString(), Map.of());
	}

	void put(FeedOffset offset, Map<String, JsonBody> rows) {
		this.rows.put(offset.toString(), rows);
		forgetFirst(this.rows, OFFSETS);
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

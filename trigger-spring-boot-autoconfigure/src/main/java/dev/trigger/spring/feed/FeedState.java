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
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

import dev.trigger.spring.http.LiveResponse;
import dev.trigger.spring.http.TriggerRequest;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

import org.springframework.http.HttpHeaders;

/**
 * Where a feed stands: what to ask for next, and the rows by their keys. Not thread-safe:
 * polls follow one another.
 * <p>
 * The protocol is that of Electric's shapes. Handle, offset and cursor belong to the
 * server and are handed back as they came.
 */
final class FeedState {

	/**
	 * How many rows are kept, to complete partial updates and to leave out what did not
	 * change. A feed of all runs of an environment has no end of them.
	 */
	static final int MAX_ROWS = 5_000;

	/**
	 * Up to which size rows are kept, and more of them as far as their runs are not over:
	 * a partial update of one that is not known means to ask for all of them.
	 */
	private static final long MAX_BYTES = 64 * 1024 * 1024;

	private static final String BEGINNING = "-1";

	private static final String HANDLE = "electric-handle";

	private static final String OFFSET = "electric-offset";

	private final FeedSource source;

	/**
	 * In the order of the last access.
	 */
	private final Map<String, Entry> entries = new LinkedHashMap<>(16, 0.75f, true);

	private final Set<String> touched = new LinkedHashSet<>();

	private long bytes;

	/**
	 * Of how many runs nothing more is expected, so that their rows can be forgotten.
	 */
	private int over;

	private @Nullable String handle;

	private String offset = BEGINNING;

	private @Nullable String cursor;

	private boolean live;

	private @Nullable String expiredHandle;

	private boolean staleSeen;

	FeedState(FeedSource source) {
		this.source = source;
	}

	/**
	 * Return the next request.
	 * @return the request
	 */
	TriggerRequest<JsonNode> request() {
		Map<String, String> query = new TreeMap<>(this.source.query());
		query.put("log", "full");
		query.put("offset", this.offset);
		if (this.handle != null) {
			query.put("handle", this.handle);
		}
		if (this.live) {
			query.put("live", "true");
			query.put("cursor", (this.cursor != null) ? this.cursor : "");
		}
		if (this.expiredHandle != null) {
			query.put("expired_handle", this.expiredHandle);
		}
		if (this.staleSeen) {
			query.put("cache-buster", UUID.randomUUID().toString());
		}
		TriggerRequest.Builder request = TriggerRequest.to(this.source.endpoint(),
				this.source.pathVariables().toArray(String[]::new));
		query.forEach(request::query);
		// without it the server has older names for its headers
		return request.header("x-trigger-electric-version", "1.0.0-beta.1").returning(JsonNode.class);
	}

	boolean isLive() {
		return this.live;
	}

	/**
	 * Take a response.
	 * @param response the response
	 * @return what came of it
	 * @throws IllegalArgumentException if it is not one of a feed
	 */
	Step accept(LiveResponse response) {
		FeedLog log = (response.status() == 204) ? FeedLog.UP_TO_DATE : FeedLog.read(response.body());
		HttpHeaders headers = response.headers();
		if (log.mustRefetch()) {
			restart(headers);
			return Step.RESTART;
		}
		String before = this.offset;
		boolean upToDate = log.upToDate() || headers.containsHeader("electric-up-to-date");
		moveOn(headers, response.status() != 204);
		for (FeedLog.Change change : log.changes()) {
			if (!apply(change)) {
				restart(headers);
				return Step.RESTART;
			}
		}
		if (!upToDate) {
			return new Step(List.of(), false, !log.changes().isEmpty() || !before.equals(this.offset));
		}
		this.live = true;
		List<FeedRow> rows = changedRows();
		return new Step(rows, false, !rows.isEmpty());
	}

	private void moveOn(HttpHeaders headers, boolean required) {
		String newHandle = first(headers, HANDLE, "electric-shape-id");
		String newOffset = first(headers, OFFSET, "electric-chunk-last-offset");
		if (required && (newHandle == null || newOffset == null)) {
			throw new IllegalArgumentException("without the headers '" + HANDLE + "' and '" + OFFSET + "'");
		}
		if (newHandle != null && newHandle.equals(this.expiredHandle) && !this.staleSeen) {
			// it comes from a cache on the way that ignores the query
			this.staleSeen = true;
			throw new IllegalArgumentException("from a cache, with a handle that has expired");
		}
		this.staleSeen = false;
		this.handle = (newHandle != null) ? newHandle : this.handle;
		this.offset = (newOffset != null) ? newOffset : this.offset;
		String newCursor = headers.getFirst("electric-cursor");
		this.cursor = (newCursor != null) ? newCursor : this.cursor;
	}

	private static @Nullable String first(HttpHeaders headers, String name, String olderName) {
		String value = headers.getFirst(name);
		return (value != null) ? value : headers.getFirst(olderName);
	}

	/**
	 * Apply a change.
	 * @return whether the row is known in full
	 */
	private boolean apply(FeedLog.Change change) {
		Entry entry = this.entries.computeIfAbsent(change.key(), (key) -> {
			this.over++;
			return new Entry();
		});
		if (change.isDelete()) {
			set(entry, null);
			this.touched.remove(change.key());
			return true;
		}
		FeedRow present = entry.row;
		FeedRow next = (present != null && !change.isInsert()) ? present.with(change.columns())
				: new FeedRow(change.columns());
		// an update of a row that is not known may have only what has changed
		if (!next.has("status") || (present == null && !change.isInsert() && next.text("friendlyId") == null)) {
			return false;
		}
		set(entry, next);
		this.touched.remove(change.key());
		this.touched.add(change.key());
		return true;
	}

	private void set(Entry entry, @Nullable FeedRow row) {
		remove(entry);
		entry.row = row;
		FeedRow kept = (row != null) ? row : entry.emitted;
		entry.size = (kept != null) ? kept.size() : 0;
		this.bytes += entry.size;
		this.over += entry.isOver() ? 1 : 0;
	}

	private void remove(Entry entry) {
		this.bytes -= entry.size;
		this.over -= entry.isOver() ? 1 : 0;
	}

	private List<FeedRow> changedRows() {
		List<FeedRow> rows = new ArrayList<>(this.touched.size());
		for (String key : this.touched) {
			Entry entry = this.entries.get(key);
			FeedRow row = (entry != null) ? entry.row : null;
			if (entry != null && row != null) {
				if (!row.equals(entry.emitted)) {
					rows.add(row);
				}
				entry.emitted = row;
			}
		}
		this.touched.clear();
		forget(Entry::isOver, () -> this.over > 0 && (this.entries.size() > MAX_ROWS || this.bytes > MAX_BYTES));
		forget((entry) -> true, () -> this.bytes > MAX_BYTES);
		return rows;
	}

	private void forget(Predicate<Entry> which, BooleanSupplier tooMany) {
		Iterator<Entry> eldest = this.entries.values().iterator();
		while (tooMany.getAsBoolean() && eldest.hasNext()) {
			Entry entry = eldest.next();
			if (which.test(entry)) {
				remove(entry);
				eldest.remove();
			}
		}
	}

	/**
	 * Start over, since the server forgot what the handle stands for. What was emitted is
	 * kept, so that it is not emitted again.
	 * @param headers the headers of the response that said so, which may have the handle
	 * to start with
	 */
	void restart(HttpHeaders headers) {
		String expired = this.handle;
		String next = first(headers, HANDLE, "electric-shape-id");
		if (expired != null) {
			this.expiredHandle = expired;
			// another address than before, or a cache would return the same again
			next = (next == null || next.equals(expired)) ? expired + "-next" : next;
		}
		this.handle = next;
		this.offset = BEGINNING;
		this.cursor = null;
		this.live = false;
		this.staleSeen = false;
		this.touched.clear();
		this.entries.values().forEach((entry) -> set(entry, null));
	}

	/**
	 * What is known of a row: its present columns, and those that were emitted last.
	 */
	private static final class Entry {

		private @Nullable FeedRow row;

		private @Nullable FeedRow emitted;

		private long size;

		/**
		 * Return whether hardly anything will follow.
		 */
		boolean isOver() {
			return this.row == null || this.row.text("completedAt") != null;
		}

	}

	/**
	 * What came of a response.
	 *
	 * @param rows the rows that changed
	 * @param restarted whether the feed starts over
	 * @param progressed whether the response had anything new
	 */
	record Step(List<FeedRow> rows, boolean restarted, boolean progressed) {

		private static final Step RESTART = new Step(List.of(), true, false);

	}

}

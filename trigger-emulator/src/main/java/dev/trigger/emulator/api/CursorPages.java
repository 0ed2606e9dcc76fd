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

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;

import dev.trigger.emulator.http.JsonBody;
import dev.trigger.emulator.http.ServerRequest;
import org.jspecify.annotations.Nullable;

/**
 * Pages whose cursors are items, newest first. A page before a cursor is in the opposite
 * order, nearest first.
 */
final class CursorPages {

	private static final int DEFAULT_SIZE = 25;

	private static final int MAX_SIZE = 100;

	private CursorPages() {
	}

	/**
	 * Read the size of the page and note what is wrong with it.
	 * @param request the request
	 * @param tooBig the message for more than 100
	 * @param issues what is wrong
	 * @return the size
	 */
	static int size(ServerRequest request, String tooBig, Issues issues) {
		String text = request.query("page[size]");
		Double size = (text != null) ? NodeJson.coerce(text) : null;
		if (size == null) {
			return DEFAULT_SIZE;
		}
		if (size.isNaN()) {
			issues.notANumber("page[size]");
			return DEFAULT_SIZE;
		}
		if (!NodeJson.isInteger(size)) {
			issues.fraction("page[size]");
		}
		if (size <= 0) {
			issues.tooSmall(0, false, "page[size]");
		}
		if (size < 1) {
			issues.tooSmall(1, true, "page[size]");
		}
		if (size > MAX_SIZE) {
			issues.tooBig(MAX_SIZE, tooBig, "page[size]");
		}
		return size.intValue();
	}

	/**
	 * Cut out a page of a list whose cursors are items. An unknown cursor gives the first
	 * page.
	 * @param <T> the type of the items
	 * @param request the request
	 * @param items all items, newest first
	 * @param size the size of the page
	 * @param cursor returns the cursor of an item
	 * @param json returns the JSON of an item
	 * @return the page
	 */
	static <T> JsonBody page(ServerRequest request, List<T> items, int size, Function<T, String> cursor,
			Function<T, Object> json) {
		int before = indexOf(items, request.query("page[before]"), cursor);
		if (before >= 0) {
			return previous(items.subList(0, before), size, cursor, json);
		}
		int from = indexOf(items, request.query("page[after]"), cursor) + 1;
		return next(items.subList(from, items.size()), size, from > 0, cursor, json);
	}

	private static <T> JsonBody next(List<T> items, int size, boolean leadsBack, Function<T, String> cursor,
			Function<T, Object> json) {
		List<T> page = items.subList(0, Math.min(items.size(), size));
		JsonBody pagination = new JsonBody();
		if (page.size() < items.size()) {
			pagination.with("next", cursor.apply(page.get(page.size() - 1)));
		}
		if (leadsBack && !page.isEmpty()) {
			pagination.with("previous", cursor.apply(page.get(0)));
		}
		return JsonBody.of("data", page.stream().map(json).toList()).with("pagination", pagination);
	}

	/**
	 * Cut out a page of a list that leads forwards only.
	 * @param <T> the type of the items
	 * @param request the request
	 * @param items all items, newest first
	 * @param size the size of the page
	 * @param cursor returns the cursor of an item
	 * @param json returns the JSON of an item
	 * @return the page
	 */
	static <T> JsonBody forward(ServerRequest request, List<T> items, int size, Function<T, String> cursor,
			Function<T, Object> json) {
		int from = indexOf(items, request.query("page[after]"), cursor) + 1;
		int to = Math.min(items.size(), from + size);
		JsonBody pagination = new JsonBody();
		if (to < items.size()) {
			pagination.with("next", cursor.apply(items.get(to - 1)));
		}
		return JsonBody.of("data", items.subList(from, to).stream().map(json).toList()).with("pagination", pagination);
	}

	/**
	 * The page before a cursor. As on the real server it is in the opposite order,
	 * nearest first.
	 */
	private static <T> JsonBody previous(List<T> newer, int size, Function<T, String> cursor,
			Function<T, Object> json) {
		int from = Math.max(0, newer.size() - size);
		List<T> page = new ArrayList<>(newer.subList(from, newer.size()));
		Collections.reverse(page);
		JsonBody pagination = new JsonBody();
		if (!page.isEmpty()) {
			pagination.with("next", cursor.apply(page.get(0)));
		}
		if (from > 0) {
			pagination.with("previous", cursor.apply(page.get(page.size() - 1)));
		}
		return JsonBody.of("data", page.stream().map(json).toList()).with("pagination", pagination);
	}

	private static <T> int indexOf(List<T> items, @Nullable String wanted, Function<T, String> cursor) {
		if (wanted == null || wanted.isEmpty()) {
			return -1;
		}
		for (int i = 0; i < items.size(); i++) {
			if (cursor.apply(items.get(i)).equals(wanted)) {
				return i;
			}
		}
		return -1;
	}

}

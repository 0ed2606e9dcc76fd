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

import tools.jackson.databind.JsonNode;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;

import dev.trigger.emulator.http.Json;
import dev.trigger.emulator.http.JsonBody;
import dev.trigger.emulator.http.ServerRequest;
import org.jspecify.annotations.Nullable;

/**
 * Pages whose cursors are places in the order, whether an item is there or not.
 *
 * @param <T> the type of the items
 * @param cursor returns the cursor of an item
 * @param json returns the JSON of an item
 * @param leadsBack whether the last page backwards leads forwards again even if it is not
 * full
 * @param nearestFirst whether a page backwards is in the opposite order, and not newest
 * first as well
 */
record OrderedPages<T>(Function<T, String> cursor, Function<T, Object> json, boolean leadsBack, boolean nearestFirst) {

	private static final int DEFAULT_SIZE = 25;

	private static final int MAX_SIZE = 100;

	/**
	 * Create pages that are newest first whichever way they are read.
	 * @param cursor returns the cursor of an item
	 * @param json returns the JSON of an item
	 * @param leadsBack whether the last page backwards leads forwards again even if it is
	 * not full
	 */
	OrderedPages(Function<T, String> cursor, Function<T, Object> json, boolean leadsBack) {
		this(cursor, json, leadsBack, false);
	}

	/**
	 * Read the size of the page and note what is wrong with it.
	 * @param request the request
	 * @param issues what is wrong
	 * @return the size
	 */
	static int size(ServerRequest request, Issues issues) {
		return size(request, DEFAULT_SIZE, issues);
	}

	/**
	 * Read the size of the page and note what is wrong with it.
	 * @param request the request
	 * @param defaultSize the size unless specified
	 * @param issues what is wrong
	 * @return the size
	 */
	static int size(ServerRequest request, int defaultSize, Issues issues) {
		String text = request.query("page[size]");
		Double size = (text != null) ? NodeJson.coerce(text) : null;
		if (size == null) {
			return defaultSize;
		}
		if (size.isNaN()) {
			issues.notANumber("page[size]");
			return defaultSize;
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
			issues.tooBig(MAX_SIZE, "Number must be less than or equal to " + MAX_SIZE, "page[size]");
		}
		return size.intValue();
	}

	/**
	 * Return whether a page is read backwards.
	 * @param call the request
	 * @return {@code true} if so
	 */
	static boolean isBackward(ApiCall call) {
		return call.hasQuery("page[before]");
	}

	/**
	 * Return the cursor that a request has.
	 * @param call the request
	 * @return the cursor, {@code null} or empty if it has none
	 */
	static @Nullable String cursorOf(ApiCall call) {
		return call.query(isBackward(call) ? "page[before]" : "page[after]");
	}

	/**
	 * Read a cursor that is JSON.
	 * @param cursor the cursor
	 * @param decoder decodes it
	 * @return the place, {@code null} if it is none
	 */
	static @Nullable JsonNode place(String cursor, Base64.Decoder decoder) {
		try {
			return Json.parse(new String(decoder.decode(cursor), StandardCharsets.UTF_8));
		}
		catch (IllegalArgumentException ex) {
			return null;
		}
	}

	/**
	 * Cut out a page.
	 * @param call the request
	 * @param items all items, newest first
	 * @param size the size of the page
	 * @param older whether an item is older than the place of the cursor
	 * @param newer whether an item is newer than the place of the cursor
	 * @return the page
	 */
	JsonBody page(ApiCall call, List<T> items, int size, Predicate<T> older, Predicate<T> newer) {
		boolean backward = isBackward(call);
		boolean cursorGiven = backward || call.hasQuery("page[after]");
		List<T> rows = cursorGiven ? items.stream().filter(backward ? newer : older).toList() : items;
		boolean more = rows.size() > size;
		int from = (backward && more) ? rows.size() - size : 0;
		List<T> page = rows.subList(from, Math.min(rows.size(), from + size));
		boolean hasNext = backward ? more || this.leadsBack || page.size() == size : more;
		boolean hasPrevious = backward ? more : cursorGiven;
		JsonBody pagination = new JsonBody();
		if (hasNext && !page.isEmpty()) {
			pagination.with("next", this.cursor.apply(page.get(page.size() - 1)));
		}
		if (hasPrevious && !page.isEmpty()) {
			pagination.with("previous", this.cursor.apply(page.get(0)));
		}
		List<Object> data = new ArrayList<>(page.stream().map(this.json).toList());
		if (backward && this.nearestFirst) {
			Collections.reverse(data);
		}
		return JsonBody.of("data", data).with("pagination", pagination);
	}

}

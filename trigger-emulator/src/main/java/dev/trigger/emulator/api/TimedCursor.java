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

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.function.Function;
import java.util.function.ToIntFunction;

import dev.trigger.emulator.http.Json;
import dev.trigger.emulator.http.JsonBody;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/**
 * The cursors of what is listed by its time: the time and the identifier of an item, or
 * an identifier alone, as older servers had it.
 *
 * @param <T> the type of the items
 * @param createdAt returns when an item was created
 * @param id returns the identifier of an item, without a prefix
 */
record TimedCursor<T>(Function<T, Instant> createdAt, Function<T, String> id) {

	/**
	 * Return the cursor of an item.
	 * @param item the item
	 * @return the cursor
	 */
	String of(T item) {
		JsonBody place = JsonBody.of("c", this.createdAt.apply(item).toEpochMilli()).with("r", this.id.apply(item));
		return Base64.getUrlEncoder()
			.withoutPadding()
			.encodeToString(Json.string(place).getBytes(StandardCharsets.UTF_8));
	}

	/**
	 * Compare items with the place of a cursor. What is not such a cursor is taken for an
	 * identifier.
	 * @param cursor the cursor, {@code null} for the place of none
	 * @return the comparison
	 */
	ToIntFunction<T> comparison(@Nullable String cursor) {
		String given = (cursor != null) ? cursor : "";
		JsonNode place = OrderedPages.place(given.replace('+', '-').replace('/', '_'), Base64.getUrlDecoder());
		JsonNode id = (place != null) ? place.path("r") : MissingNode.getInstance();
		if (place == null || !place.path("c").isIntegralNumber() || !place.path("c").canConvertToLong()
				|| !id.isString() || id.asString().isEmpty()) {
			return (item) -> this.id.apply(item).compareTo(given);
		}
		long created = place.path("c").longValue();
		return (item) -> {
			int order = Long.compare(this.createdAt.apply(item).toEpochMilli(), created);
			return (order != 0) ? order : this.id.apply(item).compareTo(id.asString());
		};
	}

}

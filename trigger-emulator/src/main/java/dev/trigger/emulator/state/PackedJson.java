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

package dev.trigger.emulator.state;

import dev.trigger.emulator.http.Json;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * JSON that is kept for long: as bytes, which take a tenth of the memory of a tree, and
 * are read whenever it is asked for. What is returned belongs to the caller.
 *
 * @since 1.0.0
 */
public final class PackedJson {

	private static final byte[] EMPTY = Json.utf8("{}");

	private final byte[] json;

	private PackedJson(byte[] json) {
		this.json = json;
	}

	/**
	 * Return the bytes that take the place of a tree.
	 * @param json the JSON
	 * @return its text as UTF-8, not to be changed
	 */
	static byte[] pack(JsonNode json) {
		return (json.isObject() && json.isEmpty()) ? EMPTY : Json.bytes(json);
	}

	/**
	 * Return a tree again.
	 * @param json the bytes
	 * @return a tree of its own
	 */
	static JsonNode unpack(byte[] json) {
		return (json == EMPTY) ? Json.object() : Json.mapper().readTree(json);
	}

	static @Nullable PackedJson of(byte @Nullable [] json) {
		return (json != null) ? new PackedJson(json) : null;
	}

	/**
	 * Read packed JSON.
	 * @param packed the JSON, may be {@code null}
	 * @return a tree of its own, {@code null} for {@code null}
	 */
	public static @Nullable JsonNode read(@Nullable PackedJson packed) {
		return (packed != null) ? unpack(packed.json) : null;
	}

}

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

package dev.trigger.emulator.http;

import java.util.LinkedHashMap;

import org.jspecify.annotations.Nullable;

/**
 * A JSON object under construction, in the order of the calls.
 *
 * @since 1.0.0
 */
public final class JsonBody extends LinkedHashMap<String, @Nullable Object> {

	/**
	 * Start an object with one member.
	 * @param name the member's name
	 * @param value its value; {@code null} becomes a JSON null
	 * @return a new object
	 */
	public static JsonBody of(String name, @Nullable Object value) {
		return new JsonBody().with(name, value);
	}

	/**
	 * Add a member, also when it is {@code null}.
	 * @param name the member's name
	 * @param value its value; {@code null} becomes a JSON null
	 * @return this object
	 */
	public JsonBody with(String name, @Nullable Object value) {
		put(name, value);
		return this;
	}

	/**
	 * Add a member unless it is {@code null}.
	 * @param name the member's name
	 * @param value its value, or {@code null} to leave the member out
	 * @return this object
	 */
	public JsonBody maybe(String name, @Nullable Object value) {
		if (value != null) {
			put(name, value);
		}
		return this;
	}

}

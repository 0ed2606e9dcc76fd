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

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What came of the check of a value against its schema.
 */
enum SchemaOutcome {

	/**
	 * Nothing is wrong.
	 */
	VALID,

	/**
	 * The type is right, but not the content.
	 */
	DIRTY,

	/**
	 * The type is wrong.
	 */
	ABORTED;

	/**
	 * Return the outcome of two checks.
	 * @param other the outcome of the other one
	 * @return the worse one
	 */
	SchemaOutcome and(SchemaOutcome other) {
		return (compareTo(other) >= 0) ? this : other;
	}

	/**
	 * Note that a value has another type than expected.
	 * @param expected the name of the expected type
	 * @param value the value, {@code null} if it is missing
	 * @param issues where to note it
	 * @param path where the value is
	 * @return the outcome of that
	 */
	static SchemaOutcome wrongType(String expected, @Nullable JsonNode value, Issues issues, Object... path) {
		issues.wrongType(expected, value, path);
		return ABORTED;
	}

	/**
	 * Note that a text or list is too short or too long.
	 */
	static SchemaOutcome size(String code, String name, long bound, String type, String message, Issues issues,
			Object... path) {
		issues.size(code, name, bound, type, true, message, path);
		return DIRTY;
	}

}

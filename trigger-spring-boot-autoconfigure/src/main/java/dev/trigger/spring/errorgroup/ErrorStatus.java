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

package dev.trigger.spring.errorgroup;

import java.io.Serializable;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * Whether an error is resolved or ignored; open to values that do not exist yet.
 *
 * @param value the value that the API uses
 * @since 1.0.0
 */
public record ErrorStatus(@JsonValue String value) implements Serializable {

	/**
	 * Neither resolved nor ignored.
	 */
	public static final ErrorStatus UNRESOLVED = new ErrorStatus("unresolved");

	/**
	 * Resolved.
	 */
	public static final ErrorStatus RESOLVED = new ErrorStatus("resolved");

	/**
	 * Ignored.
	 */
	public static final ErrorStatus IGNORED = new ErrorStatus("ignored");

	/**
	 * Create a status.
	 * @param value the value that the API uses
	 */
	@JsonCreator(mode = JsonCreator.Mode.DELEGATING)
	public ErrorStatus {
	}

	@Override
	public String toString() {
		return this.value;
	}

}

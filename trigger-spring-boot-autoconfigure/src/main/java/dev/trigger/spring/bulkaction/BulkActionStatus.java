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

package dev.trigger.spring.bulkaction;

import java.io.Serializable;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * The state of a bulk action; open to values that do not exist yet.
 *
 * @param value the value that the API uses
 * @since 1.0.0
 */
public record BulkActionStatus(@JsonValue String value) implements Serializable {

	/**
	 * In progress.
	 */
	public static final BulkActionStatus PENDING = new BulkActionStatus("PENDING");

	/**
	 * Done.
	 */
	public static final BulkActionStatus COMPLETED = new BulkActionStatus("COMPLETED");

	/**
	 * Stopped before it was done.
	 */
	public static final BulkActionStatus ABORTED = new BulkActionStatus("ABORTED");

	/**
	 * Create a status.
	 * @param value the value that the API uses
	 */
	@JsonCreator(mode = JsonCreator.Mode.DELEGATING)
	public BulkActionStatus {
	}

	@Override
	public String toString() {
		return this.value;
	}

}

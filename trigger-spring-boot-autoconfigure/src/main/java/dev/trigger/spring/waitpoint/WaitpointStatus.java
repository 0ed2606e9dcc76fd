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

package dev.trigger.spring.waitpoint;

import java.io.Serializable;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * The state of a waitpoint token; open to values that do not exist yet.
 *
 * @param value the value that the API uses
 * @since 1.0.0
 */
public record WaitpointStatus(@JsonValue String value) implements Serializable {

	/**
	 * Waiting to be completed.
	 */
	public static final WaitpointStatus WAITING = new WaitpointStatus("WAITING");

	/**
	 * Completed.
	 */
	public static final WaitpointStatus COMPLETED = new WaitpointStatus("COMPLETED");

	/**
	 * Not completed in time.
	 */
	public static final WaitpointStatus TIMED_OUT = new WaitpointStatus("TIMED_OUT");

	/**
	 * Create a status.
	 * @param value the value that the API uses
	 */
	@JsonCreator(mode = JsonCreator.Mode.DELEGATING)
	public WaitpointStatus {
	}

	@Override
	public String toString() {
		return this.value;
	}

}

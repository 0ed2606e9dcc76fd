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

package dev.trigger.spring.payload;

import java.util.List;

/**
 * Thrown for a payload that the schema of its task does not allow. It was not sent.
 *
 * @since 1.0.0
 */
public class InvalidPayloadException extends IllegalArgumentException {

	private static final long serialVersionUID = 1L;

	private final String task;

	private final List<String> errors;

	/**
	 * Create an exception.
	 * @param task the identifier of the task
	 * @param errors what is wrong, each with its path in the payload
	 */
	public InvalidPayloadException(String task, List<String> errors) {
		super("The payload for the task '" + task + "' is not what its schema allows: " + String.join("; ", errors));
		this.task = task;
		this.errors = List.copyOf(errors);
	}

	/**
	 * Return the task.
	 * @return its identifier
	 */
	public String getTask() {
		return this.task;
	}

	/**
	 * Return what is wrong.
	 * @return all errors, each with its path in the payload, such as
	 * {@code /lines/0/sku: integer found, string expected}
	 */
	public List<String> getErrors() {
		return this.errors;
	}

}

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

package dev.trigger.spring.task;

/**
 * A trigger that is written now, and sent later, perhaps by another process.
 *
 * @since 1.0.0
 * @hidden shared by the packages of the client, not an API for applications
 */
public final class EncodedTrigger {

	private final String task;

	private final byte[] payload;

	private final String payloadType;

	private final byte[] options;

	/**
	 * Create a trigger from what was stored. The arrays are not copied.
	 * @param task the identifier of the task
	 * @param payload the payload as a JSON value in UTF-8, whatever its size
	 * @param payloadType the media type of the payload: {@code application/json}, or
	 * {@code text/plain} for a JSON string
	 * @param options the options as a JSON object in UTF-8
	 */
	public EncodedTrigger(String task, byte[] payload, String payloadType, byte[] options) {
		this.task = task;
		this.payload = payload;
		this.payloadType = payloadType;
		this.options = options;
	}

	/**
	 * Return the identifier of the task.
	 * @return the identifier
	 */
	public String task() {
		return this.task;
	}

	/**
	 * Return the payload.
	 * @return a JSON value in UTF-8
	 */
	public byte[] payload() {
		return this.payload;
	}

	/**
	 * Return the media type of the payload.
	 * @return the type
	 */
	public String payloadType() {
		return this.payloadType;
	}

	/**
	 * Return the options.
	 * @return a JSON object in UTF-8
	 */
	public byte[] options() {
		return this.options;
	}

	@Override
	public String toString() {
		return "EncodedTrigger[task=" + this.task + "]";
	}

}

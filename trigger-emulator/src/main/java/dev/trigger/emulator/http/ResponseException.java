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

import java.nio.charset.StandardCharsets;

import tools.jackson.databind.JsonNode;

/**
 * Ends the handling of a request early with a response.
 *
 * @since 1.0.0
 */
public final class ResponseException extends RuntimeException {

	private final transient EmulatorResponse response;

	/**
	 * Create an exception.
	 * @param response the response
	 */
	public ResponseException(EmulatorResponse response) {
		super("HTTP " + response.status(), null, false, false);
		this.response = response;
	}

	/**
	 * Create an exception with the server's plain form of an error.
	 * @param status the HTTP status
	 * @param message the text under {@code error}
	 */
	public ResponseException(int status, String message) {
		this(EmulatorResponse.error(status, message));
	}

	public EmulatorResponse response() {
		return this.response;
	}

	/**
	 * Return what the response reports as the error.
	 * @return the text under {@code error} in its body, or its status if there is none
	 */
	public String error() {
		JsonNode body = Json.parse(new String(this.response.body(), StandardCharsets.UTF_8));
		String error = (body != null) ? Json.text(body, "error") : null;
		return (error != null) ? error : String.valueOf(getMessage());
	}

}

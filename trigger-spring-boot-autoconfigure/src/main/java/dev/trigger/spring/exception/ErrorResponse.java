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

package dev.trigger.spring.exception;

import java.io.Serializable;
import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;

/**
 * A response with which a server refused a call.
 *
 * @param status the HTTP status
 * @param message the message of the server
 * @param code the code of the error
 * @param type the type of the error
 * @param param the parameter that the error is about
 * @param headers the headers of the response, secrets masked
 * @param body the body of the response, secrets masked
 * @param explanation what the exception reports instead of the message of the server,
 * {@code null} for that message
 * @since 1.0.0
 */
public record ErrorResponse(int status, String message, @Nullable String code, @Nullable String type,
		@Nullable String param, HttpHeaders headers, String body,
		@Nullable String explanation) implements Serializable {

	/**
	 * Create a response.
	 */
	public ErrorResponse {
		// the headers of a connection are a view of its buffers, which can't be
		// serialized
		HttpHeaders copy = new HttpHeaders();
		headers.forEach((name, values) -> copy.put(name, List.copyOf(values)));
		headers = HttpHeaders.readOnlyHttpHeaders(copy);
	}

	/**
	 * Create a response that needs no explanation.
	 * @param status the HTTP status
	 * @param message the message of the server
	 * @param code the code of the error
	 * @param type the type of the error
	 * @param param the parameter that the error is about
	 * @param headers the headers of the response, secrets masked
	 * @param body the body of the response, secrets masked
	 */
	public ErrorResponse(int status, String message, @Nullable String code, @Nullable String type,
			@Nullable String param, HttpHeaders headers, String body) {
		this(status, message, code, type, param, headers, body, null);
	}

	/**
	 * Return this response with an explanation.
	 * @param explanation what the exception reports instead of the message of the server,
	 * {@code null} for that message
	 * @return the response
	 */
	public ErrorResponse explainedBy(@Nullable String explanation) {
		return new ErrorResponse(this.status, this.message, this.code, this.type, this.param, this.headers, this.body,
				explanation);
	}

}

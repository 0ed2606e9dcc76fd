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

import dev.trigger.spring.endpoint.TriggerEndpoint;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;

/**
 * Thrown when the server returns a status other than 2xx.
 * <p>
 * The server does not always report what was wrong: for a credential of the wrong kind,
 * for example, it returns 401 with the message for an invalid one.
 *
 * @since 1.0.0
 */
public class TriggerApiException extends TriggerException {

	private static final long serialVersionUID = 1L;

	private final ErrorResponse response;

	private final @Nullable TriggerEndpoint endpoint;

	/**
	 * Create a new exception.
	 * @param endpoint the endpoint, {@code null} for a transfer to or from a presigned
	 * URL
	 * @param response the response of the server
	 */
	public TriggerApiException(@Nullable TriggerEndpoint endpoint, ErrorResponse response) {
		super(describe(endpoint, response), null);
		this.endpoint = endpoint;
		this.response = response;
	}

	private static String describe(@Nullable TriggerEndpoint endpoint, ErrorResponse response) {
		String source = (endpoint != null) ? endpoint.toString() : "The object store";
		String explanation = response.explanation();
		return source + " returned " + response.status() + ": "
				+ ((explanation != null) ? explanation : response.message());
	}

	/**
	 * Create the exception for a status.
	 * @param endpoint the endpoint, {@code null} for a transfer to or from a presigned
	 * URL
	 * @param response the response of the server
	 * @return the exception
	 */
	public static TriggerApiException of(@Nullable TriggerEndpoint endpoint, ErrorResponse response) {
		return switch (response.status()) {
			case 400 -> new BadRequestException(endpoint, response);
			case 401 -> new AuthenticationException(endpoint, response);
			case 403 -> new PermissionDeniedException(endpoint, response);
			case 404 -> new NotFoundException(endpoint, response);
			case 409 -> new ConflictException(endpoint, response);
			case 422 -> new UnprocessableEntityException(endpoint, response);
			case 429 -> new RateLimitException(endpoint, response);
			default -> (response.status() >= 500) ? new ServerException(endpoint, response)
					: new TriggerApiException(endpoint, response);
		};
	}

	/**
	 * Return the HTTP status.
	 * @return the status
	 */
	public int getStatus() {
		return this.response.status();
	}

	/**
	 * Return the message of the server, without the description of the call that
	 * {@link #getMessage()} adds.
	 * @return the server's message
	 */
	public String getServerMessage() {
		return this.response.message();
	}

	/**
	 * Return the code of the error.
	 * @return the code, {@code null} if the server named none
	 */
	public @Nullable String getCode() {
		return this.response.code();
	}

	/**
	 * Return the type of the error: a word, or a URL if the response was a problem
	 * detail.
	 * @return the type, {@code null} if the server named none
	 */
	public @Nullable String getType() {
		return this.response.type();
	}

	/**
	 * Return the parameter that the error is about.
	 * @return the parameter, {@code null} if the server named none
	 */
	public @Nullable String getParam() {
		return this.response.param();
	}

	/**
	 * Return the headers of the response, with secrets masked.
	 * @return the headers, read-only
	 */
	public HttpHeaders getHeaders() {
		return this.response.headers();
	}

	/**
	 * Return the body of the response, at most its first 64 KiB, with secrets masked.
	 * @return the body, empty if there was none
	 */
	public String getResponseBody() {
		return this.response.body();
	}

	/**
	 * Return the endpoint that was called.
	 * @return the endpoint, {@code null} for a transfer to or from a presigned URL
	 */
	public @Nullable TriggerEndpoint getEndpoint() {
		return this.endpoint;
	}

}

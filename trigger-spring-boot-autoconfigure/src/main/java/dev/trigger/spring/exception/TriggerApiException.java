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
 * Thrown when the server answered with a status other than 2xx.
 * <p>
 * The server doesn't always say what was wrong: a credential of the wrong kind, for
 * example, gets 401 with the text of an invalid one.
 *
 * @since 1.0.0
 */
public class TriggerApiException extends TriggerException {

	private static final long serialVersionUID = 1L;

	private final ErrorResponse answer;

	private final @Nullable TriggerEndpoint endpoint;

	/**
	 * Create a new exception.
	 * @param endpoint the endpoint, {@code null} for a transfer to or from a presigned
	 * URL
	 * @param answer what the server answered
	 */
	public TriggerApiException(@Nullable TriggerEndpoint endpoint, ErrorResponse answer) {
		super(describe(endpoint, answer), null);
		this.endpoint = endpoint;
		this.answer = answer;
	}

	private static String describe(@Nullable TriggerEndpoint endpoint, ErrorResponse answer) {
		String source = (endpoint != null) ? endpoint.toString() : "The object store";
		String explanation = answer.explanation();
		return source + " returned " + answer.status() + ": "
				+ ((explanation != null) ? explanation : answer.message());
	}

	/**
	 * Create the exception for a status.
	 * @param endpoint the endpoint, {@code null} for a transfer to or from a presigned
	 * URL
	 * @param answer what the server answered
	 * @return the exception
	 */
	public static TriggerApiException of(@Nullable TriggerEndpoint endpoint, ErrorResponse answer) {
		return switch (answer.status()) {
			case 400 -> new BadRequestException(endpoint, answer);
			case 401 -> new AuthenticationException(endpoint, answer);
			case 403 -> new PermissionDeniedException(endpoint, answer);
			case 404 -> new NotFoundException(endpoint, answer);
			case 409 -> new ConflictException(endpoint, answer);
			case 422 -> new UnprocessableEntityException(endpoint, answer);
			case 429 -> new RateLimitException(endpoint, answer);
			default -> (answer.status() >= 500) ? new ServerException(endpoint, answer)
					: new TriggerApiException(endpoint, answer);
		};
	}

	/**
	 * Return the HTTP status.
	 * @return the status
	 */
	public int getStatus() {
		return this.answer.status();
	}

	/**
	 * Return what the server said, without the description of the call that
	 * {@link #getMessage()} adds.
	 * @return the server's message
	 */
	public String getServerMessage() {
		return this.answer.message();
	}

	/**
	 * Return the code of the error.
	 * @return the code, {@code null} if the server named none
	 */
	public @Nullable String getCode() {
		return this.answer.code();
	}

	/**
	 * Return the type of the error: a word, or a URL if the answer was a problem detail.
	 * @return the type, {@code null} if the server named none
	 */
	public @Nullable String getType() {
		return this.answer.type();
	}

	/**
	 * Return the parameter that the error is about.
	 * @return the parameter, {@code null} if the server named none
	 */
	public @Nullable String getParam() {
		return this.answer.param();
	}

	/**
	 * Return the headers of the answer.
	 * @return the headers, read-only
	 */
	public HttpHeaders getHeaders() {
		return this.answer.headers();
	}

	/**
	 * Return the body of the answer, at most its first 64 KiB, credentials masked.
	 * @return the body, empty if there was none
	 */
	public String getResponseBody() {
		return this.answer.body();
	}

	/**
	 * Return the endpoint that answered.
	 * @return the endpoint, {@code null} for a transfer to or from a presigned URL
	 */
	public @Nullable TriggerEndpoint getEndpoint() {
		return this.endpoint;
	}

}

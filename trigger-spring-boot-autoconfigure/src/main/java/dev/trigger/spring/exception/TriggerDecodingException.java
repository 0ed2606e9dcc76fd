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

/**
 * Thrown when the server returned a success whose body is not what was expected. Such a
 * call is never repeated: the server has acted on it.
 *
 * @since 1.0.0
 */
public class TriggerDecodingException extends TriggerException {

	private static final long serialVersionUID = 1L;

	private final @Nullable TriggerEndpoint endpoint;

	/**
	 * Create a new exception.
	 * @param endpoint the endpoint, {@code null} if it is not known, as for a download
	 * from a presigned URL
	 * @param message what is wrong with the response
	 * @param cause the cause
	 */
	public TriggerDecodingException(@Nullable TriggerEndpoint endpoint, String message, @Nullable Throwable cause) {
		super(message, cause);
		this.endpoint = endpoint;
	}

	/**
	 * Create the exception for a successful response that lacks what the call is for.
	 * @param endpoint the endpoint
	 * @param part what is missing, such as {@code the id of the run}
	 * @return the exception
	 */
	public static TriggerDecodingException missing(TriggerEndpoint endpoint, String part) {
		return new TriggerDecodingException(endpoint, endpoint + " returned a response without " + part, null);
	}

	/**
	 * Return the endpoint that was called.
	 * @return the endpoint, {@code null} if it is not known, as for a download from a
	 * presigned URL
	 */
	public @Nullable TriggerEndpoint getEndpoint() {
		return this.endpoint;
	}

}

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
 * Thrown when no complete response arrived: the connection could not be established, was
 * lost, or the response took too long.
 *
 * @since 1.0.0
 */
public class TriggerConnectionException extends TriggerException {

	private static final long serialVersionUID = 1L;

	private final @Nullable TriggerEndpoint endpoint;

	private final boolean requestUnsent;

	/**
	 * Create a new exception.
	 * @param endpoint the endpoint, {@code null} for a transfer to or from a presigned
	 * URL
	 * @param message what happened
	 * @param requestUnsent whether the request certainly did not reach the server
	 * @param cause the cause
	 */
	public TriggerConnectionException(@Nullable TriggerEndpoint endpoint, String message, boolean requestUnsent,
			@Nullable Throwable cause) {
		super(message, cause);
		this.endpoint = endpoint;
		this.requestUnsent = requestUnsent;
	}

	/**
	 * Return the endpoint that was called.
	 * @return the endpoint, {@code null} for a transfer to or from a presigned URL
	 */
	public @Nullable TriggerEndpoint getEndpoint() {
		return this.endpoint;
	}

	/**
	 * Return whether the request certainly did not reach the server. If {@code false},
	 * the server may have acted on it.
	 * @return {@code true} if there was no connection to send it on, or the server
	 * refused to look at it
	 */
	public boolean isRequestUnsent() {
		return this.requestUnsent;
	}

}

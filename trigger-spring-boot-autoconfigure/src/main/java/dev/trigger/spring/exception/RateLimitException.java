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

import java.time.DateTimeException;
import java.time.Instant;

import dev.trigger.spring.endpoint.TriggerEndpoint;
import org.jspecify.annotations.Nullable;

/**
 * Thrown when the rate limit of the credential is used up (429).
 *
 * @since 1.0.0
 */
public class RateLimitException extends TriggerApiException {

	private static final long serialVersionUID = 1L;

	private final @Nullable Instant resetAt;

	/**
	 * Create a new exception.
	 * @param endpoint the endpoint
	 * @param response the response of the server
	 */
	public RateLimitException(@Nullable TriggerEndpoint endpoint, ErrorResponse response) {
		super(endpoint, response);
		this.resetAt = parse(response.headers().getFirst("x-ratelimit-reset"));
	}

	private static @Nullable Instant parse(@Nullable String epochMillis) {
		try {
			return (epochMillis != null) ? Instant.ofEpochMilli(Long.parseLong(epochMillis)) : null;
		}
		catch (NumberFormatException | DateTimeException ex) {
			return null;
		}
	}

	/**
	 * Return when the limit is lifted, on the server's clock.
	 * @return the time, {@code null} if the server did not report it
	 */
	public @Nullable Instant getResetAt() {
		return this.resetAt;
	}

}

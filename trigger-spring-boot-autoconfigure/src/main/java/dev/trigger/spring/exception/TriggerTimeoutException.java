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

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * Thrown when a call with all its attempts, or the wait for a run, takes longer than
 * allowed. What was asked for may still happen on the server.
 *
 * @since 1.0.0
 */
public class TriggerTimeoutException extends TriggerException {

	private static final long serialVersionUID = 1L;

	private final Duration timeout;

	/**
	 * Create a new exception.
	 * @param message what took too long, and which setting allows more
	 * @param timeout the time that was allowed
	 * @param cause the failure of the last attempt, if there was one
	 */
	public TriggerTimeoutException(String message, Duration timeout, @Nullable Throwable cause) {
		super(message, cause);
		this.timeout = timeout;
	}

	/**
	 * Return the time that was allowed.
	 * @return the timeout
	 */
	public Duration getTimeout() {
		return this.timeout;
	}

}

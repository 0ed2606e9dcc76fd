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

package dev.trigger.spring.token;

import dev.trigger.spring.exception.TriggerException;
import org.jspecify.annotations.Nullable;

/**
 * Thrown when a public access token can't be created: the credential is an additional
 * key, which can't sign, and the server does not sign for it.
 *
 * @since 1.0.0
 */
public class PublicTokenException extends TriggerException {

	private static final long serialVersionUID = 1L;

	/**
	 * Create a new exception.
	 * @param message what is in the way, and what to do
	 * @param cause the cause, if any
	 */
	public PublicTokenException(String message, @Nullable Throwable cause) {
		super(message, cause);
	}

}

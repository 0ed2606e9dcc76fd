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

import dev.trigger.spring.auth.AuthMode;
import dev.trigger.spring.auth.CredentialRedactor;
import dev.trigger.spring.endpoint.TriggerEndpoint;

/**
 * Thrown when the provider of credentials supplies none: before any request, or after the
 * server rejected an earlier one with 401. A failure of the provider is the cause, and is
 * retried if it is one of a connection.
 *
 * @since 1.0.0
 */
public class CredentialUnavailableException extends TriggerException {

	private static final long serialVersionUID = 1L;

	private final TriggerEndpoint endpoint;

	/**
	 * Create a new exception.
	 * @param endpoint the endpoint that was to be called
	 * @param mode the kind of credential that the provider is for
	 */
	public CredentialUnavailableException(TriggerEndpoint endpoint, AuthMode mode) {
		super("%s was not called: the TriggerCredentialProvider supplied no %s. Its Mono has to emit a credential or fail"
			.formatted(endpoint, mode.description()), null);
		this.endpoint = endpoint;
	}

	/**
	 * Create a new exception.
	 * @param endpoint the endpoint that was to be called
	 * @param mode the kind of credential that the provider is for
	 * @param cause what the provider failed with
	 */
	public CredentialUnavailableException(TriggerEndpoint endpoint, AuthMode mode, Throwable cause) {
		super("%s: the TriggerCredentialProvider failed to supply a %s: %s".formatted(endpoint, mode.description(),
				CredentialRedactor.redact(String.valueOf(cause))), cause);
		this.endpoint = endpoint;
	}

	/**
	 * Return the endpoint that was to be called.
	 * @return the endpoint
	 */
	public TriggerEndpoint getEndpoint() {
		return this.endpoint;
	}

}

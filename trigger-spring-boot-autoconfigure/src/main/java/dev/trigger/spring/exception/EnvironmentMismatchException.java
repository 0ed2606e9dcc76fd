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

import dev.trigger.spring.auth.TriggerEnvironment;
import dev.trigger.spring.endpoint.TriggerEndpoint;

/**
 * Thrown before any request when a secret key of one environment is used for another. The
 * server would ignore the environment that was named and act on the key's own.
 *
 * @since 1.0.0
 */
public class EnvironmentMismatchException extends TriggerException {

	private static final long serialVersionUID = 1L;

	private final TriggerEndpoint endpoint;

	private final TriggerEnvironment requested;

	private final TriggerEnvironment actual;

	/**
	 * Create a new exception.
	 * @param endpoint the endpoint
	 * @param requested the environment that was named
	 * @param actual the environment of the secret key
	 */
	public EnvironmentMismatchException(TriggerEndpoint endpoint, TriggerEnvironment requested,
			TriggerEnvironment actual) {
		super(("%s was called for the environment '%s', but the secret key belongs to '%s', and the server would act on "
				+ "that one: use a key of '%s', or set 'trigger.access-token' to a personal access token")
			.formatted(endpoint, requested, actual, requested), null);
		this.endpoint = endpoint;
		this.requested = requested;
		this.actual = actual;
	}

	/**
	 * Return the endpoint that was to be called.
	 * @return the endpoint
	 */
	public TriggerEndpoint getEndpoint() {
		return this.endpoint;
	}

	/**
	 * Return the environment that was named in the call.
	 * @return the requested environment
	 */
	public TriggerEnvironment getRequestedEnvironment() {
		return this.requested;
	}

	/**
	 * Return the environment of the secret key.
	 * @return the actual environment
	 */
	public TriggerEnvironment getActualEnvironment() {
		return this.actual;
	}

}

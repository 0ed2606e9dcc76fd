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

import java.util.Set;
import java.util.stream.Collectors;

import dev.trigger.spring.auth.AuthMode;
import dev.trigger.spring.endpoint.TriggerEndpoint;

/**
 * Thrown before any request when none of the client's credentials is of a kind that the
 * endpoint accepts. The server would return 401 without the reason.
 *
 * @since 1.0.0
 */
public class UnsupportedAuthModeException extends TriggerException {

	private static final long serialVersionUID = 1L;

	private final TriggerEndpoint endpoint;

	private final Set<AuthMode> modes;

	/**
	 * Create a new exception.
	 * @param endpoint the endpoint
	 * @param modes the modes of the client's credentials
	 */
	public UnsupportedAuthModeException(TriggerEndpoint endpoint, Set<AuthMode> modes) {
		super(describe(endpoint, modes), null);
		this.endpoint = endpoint;
		this.modes = Set.copyOf(modes);
	}

	private static String describe(TriggerEndpoint endpoint, Set<AuthMode> modes) {
		String given = modes.isEmpty() ? "no credential" : join(modes);
		String properties = endpoint.authModes()
			.stream()
			.map((mode) -> "'" + mode.property() + "'")
			.distinct()
			.collect(Collectors.joining(" or "));
		return "%s accepts %s, but the client has %s: set %s".formatted(endpoint, join(endpoint.authModes()), given,
				properties);
	}

	private static String join(Set<AuthMode> modes) {
		return modes.stream().map((mode) -> "a " + mode.description()).collect(Collectors.joining(" or "));
	}

	/**
	 * Return the endpoint that was to be called.
	 * @return the endpoint
	 */
	public TriggerEndpoint getEndpoint() {
		return this.endpoint;
	}

	/**
	 * Return the modes of the client's credentials.
	 * @return the modes given
	 */
	public Set<AuthMode> getModes() {
		return this.modes;
	}

	/**
	 * Return the modes that the endpoint accepts.
	 * @return the modes accepted
	 */
	public Set<AuthMode> getAcceptedModes() {
		return this.endpoint.authModes();
	}

}

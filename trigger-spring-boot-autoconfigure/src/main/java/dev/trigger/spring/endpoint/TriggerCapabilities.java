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

package dev.trigger.spring.endpoint;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

import dev.trigger.spring.auth.AuthMode;
import org.jspecify.annotations.Nullable;

/**
 * The endpoints that the credentials of a client can call, determined without a request.
 *
 * @since 1.0.0
 */
public final class TriggerCapabilities {

	private final Set<AuthMode> modes;

	private final Set<TriggerEndpoint> supported;

	private TriggerCapabilities(Set<AuthMode> modes) {
		this.modes = modes;
		Set<Access> usable = EnumSet.noneOf(Access.class);
		for (Access access : Access.values()) {
			if (select(access.modes(), false) != null) {
				usable.add(access);
			}
		}
		EnumSet<TriggerEndpoint> endpoints = EnumSet.noneOf(TriggerEndpoint.class);
		for (TriggerEndpoint endpoint : TriggerEndpoint.values()) {
			if (usable.contains(endpoint.access())) {
				endpoints.add(endpoint);
			}
		}
		this.supported = Collections.unmodifiableSet(endpoints);
	}

	/**
	 * Return the capabilities of credentials of the given modes.
	 * @param modes the modes of the credentials at hand
	 * @return the capabilities
	 */
	public static TriggerCapabilities of(Set<AuthMode> modes) {
		EnumSet<AuthMode> copy = EnumSet.noneOf(AuthMode.class);
		copy.addAll(modes);
		return new TriggerCapabilities(Collections.unmodifiableSet(copy));
	}

	/**
	 * Return the modes of the credentials at hand.
	 * @return the modes
	 */
	public Set<AuthMode> modes() {
		return this.modes;
	}

	/**
	 * Return whether an endpoint can be called.
	 * @param endpoint the endpoint
	 * @return {@code true} if one of the credentials is of a mode that it accepts
	 */
	public boolean supports(TriggerEndpoint endpoint) {
		return this.supported.contains(endpoint);
	}

	/**
	 * Return all endpoints that can be called.
	 * @return the endpoints, in the order of the catalog
	 */
	public Set<TriggerEndpoint> supported() {
		return this.supported;
	}

	/**
	 * Return the mode of the credential with which an endpoint is called.
	 * @param endpoint the endpoint
	 * @param projectScoped whether the call names a project and environment itself. A
	 * secret key would ignore both, so a personal access token is preferred
	 * @return the mode, {@code null} if no credential at hand is accepted
	 */
	public @Nullable AuthMode select(TriggerEndpoint endpoint, boolean projectScoped) {
		return select(endpoint.authModes(), projectScoped);
	}

	private @Nullable AuthMode select(Set<AuthMode> accepted, boolean projectScoped) {
		if (accepted.contains(AuthMode.NONE)) {
			return AuthMode.NONE;
		}
		if (projectScoped && isUsable(AuthMode.PERSONAL_ACCESS_TOKEN, accepted)) {
			return AuthMode.PERSONAL_ACCESS_TOKEN;
		}
		for (AuthMode mode : AuthMode.values()) {
			if (isUsable(mode, accepted)) {
				return mode;
			}
		}
		return null;
	}

	private boolean isUsable(AuthMode mode, Set<AuthMode> accepted) {
		return accepted.contains(mode) && this.modes.contains(mode);
	}

	@Override
	public String toString() {
		return this.supported.size() + " of " + TriggerEndpoint.values().length + " endpoints";
	}

}

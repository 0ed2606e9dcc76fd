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

package dev.trigger.spring.auth;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * The credentials of one client: at most one of each {@link AuthMode}.
 *
 * @since 1.0.0
 */
public final class TriggerCredentials {

	private static final TriggerCredentials NONE = new TriggerCredentials(new EnumMap<>(AuthMode.class));

	private final Map<AuthMode, TriggerCredentialProvider> providers;

	private TriggerCredentials(Map<AuthMode, TriggerCredentialProvider> providers) {
		this.providers = Collections.unmodifiableMap(providers);
	}

	/**
	 * Return empty credentials: only endpoints that need none can be called.
	 * @return the empty credentials
	 */
	public static TriggerCredentials none() {
		return NONE;
	}

	/**
	 * Return the given credentials.
	 * @param credentials the credentials, at most one of each mode
	 * @return the credentials of a client
	 * @throws IllegalArgumentException if two credentials have the same mode, or one is
	 * {@code null}
	 */
	public static TriggerCredentials of(TriggerCredential... credentials) {
		TriggerCredentials result = NONE;
		for (TriggerCredential credential : credentials) {
			Assert.notNull(credential, "'credential' must not be null");
			if (result.providers.containsKey(credential.mode())) {
				throw new IllegalArgumentException(
						"Two credentials are of the same kind, " + credential.mode().description());
			}
			result = result.with(credential.mode(), TriggerCredentialProvider.of(credential));
		}
		return result;
	}

	/**
	 * Return these credentials with another provider for one mode.
	 * @param mode the mode of the credentials that the provider supplies
	 * @param provider the provider
	 * @return the new credentials
	 */
	public TriggerCredentials with(AuthMode mode, TriggerCredentialProvider provider) {
		Assert.isTrue(mode != null && mode != AuthMode.NONE, "'mode' must be the mode of a credential");
		Assert.notNull(provider, "'provider' must not be null");
		Map<AuthMode, TriggerCredentialProvider> copy = new EnumMap<>(AuthMode.class);
		copy.putAll(this.providers);
		copy.put(mode, provider);
		return new TriggerCredentials(copy);
	}

	/**
	 * Return the modes for which there is a credential.
	 * @return the modes, without {@link AuthMode#NONE}
	 */
	public Set<AuthMode> modes() {
		return this.providers.keySet();
	}

	/**
	 * Return the provider of a mode.
	 * @param mode the mode
	 * @return the provider
	 * @throws IllegalArgumentException if there is none for the mode
	 */
	public TriggerCredentialProvider provider(AuthMode mode) {
		TriggerCredentialProvider provider = this.providers.get(mode);
		Assert.notNull(provider, () -> "There is no " + mode.description());
		return provider;
	}

	/**
	 * Return the credential of a mode if it is fixed.
	 * @param mode the mode
	 * @return the credential, {@code null} if there is none or if it may change
	 */
	public @Nullable TriggerCredential fixed(AuthMode mode) {
		return (this.providers.get(mode) instanceof FixedCredentialProvider fixed) ? fixed.credential() : null;
	}

	@Override
	public String toString() {
		return this.providers.keySet().toString();
	}

}

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

package dev.trigger.spring.waitpoint;

import java.util.function.Supplier;

import dev.trigger.spring.token.PublicTokenException;
import org.jspecify.annotations.Nullable;

/**
 * The handle of a waitpoint token that was created.
 *
 * @since 1.0.0
 */
public final class WaitpointHandle {

	private final String id;

	private final boolean cached;

	private final String url;

	private final Supplier<@Nullable String> publicAccessToken;

	WaitpointHandle(String id, boolean cached, String url, Supplier<@Nullable String> publicAccessToken) {
		this.id = id;
		this.cached = cached;
		this.url = url;
		this.publicAccessToken = publicAccessToken;
	}

	/**
	 * Return the id of the token.
	 * @return the id, {@code waitpoint_…}
	 */
	public String id() {
		return this.id;
	}

	/**
	 * Return whether the token already existed, found by its idempotency key.
	 * @return {@code true} if no token was created
	 */
	public boolean isCached() {
		return this.cached;
	}

	/**
	 * Return where the token can be completed without a credential. Whoever knows the
	 * address can do so.
	 * @return the URL
	 */
	public String url() {
		return this.url;
	}

	/**
	 * Return a public access token with which a browser can complete the token for a day.
	 * @return the public access token
	 * @throws PublicTokenException if the credential of the call can't create one
	 */
	public String publicAccessToken() {
		String token = this.publicAccessToken.get();
		if (token == null) {
			throw new PublicTokenException(
					"The server sent no public access token for " + this.id
							+ ", and an additional key can't sign one: use the main secret key of the environment",
					null);
		}
		return token;
	}

	@Override
	public String toString() {
		return "WaitpointHandle[id=" + this.id + "]";
	}

}

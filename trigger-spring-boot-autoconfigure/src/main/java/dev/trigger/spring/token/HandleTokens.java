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

import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

import dev.trigger.spring.http.TriggerHttp;
import dev.trigger.spring.http.TriggerResponse;
import org.jspecify.annotations.Nullable;

/**
 * Makes the public access tokens that come with the handles of runs, batches and
 * waitpoint tokens.
 *
 * @since 1.0.0
 */
public final class HandleTokens {

	private HandleTokens() {
	}

	/**
	 * Return the token for what an answer created: the server's own if it sent one, else
	 * one signed here with the secret key. Signing waits until the token is asked for,
	 * and happens once.
	 * @param http the way to the network, which tells the time
	 * @param response the answer, with its headers and credential
	 * @param scopes the scopes, such as {@code read:runs:run_1234}
	 * @param lifetime how long the token lives
	 * @return supplies the token, {@code null} if the credential can't sign
	 */
	public static Supplier<@Nullable String> of(TriggerHttp http, TriggerResponse<?> response, List<String> scopes,
			Duration lifetime) {
		throw new UnsupportedOperationException();
	}

}

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

import reactor.core.publisher.Mono;

/**
 * Strategy that supplies a credential which may change while the application runs.
 * <p>
 * It is called for every attempt of every call, so implementations should cache, and must
 * not block.
 *
 * @since 1.0.0
 */
@FunctionalInterface
public interface TriggerCredentialProvider {

	/**
	 * Return the credential to use now.
	 * @return the current credential, never empty. If it fails, so does the call, with a
	 * {@code CredentialUnavailableException}
	 */
	Mono<TriggerCredential> getCredential();

	/**
	 * Return the credential to use after the server rejected one with 401. Called at most
	 * once per call; the call fails if the credential is unchanged, or is not for the
	 * environment that the call is about.
	 * @param rejected the credential that was rejected
	 * @return the credential to try next
	 */
	default Mono<TriggerCredential> refresh(TriggerCredential rejected) {
		return getCredential();
	}

	/**
	 * Return a provider that always supplies the same credential.
	 * @param credential the credential
	 * @return the provider
	 */
	static TriggerCredentialProvider of(TriggerCredential credential) {
		return new FixedCredentialProvider(credential);
	}

}

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

package dev.trigger.spring.identity;

import dev.trigger.spring.http.TriggerHttp;
import reactor.core.publisher.Mono;

/**
 * Identifies the environment or user that the client's credential belongs to.
 *
 * @since 1.0.0
 */
public interface IdentityOperations {

	/**
	 * Return the environment of the secret key, else the user of the personal access
	 * token.
	 * <p>
	 * {@code GET /api/v1/whoami} with a secret key, {@code GET /api/v2/whoami} with a
	 * personal access token
	 * @return the identity
	 */
	Mono<Identity> whoami();

	/**
	 * Create the operations on a client. Applications get them from
	 * {@code TriggerOperations} instead.
	 * @param http the transport
	 * @return the operations
	 * @hidden shared by the packages of the client, not an API for applications
	 */
	static IdentityOperations create(TriggerHttp http) {
		return new DefaultIdentityOperations(http);
	}

}

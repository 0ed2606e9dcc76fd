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

import dev.trigger.spring.http.TriggerHttp;
import reactor.core.publisher.Mono;

/**
 * Creates public access tokens, with which browsers may do what their scopes say. Needs a
 * secret key.
 * <p>
 * A token is signed here with the main secret key of the environment, with claims that
 * the server tells ({@code POST /api/v1/auth/jwt/claims}). For an additional key
 * ({@code tr_<env>_sk_…}), which can't sign, the server signs
 * ({@code POST /api/v1/auth/public-tokens}).
 *
 * @since 1.0.0
 */
public interface PublicTokenOperations {

	/**
	 * Create a token.
	 * <p>
	 * {@code POST /api/v1/auth/jwt/claims}, or {@code POST /api/v1/auth/public-tokens}
	 * @param request what the token shall allow
	 * @return the token; fails with a {@link PublicTokenException} if the server can't
	 * sign for an additional key, and with an {@link IllegalArgumentException} if such a
	 * token has no scope
	 */
	Mono<String> createPublicToken(PublicTokenRequest request);

	/**
	 * Create a token that can trigger tasks, once unless said otherwise.
	 * <p>
	 * {@code POST /api/v1/auth/jwt/claims}, or {@code POST /api/v1/auth/public-tokens}
	 * @param request which tasks, and how often
	 * @return the token; fails with a {@link PublicTokenException} if the server can't
	 * sign for an additional key
	 */
	Mono<String> createTriggerToken(TaskTokenRequest request);

	/**
	 * Create a token that can trigger one task once, within 15 minutes.
	 * <p>
	 * {@code POST /api/v1/auth/jwt/claims}, or {@code POST /api/v1/auth/public-tokens}
	 * @param task the identifier of the task
	 * @return the token; fails with a {@link PublicTokenException} if the server can't
	 * sign for an additional key
	 */
	default Mono<String> createTriggerToken(String task) {
		return createTriggerToken(TaskTokenRequest.of(task));
	}

	/**
	 * Create a token that can trigger a batch of tasks, once unless said otherwise.
	 * <p>
	 * {@code POST /api/v1/auth/jwt/claims}, or {@code POST /api/v1/auth/public-tokens}
	 * @param request which tasks, and how often
	 * @return the token; fails with a {@link PublicTokenException} if the server can't
	 * sign for an additional key
	 */
	Mono<String> createBatchTriggerToken(TaskTokenRequest request);

	/**
	 * Create the operations on a client. Applications get them from
	 * {@code TriggerOperations} instead.
	 * @param http the way to the network
	 * @return the operations
	 */
	static PublicTokenOperations create(TriggerHttp http) {
		return new DefaultPublicTokenOperations(http);
	}

}

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

import java.util.function.Consumer;

import dev.trigger.spring.http.TriggerHttp;
import reactor.core.publisher.Mono;

/**
 * Creates public access tokens, with which browsers may do what their scopes allow. Needs
 * a secret key.
 * <p>
 * A token is signed here with the main secret key of the environment, with claims that
 * the server returns ({@code POST /api/v1/auth/jwt/claims}). For an additional key
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
	 * @param options what the token allows
	 * @return the token; fails with a {@link PublicTokenException} if the server can't
	 * sign for an additional key, and with an {@link IllegalArgumentException} if such a
	 * token has no scope
	 */
	Mono<String> createPublicToken(PublicTokenOptions options);

	/**
	 * Create a token.
	 * @param options sets the options
	 * @return the token; fails with a {@link PublicTokenException} if the server can't
	 * sign for an additional key, and with an {@link IllegalArgumentException} if such a
	 * token has no scope
	 * @see #createPublicToken(PublicTokenOptions)
	 */
	default Mono<String> createPublicToken(Consumer<PublicTokenOptions.Builder> options) {
		return createPublicToken(PublicTokenOptions.of(options));
	}

	/**
	 * Create a token that can trigger tasks, once by default.
	 * <p>
	 * {@code POST /api/v1/auth/jwt/claims}, or {@code POST /api/v1/auth/public-tokens}
	 * @param options which tasks, and how often
	 * @return the token; fails with a {@link PublicTokenException} if the server can't
	 * sign for an additional key
	 */
	Mono<String> createTriggerToken(TaskTokenOptions options);

	/**
	 * Create a token that can trigger tasks, once by default.
	 * @param options sets the options
	 * @return the token; fails with a {@link PublicTokenException} if the server can't
	 * sign for an additional key
	 * @see #createTriggerToken(TaskTokenOptions)
	 */
	default Mono<String> createTriggerToken(Consumer<TaskTokenOptions.Builder> options) {
		return createTriggerToken(TaskTokenOptions.of(options));
	}

	/**
	 * Create a token that can trigger one task once, within 15 minutes.
	 * <p>
	 * {@code POST /api/v1/auth/jwt/claims}, or {@code POST /api/v1/auth/public-tokens}
	 * @param task the identifier of the task
	 * @return the token; fails with a {@link PublicTokenException} if the server can't
	 * sign for an additional key
	 */
	default Mono<String> createTriggerToken(String task) {
		return createTriggerToken(TaskTokenOptions.of(task));
	}

	/**
	 * Create a token that can trigger a batch of tasks, once by default.
	 * <p>
	 * {@code POST /api/v1/auth/jwt/claims}, or {@code POST /api/v1/auth/public-tokens}
	 * @param options which tasks, and how often
	 * @return the token; fails with a {@link PublicTokenException} if the server can't
	 * sign for an additional key
	 */
	Mono<String> createBatchTriggerToken(TaskTokenOptions options);

	/**
	 * Create a token that can trigger a batch of tasks, once by default.
	 * @param options sets the options
	 * @return the token; fails with a {@link PublicTokenException} if the server can't
	 * sign for an additional key
	 * @see #createBatchTriggerToken(TaskTokenOptions)
	 */
	default Mono<String> createBatchTriggerToken(Consumer<TaskTokenOptions.Builder> options) {
		return createBatchTriggerToken(TaskTokenOptions.of(options));
	}

	/**
	 * Create the operations on a client. Applications get them from
	 * {@code TriggerOperations} instead.
	 * @param http the transport
	 * @return the operations
	 * @hidden shared by the packages of the client, not an API for applications
	 */
	static PublicTokenOperations create(TriggerHttp http) {
		return new DefaultPublicTokenOperations(http);
	}

}

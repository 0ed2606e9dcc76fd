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
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * What a public access token shall allow. It allows nothing until scopes are added.
 *
 * @param scopes the scopes, such as {@code read:runs:run_1234}
 * @param lifetime how long the token lives, in whole seconds; 15 minutes if {@code null}
 * @param expiresAt when the token expires, instead of a lifetime
 * @param skipColumns the columns that a realtime subscription with the token leaves out,
 * such as {@code payload}
 * @since 1.0.0
 */
public record PublicTokenRequest(List<String> scopes, @Nullable Duration lifetime, @Nullable Instant expiresAt,
		List<String> skipColumns) {

	private static final PublicTokenRequest NOTHING = new PublicTokenRequest(List.of(), null, null, List.of());

	/**
	 * Create a request.
	 */
	public PublicTokenRequest {
		scopes = List.copyOf(scopes);
		skipColumns = List.copyOf(skipColumns);
		TokenSpec.check(scopes, lifetime, expiresAt);
	}

	/**
	 * Return a request for a token without any scope.
	 * @return the request
	 */
	public static PublicTokenRequest create() {
		return NOTHING;
	}

	/**
	 * Allow to read some resources.
	 * @param resource the kind of resource
	 * @param ids which of them, at least one
	 * @return the new request
	 * @throws IllegalArgumentException if there is no id, or if one is blank
	 */
	public PublicTokenRequest read(TokenResource resource, String... ids) {
		return withScopes("read:" + resource, ids);
	}

	/**
	 * Allow to read all resources of a kind in the environment.
	 * @param resource the kind of resource
	 * @return the new request
	 */
	public PublicTokenRequest readAll(TokenResource resource) {
		return withScope("read:" + resource);
	}

	/**
	 * Allow to write to some resources, such as to complete a waitpoint token.
	 * @param resource the kind of resource
	 * @param ids which of them, at least one
	 * @return the new request
	 * @throws IllegalArgumentException if there is no id, or if one is blank
	 */
	public PublicTokenRequest write(TokenResource resource, String... ids) {
		return withScopes("write:" + resource, ids);
	}

	/**
	 * Allow to write to all resources of a kind in the environment.
	 * @param resource the kind of resource
	 * @return the new request
	 */
	public PublicTokenRequest writeAll(TokenResource resource) {
		return withScope("write:" + resource);
	}

	/**
	 * Allow to trigger tasks, any number of times.
	 * @param tasks the identifiers of the tasks, at least one
	 * @return the new request
	 * @throws IllegalArgumentException if there is no task, or if one is blank
	 * @see PublicTokenOperations#createTriggerToken
	 */
	public PublicTokenRequest trigger(String... tasks) {
		return withScopes("trigger:tasks", tasks);
	}

	/**
	 * Allow to trigger batches of tasks, any number of times.
	 * @param tasks the identifiers of the tasks, at least one
	 * @return the new request
	 * @throws IllegalArgumentException if there is no task, or if one is blank
	 * @see PublicTokenOperations#createBatchTriggerToken
	 */
	public PublicTokenRequest batchTrigger(String... tasks) {
		return withScopes("batchTrigger:tasks", tasks);
	}

	/**
	 * Allow everything that a public access token can be allowed.
	 * @return the new request
	 */
	public PublicTokenRequest admin() {
		return withScope("admin");
	}

	private PublicTokenRequest withScopes(String prefix, String[] ids) {
		List<String> all = new ArrayList<>(this.scopes);
		all.addAll(TokenSpec.scopes(prefix, List.of(ids)));
		return new PublicTokenRequest(all, this.lifetime, this.expiresAt, this.skipColumns);
	}

	/**
	 * Add a scope that has no method here.
	 * @param scope the scope, such as {@code read:runs:run_1234}
	 * @return the new request
	 */
	public PublicTokenRequest withScope(String scope) {
		Assert.hasText(scope, "'scope' must not be empty");
		List<String> all = new ArrayList<>(this.scopes);
		all.add(scope);
		return new PublicTokenRequest(all, this.lifetime, this.expiresAt, this.skipColumns);
	}

	/**
	 * Let the token expire after some time.
	 * @param lifetime the time from now, in whole seconds; a fraction is rounded up
	 * @return the new request
	 */
	public PublicTokenRequest expiresAfter(Duration lifetime) {
		return new PublicTokenRequest(this.scopes, lifetime, null, this.skipColumns);
	}

	/**
	 * Let the token expire at an instant.
	 * @param expiresAt the instant, in whole seconds
	 * @return the new request
	 */
	public PublicTokenRequest expiresAt(Instant expiresAt) {
		return new PublicTokenRequest(this.scopes, null, expiresAt, this.skipColumns);
	}

	/**
	 * Let realtime subscriptions with the token leave out columns.
	 * @param columns the names of the columns, such as {@code payload}
	 * @return the new request
	 */
	public PublicTokenRequest skipColumns(String... columns) {
		return new PublicTokenRequest(this.scopes, this.lifetime, this.expiresAt, List.of(columns));
	}

}

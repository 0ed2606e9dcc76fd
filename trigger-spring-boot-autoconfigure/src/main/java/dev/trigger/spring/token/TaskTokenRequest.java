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
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Which tasks a public access token shall be able to trigger. It can be used once unless
 * said otherwise.
 *
 * @param tasks the identifiers of the tasks, at least one
 * @param multipleUse whether the token can be used more than once
 * @param lifetime how long the token lives, in whole seconds; 15 minutes if {@code null}
 * @param expiresAt when the token expires, instead of a lifetime
 * @param skipColumns the columns that a realtime subscription with the token leaves out,
 * such as {@code payload}
 * @since 1.0.0
 */
public record TaskTokenRequest(List<String> tasks, boolean multipleUse, @Nullable Duration lifetime,
		@Nullable Instant expiresAt, List<String> skipColumns) {

	/**
	 * Create a request.
	 * @throws IllegalArgumentException if there is no task, or if one is blank
	 */
	public TaskTokenRequest {
		tasks = List.copyOf(tasks);
		skipColumns = List.copyOf(skipColumns);
		TokenSpec.check(TokenSpec.scopes("trigger:tasks", tasks), lifetime, expiresAt);
	}

	/**
	 * Return a request for a token that can be used once.
	 * @param tasks the identifiers of the tasks, at least one
	 * @return the request
	 * @throws IllegalArgumentException if there is no task, or if one is blank
	 */
	public static TaskTokenRequest of(String... tasks) {
		return new TaskTokenRequest(List.of(tasks), false, null, null, List.of());
	}

	/**
	 * Let the token be used any number of times until it expires.
	 * @return the new request
	 */
	public TaskTokenRequest forMultipleUse() {
		return new TaskTokenRequest(this.tasks, true, this.lifetime, this.expiresAt, this.skipColumns);
	}

	/**
	 * Let the token expire after some time.
	 * @param lifetime the time from now, in whole seconds; a fraction is rounded up
	 * @return the new request
	 */
	public TaskTokenRequest expiresAfter(Duration lifetime) {
		return new TaskTokenRequest(this.tasks, this.multipleUse, lifetime, null, this.skipColumns);
	}

	/**
	 * Let the token expire at an instant.
	 * @param expiresAt the instant, in whole seconds
	 * @return the new request
	 */
	public TaskTokenRequest expiresAt(Instant expiresAt) {
		return new TaskTokenRequest(this.tasks, this.multipleUse, null, expiresAt, this.skipColumns);
	}

	/**
	 * Let realtime subscriptions with the token leave out columns.
	 * @param columns the names of the columns, such as {@code payload}
	 * @return the new request
	 */
	public TaskTokenRequest skipColumns(String... columns) {
		return new TaskTokenRequest(this.tasks, this.multipleUse, this.lifetime, this.expiresAt, List.of(columns));
	}

}

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
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;

import dev.trigger.spring.json.InputRules;
import dev.trigger.spring.json.InputValues;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * What a public access token allows. It allows nothing until scopes are added.
 *
 * @since 1.0.0
 */
public final class PublicTokenOptions {

	private static final String SCOPES = "scopes";

	private static final PublicTokenOptions NONE = new PublicTokenOptions(new InputValues());

	private final InputValues values;

	private PublicTokenOptions(InputValues values) {
		this.values = values;
	}

	/**
	 * Return options of which nothing is set.
	 * @return the empty options
	 */
	public static PublicTokenOptions none() {
		return NONE;
	}

	/**
	 * Return the options that a customizer sets.
	 * @param customizer sets the scopes and the lifetime
	 * @return the options
	 */
	public static PublicTokenOptions of(Consumer<Builder> customizer) {
		return NONE.with(customizer);
	}

	/**
	 * Return these options with changes.
	 * @param customizer changes the scopes and the lifetime
	 * @return the new options
	 */
	public PublicTokenOptions with(Consumer<Builder> customizer) {
		Builder builder = new Builder(this.values.copy());
		customizer.accept(builder);
		return new PublicTokenOptions(builder.values.copy());
	}

	TokenClaims toClaims() {
		return TokenClaims.of(scopes(this.values), null, this.values);
	}

	@SuppressWarnings("unchecked")
	private static @Nullable List<String> scopes(InputValues values) {
		return (List<String>) values.get(SCOPES);
	}

	/**
	 * Builds {@link PublicTokenOptions}.
	 */
	public static final class Builder {

		private final InputValues values;

		private Builder(InputValues values) {
			this.values = values;
		}

		/**
		 * Allow reading some resources.
		 * @param resource the kind of resource
		 * @param ids which of them, at least one
		 * @return this builder
		 * @throws IllegalArgumentException if there is no id, or if one is blank
		 */
		public Builder read(TokenResource resource, String... ids) {
			return add(TokenClaims.scopes("read:" + resource, ids));
		}

		/**
		 * Allow reading all resources of a kind in the environment.
		 * @param resource the kind of resource
		 * @return this builder
		 */
		public Builder readAll(TokenResource resource) {
			return scope("read:" + resource);
		}

		/**
		 * Allow writing to some resources, such as completing a waitpoint token.
		 * @param resource the kind of resource
		 * @param ids which of them, at least one
		 * @return this builder
		 * @throws IllegalArgumentException if there is no id, or if one is blank
		 */
		public Builder write(TokenResource resource, String... ids) {
			return add(TokenClaims.scopes("write:" + resource, ids));
		}

		/**
		 * Allow writing to all resources of a kind in the environment.
		 * @param resource the kind of resource
		 * @return this builder
		 */
		public Builder writeAll(TokenResource resource) {
			return scope("write:" + resource);
		}

		/**
		 * Allow triggering tasks, any number of times.
		 * @param tasks the identifiers of the tasks, at least one
		 * @return this builder
		 * @throws IllegalArgumentException if there is no task, or if one is blank
		 * @see PublicTokenOperations#createTriggerToken
		 */
		public Builder trigger(String... tasks) {
			return add(TokenClaims.scopes("trigger:tasks", tasks));
		}

		/**
		 * Allow triggering batches of tasks, any number of times.
		 * @param tasks the identifiers of the tasks, at least one
		 * @return this builder
		 * @throws IllegalArgumentException if there is no task, or if one is blank
		 * @see PublicTokenOperations#createBatchTriggerToken
		 */
		public Builder batchTrigger(String... tasks) {
			return add(TokenClaims.scopes("batchTrigger:tasks", tasks));
		}

		/**
		 * Allow everything that a public access token can be allowed.
		 * @return this builder
		 */
		public Builder admin() {
			return scope("admin");
		}

		/**
		 * Add a scope that has no method here.
		 * @param scope the scope, such as {@code read:runs:run_1234}
		 * @return this builder
		 */
		public Builder scope(String scope) {
			Assert.hasText(scope, "'scope' must not be empty");
			return add(List.of(scope));
		}

		/**
		 * Add scopes. An empty list creates a token that explicitly allows nothing.
		 * @param scopes the scopes, such as {@code read:runs:run_1234}
		 * @return this builder
		 */
		public Builder scopes(Collection<String> scopes) {
			return add(InputRules.list(SCOPES, scopes));
		}

		private Builder add(List<String> scopes) {
			List<String> before = PublicTokenOptions.scopes(this.values);
			List<String> all = new ArrayList<>((before != null) ? before : List.of());
			all.addAll(TokenClaims.check(scopes));
			this.values.set(SCOPES, all);
			return this;
		}

		/**
		 * Let the token expire after a time, instead of at an instant set before; the
		 * default is 15 minutes.
		 * @param lifetime the time from now; a fraction of a second is rounded up
		 * @return this builder
		 */
		public Builder expiresAfter(Duration lifetime) {
			TokenClaims.expiresAfter(this.values, lifetime);
			return this;
		}

		/**
		 * Let the token expire at an instant, instead of after a time set before.
		 * @param expiresAt the instant, in whole seconds; it must be in the future when
		 * the token is created
		 * @return this builder
		 */
		public Builder expiresAt(Instant expiresAt) {
			TokenClaims.expiresAt(this.values, expiresAt);
			return this;
		}

		/**
		 * Leave columns out of the realtime subscriptions with the token.
		 * @param columns the names of the columns, such as {@code payload}
		 * @return this builder
		 */
		public Builder skipColumns(String... columns) {
			TokenClaims.skipColumns(this.values, columns);
			return this;
		}

	}

}

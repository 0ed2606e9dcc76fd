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
import java.util.function.Consumer;

import dev.trigger.spring.json.InputRules;
import dev.trigger.spring.json.InputValues;

import org.springframework.util.Assert;

/**
 * Which tasks a public access token can trigger. It can be used once by default.
 *
 * @since 1.0.0
 */
public final class TaskTokenOptions {

	private static final String TASKS = "tasks";

	private static final String MULTIPLE_USE = "multipleUse";

	private final InputValues values;

	private TaskTokenOptions(InputValues values) {
		Assert.isTrue(values.has(TASKS), "A token needs at least one task that it can trigger: set 'tasks'");
		this.values = values;
	}

	/**
	 * Return the options that a customizer sets.
	 * @param customizer sets the tasks, at least one, and the lifetime
	 * @return the options
	 */
	public static TaskTokenOptions of(Consumer<Builder> customizer) {
		Builder builder = new Builder(new InputValues());
		customizer.accept(builder);
		return new TaskTokenOptions(builder.values.copy());
	}

	/**
	 * Return the options for tasks, with everything else as it is by default.
	 * @param tasks the identifiers of the tasks, at least one
	 * @return the options
	 * @throws IllegalArgumentException if there is no task, or if one is blank
	 */
	public static TaskTokenOptions of(String... tasks) {
		return of((options) -> options.tasks(tasks));
	}

	/**
	 * Return these options with changes.
	 * @param customizer changes the tasks and the lifetime
	 * @return the new options
	 */
	public TaskTokenOptions with(Consumer<Builder> customizer) {
		Builder builder = new Builder(this.values.copy());
		customizer.accept(builder);
		return new TaskTokenOptions(builder.values.copy());
	}

	@SuppressWarnings("unchecked")
	TokenClaims toClaims(String action) {
		List<String> tasks = (List<String>) InputRules.notNull(TASKS, this.values.get(TASKS));
		return TokenClaims.of(TokenClaims.scopes(action + ":tasks", tasks.toArray(String[]::new)),
				!this.values.has(MULTIPLE_USE), this.values);
	}

	/**
	 * Builds {@link TaskTokenOptions}.
	 */
	public static final class Builder {

		private final InputValues values;

		private Builder(InputValues values) {
			this.values = values;
		}

		/**
		 * Set the tasks that the token can trigger.
		 * @param tasks the identifiers of the tasks, at least one
		 * @return this builder
		 * @throws IllegalArgumentException if there is no task, or if one is blank
		 */
		public Builder tasks(String... tasks) {
			TokenClaims.check(TokenClaims.scopes("trigger:tasks", tasks));
			this.values.set(TASKS, InputRules.list(TASKS, tasks));
			return this;
		}

		/**
		 * Let the token be used any number of times until it expires.
		 * @return this builder
		 */
		public Builder multipleUse() {
			this.values.set(MULTIPLE_USE, true);
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

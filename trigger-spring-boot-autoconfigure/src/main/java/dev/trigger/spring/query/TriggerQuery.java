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

package dev.trigger.spring.query;

import java.time.Duration;
import java.time.Instant;

import dev.trigger.spring.json.ApiFormat;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * A query in TRQL, a dialect of SQL.
 *
 * @param query the text, such as {@code SELECT run_id, status FROM runs LIMIT 10}
 * @param scope what it reads
 * @param period only what happened within this time until now, such as {@code 7d}
 * @param from only what happened at this time or later
 * @param to only what happened at this time or earlier
 * @since 1.0.0
 */
public record TriggerQuery(String query, Scope scope, @Nullable String period, @Nullable Instant from,
		@Nullable Instant to) {

	/**
	 * Create a query.
	 */
	public TriggerQuery {
		Assert.hasText(query, "'query' must not be empty");
	}

	/**
	 * Return a query over the environment of the credential.
	 * @param query the text
	 * @return the query
	 */
	public static TriggerQuery of(String query) {
		return new TriggerQuery(query, Scope.ENVIRONMENT, null, null, null);
	}

	/**
	 * Return this query with another scope.
	 * @param scope what it reads
	 * @return the new query
	 */
	public TriggerQuery in(Scope scope) {
		return new TriggerQuery(this.query, scope, this.period, this.from, this.to);
	}

	/**
	 * Return this query for a time until now.
	 * @param period the time
	 * @return the new query
	 */
	public TriggerQuery within(Duration period) {
		return new TriggerQuery(this.query, this.scope, ApiFormat.of(period), this.from, this.to);
	}

	/**
	 * Return this query for a time.
	 * @param from the start, {@code null} for an open one
	 * @param to the end, {@code null} for an open one
	 * @return the new query
	 */
	public TriggerQuery between(@Nullable Instant from, @Nullable Instant to) {
		return new TriggerQuery(this.query, this.scope, this.period, from, to);
	}

	/**
	 * What a query reads.
	 */
	public enum Scope {

		/**
		 * All projects of the organization.
		 */
		ORGANIZATION("organization"),

		/**
		 * All environments of the project.
		 */
		PROJECT("project"),

		/**
		 * The environment of the credential.
		 */
		ENVIRONMENT("environment");

		private final String value;

		Scope(String value) {
			this.value = value;
		}

		/**
		 * Return the value as the API has it.
		 * @return the value
		 */
		public String value() {
			return this.value;
		}

	}

}

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

package dev.trigger.spring.deployment;

import java.time.Duration;
import java.time.Instant;

import dev.trigger.spring.json.ApiFormat;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * Which deployments to list.
 *
 * @param status only those of this status
 * @param period only those of this time until now, such as {@code 7d}
 * @param from only those created at this time or later, in ISO-8601
 * @param to only those created at this time or earlier, in ISO-8601
 * @param size how many a page has, 1 to 100; the server's choice if {@code null}
 * @param after the cursor after which the page starts
 * @since 1.0.0
 */
public record DeploymentQuery(@Nullable DeploymentStatus status, @Nullable String period, @Nullable String from,
		@Nullable String to, @Nullable Integer size, @Nullable String after) {

	private static final DeploymentQuery ALL = new DeploymentQuery(null, null, null, null, null, null);

	/**
	 * Create a query.
	 */
	public DeploymentQuery {
		Assert.isTrue(size == null || (size >= 1 && size <= 100), "'size' must be from 1 to 100");
	}

	/**
	 * Return the query for all deployments.
	 * @return the query
	 */
	public static DeploymentQuery all() {
		return ALL;
	}

	/**
	 * Return this query for one status.
	 * @param status the status
	 * @return the new query
	 */
	public DeploymentQuery withStatus(DeploymentStatus status) {
		return new DeploymentQuery(status, this.period, this.from, this.to, this.size, this.after);
	}

	/**
	 * Return this query for a time until now.
	 * @param period the time
	 * @return the new query
	 */
	public DeploymentQuery within(Duration period) {
		return new DeploymentQuery(this.status, ApiFormat.of(period), this.from, this.to, this.size, this.after);
	}

	/**
	 * Return this query for a time.
	 * @param from the start, {@code null} for an open one
	 * @param to the end, {@code null} for an open one
	 * @return the new query
	 */
	public DeploymentQuery between(@Nullable Instant from, @Nullable Instant to) {
		return new DeploymentQuery(this.status, this.period, (from != null) ? ApiFormat.of(from) : null,
				(to != null) ? ApiFormat.of(to) : null, this.size, this.after);
	}

	/**
	 * Return this query with pages of another size.
	 * @param size how many a page has, 1 to 100
	 * @return the new query
	 */
	public DeploymentQuery withSize(int size) {
		return new DeploymentQuery(this.status, this.period, this.from, this.to, size, this.after);
	}

	/**
	 * Return this query for the page after a cursor.
	 * @param after the cursor, {@code null} for the first page
	 * @return the new query
	 */
	public DeploymentQuery after(@Nullable String after) {
		return new DeploymentQuery(this.status, this.period, this.from, this.to, this.size, after);
	}

}

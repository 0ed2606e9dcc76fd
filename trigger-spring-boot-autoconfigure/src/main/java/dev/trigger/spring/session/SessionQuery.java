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

package dev.trigger.spring.session;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import dev.trigger.spring.json.ApiFormat;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * Which sessions to list.
 *
 * @param types only those of one of these types
 * @param tags only those with one of these tags
 * @param taskIdentifiers only those that one of these tasks serves
 * @param externalId only the one with this external id
 * @param statuses only those of one of these statuses, such as {@code ACTIVE}
 * @param period only those created within this time until now, such as {@code 7d}
 * @param from only those created at this time or later
 * @param to only those created at this time or earlier
 * @param size how many a page has, 1 to 100; the server's choice if {@code null}
 * @param after the cursor after which the page starts
 * @param before the cursor before which the page ends
 * @since 1.0.0
 */
public record SessionQuery(List<String> types, List<String> tags, List<String> taskIdentifiers,
		@Nullable String externalId, List<String> statuses, @Nullable String period, @Nullable Instant from,
		@Nullable Instant to, @Nullable Integer size, @Nullable String after, @Nullable String before) {

	private static final SessionQuery ALL = new SessionQuery(List.of(), List.of(), List.of(), null, List.of(), null,
			null, null, null, null, null);

	/**
	 * Create a query.
	 */
	public SessionQuery {
		Assert.isTrue(size == null || (size >= 1 && size <= 100), "'size' must be from 1 to 100");
		Assert.isTrue(after == null || before == null, "Only one of 'after' and 'before' can be given");
		types = List.copyOf(types);
		tags = List.copyOf(tags);
		taskIdentifiers = List.copyOf(taskIdentifiers);
		statuses = List.copyOf(statuses);
	}

	/**
	 * Return the query for all sessions.
	 * @return the query
	 */
	public static SessionQuery all() {
		return ALL;
	}

	/**
	 * Return this query for some types.
	 * @param types the types
	 * @return the new query
	 */
	public SessionQuery withTypes(String... types) {
		return new SessionQuery(List.of(types), this.tags, this.taskIdentifiers, this.externalId, this.statuses,
				this.period, this.from, this.to, this.size, this.after, this.before);
	}

	/**
	 * Return this query for some tags.
	 * @param tags the tags
	 * @return the new query
	 */
	public SessionQuery withTags(String... tags) {
		return new SessionQuery(this.types, List.of(tags), this.taskIdentifiers, this.externalId, this.statuses,
				this.period, this.from, this.to, this.size, this.after, this.before);
	}

	/**
	 * Return this query for some tasks.
	 * @param taskIdentifiers the tasks
	 * @return the new query
	 */
	public SessionQuery withTaskIdentifiers(String... taskIdentifiers) {
		return new SessionQuery(this.types, this.tags, List.of(taskIdentifiers), this.externalId, this.statuses,
				this.period, this.from, this.to, this.size, this.after, this.before);
	}

	/**
	 * Return this query for some statuses.
	 * @param statuses the statuses: {@code ACTIVE}, {@code CLOSED} or {@code EXPIRED}
	 * @return the new query
	 */
	public SessionQuery withStatuses(String... statuses) {
		return new SessionQuery(this.types, this.tags, this.taskIdentifiers, this.externalId, List.of(statuses),
				this.period, this.from, this.to, this.size, this.after, this.before);
	}

	/**
	 * Return this query for the session of an external id.
	 * @param externalId the id
	 * @return the new query
	 */
	public SessionQuery withExternalId(String externalId) {
		return new SessionQuery(this.types, this.tags, this.taskIdentifiers, externalId, this.statuses, this.period,
				this.from, this.to, this.size, this.after, this.before);
	}

	/**
	 * Return this query for a time until now.
	 * @param period the time
	 * @return the new query
	 */
	public SessionQuery within(Duration period) {
		return new SessionQuery(this.types, this.tags, this.taskIdentifiers, this.externalId, this.statuses,
				ApiFormat.of(period), this.from, this.to, this.size, this.after, this.before);
	}

	/**
	 * Return this query for a time.
	 * @param from the start, {@code null} for an open one
	 * @param to the end, {@code null} for an open one
	 * @return the new query
	 */
	public SessionQuery between(@Nullable Instant from, @Nullable Instant to) {
		return new SessionQuery(this.types, this.tags, this.taskIdentifiers, this.externalId, this.statuses,
				this.period, from, to, this.size, this.after, this.before);
	}

	/**
	 * Return this query with pages of another size.
	 * @param size how many a page has, 1 to 100
	 * @return the new query
	 */
	public SessionQuery withSize(int size) {
		return new SessionQuery(this.types, this.tags, this.taskIdentifiers, this.externalId, this.statuses,
				this.period, this.from, this.to, size, this.after, this.before);
	}

	/**
	 * Return this query for the page after a cursor.
	 * @param after the cursor
	 * @return the new query
	 */
	public SessionQuery after(String after) {
		return new SessionQuery(this.types, this.tags, this.taskIdentifiers, this.externalId, this.statuses,
				this.period, this.from, this.to, this.size, after, null);
	}

	/**
	 * Return this query for the page before a cursor.
	 * @param before the cursor
	 * @return the new query
	 */
	public SessionQuery before(String before) {
		return new SessionQuery(this.types, this.tags, this.taskIdentifiers, this.externalId, this.statuses,
				this.period, this.from, this.to, this.size, null, before);
	}

}

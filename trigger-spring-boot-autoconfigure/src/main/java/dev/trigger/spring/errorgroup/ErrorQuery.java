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

package dev.trigger.spring.errorgroup;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import dev.trigger.spring.json.ApiFormat;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * Which errors to list.
 *
 * @param taskIdentifiers only those of one of these tasks
 * @param versions only those that occurred in one of these versions
 * @param statuses only those of one of these statuses
 * @param search only those with this text in their type or message
 * @param period only occurrences within this time until now count, such as {@code 7d}
 * @param from only occurrences at this time or later count
 * @param to only occurrences at this time or earlier count
 * @param size how many a page has, 1 to 100; the server's choice if {@code null}
 * @param after the cursor after which the page starts
 * @param before the cursor before which the page ends
 * @since 1.0.0
 */
public record ErrorQuery(List<String> taskIdentifiers, List<String> versions, List<ErrorStatus> statuses,
		@Nullable String search, @Nullable String period, @Nullable Instant from, @Nullable Instant to,
		@Nullable Integer size, @Nullable String after, @Nullable String before) {

	private static final ErrorQuery ALL = new ErrorQuery(List.of(), List.of(), List.of(), null, null, null, null, null,
			null, null);

	/**
	 * Create a query.
	 */
	public ErrorQuery {
		Assert.isTrue(size == null || (size >= 1 && size <= 100), "'size' must be from 1 to 100");
		Assert.isTrue(after == null || before == null, "Only one of 'after' and 'before' can be given");
		taskIdentifiers = List.copyOf(taskIdentifiers);
		versions = List.copyOf(versions);
		statuses = List.copyOf(statuses);
	}

	/**
	 * Return the query for all errors.
	 * @return the query
	 */
	public static ErrorQuery all() {
		return ALL;
	}

	/**
	 * Return this query for some tasks.
	 * @param taskIdentifiers the identifiers of the tasks
	 * @return the new query
	 */
	public ErrorQuery withTaskIdentifiers(String... taskIdentifiers) {
		return new ErrorQuery(List.of(taskIdentifiers), this.versions, this.statuses, this.search, this.period,
				this.from, this.to, this.size, this.after, this.before);
	}

	/**
	 * Return this query for some versions.
	 * @param versions the versions
	 * @return the new query
	 */
	public ErrorQuery withVersions(String... versions) {
		return new ErrorQuery(this.taskIdentifiers, List.of(versions), this.statuses, this.search, this.period,
				this.from, this.to, this.size, this.after, this.before);
	}

	/**
	 * Return this query for some statuses.
	 * @param statuses the statuses
	 * @return the new query
	 */
	public ErrorQuery withStatuses(ErrorStatus... statuses) {
		return new ErrorQuery(this.taskIdentifiers, this.versions, List.of(statuses), this.search, this.period,
				this.from, this.to, this.size, this.after, this.before);
	}

	/**
	 * Return this query for a text.
	 * @param search the text
	 * @return the new query
	 */
	public ErrorQuery containing(String search) {
		return new ErrorQuery(this.taskIdentifiers, this.versions, this.statuses, search, this.period, this.from,
				this.to, this.size, this.after, this.before);
	}

	/**
	 * Return this query for a time until now.
	 * @param period the time
	 * @return the new query
	 */
	public ErrorQuery within(Duration period) {
		return new ErrorQuery(this.taskIdentifiers, this.versions, this.statuses, this.search, ApiFormat.of(period),
				this.from, this.to, this.size, this.after, this.before);
	}

	/**
	 * Return this query for a time.
	 * @param from the start, {@code null} for an open one
	 * @param to the end, {@code null} for an open one
	 * @return the new query
	 */
	public ErrorQuery between(@Nullable Instant from, @Nullable Instant to) {
		return new ErrorQuery(this.taskIdentifiers, this.versions, this.statuses, this.search, this.period, from, to,
				this.size, this.after, this.before);
	}

	/**
	 * Return this query with pages of another size.
	 * @param size how many a page has, 1 to 100
	 * @return the new query
	 */
	public ErrorQuery withSize(int size) {
		return new ErrorQuery(this.taskIdentifiers, this.versions, this.statuses, this.search, this.period, this.from,
				this.to, size, this.after, this.before);
	}

	/**
	 * Return this query for the page after a cursor.
	 * @param after the cursor
	 * @return the new query
	 */
	public ErrorQuery after(String after) {
		return new ErrorQuery(this.taskIdentifiers, this.versions, this.statuses, this.search, this.period, this.from,
				this.to, this.size, after, null);
	}

	/**
	 * Return this query for the page before a cursor.
	 * @param before the cursor
	 * @return the new query
	 */
	public ErrorQuery before(String before) {
		return new ErrorQuery(this.taskIdentifiers, this.versions, this.statuses, this.search, this.period, this.from,
				this.to, this.size, null, before);
	}

}

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

package dev.trigger.spring.waitpoint;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import dev.trigger.spring.json.ApiFormat;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * Which waitpoint tokens to list.
 *
 * @param statuses only those of one of these statuses
 * @param tags only those with one of these tags
 * @param idempotencyKey only the one that was created with this key
 * @param period only those created within this time until now, such as {@code 7d}
 * @param from only those created at this time or later
 * @param to only those created at this time or earlier
 * @param size how many a page has, 1 to 100; the server's choice if {@code null}
 * @param after the cursor after which the page starts
 * @param before the cursor before which the page ends
 * @since 1.0.0
 */
public record WaitpointQuery(List<WaitpointStatus> statuses, List<String> tags, @Nullable String idempotencyKey,
		@Nullable String period, @Nullable Instant from, @Nullable Instant to, @Nullable Integer size,
		@Nullable String after, @Nullable String before) {

	private static final WaitpointQuery ALL = new WaitpointQuery(List.of(), List.of(), null, null, null, null, null,
			null, null);

	/**
	 * Create a query.
	 */
	public WaitpointQuery {
		Assert.isTrue(size == null || (size >= 1 && size <= 100), "'size' must be from 1 to 100");
		Assert.isTrue(after == null || before == null, "Only one of 'after' and 'before' can be given");
		statuses = List.copyOf(statuses);
		tags = List.copyOf(tags);
	}

	/**
	 * Return the query for all tokens.
	 * @return the query
	 */
	public static WaitpointQuery all() {
		return ALL;
	}

	/**
	 * Return this query for some statuses.
	 * @param statuses the statuses
	 * @return the new query
	 */
	public WaitpointQuery withStatuses(WaitpointStatus... statuses) {
		return new WaitpointQuery(List.of(statuses), this.tags, this.idempotencyKey, this.period, this.from, this.to,
				this.size, this.after, this.before);
	}

	/**
	 * Return this query for some tags.
	 * @param tags the tags
	 * @return the new query
	 */
	public WaitpointQuery withTags(String... tags) {
		return new WaitpointQuery(this.statuses, List.of(tags), this.idempotencyKey, this.period, this.from, this.to,
				this.size, this.after, this.before);
	}

	/**
	 * Return this query for the token of an idempotency key.
	 * @param idempotencyKey the key as it goes over the wire
	 * @return the new query
	 */
	public WaitpointQuery withIdempotencyKey(String idempotencyKey) {
		return new WaitpointQuery(this.statuses, this.tags, idempotencyKey, this.period, this.from, this.to, this.size,
				this.after, this.before);
	}

	/**
	 * Return this query for a time until now.
	 * @param period the time
	 * @return the new query
	 */
	public WaitpointQuery within(Duration period) {
		return new WaitpointQuery(this.statuses, this.tags, this.idempotencyKey, ApiFormat.of(period), this.from,
				this.to, this.size, this.after, this.before);
	}

	/**
	 * Return this query for a time.
	 * @param from the start, {@code null} for an open one
	 * @param to the end, {@code null} for an open one
	 * @return the new query
	 */
	public WaitpointQuery between(@Nullable Instant from, @Nullable Instant to) {
		return new WaitpointQuery(this.statuses, this.tags, this.idempotencyKey, this.period, from, to, this.size,
				this.after, this.before);
	}

	/**
	 * Return this query with pages of another size.
	 * @param size how many a page has, 1 to 100
	 * @return the new query
	 */
	public WaitpointQuery withSize(int size) {
		return new WaitpointQuery(this.statuses, this.tags, this.idempotencyKey, this.period, this.from, this.to, size,
				this.after, this.before);
	}

	/**
	 * Return this query for the page after a cursor.
	 * @param after the cursor
	 * @return the new query
	 */
	public WaitpointQuery after(String after) {
		return new WaitpointQuery(this.statuses, this.tags, this.idempotencyKey, this.period, this.from, this.to,
				this.size, after, null);
	}

	/**
	 * Return this query for the page before a cursor.
	 * @param before the cursor
	 * @return the new query
	 */
	public WaitpointQuery before(String before) {
		return new WaitpointQuery(this.statuses, this.tags, this.idempotencyKey, this.period, this.from, this.to,
				this.size, null, before);
	}

}

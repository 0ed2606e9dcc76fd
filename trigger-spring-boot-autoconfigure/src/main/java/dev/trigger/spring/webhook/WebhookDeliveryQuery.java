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

package dev.trigger.spring.webhook;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import dev.trigger.spring.json.ApiFormat;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * Which webhook deliveries to list, the newest first.
 *
 * @param endpoints the endpoints, by their ids or the ids that the code declares
 * @param statuses the statuses
 * @param period how far back to look, such as {@code 7d}
 * @param from the earliest time of arrival
 * @param to the latest time of arrival
 * @param limit how many deliveries a page has, 1 to 100
 * @param after the cursor of the page before
 * @since 1.0.0
 */
public record WebhookDeliveryQuery(List<String> endpoints, List<WebhookDeliveryStatus> statuses,
		@Nullable String period, @Nullable Instant from, @Nullable Instant to, @Nullable Integer limit,
		@Nullable String after) {

	private static final WebhookDeliveryQuery ALL = new WebhookDeliveryQuery(List.of(), List.of(), null, null, null,
			null, null);

	/**
	 * Create a query.
	 */
	public WebhookDeliveryQuery {
		endpoints = List.copyOf(endpoints);
		statuses = List.copyOf(statuses);
		Assert.isTrue(limit == null || (limit >= 1 && limit <= 100), "'limit' must be from 1 to 100");
		Assert.isTrue(from == null || to == null || !from.isAfter(to), "'from' must not be after 'to'");
	}

	/**
	 * Return the query for all deliveries.
	 * @return the query
	 */
	public static WebhookDeliveryQuery all() {
		return ALL;
	}

	/**
	 * List deliveries of some endpoints only.
	 * @param endpoints the endpoints, by their ids or the ids that the code declares
	 * @return the new query
	 */
	public WebhookDeliveryQuery endpoints(String... endpoints) {
		return new WebhookDeliveryQuery(List.of(endpoints), this.statuses, this.period, this.from, this.to, this.limit,
				this.after);
	}

	/**
	 * List deliveries in some states only.
	 * @param statuses the statuses
	 * @return the new query
	 */
	public WebhookDeliveryQuery statuses(WebhookDeliveryStatus... statuses) {
		return new WebhookDeliveryQuery(this.endpoints, List.of(statuses), this.period, this.from, this.to, this.limit,
				this.after);
	}

	/**
	 * List deliveries of the last time only.
	 * @param period how far back to look, in whole seconds
	 * @return the new query
	 */
	public WebhookDeliveryQuery within(Duration period) {
		return new WebhookDeliveryQuery(this.endpoints, this.statuses, ApiFormat.of(period), this.from, this.to,
				this.limit, this.after);
	}

	/**
	 * List deliveries that arrived not before a time.
	 * @param from the time
	 * @return the new query
	 */
	public WebhookDeliveryQuery from(Instant from) {
		return new WebhookDeliveryQuery(this.endpoints, this.statuses, this.period, from, this.to, this.limit,
				this.after);
	}

	/**
	 * List deliveries that arrived not after a time.
	 * @param to the time
	 * @return the new query
	 */
	public WebhookDeliveryQuery to(Instant to) {
		return new WebhookDeliveryQuery(this.endpoints, this.statuses, this.period, this.from, to, this.limit,
				this.after);
	}

	/**
	 * Set how many deliveries a page has.
	 * @param limit the number, 1 to 100
	 * @return the new query
	 */
	public WebhookDeliveryQuery limit(int limit) {
		return new WebhookDeliveryQuery(this.endpoints, this.statuses, this.period, this.from, this.to, limit,
				this.after);
	}

	/**
	 * Go on behind a page.
	 * @param cursor the {@code next} of the page before, {@code null} for the first page
	 * @return the new query
	 */
	public WebhookDeliveryQuery after(@Nullable String cursor) {
		return new WebhookDeliveryQuery(this.endpoints, this.statuses, this.period, this.from, this.to, this.limit,
				cursor);
	}

}

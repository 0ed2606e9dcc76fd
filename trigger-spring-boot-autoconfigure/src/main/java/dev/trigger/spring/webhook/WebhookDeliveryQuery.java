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
import java.util.Map;
import java.util.function.Consumer;

import dev.trigger.spring.json.InputValues;
import org.jspecify.annotations.Nullable;

/**
 * Which deliveries to list. Filters narrow down the deliveries together; the values of
 * one filter are alternatives.
 *
 * @since 1.0.0
 */
public final class WebhookDeliveryQuery {

	private static final WebhookDeliveryQuery ALL = new WebhookDeliveryQuery(new InputValues());

	private final InputValues values;

	private WebhookDeliveryQuery(InputValues values) {
		this.values = values;
	}

	/**
	 * Return the query for all deliveries.
	 * @return the query
	 */
	public static WebhookDeliveryQuery all() {
		return ALL;
	}

	/**
	 * Return the query that a customizer sets.
	 * @param customizer sets the filters and the page
	 * @return the query
	 */
	public static WebhookDeliveryQuery of(Consumer<Builder> customizer) {
		return ALL.with(customizer);
	}

	/**
	 * Return this query with changes.
	 * @param customizer changes the filters and the page
	 * @return the new query
	 */
	public WebhookDeliveryQuery with(Consumer<Builder> customizer) {
		Builder builder = new Builder(this.values.copy());
		customizer.accept(builder);
		return new WebhookDeliveryQuery(builder.values.copy());
	}

	WebhookDeliveryQuery following(@Nullable String cursor) {
		return new WebhookDeliveryQuery(this.values.following(cursor));
	}

	Map<String, @Nullable Object> toQuery() {
		return this.values.toMap();
	}

	/**
	 * Builds a {@link WebhookDeliveryQuery}.
	 */
	public static final class Builder {

		private final InputValues values;

		private Builder(InputValues values) {
			this.values = values;
		}

		/**
		 * Select deliveries to any of the given endpoints. Servers of version 4.5.12 and
		 * older ignore it.
		 * @param endpoints the ids, or the ids that the code declares; none means all
		 * @return this builder
		 */
		public Builder endpoints(String... endpoints) {
			this.values.list("filter[endpoint]", "endpoints", endpoints);
			return this;
		}

		/**
		 * Select deliveries with any of the given statuses.
		 * @param statuses the statuses; none means all
		 * @return this builder
		 */
		public Builder statuses(WebhookDeliveryStatus... statuses) {
			this.values.list("filter[status]", "statuses", statuses);
			return this;
		}

		/**
		 * Select deliveries received within a period up to now.
		 * @param period the length of the period; a fraction of a second is rounded up
		 * @return this builder
		 */
		public Builder within(Duration period) {
			this.values.duration("filter[period]", "period", period);
			return this;
		}

		/**
		 * Select deliveries received within a period up to now.
		 * @param period the length of the period in the form of the API, such as
		 * {@code 7d}
		 * @return this builder
		 */
		public Builder within(String period) {
			this.values.duration("filter[period]", "period", period);
			return this;
		}

		/**
		 * Select deliveries received between two instants.
		 * @param from the start, {@code null} for an open one
		 * @param to the end, {@code null} for an open one
		 * @return this builder
		 */
		public Builder between(@Nullable Instant from, @Nullable Instant to) {
			this.values.isoSpan("filter[from]", "filter[to]", from, to);
			return this;
		}

		/**
		 * Set the size of pages; the default is the server's.
		 * @param size the number of deliveries, 1 to 100
		 * @return this builder
		 */
		public Builder size(int size) {
			this.values.pageSize(size);
			return this;
		}

		/**
		 * Start with the page after a cursor.
		 * @param cursor the cursor
		 * @return this builder
		 */
		public Builder after(String cursor) {
			this.values.pageAfter(cursor);
			return this;
		}

	}

}

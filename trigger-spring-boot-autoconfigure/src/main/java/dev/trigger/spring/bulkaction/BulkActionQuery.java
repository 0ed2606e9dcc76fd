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

package dev.trigger.spring.bulkaction;

import java.util.Map;
import java.util.function.Consumer;

import dev.trigger.spring.json.InputValues;
import org.jspecify.annotations.Nullable;

/**
 * Which page of the bulk actions to list.
 *
 * @since 1.0.0
 */
public final class BulkActionQuery {

	private static final BulkActionQuery ALL = new BulkActionQuery(new InputValues());

	private final InputValues values;

	private BulkActionQuery(InputValues values) {
		this.values = values;
	}

	/**
	 * Return the query for all bulk actions.
	 * @return the query
	 */
	public static BulkActionQuery all() {
		return ALL;
	}

	/**
	 * Return the query that a customizer sets.
	 * @param customizer sets the page
	 * @return the query
	 */
	public static BulkActionQuery of(Consumer<Builder> customizer) {
		return ALL.with(customizer);
	}

	/**
	 * Return this query with changes.
	 * @param customizer changes the page
	 * @return the new query
	 */
	public BulkActionQuery with(Consumer<Builder> customizer) {
		Builder builder = new Builder(this.values.copy());
		customizer.accept(builder);
		return new BulkActionQuery(builder.values.copy());
	}

	BulkActionQuery following(@Nullable String cursor) {
		return new BulkActionQuery(this.values.following(cursor));
	}

	Map<String, @Nullable Object> toQuery() {
		return this.values.toMap();
	}

	/**
	 * Builds a {@link BulkActionQuery}.
	 */
	public static final class Builder {

		private final InputValues values;

		private Builder(InputValues values) {
			this.values = values;
		}

		/**
		 * Set the size of pages; the default is the server's.
		 * @param size the number of bulk actions, 1 to 100
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

		/**
		 * Select the page before a cursor.
		 * @param cursor the cursor
		 * @return this builder
		 */
		public Builder before(String cursor) {
			this.values.pageBefore(cursor);
			return this;
		}

	}

}

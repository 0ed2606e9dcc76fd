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

package dev.trigger.spring.page;

import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * Selects a page of a list whose pages are numbered, and how many items a page has.
 *
 * @since 1.0.0
 */
public final class PageQuery {

	private static final PageQuery FIRST = new PageQuery(null, null);

	private final @Nullable Integer page;

	private final @Nullable Integer size;

	private PageQuery(@Nullable Integer page, @Nullable Integer size) {
		this.page = page;
		this.size = size;
	}

	/**
	 * Return the query for the first page, with the server's default size.
	 * @return the query
	 */
	public static PageQuery first() {
		return FIRST;
	}

	/**
	 * Return the query that a customizer sets.
	 * @param customizer sets the number and the size
	 * @return the query
	 */
	public static PageQuery of(Consumer<Builder> customizer) {
		return FIRST.with(customizer);
	}

	/**
	 * Return this query with changes.
	 * @param customizer changes the number or the size
	 * @return the new query
	 */
	public PageQuery with(Consumer<Builder> customizer) {
		Builder builder = new Builder(this);
		customizer.accept(builder);
		return new PageQuery(builder.page, builder.size);
	}

	/**
	 * Return the number of the page.
	 * @return the number, counted from 1; {@code null} for the first page
	 */
	public @Nullable Integer page() {
		return this.page;
	}

	/**
	 * Return the size of pages.
	 * @return the number of items, {@code null} for the server's default
	 */
	public @Nullable Integer size() {
		return this.size;
	}

	/**
	 * Builds a {@link PageQuery}.
	 */
	public static final class Builder {

		private @Nullable Integer page;

		private @Nullable Integer size;

		private Builder(PageQuery query) {
			this.page = query.page;
			this.size = query.size;
		}

		/**
		 * Set the number of the page.
		 * @param page the number, counted from 1
		 * @return this builder
		 */
		public Builder page(int page) {
			Assert.isTrue(page > 0, () -> "'page' must be at least 1, not " + page);
			this.page = page;
			return this;
		}

		/**
		 * Set the size of pages; the default is the server's.
		 * @param size the number of items, at least 1
		 * @return this builder
		 */
		public Builder size(int size) {
			Assert.isTrue(size > 0, () -> "'size' must be at least 1, not " + size);
			this.size = size;
			return this;
		}

	}

}

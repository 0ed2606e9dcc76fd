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

import java.io.Serializable;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * One page of a list whose pages are numbered.
 *
 * @param <T> the type of the items
 * @param data the items of this page
 * @param currentPage the number of this page, counted from 1
 * @param totalPages how many pages there are
 * @param count how many items there are on all pages
 * @since 1.0.0
 */
public record NumberedPage<T>(List<T> data, @JsonIgnore int currentPage, @JsonIgnore int totalPages,
		@JsonIgnore int count) implements Serializable {

	/**
	 * Create a page.
	 * @param data the items
	 * @param currentPage the number of the page
	 * @param totalPages how many pages there are
	 * @param count how many items there are
	 */
	public NumberedPage {
		data = List.copyOf(data);
	}

	/**
	 * A page has the form of the API in JSON.
	 */
	@JsonProperty("pagination")
	Numbers pagination() {
		return new Numbers(this.currentPage, this.totalPages, this.count);
	}

	@JsonCreator
	static <T> NumberedPage<T> of(@JsonProperty("data") @Nullable List<T> data,
			@JsonProperty("pagination") @Nullable Numbers pagination) {
		List<T> items = (data != null) ? data : List.of();
		Numbers numbers = Objects.requireNonNullElse(pagination, Numbers.NONE);
		return new NumberedPage<>(items, orElse(numbers.currentPage(), 1), orElse(numbers.totalPages(), 1),
				orElse(numbers.count(), items.size()));
	}

	private static int orElse(@Nullable Integer value, int other) {
		return (value != null) ? value : other;
	}

	/**
	 * Return whether there is a page after this one.
	 * @return {@code true} if there is a next page
	 */
	public boolean hasNext() {
		return this.currentPage < this.totalPages;
	}

	/**
	 * Return whether there is a page before this one.
	 * @return {@code true} if there is a previous page
	 */
	public boolean hasPrevious() {
		return this.currentPage > 1;
	}

	/**
	 * Walk over the items of a page and of those after it, requesting a page only when
	 * there is demand.
	 * @param <T> the type of the items
	 * @param first which page to start with, and the size of pages
	 * @param pages gets a page
	 * @return the items of the pages
	 */
	public static <T> Flux<T> walk(PageQuery first, Function<PageQuery, Mono<NumberedPage<T>>> pages) {
		return Flux.defer(() -> {
			Position position = new Position(first);
			return Flux.defer(() -> pages.apply(position.query))
				.doOnNext((page) -> position.advance(page.data().isEmpty() ? 0 : page.totalPages()))
				.flatMapIterable(NumberedPage::data)
				.repeat(() -> !position.last);
		});
	}

	/**
	 * Where a walk stands. It advances by the pages that were requested: a server that
	 * always returns page 1 can't keep it in a loop. Nor can one that promises more pages
	 * than it has: the pages after an empty one are empty, too.
	 */
	private static final class Position {

		private PageQuery query;

		private boolean last;

		private Position(PageQuery query) {
			this.query = query;
		}

		private void advance(int totalPages) {
			int number = (this.query.page() != null) ? this.query.page() : 1;
			this.last = number >= totalPages;
			if (!this.last) {
				this.query = this.query.with((query) -> query.page(number + 1));
			}
		}

	}

	/**
	 * The page numbers of a response.
	 *
	 * @param currentPage the number of the page
	 * @param totalPages how many pages there are
	 * @param count how many items there are
	 */
	record Numbers(@Nullable Integer currentPage, @Nullable Integer totalPages, @Nullable Integer count) {

		static final Numbers NONE = new Numbers(null, null, null);

	}

}

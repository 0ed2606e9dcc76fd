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

import java.util.List;
import java.util.Objects;
import java.util.function.IntFunction;

import com.fasterxml.jackson.annotation.JsonCreator;
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
public record NumberedPage<T>(List<T> data, int currentPage, int totalPages, int count) {

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
	 * Walk over the items of all pages, asking for a page only when there is demand.
	 * @param <T> the type of the items
	 * @param first the number of the first page to ask for, counted from 1
	 * @param pages gets the page of a number
	 * @return the items of the pages
	 */
	public static <T> Flux<T> walk(int first, IntFunction<Mono<NumberedPage<T>>> pages) {
		return Mono.defer(() -> pages.apply(first))
			.map((page) -> new Step<>(first, page))
			.expand((step) -> (step.number() < step.page().totalPages())
					? pages.apply(step.number() + 1).map((page) -> new Step<>(step.number() + 1, page)) : Mono.empty())
			.concatMapIterable((step) -> step.page().data(), 1);
	}

	/**
	 * A page with the number under which it was asked for: the walk advances by what it
	 * asked, so a server that always says page 1 can't hold it in a loop.
	 *
	 * @param <T> the type of the items
	 * @param number the number that was asked for
	 * @param page the page
	 */
	private record Step<T>(int number, NumberedPage<T> page) {

	}

	/**
	 * The numbers as they stand in an answer.
	 *
	 * @param currentPage the number of the page
	 * @param totalPages how many pages there are
	 * @param count how many items there are
	 */
	record Numbers(@Nullable Integer currentPage, @Nullable Integer totalPages, @Nullable Integer count) {

		static final Numbers NONE = new Numbers(null, null, null);

	}

}

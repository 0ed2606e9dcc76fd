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
import dev.trigger.spring.exception.TriggerDecodingException;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * One page of a list that is paged by cursors.
 *
 * @param <T> the type of the items
 * @param data the items of this page
 * @param next the cursor of the next page, {@code null} on the last one
 * @param previous the cursor of the page before, {@code null} on the first one
 * @since 1.0.0
 */
public record CursorPage<T>(List<T> data, @JsonIgnore @Nullable String next,
		@JsonIgnore @Nullable String previous) implements Serializable {

	/**
	 * Create a page.
	 * @param data the items
	 * @param next the cursor of the next page
	 * @param previous the cursor of the page before
	 */
	public CursorPage {
		data = List.copyOf(data);
	}

	@JsonCreator
	static <T> CursorPage<T> of(@JsonProperty("data") @Nullable List<T> data,
			@JsonProperty("pagination") @Nullable Cursors pagination) {
		Cursors cursors = Objects.requireNonNullElse(pagination, Cursors.NONE);
		return new CursorPage<>((data != null) ? data : List.of(), cursors.next(), cursors.previous());
	}

	/**
	 * A page has the form of the API in JSON.
	 */
	@JsonProperty("pagination")
	Cursors pagination() {
		return new Cursors(this.next, this.previous);
	}

	/**
	 * Return whether there is a page after this one.
	 * @return {@code true} if there is a next page
	 */
	public boolean hasNext() {
		return this.next != null;
	}

	/**
	 * Return whether there is a page before this one.
	 * @return {@code true} if there is a previous page
	 */
	public boolean hasPrevious() {
		return this.previous != null;
	}

	/**
	 * Walk over the items of all pages, requesting a page only when there is demand.
	 * @param <T> the type of the items
	 * @param pages returns the page at a cursor; {@code null} stands for the first page
	 * @return the items of all pages
	 */
	public static <T> Flux<T> walk(Function<@Nullable String, Mono<CursorPage<T>>> pages) {
		return Flux.defer(() -> {
			Position position = new Position();
			return Flux.defer(() -> pages.apply(position.cursor))
				.doOnNext((page) -> position.advance(page.next()))
				.flatMapIterable(CursorPage::data)
				.repeat(() -> position.cursor != null);
		});
	}

	/**
	 * The position of a walk. It notices cursors that come again, however many others are
	 * in between, and remembers only one of them: that of a page whose number is a power
	 * of two (Brent's algorithm).
	 */
	private static final class Position {

		private @Nullable String cursor;

		private @Nullable String remembered;

		private long pages;

		private long next = 1;

		private void advance(@Nullable String next) {
			if (next != null && (next.equals(this.cursor) || next.equals(this.remembered))) {
				throw new TriggerDecodingException(null,
						"The server returned the cursor of an earlier page again: the list would never end", null);
			}
			if (++this.pages == this.next) {
				this.remembered = next;
				this.next *= 2;
			}
			this.cursor = next;
		}

	}

	/**
	 * The cursors of a response.
	 *
	 * @param next the cursor of the next page
	 * @param previous the cursor of the page before
	 */
	record Cursors(@Nullable String next, @Nullable String previous) {

		static final Cursors NONE = new Cursors(null, null);

		/**
		 * A cursor without text is none: the page after it would be the first.
		 */
		Cursors {
			next = (next != null && next.isBlank()) ? null : next;
			previous = (previous != null && previous.isBlank()) ? null : previous;
		}

	}

}

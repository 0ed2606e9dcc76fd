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

import java.util.ArrayList;
import java.util.List;

import dev.trigger.spring.exception.TriggerDecodingException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for the walks of {@link CursorPage} and {@link NumberedPage}.
 */
class PageWalkTests {

	private final List<String> asked = new ArrayList<>();

	@Test
	void nothingIsAskedBeforeSubscription() {
		cursorWalk();
		assertThat(this.asked).isEmpty();
	}

	@Test
	void cursorWalkVisitsAllPages() {
		StepVerifier.create(cursorWalk()).expectNext("a", "b", "c", "d", "e").verifyComplete();
		assertThat(this.asked).containsExactly("first", "2", "3");
	}

	@Test
	void pageIsAskedForOnlyWhenThereIsDemand() {
		StepVerifier.create(cursorWalk(), 1)
			.expectNext("a")
			.then(() -> assertThat(this.asked).containsExactly("first"))
			.thenRequest(2)
			.expectNext("b", "c")
			.then(() -> assertThat(this.asked).containsExactly("first", "2"))
			.thenCancel()
			.verify();
	}

	@Test
	void takingLessThanPageAsksForNoMore() {
		StepVerifier.create(cursorWalk().take(2)).expectNext("a", "b").verifyComplete();
		assertThat(this.asked).containsExactly("first");
	}

	@Test
	void repeatedCursorFailsInsteadOfWalkingForever() {
		Flux<String> walk = CursorPage.walk((cursor) -> Mono.just(new CursorPage<>(List.of("x"), "same", null)));
		StepVerifier.create(walk.take(100)).expectNext("x").expectError(TriggerDecodingException.class).verify();
	}

	@ParameterizedTest
	@CsvSource({ "0, 2", "0, 3", "1, 2", "1, 5", "3, 1", "3, 4", "7, 8", "8, 7", "20, 3", "3, 20" })
	void cursorThatComesAgainAfterOthersFailsSoon(int before, int cycle) {
		Flux<Integer> walk = CursorPage.walk((cursor) -> {
			int page = (cursor != null) ? Integer.parseInt(cursor) : 0;
			this.asked.add("page");
			int next = (page + 1 < before + cycle) ? page + 1 : before;
			return Mono.just(new CursorPage<>(List.of(page), Integer.toString(next), null));
		});
		StepVerifier.create(walk.take(1_000))
			.thenConsumeWhile((page) -> true)
			.verifyError(TriggerDecodingException.class);
		assertThat(this.asked).hasSizeGreaterThanOrEqualTo(before + cycle)
			.hasSizeLessThanOrEqualTo(4 * (before + cycle));
	}

	@Test
	void listOfManyPagesIsReadToItsEnd() {
		Flux<Integer> walk = CursorPage.walk((cursor) -> {
			int page = (cursor != null) ? Integer.parseInt(cursor) : 0;
			return Mono.just(new CursorPage<>(List.of(page), (page < 300) ? Integer.toString(page + 1) : null, null));
		});
		StepVerifier.create(walk).expectNextCount(301).verifyComplete();
	}

	@Test
	void numberedWalkEndsAtAnEmptyPageHoweverManyTheServerPromises() {
		Flux<Integer> walk = NumberedPage.walk(PageQuery.first(), (query) -> {
			this.asked.add(query.page() + "/" + query.size());
			List<Integer> data = (this.asked.size() < 3) ? List.of(1) : List.of();
			return Mono.just(new NumberedPage<>(data, 1, Integer.MAX_VALUE, 2));
		});
		StepVerifier.create(walk.take(100)).expectNext(1, 1).verifyComplete();
		assertThat(this.asked).hasSize(3);
	}

	@Test
	void eachSubscriptionWalksAnew() {
		Flux<String> walk = cursorWalk();
		assertThat(walk.collectList().block()).hasSize(5);
		assertThat(walk.collectList().block()).hasSize(5);
		assertThat(this.asked).hasSize(6);
	}

	@Test
	void numberedWalkEndsAtTheLastPageEvenIfTheServerAlwaysSaysOne() {
		Flux<Integer> walk = NumberedPage.walk(PageQuery.first(), this::numbered);
		StepVerifier.create(walk).expectNext(1, 2, 3).verifyComplete();
		assertThat(this.asked).containsExactly("null/null", "2/null", "3/null");
	}

	@Test
	void numberedWalkStartsWhereItIsTold() {
		Flux<Integer> walk = NumberedPage.walk(PageQuery.of((query) -> query.size(10).page(2)), this::numbered);
		StepVerifier.create(walk).expectNext(2, 3).verifyComplete();
		walk = NumberedPage.walk(PageQuery.of((query) -> query.page(2).size(10)), this::numbered);
		StepVerifier.create(walk).expectNext(2, 3).verifyComplete();
		assertThat(this.asked).containsExactly("2/10", "3/10", "2/10", "3/10");
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, -1, Integer.MIN_VALUE })
	void pagesAndSizesCountFromOne(int number) {
		assertThatIllegalArgumentException().isThrownBy(() -> PageQuery.of((query) -> query.page(number)))
			.withMessage("'page' must be at least 1, not " + number);
		assertThatIllegalArgumentException().isThrownBy(() -> PageQuery.of((query) -> query.size(number)))
			.withMessage("'size' must be at least 1, not " + number);
	}

	private Mono<NumberedPage<Integer>> numbered(PageQuery query) {
		this.asked.add(query.page() + "/" + query.size());
		return Mono.just(new NumberedPage<>(List.of((query.page() != null) ? query.page() : 1), 1, 3, 3));
	}

	private Flux<String> cursorWalk() {
		return CursorPage.walk(this::page);
	}

	private Mono<CursorPage<String>> page(@Nullable String cursor) {
		this.asked.add((cursor != null) ? cursor : "first");
		return Mono.just(switch ((cursor != null) ? cursor : "1") {
			case "1" -> new CursorPage<>(List.of("a", "b"), "2", null);
			case "2" -> new CursorPage<>(List.of("c", "d"), "3", "1");
			default -> new CursorPage<>(List.of("e"), null, "2");
		});
	}

}

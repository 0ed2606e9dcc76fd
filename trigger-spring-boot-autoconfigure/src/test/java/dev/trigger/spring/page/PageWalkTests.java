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
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;

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

	@Test
	void eachSubscriptionWalksAnew() {
		Flux<String> walk = cursorWalk();
		assertThat(walk.collectList().block()).hasSize(5);
		assertThat(walk.collectList().block()).hasSize(5);
		assertThat(this.asked).hasSize(6);
	}

	@Test
	void numberedWalkEndsAtTheLastPageEvenIfTheServerAlwaysSaysOne() {
		Flux<Integer> walk = NumberedPage.walk(1, (number) -> {
			this.asked.add(Integer.toString(number));
			return Mono.just(new NumberedPage<>(List.of(number), 1, 3, 3));
		});
		StepVerifier.create(walk).expectNext(1, 2, 3).verifyComplete();
		assertThat(this.asked).containsExactly("1", "2", "3");
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

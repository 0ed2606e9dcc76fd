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

package dev.trigger.spring.feed;

import java.util.stream.IntStream;

import dev.trigger.spring.http.LiveResponse;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import org.springframework.http.HttpHeaders;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link FeedState}: how many rows are kept.
 */
class FeedStateTests {

	private static final String TIME = "2026-11-26T10:00:00.000";

	private static final String SHORT = "{}";

	private static final String LONG = "x".repeat(16 * 1024);

	private final FeedState state = new FeedState(FeedSource.runs());

	private int responses;

	private FeedState.Step accept(ArrayNode messages) {
		HttpHeaders headers = new HttpHeaders();
		headers.set("electric-handle", "h");
		headers.set("electric-offset", this.responses++ + "_0");
		messages.addObject().putObject("headers").put("control", "up-to-date");
		return this.state.accept(new LiveResponse(200, headers, messages));
	}

	private void insert(int from, int to, @Nullable String completedAt, String payload) {
		ArrayNode messages = JsonNodeFactory.instance.arrayNode();
		IntStream.range(from, to)
			.forEach((i) -> message(messages, i, "insert").put("friendlyId", "run_" + i)
				.put("status", (completedAt != null) ? "CANCELED" : "PENDING")
				.put("completedAt", completedAt)
				.put("payload", payload));
		assertThat(accept(messages).rows()).hasSize(to - from);
	}

	private boolean isKnown(int i) {
		ArrayNode messages = JsonNodeFactory.instance.arrayNode();
		message(messages, i, "update").put("status", "EXECUTING");
		return !accept(messages).restarted();
	}

	private static ObjectNode message(ArrayNode messages, int i, String operation) {
		ObjectNode message = messages.addObject().put("key", "k" + i);
		message.putObject("headers").put("operation", operation);
		return message.putObject("value");
	}

	@Test
	void runsThatAreOverAreForgottenFirst() {
		insert(0, 10, null, SHORT);
		insert(10, 9_000, TIME, SHORT);
		insert(9_000, 9_010, null, SHORT);
		assertThat(isKnown(0)).isTrue();
		assertThat(isKnown(4_100)).isTrue();
		assertThat(isKnown(9_009)).isTrue();
		assertThat(isKnown(4_000)).isFalse();
	}

	@Test
	void manyRunsThatAreNotOverAreKept() {
		insert(0, 20_000, null, SHORT);
		assertThat(isKnown(0)).isTrue();
		assertThat(isKnown(19_999)).isTrue();
	}

	@Test
	void largeRunsThatAreNotOverAreKeptUpToALimit() {
		insert(0, 3_900, null, LONG);
		assertThat(isKnown(0)).isTrue();
		insert(3_900, 4_050, null, LONG);
		assertThat(isKnown(0)).isTrue();
		assertThat(isKnown(102)).isTrue();
		assertThat(isKnown(1)).isFalse();
	}

	@Test
	void largeRunsThatAreOverAreForgottenBeforeOthers() {
		insert(0, 10, null, LONG);
		insert(10, 4_500, TIME, LONG);
		assertThat(isKnown(0)).isTrue();
		assertThat(isKnown(4_499)).isTrue();
		assertThat(isKnown(10)).isFalse();
	}

	@Test
	void whatIsForgottenOrDeletedCountsNoLonger() {
		insert(0, 5_000, TIME, LONG);
		insert(5_000, 9_000, null, LONG);
		ArrayNode messages = JsonNodeFactory.instance.arrayNode();
		IntStream.range(5_000, 9_000).forEach((i) -> message(messages, i, "delete"));
		accept(messages);
		insert(10_000, 30_000, null, SHORT);
		assertThat(isKnown(10_000)).isTrue();
	}

}

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

package dev.trigger.spring.contract;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import dev.trigger.spring.contract.CallRegistry.Registration;
import dev.trigger.spring.contract.ContractExchange.Outcome;
import dev.trigger.spring.page.CursorPage;
import dev.trigger.spring.page.NumberedPage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ObjectNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * Walks over pages as the contract does.
 */
class PaginationVectorTests {

	@ParameterizedTest(name = "{0}", allowZeroInvocations = true)
	@MethodSource
	void walkIsThatOfTheContract(String name, JsonNode row) {
		Registration<?> registration = CallRegistry.get().find(row.path("operation").asString());
		assumeTrue(registration != null, "No adapter makes " + row.path("operation"));
		try (ContractExchange exchange = new ContractExchange(responses(row), false, MissingNode.getInstance())) {
			Walk walk = new Walk(exchange, registration, row);
			row.path("steps").forEach((step) -> walk.step(step.asString()));
			assertThat(exchange.requests()).hasSize(row.path("queries").size());
			for (int i = 0; i < exchange.requests().size(); i++) {
				List<List<String>> expected = new ArrayList<>();
				row.path("queries")
					.get(i)
					.forEach((pair) -> expected.add(List.of(pair.get(0).asString(), pair.get(1).asString())));
				assertThat(exchange.requests().get(i).query()).as("query of request %d", i + 1)
					.containsExactlyInAnyOrderElementsOf(expected);
			}
			walk.verify();
		}
	}

	static Stream<org.junit.jupiter.params.provider.Arguments> walkIsThatOfTheContract() {
		return Contract.vectors("pagination")
			.stream()
			.map((row) -> org.junit.jupiter.params.provider.Arguments.of(row.path("name").asString(), row));
	}

	private static List<JsonNode> responses(JsonNode row) {
		List<JsonNode> responses = new ArrayList<>();
		for (JsonNode page : row.path("pages")) {
			ObjectNode response = JsonNodeFactory.instance.objectNode();
			response.put("status", 200);
			response.putObject("headers").put("content-type", "application/json");
			ObjectNode body = response.putObject("body");
			ArrayNode data = body.putArray("data");
			page.path("ids").forEach((id) -> data.addObject().set("id", id));
			body.set("pagination", page.path("pagination"));
			responses.add(response);
		}
		return responses;
	}

	/**
	 * A walk, step by step.
	 */
	private static final class Walk {

		private final ContractExchange exchange;

		private final Registration<?> registration;

		private final JsonNode row;

		private final List<Integer> pageSizes = new ArrayList<>();

		private List<Object> items = List.of();

		private @Nullable Object page;

		private @Nullable String error;

		Walk(ContractExchange exchange, Registration<?> registration, JsonNode row) {
			this.exchange = exchange;
			this.registration = registration;
			this.row = row;
		}

		void step(String step) {
			switch (step) {
				case "page" -> get(Position.FIRST);
				case "next" -> get(next());
				case "previous" -> get(previous());
				case "all-items" -> this.items = items(true, Position.FIRST);
				case "all-pages" -> {
					get(Position.FIRST);
					for (Position next = next(); next != null; next = next()) {
						get(next);
					}
				}
				default -> throw new IllegalStateException("Unknown step: " + step);
			}
		}

		private void get(@Nullable Position position) {
			if (position == null) {
				this.error = "no further page";
				return;
			}
			this.page = items(false, position).get(0);
			this.items = List.copyOf(data(this.page));
			this.pageSizes.add(this.items.size());
		}

		private List<Object> items(boolean all, Position position) {
			Outcome outcome = this.exchange.call((self) -> {
				var client = self.client(this.registration.operation,
						Contract.json("{\"credential\":\"tr_prod_0123456789abcdefABCD\"}"), MissingNode.getInstance());
				return all ? this.registration.invokeItems(client, arguments(position))
						: this.registration.invoke(client, arguments(position));
			});
			assertThat(outcome.failure()).isNull();
			return outcome.items();
		}

		private Arguments arguments(Position position) {
			ArrayNode arguments = (ArrayNode) this.row.path("arguments").deepCopy();
			if (position.name() != null) {
				if (arguments.isEmpty()) {
					arguments.addObject();
				}
				((ObjectNode) arguments.get(0)).set(position.name(), position.value());
			}
			return Arguments.of(arguments);
		}

		private static List<?> data(Object page) {
			return (page instanceof CursorPage<?> cursors) ? cursors.data() : ((NumberedPage<?>) page).data();
		}

		private @Nullable Position next() {
			if (this.page instanceof CursorPage<?> cursors) {
				return Position.of("after", cursors.next());
			}
			NumberedPage<?> numbers = (NumberedPage<?>) this.page;
			return numbers.hasNext() ? Position.of("page", numbers.currentPage() + 1) : null;
		}

		private @Nullable Position previous() {
			if (this.page instanceof CursorPage<?> cursors) {
				return Position.of("before", cursors.previous());
			}
			NumberedPage<?> numbers = (NumberedPage<?>) this.page;
			return numbers.hasPrevious() ? Position.of("page", numbers.currentPage() - 1) : null;
		}

		void verify() {
			assertThat(this.error != null).as("there is no such page").isEqualTo(this.row.has("error"));
			if (this.row.has("resultIds")) {
				assertThat(ResultJson.ids(this.items).path("ids")).isEqualTo(this.row.get("resultIds"));
			}
			if (this.row.has("pageSizes")) {
				assertThat(this.pageSizes)
					.isEqualTo(Contract.elements(this.row.get("pageSizes")).stream().map(JsonNode::intValue).toList());
			}
			JsonNode written = ResultJson.write(this.page);
			if (this.row.has("hasNext")) {
				assertThat(written.path("hasNextPage")).isEqualTo(this.row.get("hasNext"));
			}
			if (this.row.has("hasPrevious")) {
				assertThat(written.path("hasPreviousPage")).isEqualTo(this.row.get("hasPrevious"));
			}
		}

	}

	/**
	 * Where a page is.
	 *
	 * @param name the name of the option that says so, {@code null} for the first page
	 * @param value the value of that option
	 */
	private record Position(@Nullable String name, JsonNode value) {

		static final Position FIRST = new Position(null, MissingNode.getInstance());

		static @Nullable Position of(String name, @Nullable String cursor) {
			return (cursor != null) ? new Position(name, JsonNodeFactory.instance.stringNode(cursor)) : null;
		}

		static Position of(String name, int number) {
			return new Position(name, JsonNodeFactory.instance.numberNode(number));
		}

	}

}

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
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

import dev.trigger.spring.TriggerOperations;
import dev.trigger.spring.contract.CallRegistry.Registration;
import dev.trigger.spring.contract.ContractExchange.Outcome;
import dev.trigger.spring.exception.TriggerException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ObjectNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Changes the responses of the contract as later servers may: fields are added, left out
 * or {@code null}, and words appear that nobody knows. No call may fail for that.
 */
class LenientDecodingTests {

	private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

	private static final String UNKNOWN = "SOMETHING_NEW";

	/**
	 * Without these a value is worth nothing, and the types promise that they are there:
	 * the call fails and names the field.
	 */
	static final Set<String> ESSENTIAL = Set.of("id", "token", "presignedUrl", "name", "key", "slug", "promptId",
			"deliveryId");

	@ParameterizedTest(name = "{0}", allowZeroInvocations = true)
	@MethodSource("responses")
	void unknownFieldsAreIgnored(String operation, JsonNode wireCase) {
		JsonNode response = wireCase.path("responses").get(0).deepCopy();
		Set<String> objects = new LinkedHashSet<>();
		fields(response.path("body")).forEach((field) -> objects.add(field.get(0)));
		for (String pointer : objects) {
			ObjectNode object = (ObjectNode) response.path("body").at(pointer);
			object.put("somethingNew", UNKNOWN);
		}
		assertThat(call(wireCase, response)).isNull();
	}

	@ParameterizedTest(name = "{0}", allowZeroInvocations = true)
	@MethodSource("responses")
	void missingFieldsAreAbsent(String operation, JsonNode wireCase) {
		assertThat(failures(wireCase, ObjectNode::remove)).isEmpty();
	}

	@ParameterizedTest(name = "{0}", allowZeroInvocations = true)
	@MethodSource("responses")
	void nullIsAbsent(String operation, JsonNode wireCase) {
		assertThat(failures(wireCase, ObjectNode::putNull)).isEmpty();
	}

	@ParameterizedTest(name = "{0}", allowZeroInvocations = true)
	@MethodSource("responses")
	void unknownWordsAreValues(String operation, JsonNode wireCase) {
		JsonNode response = wireCase.path("responses").get(0).deepCopy();
		for (List<String> field : fields(response.path("body"))) {
			ObjectNode object = (ObjectNode) response.path("body").at(field.get(0));
			if (object.path(field.get(1)).asString("").matches("[A-Z][A-Z_]+")) {
				object.put(field.get(1), UNKNOWN);
			}
		}
		assertThat(call(wireCase, response)).isNull();
	}

	/**
	 * The official client reads all of these, whatever the server writes at present.
	 */
	@ParameterizedTest(name = "{0}", allowZeroInvocations = true)
	@MethodSource("responses")
	void timesAndNumbersAreReadInOtherForms(String operation, JsonNode wireCase) {
		Map<String, UnaryOperator<JsonNode>> forms = new LinkedHashMap<>();
		forms.put("fraction", (value) -> value.isNumber() ? NODES.numberNode(value.doubleValue() + 0.5) : value);
		forms.put("milliseconds", (value) -> isTime(value) ? NODES.numberNode(1_795_000_000_000L) : value);
		for (String time : List.of("2026-11-24", "2026-11-24T10:00:00+02:00", "2026-11-24 10:00:00.123")) {
			forms.put(time, (value) -> isTime(value) ? NODES.stringNode(time) : value);
		}
		forms.forEach((form, change) -> {
			JsonNode response = wireCase.path("responses").get(0).deepCopy();
			for (List<String> field : fields(response.path("body"))) {
				ObjectNode object = (ObjectNode) response.path("body").at(field.get(0));
				object.set(field.get(1), change.apply(object.path(field.get(1))));
			}
			assertThat(call(wireCase, response)).as(form).isNull();
		});
	}

	private static boolean isTime(JsonNode value) {
		return value.asString("").matches("20\\d\\d-\\d\\d-\\d\\dT.*Z");
	}

	/**
	 * Return the largest successful response of each operation.
	 */
	static Stream<org.junit.jupiter.params.provider.Arguments> responses() {
		Map<String, JsonNode> largest = new LinkedHashMap<>();
		for (JsonNode wireCase : Contract.cases("wire")) {
			JsonNode responses = wireCase.path("responses");
			boolean fits = responses.size() == 1 && responses.get(0).path("body").isObject()
					&& responses.get(0).path("status").intValue() < 300 && wireCase.has("result")
					&& WireExclusions.reason(wireCase) == null;
			String operation = wireCase.path("operation").asString();
			if (fits && CallRegistry.get().find(operation) != null) {
				largest.merge(operation, wireCase, (one, other) -> (size(one) < size(other)) ? other : one);
			}
		}
		return largest.entrySet()
			.stream()
			.map((entry) -> org.junit.jupiter.params.provider.Arguments.of(entry.getKey(), entry.getValue()));
	}

	private static int size(JsonNode wireCase) {
		return wireCase.path("responses").toString().length();
	}

	/**
	 * Change one field after the other, and return for which the call failed without
	 * need.
	 */
	private static List<String> failures(JsonNode wireCase, BiConsumer<ObjectNode, String> change) {
		List<String> failures = new ArrayList<>();
		try (Calls calls = new Calls(wireCase)) {
			for (List<String> field : fields(wireCase.path("responses").get(0).path("body"))) {
				JsonNode response = wireCase.path("responses").get(0).deepCopy();
				ObjectNode parent = (ObjectNode) response.path("body").at(field.get(0));
				change.accept(parent, field.get(1));
				Throwable failure = calls.call(response);
				if (failure != null && !isNamed(failure, field)) {
					failures.add(field.get(0) + "/" + field.get(1) + ": " + failure);
				}
			}
		}
		return failures;
	}

	private static boolean isNamed(Throwable failure, List<String> field) {
		if (!ESSENTIAL.contains(field.get(1)) || !(failure instanceof TriggerException)) {
			return false;
		}
		String path = (field.get(0) + "/" + field.get(1)).substring(1)
			.replaceAll("/([0-9]+)", "[$1]")
			.replace('/', '.');
		// some operations check what they need themselves
		return field.get(0).isEmpty() || failure.getMessage().contains("the required field '" + path + "' is missing");
	}

	/**
	 * Return the fields of a body, each as the pointer to its object and its name.
	 */
	private static List<List<String>> fields(JsonNode body) {
		List<List<String>> fields = new ArrayList<>();
		collect("", body, fields);
		return fields;
	}

	private static void collect(String pointer, JsonNode node, List<List<String>> fields) {
		for (Map.Entry<String, JsonNode> field : node.properties()) {
			fields.add(List.of(pointer, field.getKey()));
			collect(pointer + "/" + field.getKey().replace("~", "~0").replace("/", "~1"), field.getValue(), fields);
		}
		if (node.isArray() && !node.isEmpty()) {
			collect(pointer + "/0", node.get(0), fields);
		}
	}

	private static @Nullable Throwable call(JsonNode wireCase, JsonNode response) {
		try (Calls calls = new Calls(wireCase)) {
			return calls.call(response);
		}
	}

	/**
	 * Calls of one operation to one server, each with a response of its own.
	 */
	private static final class Calls implements AutoCloseable {

		private final List<JsonNode> responses = new CopyOnWriteArrayList<>();

		private final JsonNode arguments;

		private final Registration<?> registration;

		private final ContractExchange exchange;

		private final TriggerOperations client;

		Calls(JsonNode wireCase) {
			String operation = wireCase.path("operation").asString();
			JsonNode client = wireCase.path("client");
			this.arguments = wireCase.path("arguments");
			this.registration = CallRegistry.get().find(operation);
			this.exchange = new ContractExchange(this.responses, true, client.path("clock"));
			this.client = this.exchange.client(operation, client, MissingNode.getInstance());
		}

		@Nullable Throwable call(JsonNode response) {
			this.responses.clear();
			this.responses.add(response);
			int before = this.exchange.requests().size();
			Outcome outcome = this.exchange
				.call((self) -> this.registration.invoke(this.client, Arguments.of(this.arguments)));
			int requests = this.exchange.requests().size() - before;
			assertThat(requests).isPositive();
			// a response that asks for a further request can't be changed alone
			return (requests > 1) ? null : outcome.failure();
		}

		@Override
		public void close() {
			this.exchange.close();
		}

	}

}

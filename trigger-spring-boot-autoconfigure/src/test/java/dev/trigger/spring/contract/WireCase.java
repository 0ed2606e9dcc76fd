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

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import dev.trigger.spring.TriggerOperations;
import dev.trigger.spring.contract.CallRegistry.Registration;
import dev.trigger.spring.contract.ContractExchange.Outcome;
import dev.trigger.spring.exception.TriggerDecodingException;
import org.junit.jupiter.api.DynamicTest;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Makes one call, and compares its requests on the wire and its result with those that
 * are recorded.
 */
final class WireCase {

	private static final long ROUNDING_MILLIS = 1;

	private WireCase() {
	}

	/**
	 * Return the test of a case.
	 * @param wireCase the case
	 * @param tally counts it
	 * @return the test
	 */
	static DynamicTest test(JsonNode wireCase, Tally tally) {
		return DynamicTest.dynamicTest(wireCase.path("name").asString(),
				() -> tally.count(wireCase, () -> run(wireCase, tally)));
	}

	private static List<String> run(JsonNode wireCase, Tally tally) {
		String reason = WireExclusions.reason(wireCase);
		if (reason != null) {
			throw tally.leaveOut(reason);
		}
		String operation = wireCase.path("operation").asString();
		Registration<?> registration = CallRegistry.get().find(operation);
		if (registration == null) {
			throw tally.withoutAdapter(operation);
		}
		JsonNode client = wireCase.path("client");
		boolean items = wireCase.path("consume").asString("").equals("items");
		try (ContractExchange exchange = new ContractExchange(Contract.elements(wireCase.path("responses")),
				wireCase.has("requestsAtLeast"), client.path("clock"))) {
			Outcome outcome = exchange.call((self) -> {
				TriggerOperations operations = self.client(operation, client, wireCase.path("requestOptions"));
				Arguments arguments = Arguments.of(wireCase.path("arguments"));
				return items ? registration.invokeItems(operations, arguments)
						: registration.invoke(operations, arguments);
			});
			List<String> differences = new ArrayList<>();
			differences.addAll(compareRequests(wireCase, exchange));
			differences.addAll(compareWaits(wireCase, exchange));
			differences.addAll(compareOutcome(wireCase, registration, exchange, outcome));
			return differences;
		}
	}

	private static List<String> compareRequests(JsonNode wireCase, ContractExchange exchange) {
		List<String> differences = new ArrayList<>();
		JsonNode given = JsonNodeFactory.instance.arrayNode()
			.add(wireCase.path("arguments"))
			.add(wireCase.path("responses"));
		JsonNode expected = JsonComparison.markRandom(wireCase.path("requests"), given);
		List<ReceivedRequest> actual = exchange.requests();
		int atLeast = wireCase.path("requestsAtLeast").asInt(expected.size());
		if (actual.size() < atLeast || (actual.size() > expected.size() && !wireCase.has("requestsAtLeast"))) {
			differences
				.add("requests: expected " + expected.size() + ", but there are " + actual.size() + ": " + actual);
		}
		Set<String> added = WireExclusions.added(wireCase.path("operation").asString());
		for (int i = 0; i < Math.min(expected.size(), actual.size()); i++) {
			differences.addAll(RequestComparison.compare(i, expected.get(i), actual.get(i), added));
		}
		return differences;
	}

	/**
	 * Where the case is better than the SDK, its timing may still be that of the SDK:
	 * with another number of requests it says nothing.
	 */
	private static List<String> compareWaits(JsonNode wireCase, ContractExchange exchange) {
		List<String> differences = new ArrayList<>();
		JsonNode timing = wireCase.path("timing");
		if (timing.path("requestCount").asInt(0) != wireCase.path("requests").size()) {
			return differences;
		}
		JsonNode delays = timing.path("delaysMs");
		for (int i = 0; i < delays.size(); i++) {
			Duration waited = exchange.waitedAfter(i + 1);
			long nominal = delays.get(i).longValue();
			if (waited.toMillis() < nominal - ROUNDING_MILLIS) {
				differences.add("wait " + (i + 1) + ": expected at least " + nominal + " ms, but is " + waited);
			}
			JsonNode headers = wireCase.path("responses").path(i).path("headers");
			boolean asked = headers.has("retry-after") || headers.has("x-ratelimit-reset");
			if (!asked && waited.toMillis() > 2 * nominal + ROUNDING_MILLIS) {
				differences.add("wait " + (i + 1) + ": expected about " + nominal + " ms, but is " + waited);
			}
		}
		return differences;
	}

	private static List<String> compareOutcome(JsonNode wireCase, Registration<?> registration,
			ContractExchange exchange, Outcome outcome) {
		Throwable failure = outcome.failure();
		boolean failureExpected = wireCase.has("error") || wireCase.has("errorOneOf");
		if (failure instanceof TriggerDecodingException && isOpen(wireCase)) {
			return List.of();
		}
		if (failure instanceof AssertionError || (failure != null && !failureExpected)) {
			return List.of("call: failed with " + describe(failure));
		}
		if (failureExpected && failure == null) {
			return List.of("call: expected to fail with " + wireCase.path("error") + wireCase.path("errorOneOf")
					+ ", but returned " + outcome.items());
		}
		if (failure != null) {
			return wireCase.has("error") ? ErrorComparison.compare(wireCase.get("error"), failure)
					: ErrorComparison.compareAny(wireCase.get("errorOneOf"), failure);
		}
		if (!wireCase.has("result") || wireCase.path("resultNotCompared").asBoolean(false)) {
			return List.of();
		}
		JsonNode expected = Contract.json(wireCase.get("result").toString().replace(Contract.SERVER, exchange.url()));
		if (wireCase.path("consume").asString("").equals("items")) {
			return JsonComparison.ofResult(expected, ResultJson.ids(outcome.items()), null);
		}
		return registration.compare(expected, outcome.items(), exchange.lastCredential());
	}

	/**
	 * Return whether the case leaves it to the client what to make of a response that is
	 * not what was expected: it may fail, but only with an exception that says so.
	 */
	private static boolean isOpen(JsonNode wireCase) {
		return wireCase.path("parity").asString("").equals("differs") && !wireCase.has("result")
				&& !wireCase.has("error") && !wireCase.has("errorOneOf");
	}

	static String describe(Throwable failure) {
		Throwable cause = failure.getCause();
		String text = failure + ((cause != null) ? ", caused by " + cause : "");
		StackTraceElement[] trace = failure.getStackTrace();
		return (trace.length > 0) ? text + " at " + trace[0] : text;
	}

}

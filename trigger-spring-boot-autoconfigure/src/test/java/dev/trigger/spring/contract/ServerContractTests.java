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
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import dev.trigger.spring.auth.AuthMode;
import dev.trigger.spring.contract.CallRegistry.Registration;
import dev.trigger.spring.contract.ContractExchange.Outcome;
import dev.trigger.spring.endpoint.TriggerEndpoint;
import dev.trigger.spring.exception.TriggerApiException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ObjectNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * Gives the client the responses of a real server, to see it decoded or made an
 * exception.
 */
class ServerContractTests {

	private static final Tally TALLY = new Tally("server contract");

	private static final String SECRET_KEY = "tr_prod_0123456789abcdefABCD";

	private static final String PERSONAL_ACCESS_TOKEN = "tr_pat_0123456789abcdef0123456789abcdef01234567";

	/** The claims are {@code {"sub":"env_1","pub":true}}. */
	private static final String PUBLIC_ACCESS_TOKEN = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJlbnZfMSIsInB1YiI6dHJ1ZX0.c2ln";

	private static final String CUT = "...(cut)";

	@TestFactory
	Stream<DynamicTest> recordings() {
		assumeTrue(Contract.has("server"), "The folder has no recordings of a server");
		List<JsonNode> cases = Contract.cases("server");
		return cases.stream()
			.map((recording) -> DynamicTest.dynamicTest(recording.path("name").asString(),
					() -> TALLY.count(recording, () -> run(recording))));
	}

	@AfterAll
	static void report() {
		TALLY.report();
		assertThat(TALLY.hasRun() || !Contract.has("server")).as("any recording was run").isTrue();
	}

	private static List<String> run(JsonNode recording) {
		String reason = ServerExclusions.reason(recording.path("name").asString());
		if (reason != null) {
			throw TALLY.leaveOut(reason);
		}
		JsonNode operation = recording.path("operation");
		if (!operation.isString()) {
			throw TALLY.leaveOut("The request is for no endpoint");
		}
		Registration<?> registration = CallRegistry.get().findForEndpoint(operation.stringValue());
		if (registration == null) {
			throw TALLY.withoutAdapter(operation.stringValue());
		}
		JsonNode response = recording.path("response");
		try (ContractExchange exchange = new ContractExchange(List.of(response), true, MissingNode.getInstance())) {
			ObjectNode client = JsonNodeFactory.instance.objectNode();
			client.put("credential", credential(operation.stringValue(), recording.path("credentialKind").asString()));
			client.putObject("retry").put("maxAttempts", 1);
			Outcome outcome = exchange.call((self) -> registration
				.invoke(self.client(registration.operation, client, MissingNode.getInstance()), registration.sample));
			return (response.path("status").intValue() < 300) ? compareSuccess(registration,
					Contract.json(exchange.address(response.toString())), exchange, outcome)
					: compareError(registration, response, outcome);
		}
	}

	/**
	 * Return a credential like that of the recording if the client takes it to the
	 * endpoint, or else any that it takes.
	 */
	private static @Nullable String credential(String operation, String kind) {
		Set<AuthMode> accepted = Arrays.stream(TriggerEndpoint.values())
			.filter((endpoint) -> endpoint.operation().equals(operation))
			.findFirst()
			.map(TriggerEndpoint::authModes)
			.orElse(Set.of(AuthMode.SECRET_KEY));
		AuthMode wanted = kind.startsWith("pat") ? AuthMode.PERSONAL_ACCESS_TOKEN
				: kind.startsWith("public-jwt") ? AuthMode.PUBLIC_ACCESS_TOKEN : AuthMode.SECRET_KEY;
		AuthMode mode = accepted.contains(wanted) ? wanted : accepted.iterator().next();
		return switch (mode) {
			case SECRET_KEY -> SECRET_KEY;
			case PERSONAL_ACCESS_TOKEN -> PERSONAL_ACCESS_TOKEN;
			case PUBLIC_ACCESS_TOKEN -> PUBLIC_ACCESS_TOKEN;
			case NONE -> null;
		};
	}

	private static List<String> compareSuccess(Registration<?> registration, JsonNode response,
			ContractExchange exchange, Outcome outcome) {
		if (outcome.failure() != null) {
			return List.of("call: failed with " + WireCase.describe(outcome.failure()));
		}
		JsonNode body = response.has("bodyText") ? response.get("bodyText") : response.path("body");
		if (body.toString().contains(CUT)) {
			return List.of();
		}
		JsonNode expected = registration.recorded.apply(body);
		JsonNode token = response.path("headers").path("x-trigger-jwt");
		if (expected instanceof ObjectNode object && token.isString()) {
			object.set("publicAccessToken", token);
		}
		if (expected instanceof ObjectNode object && object.path("data").isArray() && object.has("pagination")) {
			addDirections(object);
		}
		return registration.compare(expected, outcome.items(), exchange.lastCredential());
	}

	/**
	 * Add to a page what its pagination means.
	 */
	private static void addDirections(ObjectNode page) {
		JsonNode pagination = page.get("pagination");
		int number = pagination.path("currentPage").asInt(1);
		page.put("hasNextPage", pagination.path("next").isString() || number < pagination.path("totalPages").asInt(1));
		page.put("hasPreviousPage", pagination.path("previous").isString() || number > 1);
	}

	private static List<String> compareError(Registration<?> registration, JsonNode response, Outcome outcome) {
		if (registration.emptyIfNotFound && response.path("status").intValue() == 404) {
			boolean empty = outcome.failure() == null && outcome.items().isEmpty();
			return empty ? List.of() : List.of("call: expected to complete empty, but " + outcome);
		}
		TriggerApiException failure = findResponse(outcome.failure());
		if (failure == null) {
			return List.of("call: expected to fail with " + response + ", but " + ((outcome.failure() != null)
					? "failed with " + WireCase.describe(outcome.failure()) : "returned " + outcome.items()));
		}
		List<String> differences = new ArrayList<>();
		int status = response.path("status").intValue();
		String text = response.has("bodyText") ? response.get("bodyText").stringValue() : "";
		if (text.endsWith(CUT)) {
			String start = status + " " + text.substring(0, text.length() - CUT.length()).strip();
			if (failure.getStatus() != status || !failure.getServerMessage().startsWith(start)) {
				differences.add("error: expected " + start + ", but is " + failure);
			}
			return differences;
		}
		ObjectNode expected = JsonNodeFactory.instance.objectNode();
		expected.put("kind", "api");
		expected.put("status", status);
		JsonNode body = response.has("body") ? response.get("body") : parse(text);
		expected.put("message", message(status, text, body));
		JsonNode details = body.path("error").isObject() ? body.path("error") : body;
		for (String name : List.of("code", "type", "param")) {
			if (details.path(name).isString()) {
				expected.set(name, details.get(name));
			}
		}
		return ErrorComparison.compare(expected, failure);
	}

	/**
	 * A body of {@code {message}} is not in the rule of the contract, yet it says what
	 * was wrong.
	 */
	private static String message(int status, String text, JsonNode body) {
		JsonNode error = body.path("error");
		for (JsonNode candidate : List.of(error.path("message"), error, body.path("message"))) {
			if (!candidate.isMissingNode() && !candidate.isNull()) {
				return candidate.isString() ? candidate.stringValue() : candidate.toString();
			}
		}
		return (text.isEmpty() || !body.isMissingNode()) ? status + " status code (no body)" : status + " " + text;
	}

	private static JsonNode parse(String text) {
		try {
			return Contract.json(text);
		}
		catch (JacksonException ex) {
			return MissingNode.getInstance();
		}
	}

	private static @Nullable TriggerApiException findResponse(@Nullable Throwable failure) {
		Throwable cause = failure;
		while (cause != null && !(cause instanceof TriggerApiException)) {
			cause = cause.getCause();
		}
		return (TriggerApiException) cause;
	}

}

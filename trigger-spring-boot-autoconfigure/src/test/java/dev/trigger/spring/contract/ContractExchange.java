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
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.trigger.spring.TriggerOperations;
import dev.trigger.spring.contract.ContractServer.Reply;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import tools.jackson.databind.JsonNode;

/**
 * One call to a server that gives the prepared responses in order.
 */
final class ContractExchange implements AutoCloseable {

	private static final Instant DEFAULT_CLOCK = Instant.parse("2025-03-01T10:00:00.250Z");

	private static final Duration LONGEST = Duration.ofSeconds(20);

	private static final Pattern TIME = Pattern.compile("\\$epoch(Millis|Seconds)\\(now([+-]\\d+)\\)");

	private final List<JsonNode> responses;

	private final boolean repeatLast;

	private final ContractServer server;

	private final RecordingScheduler scheduler;

	/**
	 * Start a server.
	 * @param responses the responses, in order
	 * @param repeatLast whether further requests get the last response again
	 * @param clock what the clock says at first, if it matters
	 */
	ContractExchange(List<JsonNode> responses, boolean repeatLast, JsonNode clock) {
		this.responses = responses;
		this.repeatLast = repeatLast;
		this.server = new ContractServer(this::reply);
		this.scheduler = new RecordingScheduler(clock.isString() ? Instant.parse(clock.stringValue()) : DEFAULT_CLOCK,
				this.server::count);
	}

	private Reply reply(int number) {
		boolean exceeded = number >= this.responses.size();
		if (exceeded && (!this.repeatLast || this.responses.isEmpty())) {
			return Reply.respond(418, Map.of("x-should-retry", "false"), "{\"error\":\"a request too many\"}");
		}
		JsonNode response = this.responses.get(exceeded ? this.responses.size() - 1 : number);
		String action = response.isString() ? response.stringValue() : response.path("action").asString("");
		return switch (action) {
			case "" -> respond(response);
			case "connection-reset" -> Reply.reset();
			case "partial-body-then-close" -> Reply.partial();
			default -> throw new IllegalStateException("Unknown action: " + action);
		};
	}

	private Reply respond(JsonNode response) {
		Map<String, String> headers = new LinkedHashMap<>();
		response.path("headers")
			.properties()
			.forEach((header) -> headers.put(header.getKey(), fill(header.getValue().asString())));
		String body = response.has("bodyText") ? response.get("bodyText").stringValue()
				: response.has("body") ? Argument.expand(response.get("body")).toString() : "";
		return Reply.respond(response.path("status").intValue(), headers, fill(body));
	}

	/**
	 * Write the address of the server and the time where a text stands for them.
	 */
	private String fill(String text) {
		Matcher matcher = TIME.matcher(address(text));
		return matcher.replaceAll((match) -> {
			long offset = Long.parseLong(match.group(2));
			Instant now = this.scheduler.now();
			return Long.toString(match.group(1).equals("Millis") ? now.plusMillis(offset).toEpochMilli()
					: now.plusSeconds(offset).getEpochSecond());
		});
	}

	/**
	 * Write real addresses where a text stands for them. Nobody listens at that of the
	 * object store.
	 */
	String address(String text) {
		return text.replace(Contract.SERVER, this.server.url()).replace("http://OBJECT-STORE", "http://127.0.0.1:1");
	}

	TriggerOperations client(String operation, JsonNode client, JsonNode requestOptions) {
		return ContractClient.create(operation, client, requestOptions, this.server.url(), this.scheduler);
	}

	/**
	 * Make a call.
	 * @param call makes it
	 * @return what came of it
	 */
	Outcome call(Function<ContractExchange, Flux<Object>> call) {
		try {
			List<Object> items = Flux.defer(() -> call.apply(this)).collectList().block(LONGEST);
			return new Outcome((items != null) ? items : List.of(), null);
		}
		catch (Exception ex) {
			Throwable failure = reactor.core.Exceptions.unwrap(ex);
			return new Outcome(List.of(), failure);
		}
	}

	List<ReceivedRequest> requests() {
		return this.server.requests();
	}

	RecordingScheduler scheduler() {
		return this.scheduler;
	}

	Duration waitedAfter(int request) {
		return this.scheduler.waitedAfter(request);
	}

	String url() {
		return this.server.url();
	}

	/**
	 * Return the credential of the last request that had one.
	 * @return the credential, {@code null} if there was none
	 */
	@Nullable String lastCredential() {
		String last = null;
		for (ReceivedRequest request : requests()) {
			String authorization = request.header("authorization");
			if (authorization != null) {
				last = authorization.substring(authorization.indexOf(' ') + 1);
			}
		}
		return last;
	}

	@Override
	public void close() {
		this.server.close();
	}

	/**
	 * What came of a call.
	 *
	 * @param items what was emitted
	 * @param failure what it failed with, {@code null} if it did not
	 */
	record Outcome(List<Object> items, @Nullable Throwable failure) {

	}

}

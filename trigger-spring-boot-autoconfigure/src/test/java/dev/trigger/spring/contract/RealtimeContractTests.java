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
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntFunction;
import java.util.stream.Stream;

import dev.trigger.spring.TriggerTemplate;
import dev.trigger.spring.TriggerTemplateBuilder;
import dev.trigger.spring.auth.PreviewBranch;
import dev.trigger.spring.auth.TriggerCredential;
import dev.trigger.spring.exception.TriggerApiException;
import dev.trigger.spring.exception.TriggerException;
import dev.trigger.spring.feed.LiveServer;
import dev.trigger.spring.feed.LiveServer.Exchange;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * Replays what a real server pushed, to see that the client asks for it as it was asked
 * for, and makes of it what it should.
 */
class RealtimeContractTests {

	private static final Tally TALLY = new Tally("realtime contract");

	private static final Duration LONGEST = Duration.ofSeconds(20);

	private static final Map<String, String> CREDENTIALS = Map.of("<secret-key-dev>", "tr_dev_0123456789abcdefABCD",
			"<secret-key-prod>", "tr_prod_0123456789abcdefABCD", "<secret-key-stg>", "tr_stg_0123456789abcdefABCD",
			"<secret-key-preview>", "tr_preview_0123456789abcdefABCD", "<personal-access-token>",
			"tr_pat_0123456789abcdef0123456789abcdef01234567",
			// the claims are {"sub":"env_1","pub":true}
			"<public-access-token>", "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJlbnZfMSIsInB1YiI6dHJ1ZX0.c2ln");

	@TestFactory
	Stream<DynamicTest> recordings() {
		assumeTrue(Contract.has("realtime"), "The folder has no recordings of what is pushed");
		return Contract.cases("realtime").stream().flatMap(RealtimeContractTests::tests);
	}

	private static Stream<DynamicTest> tests(JsonNode file) {
		if (file.has("cases")) {
			String group = file.path("group").asString("");
			return Contract.elements(file.get("cases"))
				.stream()
				.map((single) -> DynamicTest.dynamicTest(group + "/" + single.path("name").asString(),
						() -> TALLY.count(single, () -> single(single))));
		}
		return file.path("exchanges").isEmpty() ? Stream.empty() : Stream
			.of(DynamicTest.dynamicTest(file.path("name").asString(), () -> TALLY.count(file, () -> sequence(file))));
	}

	@AfterAll
	static void report() {
		TALLY.report();
		assertThat(TALLY.hasRun() || !Contract.has("realtime")).as("any recording was run").isTrue();
	}

	/**
	 * Replay what one subscription of the SDK asked for and got.
	 */
	private static List<String> sequence(JsonNode file) {
		List<RecordedRequest> requests = new ArrayList<>();
		List<RecordedResponse> responses = new ArrayList<>();
		for (JsonNode exchange : file.get("exchanges")) {
			if (exchange.path("response").has("status")) {
				requests.add(RecordedRequest.of(exchange.get("request")));
				responses.add(new RecordedResponse(exchange.get("response"), false));
			}
		}
		return requests.get(0).isFeed() ? feed(requests, responses) : stream(requests.get(0), responses.get(0));
	}

	private static List<String> single(JsonNode recording) {
		RecordedRequest request = RecordedRequest.of(recording.path("request"));
		RecordedResponse response = new RecordedResponse(recording.path("response"),
				!recording.path("response").has("endMs"));
		if (!request.path().startsWith("/realtime/")) {
			throw TALLY.leaveOut("It is not pushed: the recordings of calls have it");
		}
		if (!CREDENTIALS.containsKey(credential(request))) {
			throw TALLY.leaveOut("The client always sends a credential");
		}
		if (request.header("transfer-encoding").equals("chunked")) {
			throw TALLY.leaveOut("The client sends a length with each of these");
		}
		if (request.isFeed()) {
			return feed(List.of(request), List.of(response));
		}
		if (request.method().equals("GET") && !request.path().endsWith("/records")) {
			return stream(request, response);
		}
		return call(request, response);
	}

	private static String credential(RecordedRequest request) {
		return request.header("authorization").replaceFirst("^Bearer ", "");
	}

	private static TriggerTemplate client(LiveServer server, RecordedRequest request) {
		TriggerTemplateBuilder builder = TriggerTemplate
			.builder(TriggerCredential.of(CREDENTIALS.get(credential(request))))
			.apiUrl(server.url())
			.retry((policy) -> policy.withJitter(false).withMaxAttempts(1))
			.timeout(LONGEST);
		if (request.headers().containsKey("x-trigger-branch")) {
			builder.branch(PreviewBranch.of("branch"));
		}
		return builder.build();
	}

	/**
	 * Replay responses of a feed. If the first one is of a feed that goes on, the client
	 * is brought there before.
	 */
	private static List<String> feed(List<RecordedRequest> requests, List<RecordedResponse> responses) {
		RecordedRequest first = requests.get(0);
		List<RecordedResponse> script = new ArrayList<>(before(first));
		int skipped = script.size();
		script.addAll(responses);
		boolean ofRun = first.path().startsWith("/realtime/v1/runs/");
		RecordedFeed expected = new RecordedFeed(ofRun);
		responses.stream().filter((response) -> response.status() < 300).forEach(expected::accept);
		List<JsonNode> runs = new CopyOnWriteArrayList<>();
		AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
		AtomicInteger polls = new AtomicInteger();
		try (LiveServer server = new LiveServer((exchange) -> {
			if (!exchange.path().equals(first.path())) {
				// what was stored apart is not recorded
				exchange.respond(404, Map.of(), "");
				return;
			}
			int number = polls.getAndIncrement();
			if (number < script.size()) {
				script.get(number).write(exchange);
			}
			else {
				exchange.hold();
			}
		}); TriggerTemplate client = client(server, first)) {
			Disposable subscription = Flux.defer(() -> follow(client, first))
				.subscribe((run) -> runs.add(ResultJson.write(RealtimeCalls.json(run))), failure::set);
			boolean ends = expected.hasEnded() || !isTemporary(responses.get(responses.size() - 1).status());
			await().atMost(LONGEST).until(() -> subscription.isDisposed() || (!ends && polls.get() > script.size()));
			subscription.dispose();
			return compareFeed(requests, responses.get(responses.size() - 1), skipped, server, expected.runs(), runs,
					failure.get());
		}
	}

	private static Flux<dev.trigger.spring.realtime.RealtimeRun> follow(TriggerTemplate client,
			RecordedRequest request) {
		try {
			return RealtimeCalls.follow(client, request.path(), request.query());
		}
		catch (Unrepresentable ex) {
			return RealtimeCalls.follow(client, request.path(), Map.of());
		}
	}

	private static boolean isTemporary(int status) {
		return status < 300 || status == 408 || status == 409 || status == 429 || (status >= 500 && status != 501);
	}

	/**
	 * Return the responses with which a feed gets to where a request is.
	 */
	private static List<RecordedResponse> before(RecordedRequest request) {
		if (!request.isOfFeedClient() || !request.isLive()) {
			return List.of();
		}
		List<RecordedResponse> before = new ArrayList<>();
		before.add(upToDate(request, null));
		String cursor = request.query().getOrDefault("cursor", "");
		if (!cursor.isEmpty()) {
			before.add(upToDate(request, cursor));
		}
		return before;
	}

	private static RecordedResponse upToDate(RecordedRequest request, @Nullable String cursor) {
		ObjectNode response = JsonNodeFactory.instance.objectNode();
		response.put("status", 200);
		ObjectNode headers = response.putObject("headers");
		headers.put("content-type", "application/json");
		headers.put("electric-handle", request.query().get("handle"));
		headers.put("electric-offset", request.query().get("offset"));
		if (cursor != null) {
			headers.put("electric-cursor", cursor);
		}
		response.putArray("body").addObject().putObject("headers").put("control", "up-to-date");
		return new RecordedResponse(response, false);
	}

	private static List<String> compareFeed(List<RecordedRequest> requests, RecordedResponse last, int skipped,
			LiveServer server, List<JsonNode> expected, List<JsonNode> actual, @Nullable Throwable failure) {
		List<String> differences = new ArrayList<>();
		List<Exchange> exchanges = server.exchanges()
			.stream()
			.filter((exchange) -> exchange.path().startsWith("/realtime/"))
			.toList();
		boolean refused = exchanges.isEmpty();
		for (int i = 0; i < requests.size() && !refused; i++) {
			if (requests.get(i).isOfFeedClient() && isRepresentable(requests.get(i))) {
				differences.addAll(requests.get(i).compare(exchanges.get(skipped + i)));
			}
		}
		if (last.status() == 409 && exchanges.size() > skipped + 1) {
			Map<String, String> again = exchanges.get(skipped + 1).query();
			check("offset after 409", "-1", again.get("offset"), differences);
			check("handle after 409", last.json().path("headers").path("electric-handle").asString(null),
					again.get("handle"), differences);
		}
		else if (last.status() >= 300 && isTemporary(last.status())) {
			check("request after " + last.status(), exchanges.get(skipped).query(), exchanges.get(skipped + 1).query(),
					differences);
		}
		else if (last.status() >= 300) {
			differences.addAll(compareFailure(last, failure, refused));
		}
		if (last.status() < 300 && failure != null) {
			differences.add("failed with " + WireCase.describe(failure));
		}
		check("number of runs", expected.size(), actual.size(), differences);
		for (int i = 0; i < Math.min(expected.size(), actual.size()); i++) {
			JsonNode run = ((ObjectNode) actual.get(i)).retain(((ObjectNode) expected.get(i)).propertyNames());
			differences.addAll(JsonComparison.ofResult(expected.get(i), run, null));
		}
		return differences;
	}

	private static boolean isRepresentable(RecordedRequest request) {
		try {
			RealtimeCalls.check(request.query());
			return true;
		}
		catch (Unrepresentable ex) {
			return false;
		}
	}

	/**
	 * What the server refuses, the client may refuse before it asks.
	 */
	private static List<String> compareFailure(RecordedResponse response, @Nullable Throwable failure,
			boolean refused) {
		if (refused) {
			return (failure instanceof IllegalArgumentException || failure instanceof TriggerException) ? List.of()
					: List.of("expected to be refused, but " + failure);
		}
		if (!(failure instanceof TriggerApiException api)) {
			return List.of("expected to fail with " + response.status() + ", but " + failure);
		}
		List<String> differences = new ArrayList<>();
		check("status", response.status(), api.getStatus(), differences);
		JsonNode error = response.json().path("body").path("error");
		if (error.isString()) {
			check("message", error.stringValue(), api.getServerMessage(), differences);
		}
		return differences;
	}

	private static void check(String what, @Nullable Object expected, @Nullable Object actual,
			List<String> differences) {
		if (!java.util.Objects.equals(expected, actual)) {
			differences.add(what + ": expected " + expected + ", but is " + actual);
		}
	}

	private static List<String> stream(RecordedRequest request, RecordedResponse response) {
		List<String> expected = (response.status() < 300) ? RecordedStream.parts(response) : List.of();
		return exchange(request, (number) -> response, (client) -> {
			Flux<Object> parts = StreamCalls.read(client, request);
			return response.open() ? parts.take(Math.max(1, expected.size())).take(Duration.ofMillis(500)) : parts;
		}, (actual, exchange, failure) -> {
			List<String> differences = new ArrayList<>();
			if (response.status() >= 300) {
				return compareFailure(response, failure, exchange == null);
			}
			if (failure != null) {
				differences.add("failed with " + WireCase.describe(failure));
			}
			check("parts", expected, actual, differences);
			if (exchange != null) {
				differences.addAll(StreamCalls.comparable(request).compare(exchange));
				check("accept", "text/event-stream", exchange.header("accept"), differences);
			}
			return differences;
		});
	}

	private static List<String> call(RecordedRequest request, RecordedResponse response) {
		return exchange(request, (number) -> response, (client) -> StreamCalls.call(client, request),
				(actual, exchange, failure) -> {
					if (response.status() >= 300) {
						return compareFailure(response, failure, exchange == null);
					}
					List<String> differences = new ArrayList<>();
					if (failure != null) {
						differences.add("failed with " + WireCase.describe(failure));
					}
					if (exchange != null) {
						differences.addAll(request.compare(exchange));
						StreamCalls.compareBody(request, exchange, differences);
					}
					if (request.path().endsWith("/records")) {
						JsonNode found = ResultJson.write(Map.of("records", actual));
						differences.addAll(JsonComparison.ofResult(response.json().get("body"), found, null));
					}
					return differences;
				});
	}

	private static List<String> exchange(RecordedRequest request, IntFunction<RecordedResponse> responses,
			java.util.function.Function<TriggerTemplate, Flux<Object>> call, Outcome outcome) {
		try (LiveServer server = new LiveServer((exchange) -> responses.apply(exchange.number()).write(exchange));
				TriggerTemplate client = client(server, request)) {
			List<Object> actual = new CopyOnWriteArrayList<>();
			AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
			Disposable subscription = Flux.defer(() -> call.apply(client)).subscribe(actual::add, failure::set);
			await().atMost(LONGEST.toSeconds(), TimeUnit.SECONDS).until(subscription::isDisposed);
			if (failure.get() instanceof Unrepresentable) {
				throw TALLY.leaveOut(String.valueOf(failure.get().getMessage()));
			}
			return outcome.compare(actual, server.exchanges().isEmpty() ? null : server.exchanges().get(0),
					failure.get());
		}
	}

	/**
	 * Compares what came of a call.
	 */
	private interface Outcome {

		List<String> compare(List<Object> actual, @Nullable Exchange exchange, @Nullable Throwable failure);

	}

}

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

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;

import dev.trigger.spring.TriggerTemplate;
import dev.trigger.spring.auth.TriggerCredential;
import dev.trigger.spring.feed.LiveServer.Exchange;
import dev.trigger.spring.feed.LiveServer.Handler;
import dev.trigger.spring.realtime.RealtimeRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.reactivestreams.Subscription;
import reactor.core.Disposable;
import reactor.core.publisher.BaseSubscriber;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Responses of feeds as no server should write them, and as one of tomorrow may: a feed
 * outlives them, and what can be read of them is read.
 */
class HostileFeedTests {

	private static final Duration LONGEST = Duration.ofSeconds(60);

	private static final String OVER = "\"status\":\"COMPLETED_SUCCESSFULLY\"";

	private LiveServer server;

	private TriggerTemplate client;

	@AfterEach
	void close() {
		this.client.close();
		this.server.close();
	}

	private void start(Handler handler) {
		this.server = new LiveServer(handler);
		this.client = TriggerTemplate.builder(TriggerCredential.of("tr_prod_0123456789abcdefABCD"))
			.apiUrl(this.server.url())
			.retry((policy) -> policy.withJitter(false))
			.timeout(LONGEST)
			.build();
	}

	private static String change(String key, String operation, String columns) {
		return "{\"key\":" + key + ",\"value\":{" + columns + "},\"headers\":{\"operation\":\"" + operation + "\"}}";
	}

	private static String run(String id, String columns) {
		return change("\"" + id + "\"", "insert", "\"id\":\"" + id + "\",\"friendlyId\":\"run_" + id + "\"," + columns);
	}

	private static Map<String, String> headers(String handle, String offset) {
		Map<String, String> headers = new LinkedHashMap<>();
		headers.put("content-type", "application/json");
		headers.put("electric-handle", handle);
		headers.put("electric-offset", offset);
		return headers;
	}

	private static String body(String... messages) {
		return "[" + String.join(",", messages) + ((messages.length > 0) ? "," : "")
				+ "{\"headers\":{\"control\":\"up-to-date\"}}]";
	}

	private static void respond(Exchange exchange, String... messages) throws IOException {
		exchange.respond(200, headers("h", exchange.number() + "_0"), body(messages));
	}

	private List<RealtimeRun> follow() {
		List<RealtimeRun> runs = this.client.realtime().run("run_1").collectList().block(LONGEST);
		await().atMost(LONGEST).until(() -> this.client.realtime().statistics().open() == 0);
		return runs;
	}

	private static RealtimeRun last(List<RealtimeRun> runs) {
		return runs.get(runs.size() - 1);
	}

	@Test
	void describesAnErrorOfTheServerAsARetrievedRunDoes() {
		String error = "{\\\"type\\\":\\\"INTERNAL_ERROR\\\",\\\"code\\\":\\\"TASK_RUN_CRASHED\\\"}";
		start((exchange) -> respond(exchange, run("1", "\"status\":\"CRASHED\",\"error\":\"" + error + "\"")));
		assertThat(last(follow()).error()).satisfies((shown) -> {
			assertThat(shown.message()).isEqualTo("trigger.dev internal error (TASK_RUN_CRASHED)");
			assertThat(shown.name()).isEqualTo("TASK_RUN_CRASHED");
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "\"costInCents\":\"1e999999999\"", "\"costInCents\":\"1e-999999999\"",
			"\"usageDurationMs\":\"1e99999999\"", "\"usageDurationMs\":99999999999999999999999999",
			"\"usageDurationMs\":\"NaN\"", "\"createdAt\":\"+999999999-12-31T23:59:59.999\"",
			"\"createdAt\":\"infinity\"", "\"createdAt\":1795703794178", "\"runTags\":\"{{a,b},{\\\"c\"",
			"\"runTags\":[\"a\"]", "\"metadata\":\"{\"", "\"metadata\":\"\"", "\"metadata\":\"null\"",
			"\"error\":\"[1\"", "\"error\":\"17\"", "\"payload\":\"{\",\"payloadType\":\"application/json\"",
			"\"payload\":\"x\",\"payloadType\":\"\"", "\"payload\":\"x\",\"payloadType\":\"no/such+type\"",
			"\"output\":\"{\\\"json\\\":1,\\\"meta\\\":5}\",\"outputType\":\"application/super+json\"",
			"\"columnOfTomorrow\":{\"a\":[1,null]}", "\"\":null", "\"isTest\":null,\"ttl\":true",
			"\"taskIdentifier\":null,\"createdAt\":null,\"runTags\":null,\"realtimeStreams\":null" })
	void readsWhatCanBeReadOfARow(String columns) {
		start((exchange) -> respond(exchange, run("1", OVER + "," + columns)));
		RealtimeRun run = last(follow());
		assertThat(run.id()).isEqualTo("run_1");
		assertThat(run.isSuccess()).isTrue();
		assertThat(run.duration()).isNotNull();
		assertThat(run.toString()).contains("run_1");
		assertThat(run.payload().tree()).satisfiesAnyOf((tree) -> assertThat(tree).isNull(),
				(tree) -> assertThat(tree).isNotNull());
		if (run.costInCents() != null) {
			assertThat(Math.abs((long) run.costInCents().scale())).isLessThan(10_000);
		}
	}

	@ParameterizedTest
	@CsvSource({ "'12.5', PT0.0125S", "9223372036854775808, PT2562047788015H12M55.808S",
			"1e300, PT2562047788015215H30M7S", "-1e300, PT-2562047788015215H-30M-7S", "1e99999999, PT0S" })
	void durationIsAsLongAsItCanBe(String millis, Duration expected) {
		start((exchange) -> respond(exchange, run("1", OVER + ",\"usageDurationMs\":\"" + millis + "\"")));
		assertThat(last(follow()).duration()).isEqualTo(expected);
	}

	@ParameterizedTest
	@ValueSource(strings = { "null", "17", "\"text\"", "[]", "{}", "{\"key\":null,\"value\":null,\"headers\":null}",
			"{\"key\":17,\"value\":{},\"headers\":{\"operation\":\"insert\"}}",
			"{\"key\":\"k\",\"headers\":{\"operation\":\"delete\"}}", "{\"headers\":{\"control\":{\"a\":1}}}",
			"{\"headers\":{\"control\":\"snapshot-end\"}}", "{\"headers\":{\"control\":\"of-tomorrow\"}}" })
	void passesOverMessagesThatItDoesNotKnow(String message) {
		start((exchange) -> respond(exchange, message, run("1", OVER), message));
		assertThat(last(follow()).isSuccess()).isTrue();
		assertThat(this.server.exchanges()).hasSize(1);
	}

	/**
	 * A row of which only the status is known has no id to be told by.
	 */
	@Test
	void asksAnewForARowOfWhichItHasOnlyAPart() {
		start((exchange) -> {
			switch (exchange.number()) {
				case 0 -> respond(exchange, run("2", "\"status\":\"EXECUTING\""));
				case 1 -> respond(exchange, change("\"1\"", "update", "\"id\":\"1\",\"status\":\"EXECUTING\""));
				default -> respond(exchange, run("2", "\"status\":\"EXECUTING\""),
						run("1", "\"taskIdentifier\":\"hello\"," + OVER));
			}
		});
		List<RealtimeRun> runs = this.client.realtime()
			.runs()
			.takeUntil(RealtimeRun::isFinished)
			.collectList()
			.block(LONGEST);
		assertThat(runs).extracting(RealtimeRun::id).containsExactly("run_2", "run_1");
		assertThat(last(runs).taskIdentifier()).isEqualTo("hello");
		assertThat(this.server.exchanges().get(2).query()).containsEntry("offset", "-1")
			.containsEntry("expired_handle", "h");
	}

	@Test
	void rowThatIsDeletedIsNotEmittedUntilItIsInsertedWithAChange() {
		String running = "\"status\":\"EXECUTING\"";
		start((exchange) -> {
			switch (exchange.number()) {
				case 0 -> respond(exchange, run("1", running), run("2", running));
				case 1 -> respond(exchange, change("\"1\"", "delete", "\"id\":\"1\""),
						change("\"2\"", "update", "\"status\":\"PAUSED\""), change("\"2\"", "delete", ""));
				case 2 -> respond(exchange, run("1", running));
				case 3 -> respond(exchange, run("1", "\"status\":\"PAUSED\""));
				case 4 -> respond(exchange, run("3", OVER));
				default -> exchange.hold();
			}
		});
		assertThat(this.client.realtime()
			.batch("batch_1")
			.map((run) -> run.id() + " " + run.status())
			.takeUntil("run_3 COMPLETED"::equals)
			.collectList()
			.block(LONGEST)).containsExactly("run_1 EXECUTING", "run_2 EXECUTING", "run_1 WAITING", "run_3 COMPLETED");
	}

	@Test
	void goesOnWithAHandleThatChangesInBetween() {
		start((exchange) -> {
			switch (exchange.number()) {
				case 0 -> exchange.respond(200, headers("h1", "1_0"),
						"[" + run("1", "\"status\":\"PENDING\",\"taskIdentifier\":\"hello\"") + "]");
				case 1 -> exchange.respond(200, headers("h2", "2_0"),
						body(change("\"1\"", "update", "\"status\":\"EXECUTING\"")));
				case 2 -> exchange.respond(200, headers("h3", "3_0"), body());
				default -> respond(exchange, change("\"1\"", "update", OVER));
			}
		});
		List<RealtimeRun> runs = follow();
		assertThat(runs).extracting((run) -> String.valueOf(run.status())).containsExactly("EXECUTING", "COMPLETED");
		assertThat(last(runs).taskIdentifier()).isEqualTo("hello");
		assertThat(this.server.exchanges()).extracting((exchange) -> exchange.query().get("handle"))
			.containsExactly(null, "h1", "h2", "h3");
	}

	@Test
	void sendsHandleOffsetAndCursorBackAsTheyCame() {
		String odd = "a+b&c=d%20/?#\"<>[]{}|\\^`~;:@!$'()*,";
		start((exchange) -> {
			Map<String, String> headers = headers(odd, odd);
			headers.put("electric-cursor", odd);
			exchange.respond(200, headers, body(run("1", (exchange.number() < 2) ? "\"status\":\"EXECUTING\"" : OVER)));
		});
		follow();
		assertThat(this.server.exchanges().get(2).query()).containsEntry("handle", odd)
			.containsEntry("offset", odd)
			.containsEntry("cursor", odd);
	}

	@Test
	void readsTenThousandRowsOfOneResponse() {
		int count = 10_000;
		String rows = IntStream.range(0, count)
			.mapToObj((i) -> run(Integer.toString(i), "\"status\":\"EXECUTING\""))
			.collect(Collectors.joining(","));
		start((exchange) -> {
			if (exchange.number() == 0) {
				respond(exchange, rows);
			}
			else {
				respond(exchange, run("last", OVER));
			}
		});
		List<String> ids = this.client.realtime()
			.runs()
			.map(RealtimeRun::id)
			.takeUntil("run_last"::equals)
			.collectList()
			.block(LONGEST);
		assertThat(ids).hasSize(count + 1).doesNotHaveDuplicates();
	}

	/**
	 * Electric sends only what changed: all would be asked for again for the sake of one.
	 */
	@Test
	void doesNotAskAnewForRunsThatWaitBehindThousandsOfOthers() {
		int count = 6_000;
		int started = 5;
		String rows = IntStream.range(0, count)
			.mapToObj((i) -> run(Integer.toString(i), "\"status\":\"PENDING\",\"completedAt\":null"))
			.collect(Collectors.joining(","));
		start((exchange) -> {
			if (!exchange.query().containsKey("live")) {
				respond(exchange, rows);
			}
			else if (exchange.number() <= started) {
				respond(exchange, change("\"" + exchange.number() + "\"", "update", "\"status\":\"EXECUTING\""));
			}
			else {
				respond(exchange, run("last", OVER));
			}
		});
		List<String> runs = this.client.realtime()
			.runs()
			.map((run) -> run.id() + " " + run.status())
			.takeUntil((run) -> run.startsWith("run_last"))
			.collectList()
			.block(LONGEST);
		assertThat(runs).hasSize(count + started + 1).doesNotHaveDuplicates();
		assertThat(this.server.exchanges()).filteredOn((exchange) -> !exchange.query().containsKey("live")).hasSize(1);
	}

	@Test
	void asksForNothingMoreWhileASlowReaderHasThousandsOfRunsToTake() {
		int count = 20_000;
		int perResponse = 1_000;
		start((exchange) -> {
			int begin = exchange.number() * perResponse;
			if (begin >= count) {
				exchange.hold();
				return;
			}
			respond(exchange,
					IntStream.range(begin, begin + perResponse)
						.mapToObj((i) -> run(Integer.toString(i), "\"status\":\"EXECUTING\""))
						.toArray(String[]::new));
		});
		Set<String> ids = ConcurrentHashMap.newKeySet();
		BaseSubscriber<RealtimeRun> reader = new BaseSubscriber<>() {

			@Override
			protected void hookOnSubscribe(Subscription subscription) {
				// asks for nothing yet
			}

			@Override
			protected void hookOnNext(RealtimeRun run) {
				ids.add(run.id());
			}

		};
		this.client.realtime().runs().subscribe(reader);
		await().atMost(LONGEST).until(() -> this.server.exchanges().size() >= 5);
		// others would follow within milliseconds
		await().during(Duration.ofMillis(200)).until(() -> this.server.exchanges().size() <= 6);
		reader.requestUnbounded();
		await().atMost(LONGEST).until(() -> ids.size() == count);
		await().atMost(LONGEST).until(() -> this.server.exchanges().size() == count / perResponse + 1);
		reader.dispose();
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 2, 3, 7 })
	void readsABodyThatIsSplitInTheMiddleOfCharacters(int size) {
		String tag = "é€😀\u2028";
		start((exchange) -> {
			byte[] bytes = body(run("1", OVER + ",\"runTags\":\"{\\\"" + tag + "\\\"}\""))
				.getBytes(StandardCharsets.UTF_8);
			exchange.begin(200, headers("h", "1_0"));
			for (int i = 0; i < bytes.length; i += size) {
				exchange.piece(bytes, i, Math.min(size, bytes.length - i));
			}
			exchange.end();
		});
		assertThat(last(follow()).tags()).containsExactly(tag);
	}

	@ParameterizedTest
	@ValueSource(strings = { "gzip", "x-gzip" })
	void readsACompressedBody(String encoding) {
		start((exchange) -> {
			Map<String, String> headers = headers("h", "1_0");
			headers.put("content-encoding", encoding);
			byte[] bytes = gzip(body(run("1", OVER)));
			exchange.begin(200, headers);
			exchange.piece(bytes, 0, bytes.length);
			exchange.end();
		});
		assertThat(last(follow()).isSuccess()).isTrue();
	}

	static byte[] gzip(String text) throws IOException {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
			out.write(text.getBytes(StandardCharsets.UTF_8));
		}
		return bytes.toByteArray();
	}

	/**
	 * Without a back-off it would be as many as the machine allows.
	 */
	@ParameterizedTest
	@ValueSource(strings = { "close", "reset", "conflict", "no-content", "empty", "restart" })
	void reconnectsWithABackOff(String fault) {
		// the waits after a failure grow
		int count = (fault.equals("close") || fault.equals("reset")) ? 5 : 8;
		List<Long> times = new CopyOnWriteArrayList<>();
		start((exchange) -> {
			times.add(System.nanoTime());
			switch (fault) {
				case "close" -> exchange.close();
				case "reset" -> exchange.reset();
				case "conflict" -> exchange.respond(409, headers("h" + exchange.number(), "0_0"), "[]");
				case "no-content" -> exchange.respond(204, headers("h", "0_0"), "");
				case "empty" -> exchange.respond(200, headers("h", "0_" + exchange.number()), body());
				default -> exchange.respond(200, headers("h" + exchange.number(), "0_0"),
						"[{\"headers\":{\"control\":\"must-refetch\"}}]");
			}
		});
		Disposable subscription = this.client.realtime().runs().subscribe();
		await().atMost(LONGEST).until(() -> times.size() >= count);
		subscription.dispose();
		assertThat(Duration.ofNanos(times.get(count - 1) - times.get(0))).isGreaterThan(Duration.ofMillis(700));
	}

}

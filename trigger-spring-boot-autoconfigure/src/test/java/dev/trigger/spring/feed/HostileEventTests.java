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

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import dev.trigger.spring.TriggerTemplate;
import dev.trigger.spring.auth.TriggerCredential;
import dev.trigger.spring.feed.LiveServer.Exchange;
import dev.trigger.spring.feed.LiveServer.Handler;
import dev.trigger.spring.realtime.StreamPart;
import dev.trigger.spring.session.SessionChannelOperations;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Event streams as servers and proxies may write them: all that the format of server-sent
 * events allows, and some that it does not.
 */
class HostileEventTests {

	private static final Duration LONGEST = Duration.ofSeconds(30);

	private static final Map<String, String> V1 = Map.of("content-type", "text/event-stream");

	private static final Map<String, String> V2 = Map.of("content-type", "text/event-stream", "x-stream-version", "v2");

	private final List<Exchange> requests = new CopyOnWriteArrayList<>();

	private LiveServer server;

	private TriggerTemplate client;

	@AfterEach
	void close() {
		this.client.close();
		this.server.close();
	}

	private void start(Handler stream) {
		this.server = new LiveServer((exchange) -> {
			if (exchange.path().startsWith("/realtime/v1/runs/")) {
				if (exchange.query().containsKey("live")) {
					exchange.hold();
				}
				FeedTests.log(exchange, "1_0",
						FeedTests.row("insert", "id", "1", "friendlyId", "run_1", "status", "EXECUTING"));
				return;
			}
			this.requests.add(exchange);
			stream.handle(exchange);
		});
		this.client = TriggerTemplate.builder(TriggerCredential.of("tr_prod_0123456789abcdefABCD"))
			.apiUrl(this.server.url())
			.retry((policy) -> policy.withJitter(false))
			.timeout(LONGEST)
			.build();
	}

	private static void bytes(Exchange exchange, Map<String, String> headers, byte[] bytes, int size)
			throws IOException {
		exchange.begin(200, headers);
		for (int i = 0; i < bytes.length; i += size) {
			exchange.piece(bytes, i, Math.min(size, bytes.length - i));
		}
		exchange.end();
	}

	private static void text(Exchange exchange, Map<String, String> headers, String text) throws IOException {
		bytes(exchange, headers, text.getBytes(StandardCharsets.UTF_8), Integer.MAX_VALUE);
	}

	private Flux<StreamPart<String>> parts() {
		return this.client.realtime().stream("run_1", "out").read(String.class);
	}

	private List<String> one() {
		return this.client.realtime()
			.stream("run_1", "out")
			.read(String.class, (options) -> options.timeout(Duration.ofSeconds(1)))
			.map(StreamPart::value)
			.collectList()
			.block(LONGEST);
	}

	@ParameterizedTest
	@CsvSource({ "\\n,1", "\\n,2", "\\n,3", "\\n,1000", "\\r\\n,1", "\\r\\n,2", "\\r\\n,1000", "\\r,1", "\\r,2",
			"\\r,1000" })
	void readsEachEndOfLineAndEachSplit(String end, int size) {
		String text = "\ufeff: hello\n\nretry: 10\nevent: odd\n\nid:1-0\ndata:\"é€😀\"\n\n:\nid: 2-0\ndata: [1,\n"
				+ "data: 2]\n\nnonsense\nid: 3-0\nof: tomorrow\ndata: \"c\"\nretry: soon\n\n\n\n";
		String lines = text.replace("\n", end.replace("\\n", "\n").replace("\\r", "\r"));
		start((exchange) -> bytes(exchange, V1, lines.getBytes(StandardCharsets.UTF_8), size));
		assertThat(one()).containsExactly("é€😀", "[1,2]", "c");
	}

	@Test
	void readsAPartThatFollowsAByteOrderMark() {
		start((exchange) -> text(exchange, V1, "\ufeffid: 1-0\ndata: \"a\"\n\n"));
		assertThat(one()).containsExactly("a");
	}

	@ParameterizedTest
	@ValueSource(strings = { "\u0085", "\u2028", "\u000b", "\u000c" })
	void takesNothingElseForTheEndOfALine(String character) {
		start((exchange) -> text(exchange, V1, "id: 1-0\ndata: \"a" + character + "b\"\n\n"));
		assertThat(one())
			.containsExactly(character.charAt(0) < ' ' ? "\"a" + character + "b\"" : "a" + character + "b");
	}

	@ParameterizedTest
	@CsvSource({ "gzip,100", "gzip,1", "gzip,7", "x-gzip,100", "GZIP,100" })
	void readsACompressedStream(String encoding, int size) {
		Map<String, String> headers = Map.of("content-type", "text/event-stream", "content-encoding", encoding);
		String text = IntStream.range(0, 200)
			.mapToObj((i) -> "id: " + (i + 1) + "-0\ndata: \"é " + i + "\"\n\n")
			.collect(Collectors.joining());
		start((exchange) -> bytes(exchange, headers, HostileFeedTests.gzip(text), size));
		assertThat(one()).hasSize(200).startsWith("é 0").endsWith("é 199");
	}

	@ParameterizedTest
	@ValueSource(strings = { "😀", "é\u0001", "", "-", "-1-", "99999999999999999999-0", "17" })
	void takesAnyIdOfAPart(String id) {
		start((exchange) -> {
			String after = exchange.header("last-event-id");
			String first = "id: 1-0\ndata: \"a\"\n\n";
			String second = "id: " + id + "\ndata: \"b\"\n\n";
			if (this.requests.size() == 1) {
				exchange.begin(200, V1);
				exchange.piece(first + second);
				Thread.sleep(50);
				exchange.close();
				return;
			}
			// it can be resumed after the first part, or else from the beginning
			text(exchange, V1, ("1-0".equals(after) ? "" : first) + second + "id: 9-0\ndata: \"c\"\n\n");
		});
		assertThat(parts().map(StreamPart::value).take(3).collectList().block(LONGEST)).containsExactly("a", "b", "c");
	}

	@ParameterizedTest
	@ValueSource(strings = { "{\"seq_num\":1,\"timestamp\":1e300,", "{\"seq_num\":1,\"timestamp\":1795703794178.5,",
			"{\"seq_num\":1,\"timestamp\":\"now\",", "{\"seq_num\":1,\"timestamp\":99999999999999999999999,",
			"{\"seq_num\":1,\"headers\":{\"a\":1},", "{\"seq_num\":1,\"headers\":[[],[\"a\"],17],",
			"{\"seq_num\":1,\"of\":\"tomorrow\"," })
	void readsWhatCanBeReadOfARecord(String beginning) {
		start((exchange) -> text(exchange, V2,
				"event: batch\ndata: {\"records\":[" + beginning + "\"body\":\"{\\\"data\\\":\\\"a\\\"}\"}]}\n\n"));
		assertThat(one()).containsExactly("a");
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "", "\"seq_num\":null,", "\"seq_num\":\"😀\",", "\"seq_num\":{},", "\"seq_num\":\"a b\\n\"," })
	void goesOnAfterTheLastRecordThatHasANumber(String number) {
		start((exchange) -> {
			String record = "{" + number + "\"body\":\"{\\\"data\\\":\\\"b\\\",\\\"id\\\":\\\"p2\\\"}\"}";
			if (this.requests.size() == 1) {
				exchange.begin(200, V2);
				exchange.piece(
						"event: batch\ndata: {\"records\":[{\"seq_num\":7,\"body\":\"{\\\"data\\\":\\\"a\\\",\\\"id\\\":\\\"p1\\\"}\"},"
								+ record + "]}\n\n");
				Thread.sleep(50);
				exchange.close();
				return;
			}
			assertThat(exchange.header("last-event-id")).isEqualTo("7");
			text(exchange, V2, "event: batch\ndata: {\"records\":[" + record
					+ ",{\"seq_num\":9,\"body\":\"{\\\"data\\\":\\\"c\\\",\\\"id\\\":\\\"p3\\\"}\"}]}\n\n");
		});
		assertThat(parts().map(StreamPart::value).take(3).collectList().block(LONGEST)).containsExactly("a", "b", "c");
	}

	@Test
	void takesAnEmptyIdOfAPartForNone() {
		start((exchange) -> text(exchange, V2,
				"event: batch\ndata: {\"records\":[{\"seq_num\":1,\"body\":\"{\\\"data\\\":\\\"a\\\",\\\"id\\\":\\\"\\\"}\"},"
						+ "{\"seq_num\":2,\"body\":\"{\\\"data\\\":\\\"b\\\",\\\"id\\\":\\\"\\\"}\"}]}\n\n"));
		assertThat(one()).containsExactly("a", "b");
	}

	@Test
	void readsAPartWithoutDataAsNull() {
		start((exchange) -> text(exchange, V2,
				"event: batch\ndata: {\"records\":[{\"seq_num\":1,\"body\":\"{\\\"id\\\":\\\"inp_1\\\"}\"}]}\n\n"));
		List<StreamPart<String>> parts = this.client.realtime()
			.stream("run_1", "out")
			.read(String.class, (options) -> options.timeout(Duration.ofSeconds(1)))
			.collectList()
			.block(LONGEST);
		assertThat(parts).singleElement().satisfies((part) -> {
			assertThat(part.value()).isNull();
			assertThat(part.id()).isEqualTo("1");
		});
	}

	@Test
	void listsAControlRecordOfASessionAsItIsRead() {
		String batch = "event: batch\ndata: {\"records\":[{\"seq_num\":4,\"body\":\"\",\"headers\":[[\"trigger-control\",\"turn-complete\"]]}]}\n\n";
		start((exchange) -> {
			if (exchange.path().endsWith("/records")) {
				text(exchange, Map.of("content-type", "application/json"),
						"{\"records\":[{\"data\":\"\",\"id\":\"\",\"seqNum\":4,\"headers\":[[\"trigger-control\",\"turn-complete\"]]}]}");
				return;
			}
			text(exchange, V2, batch);
		});
		SessionChannelOperations out = this.client.sessions().session("chat").out();
		assertThat(out.records(null).block(LONGEST)).singleElement().satisfies((entry) -> {
			assertThat(entry.value()).isNull();
			assertThat(entry.partId()).isNull();
			assertThat(entry.control()).isEqualTo("turn-complete");
		});
		assertThat(out.read(JsonNode.class, (options) -> options.timeout(Duration.ofSeconds(1))).blockFirst(LONGEST))
			.satisfies((entry) -> {
				assertThat(entry.value()).isNull();
				assertThat(entry.partId()).isNull();
				assertThat(entry.control()).isEqualTo("turn-complete");
				assertThat(entry.seq()).isEqualTo(4);
			});
	}

	/**
	 * A proxy that cuts each response after a part, or that does not pass on the id to
	 * resume after.
	 */
	@ParameterizedTest
	@ValueSource(strings = { "close", "end", "repeat", "repeat-id", "empty" })
	void reconnectsAFewTimesASecondAtMost(String fault) {
		// those without anything new wait longer each time
		int count = (fault.equals("close") || fault.equals("end")) ? 10 : 6;
		List<Long> times = new CopyOnWriteArrayList<>();
		start((exchange) -> {
			times.add(System.nanoTime());
			int seq = fault.startsWith("repeat") ? 1 : times.size();
			exchange.begin(200, fault.equals("repeat-id") ? V1 : V2);
			switch (fault) {
				case "empty" -> exchange.end();
				case "repeat-id" -> {
					exchange.piece("id: 1-0\ndata: 1\n\n");
					exchange.end();
				}
				default -> {
					exchange.piece("event: batch\ndata: {\"records\":[{\"seq_num\":" + seq
							+ ",\"body\":\"{\\\"data\\\":1,\\\"id\\\":\\\"p" + seq + "\\\"}\"}]}\n\n");
					if (fault.equals("close")) {
						exchange.close();
					}
					else {
						exchange.end();
					}
				}
			}
		});
		List<String> seen = new CopyOnWriteArrayList<>();
		Disposable subscription = parts().subscribe((part) -> seen.add(part.value()));
		await().atMost(LONGEST).until(() -> times.size() >= count);
		subscription.dispose();
		assertThat(Duration.ofNanos(times.get(count - 1) - times.get(0))).isGreaterThan(Duration.ofSeconds(1));
		if (fault.startsWith("repeat")) {
			assertThat(seen).hasSize(1);
		}
		await().atMost(LONGEST).until(() -> this.client.realtime().statistics().open() == 0);
	}

}

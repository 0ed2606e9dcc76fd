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
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import dev.trigger.spring.TriggerTemplate;
import dev.trigger.spring.auth.TriggerCredential;
import dev.trigger.spring.feed.LiveServer.Exchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.publisher.Flux;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Streams that break off or end anywhere in their bytes, twice: a reader gets each part
 * once.
 */
class CutStreamTests {

	private static final Duration LONGEST = Duration.ofSeconds(60);

	private static final int CUTS = 2;

	/**
	 * After how many further bytes the next stream is cut; {@code -Dtrigger.cut=1} for
	 * all of them.
	 */
	private static final int STEP = Integer.getInteger("trigger.cut", 17);

	/**
	 * Several parts have the same id, as those of a chunk do, and one has none.
	 */
	private static final List<Event> SINGLE = List.of(new Event(1, "id: 1-0", "data: \"ä€😀\""),
			new Event(2, ": ping", "data: {\"n\":", "data: 2}", "id:2-0"), new Event(2, "id: 2-0", "data: [3]"),
			new Event(2, "retry: 10", "data: null", "id: 2-0"), new Event(2, "data: \"no id\""), new Event(2, ": ping"),
			new Event(3, "id: 3-0", "event: message", "data: text"), new Event(4, "id: 4-0", "data:"));

	/**
	 * A part that its writer repeated, a record of the storage and one without a value.
	 */
	private static final List<Event> BATCHES = List.of(
			new Event(1, "event: batch", batch(item(0, "\"ä€😀\"", "a"), item(1, "{\"n\":2}", "b")), "id: 1,2,30"),
			new Event(1, "event: ping", "data: {\"timestamp\":1}"),
			new Event(2, "event: batch", batch(item(2, "2", "b"))),
			new Event(3, "event: batch", batch("{\"seq_num\":3,\"body\":\"\",\"headers\":[[\"\",\"trim\"]]}")),
			new Event(4, "event: batch", batch(item(4, "null", "c"))), new Event(4, "data: [DONE]"));

	private final Map<String, AtomicInteger> reads = new ConcurrentHashMap<>();

	private final LiveServer server = new LiveServer(this::handle);

	private final TriggerTemplate client = TriggerTemplate.builder(TriggerCredential.of("tr_prod_0123456789abcdefABCD"))
		.apiUrl(this.server.url())
		.build();

	private boolean batches;

	private boolean breaksOff;

	private String endOfLine = "\n";

	@AfterEach
	void close() {
		this.client.close();
		this.server.close();
	}

	private static String batch(String... items) {
		return "data: {\"records\":[" + String.join(",", items) + "]}";
	}

	private static String item(int number, String data, String id) {
		String body = "{\"data\":" + data + ",\"id\":\"" + id + "\"}";
		return "{\"seq_num\":%d,\"timestamp\":1,\"body\":\"%s\"}".formatted(number, body.replace("\"", "\\\""));
	}

	private byte[] body(int after) {
		return (this.batches ? BATCHES : SINGLE).stream()
			.filter((event) -> event.number() > after)
			.map((event) -> String.join(this.endOfLine, event.lines()) + this.endOfLine.repeat(2))
			.collect(Collectors.joining("", "\ufeff", ""))
			.getBytes(StandardCharsets.UTF_8);
	}

	private void handle(Exchange exchange) throws IOException, InterruptedException {
		String[] path = exchange.path().split("/");
		AtomicInteger count = this.reads.computeIfAbsent(path[4], (run) -> new AtomicInteger());
		if (path[3].equals("runs")) {
			while (exchange.query().containsKey("live") && count.get() <= CUTS) {
				Thread.sleep(5);
			}
			FeedTests.log(exchange, "1_0", FeedTests.row("insert", "id", "1", "friendlyId", path[4], "status",
					(count.get() > CUTS) ? "COMPLETED_SUCCESSFULLY" : "EXECUTING"));
			return;
		}
		String last = exchange.header("last-event-id");
		byte[] body = body((last != null) ? Integer.parseInt(last.split("-")[0]) : -1);
		boolean cut = count.getAndIncrement() < CUTS;
		int length = cut ? Math.min(Integer.parseInt(path[5]), body.length) : body.length;
		exchange.begin(200, this.batches ? Map.of("x-stream-version", "v2") : Map.of());
		for (int start = 0; start < length; start += 50) {
			exchange.piece(body, start, Math.min(50, length - start));
		}
		if (cut && this.breaksOff) {
			exchange.close();
		}
		else {
			exchange.end();
		}
	}

	@ParameterizedTest
	@CsvSource({ "false, true, CRLF", "false, false, CR", "true, true, LF" })
	void eachPartComesOnce(boolean batches, boolean breaksOff, String endOfLine) {
		this.batches = batches;
		this.breaksOff = breaksOff;
		this.endOfLine = endOfLine.replace("CR", "\r").replace("LF", "\n");
		String parts = batches ? "[\"ä€😀\", {\"n\":2}, null]"
				: "[\"ä€😀\", {\"n\":2}, [3], null, \"no id\", \"text\", \"\"]";
		int cuts = body(-1).length / STEP;
		List<String> read = Flux.range(0, cuts)
			.map((cut) -> Integer.toString(cut * STEP))
			.flatMapSequential((cut) -> this.client.realtime()
				.stream("run_" + cut, cut, JsonNode.class)
				.map((part) -> String.valueOf(part.value()))
				.collectList()
				.map((values) -> cut + ": " + values), cuts)
			.collectList()
			.block(LONGEST);
		assertThat(read)
			.containsExactlyElementsOf(IntStream.range(0, cuts).mapToObj((cut) -> cut * STEP + ": " + parts).toList());
	}

	/**
	 * An event.
	 *
	 * @param number the number of the last part so far
	 * @param lines the fields and comments
	 */
	private record Event(int number, String... lines) {

	}

}

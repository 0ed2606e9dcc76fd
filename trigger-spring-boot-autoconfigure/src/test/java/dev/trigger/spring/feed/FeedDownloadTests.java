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
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import dev.trigger.spring.TriggerTemplate;
import dev.trigger.spring.auth.TriggerCredential;
import dev.trigger.spring.feed.LiveServer.Exchange;
import dev.trigger.spring.realtime.RealtimeRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for feeds of runs with payloads that were stored apart.
 */
class FeedDownloadTests {

	private static final Duration LONGEST = Duration.ofSeconds(60);

	private static final Map<String, String> JSON = Map.of("content-type", "application/json");

	private final List<String> downloads = new CopyOnWriteArrayList<>();

	private final LiveServer server = new LiveServer(this::handle);

	private final TriggerTemplate client = TriggerTemplate.builder(TriggerCredential.of("tr_prod_0123456789abcdefABCD"))
		.apiUrl(this.server.url())
		.build();

	private String content = "1";

	private List<List<String>> responses = List.of();

	private int next;

	private final AtomicInteger received = new AtomicInteger();

	@AfterEach
	void close() {
		this.client.close();
		this.server.close();
	}

	/**
	 * Respond with further rows when those before were read: newer ones replace those
	 * that wait.
	 */
	private void handle(Exchange exchange) throws IOException {
		if (exchange.path().startsWith("/api/v1/packets/")) {
			String name = exchange.path().substring("/api/v1/packets/".length());
			exchange.respond(200, JSON, "{\"presignedUrl\":\"" + this.server.url() + "/bucket/" + name + "\"}");
		}
		else if (exchange.path().startsWith("/bucket/")) {
			this.downloads.add(exchange.path().substring("/bucket/".length()));
			exchange.respond(200, JSON, this.content);
		}
		else {
			int number = this.next++;
			int before = this.responses.stream().limit(number).mapToInt(List::size).sum();
			await().atMost(LONGEST).until(() -> this.received.get() == before);
			if (number == this.responses.size()) {
				exchange.hold();
			}
			else {
				FeedTests.log(exchange, number + "_0", this.responses.get(number).toArray(String[]::new));
			}
		}
	}

	private static List<String> rows(int from, int to, String status) {
		return IntStream.range(from, to)
			.mapToObj((i) -> FeedTests
				.row("insert", "id", Integer.toString(i), "friendlyId", "run_" + i, "status", status, "payloadType",
						"application/store", "payload", "p" + i, "updatedAt", "2026-11-26T10:00:00.000")
				.replace("\"key\":\"k1\"", "\"key\":\"k" + i + "\""))
			.toList();
	}

	private void follow(int rows) {
		List<RealtimeRun> runs = this.client.realtime()
			.runs()
			.doOnNext((run) -> this.received.incrementAndGet())
			.take(rows)
			.collectList()
			.block(LONGEST);
		assertThat(runs).hasSize(rows).allSatisfy((run) -> assertThat(run.payload().tree()).isNotNull());
	}

	@Test
	void payloadIsDownloadedOnceHoweverManyRunsWereOverBefore() {
		this.responses = List.of(rows(0, 120, "COMPLETED_SUCCESSFULLY"), rows(120, 140, "PENDING"),
				rows(120, 140, "EXECUTING"));
		follow(160);
		assertThat(this.downloads).hasSize(140).doesNotHaveDuplicates();
	}

	@Test
	void payloadsThatTakeMuchMemoryAreNotKeptForEver() {
		this.content = "\"" + "x".repeat(8 * 1024 * 1024) + "\"";
		this.responses = List.of(rows(0, 6, "PENDING"), rows(5, 6, "EXECUTING"), rows(0, 1, "EXECUTING"));
		follow(8);
		assertThat(this.downloads).containsExactly("p0", "p1", "p2", "p3", "p4", "p5", "p0");
	}

}

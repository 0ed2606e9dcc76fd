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

package dev.trigger.emulator;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import dev.trigger.emulator.TestClient.Reply;
import dev.trigger.emulator.http.Json;
import dev.trigger.emulator.http.JsonBody;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Streams of runs and channels of sessions, as a client reads and writes them.
 */
class RealtimeStreamsTests {

	private final TriggerEmulator emulator = TriggerEmulator.builder().realtimeHold(Duration.ofMillis(400)).start();

	private final TestClient client = TestClient.of(this.emulator, "prod");

	private String run;

	private String streams;

	@BeforeEach
	void trigger() {
		this.run = trigger(this.client.header("x-trigger-realtime-streams-version", "v2"));
		this.streams = "/realtime/v1/streams/" + this.run;
	}

	@AfterEach
	void close() {
		this.emulator.close();
	}

	@Test
	void streamOfVersionTwoIsReadInBatches() {
		append("out", "one");
		this.client.header("x-part-id", "p").post(this.streams + "/self/out/append", "{\"two\":2}");
		CompletableFuture<Reply> reading = CompletableFuture
			.supplyAsync(() -> reader("timeout-seconds", "60").events(this.streams + "/out",
					(text) -> text.contains("three") && text.contains("event: ping") && text.endsWith("\n\n")));
		append("out", "three");
		Reply reply = get(reading);
		assertThat(get(later(this.streams + "/out", "timeout-seconds", "1")).text()).contains("event: ping")
			.endsWith("data: [DONE]\n\n");
		assertThat(reply.header("x-stream-version")).isEqualTo("v2");
		assertThat(reply.header("access-control-expose-headers")).isEqualTo("*");
		assertThat(reply.header("content-type")).isEqualTo("text/event-stream; charset=utf-8");
		List<JsonNode> records = records(reply);
		assertThat(records).extracting((record) -> record.path("seq_num").asInt()).containsExactly(0, 1, 2);
		assertThat(body(records.get(1))).isEqualTo(Json.tree(JsonBody.of("data", "{\"two\":2}").with("id", "p")));
		Reply resumed = read(this.streams + "/out", "three", "last-event-id", "1");
		assertThat(records(resumed)).extracting((record) -> body(record).path("data").asString())
			.containsExactly("three");
		assertThat(this.client.get("/realtime/v1/runs/" + this.run + "?offset=-1").json().toString())
			.contains("\"realtimeStreams\":\"{\\\"out\\\"}\"");
	}

	@Test
	void streamOfVersionOneHasAnEventForEachPart() {
		String old = "/realtime/v1/streams/" + trigger(this.client);
		this.client.post(old + "/self/out/append", "{\"one\":1}");
		this.client.header("content-type", "application/x-ndjson")
			.post(old + "/self/out", "{\"two\":2}\n{\"three\":3}\n");
		Reply reply = get(later(old + "/out", "timeout-seconds", "1"));
		assertThat(reply.header("x-stream-version")).isNull();
		List<String> events = List.of(reply.text().split("\n\n"));
		assertThat(events.stream().filter((event) -> !event.startsWith(":")))
			.extracting((event) -> event.substring(event.indexOf("data: ") + 6))
			.containsExactly("\"{\\\"one\\\":1}\"", "{\"two\":2}", "{\"three\":3}");
		assertThat(reply.text()).contains(": ping");
		String first = events.get(0).substring(4, events.get(0).indexOf('\n'));
		assertThat(first).matches("\\d+-\\d+");
		assertThat(read(old + "/out", "three", "last-event-id", first).text()).doesNotContain("one")
			.contains("two", "three");
		String second = events.get(1).substring(4, events.get(1).indexOf('\n'));
		// both have the same place
		assertThat(get(later(old + "/out", "timeout-seconds", "1", "last-event-id", second)).text())
			.doesNotContain("data");
	}

	@Test
	void slowReaderGetsEveryPart() throws Exception {
		String part = "p".repeat(500_000);
		for (int i = 0; i < 41; i++) {
			append("out", part);
		}
		// 20 MB, which no buffer on the way takes
		try (java.net.Socket socket = new java.net.Socket()) {
			socket.setReceiveBufferSize(65_536);
			socket.connect(new java.net.InetSocketAddress("127.0.0.1", this.emulator.port()));
			socket.getOutputStream()
				.write(("GET " + this.streams
						+ "/out HTTP/1.1\r\nhost: x\r\ntimeout-seconds: 1\r\nauthorization: Bearer "
						+ this.emulator.secretKey("prod") + "\r\n\r\n")
					.getBytes());
			// for longer than nothing may come
			Thread.sleep(1_300);
			append("out", "last");
			java.io.InputStream in = socket.getInputStream();
			byte[] buffer = new byte[65_536];
			long count = 0;
			String end = "";
			while (!end.contains("[DONE]")) {
				int read = in.read(buffer);
				assertThat(read).isPositive();
				count += read;
				String text = end + new String(buffer, 0, read);
				end = text.substring(Math.max(0, text.length() - 2_000));
			}
			assertThat(count).isGreaterThan(20_000_000);
			assertThat(end).contains("last");
		}
	}

	@Test
	void streamIsCutInTheMiddleOfAnEvent() {
		append("out", "one");
		this.emulator.faults().onOperation("streams.read").truncate().once();
		assertThat(later(this.streams + "/out")).failsWithin(Duration.ofSeconds(30));
		assertThat(read(this.streams + "/out", "one").status()).isEqualTo(200);
	}

	@Test
	void recordsAreMeasuredAsTheyAreStored() {
		// each quote takes two bytes
		String quotes = "\"".repeat(512 * 1024);
		Reply refused = this.client.header("x-part-id", "p").post(this.streams + "/self/out/append", quotes);
		assertThat(refused.status()).isEqualTo(413);
		assertThat(refused.json().path("ok").asBoolean(true)).isFalse();
		assertThat(refused.json().path("error").asString())
			.isEqualTo("Record metered size 1048604 bytes exceeds the S2 per-record limit of 1048576 bytes."
					+ " Reduce tool-output size or split into smaller parts.");
	}

	@Test
	void inputIsKept() {
		assertThat(this.client.post(this.streams + "/input/approval", Map.of("data", Map.of("yes", true))).text())
			.isEqualTo("{\"ok\":true}");
		Reply reply = read(this.streams + "/input/approval", "yes");
		assertThat(body(records(reply).get(0)).path("data").asString()).isEqualTo("{\"yes\":true}");
	}

	@Test
	void partsOfASessionAreWrittenOnce() {
		this.client.post("/api/v1/sessions",
				JsonBody.of("type", "chat")
					.with("externalId", "chat-1")
					.with("taskIdentifier", "held")
					.with("triggerConfig", Map.of("basePayload", Map.of())));
		String session = "/realtime/v1/sessions/chat-1";
		TestClient once = this.client.header("x-part-id", "p1");
		assertThat(once.post(session + "/in/append", "hello").text()).isEqualTo("{\"ok\":true,\"seq\":0}");
		assertThat(once.post(session + "/in/append", "hello").text()).isEqualTo("{\"ok\":true}");
		this.client.post(session + "/out/append", "{\"text\":\"hi\"}");
		JsonNode records = this.client.get(session + "/in/records").json().path("records");
		assertThat(records).hasSize(1);
		assertThat(records.get(0).path("data").asString()).isEqualTo("hello");
		assertThat(this.client.get(session + "/in/records?afterEventId=0").json().path("records")).isEmpty();
		String id = this.client.get("/api/v1/sessions/chat-1").json().path("id").asString();
		// by either of its identifiers
		Reply out = read("/realtime/v1/sessions/" + id + "/out", "hi");
		assertThat(body(records(out).get(0)).path("data").asString()).isEqualTo("{\"text\":\"hi\"}");
		assertThat(this.client.get("/realtime/v1/sessions/session_unknown/out").status()).isEqualTo(404);
	}

	@Test
	void messageToASessionStartsARunWhenNoneIsAlive() {
		this.client.post("/api/v1/sessions",
				JsonBody.of("type", "chat")
					.with("externalId", "chat-2")
					.with("taskIdentifier", "held")
					.with("triggerConfig", Map.of("basePayload", Map.of())));
		assertThat(this.emulator.runs("held")).hasSize(2);
		this.client.post("/realtime/v1/sessions/chat-2/in/append", "one");
		assertThat(this.emulator.runs("held")).hasSize(2);
		String current = this.client.get("/api/v1/sessions/chat-2").json().path("currentRunId").asString();
		this.client.post("/api/v2/runs/" + current + "/cancel", "{}");
		this.client.post("/realtime/v1/sessions/chat-2/in/append", "two");
		assertThat(this.emulator.runs("held")).hasSize(3);
	}

	private static String trigger(TestClient client) {
		return client.post("/api/v1/tasks/held/trigger", Map.of("payload", Map.of())).json().path("id").asString();
	}

	private void append(String stream, String part) {
		Reply reply = this.client.post(this.streams + "/self/" + stream + "/append", part);
		assertThat(reply.text()).isEqualTo("{\"ok\":true}");
	}

	private CompletableFuture<Reply> later(String path, String... headers) {
		return reader(headers).later(path);
	}

	/**
	 * Read until a text has come.
	 */
	private Reply read(String path, String expected, String... headers) {
		return reader(headers).events(path, (text) -> text.contains(expected) && text.endsWith("\n\n"));
	}

	private TestClient reader(String... headers) {
		TestClient reader = this.client;
		for (int i = 0; i < headers.length; i += 2) {
			reader = reader.header(headers[i], headers[i + 1]);
		}
		return reader;
	}

	private static Reply get(CompletableFuture<Reply> reading) {
		Reply reply = reading.orTimeout(30, TimeUnit.SECONDS).join();
		assertThat(reply.status()).as(reply.toString()).isEqualTo(200);
		return reply;
	}

	private static List<JsonNode> records(Reply reply) {
		List<JsonNode> records = new ArrayList<>();
		for (String event : reply.text().split("\n\n")) {
			if (event.startsWith("event: batch\ndata: ")) {
				String data = event.substring("event: batch\ndata: ".length(), event.lastIndexOf("\nid: "));
				Json.mapper().readTree(data).path("records").forEach(records::add);
			}
		}
		return records;
	}

	private static JsonNode body(JsonNode record) {
		return Json.mapper().readTree(record.path("body").asString());
	}

}

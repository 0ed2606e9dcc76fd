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

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

import dev.trigger.emulator.TestClient.Reply;
import dev.trigger.emulator.http.Json;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the content type of a payload, an output or the result of a wait means, and when
 * they go through the object store.
 */
class ContentTypeTests {

	private static final int LARGE = 512 * 1024;

	private final TriggerEmulator emulator = TriggerEmulator.start();

	private final TestClient prod = TestClient.of(this.emulator, "prod");

	@AfterEach
	void close() {
		this.emulator.close();
	}

	@Test
	void onlyJsonHasValuesThatAreNoText() {
		this.emulator.task("echo", JsonNode.class, (payload) -> String.valueOf(payload));
		Map<String, ?> value = Map.of("json", Map.of("a", 1));
		JsonNode dropped = trigger(value, "application/super+json");
		assertThat(dropped.has("payload")).isFalse();
		assertThat(dropped.path("output").asString()).isEqualTo("null");
		assertThat(trigger(5, "text/plain").has("payload")).isFalse();
		assertThat(trigger(Json.string(value), "application/super+json").at("/payload/a").asInt()).isEqualTo(1);
		assertThat(trigger(value, "application/json").at("/payload/json/a").asInt()).isEqualTo(1);
	}

	@Test
	void emptyTextIsNothing() {
		this.emulator.task("echo", JsonNode.class, (payload) -> "");
		assertThat(trigger("", "text/plain").has("payload")).isFalse();
		JsonNode run = trigger("", "application/json");
		assertThat(run.path("payload").asString()).isEmpty();
		assertThat(run.has("payload")).isTrue();
		assertThat(run.has("output")).isFalse();
	}

	@Test
	void sizeOfAPayloadIsThatOfItsBytes() {
		this.emulator.task("echo", JsonNode.class, (payload) -> payload.asString().length());
		assertThat(trigger("x".repeat(LARGE - 1), "text/plain").has("payload")).isTrue();
		JsonNode stored = trigger("x".repeat(LARGE), "text/plain");
		assertThat(stored.has("payloadPresignedUrl")).isTrue();
		assertThat(stored.path("output").asInt()).isEqualTo(LARGE);
		assertThat(trigger("\u00e9".repeat(LARGE / 2), "text/plain").has("payloadPresignedUrl")).isTrue();
	}

	private JsonNode trigger(Object payload, String type) {
		Reply reply = this.prod.post("/api/v1/tasks/echo/trigger",
				Map.of("payload", payload, "options", Map.of("payloadType", type)));
		String id = reply.json().path("id").asString();
		this.emulator.awaitRun(id);
		return this.prod.get("/api/v3/runs/" + id).json();
	}

	@Test
	void textsInStreamedItemsAreJson() {
		String items = Arrays
			.asList("{\"payload\":\"{\\\"a\\\":1}\"}",
					"{\"payload\":\"[1]\",\"options\":{\"payloadType\":\"application/json\"}}", "{\"payload\":\"a b\"}",
					"{\"payload\":\"5\",\"options\":{\"payloadType\":\"text/plain\"}}", "{\"payload\":{\"b\":2}}")
			.stream()
			.collect(Collectors.collectingAndThen(Collectors.toList(), ContentTypeTests::numbered));
		String batch = this.prod.post("/api/v3/batches", Map.of("runCount", 5)).json().path("id").asString();
		this.prod.header("content-type", "application/x-ndjson").post("/api/v3/batches/" + batch + "/items", items);
		assertThat(this.emulator.runs().stream().map((run) -> Json.string(run.payload()))).containsExactly("{\"a\":1}",
				"[1]", "\"a b\"", "\"5\"", "{\"b\":2}");
	}

	private static String numbered(List<String> items) {
		StringBuilder lines = new StringBuilder();
		for (int i = 0; i < items.size(); i++) {
			lines.append("{\"index\":")
				.append(i)
				.append(",\"task\":\"none\",")
				.append(items.get(i).substring(1))
				.append('\n');
		}
		return lines.toString();
	}

	@Test
	void emptyTextCompletesTokenWithoutAnOutput() {
		String token = token();
		assertThat(this.prod.post(path(token) + "/complete", Map.of("data", "")).status()).isEqualTo(200);
		JsonNode completed = this.prod.get(path(token)).json();
		assertThat(completed.path("status").asString()).isEqualTo("COMPLETED");
		assertThat(completed.has("output")).isFalse();
		assertThat(completed.path("outputType").asString()).isEqualTo("application/json");
	}

	@Test
	void largeResultOfAWaitIsReadFromTheObjectStore() throws InterruptedException {
		BlockingQueue<String> results = new LinkedBlockingQueue<>();
		this.emulator.task("waits", String.class, (token, context) -> {
			results.add(context.waitFor(token, JsonNode.class).toString());
			return null;
		});
		String text = "x".repeat(LARGE);
		String first = token();
		String second = token();
		String third = token();
		assertThat(this.prod.post(path(first) + "/complete", Map.of("data", text)).status()).isEqualTo(200);
		assertThat(this.prod.post(path(second) + "/complete", Map.of("data", List.of(text))).status()).isEqualTo(200);
		String url = this.prod.get(path(third)).json().path("url").asString();
		assertThat(new TestClient("").post(url, List.of(text)).status()).isEqualTo(200);
		assertStored(first, "token.txt", results, "\"" + text + "\"");
		assertStored(second, "token.json", results, "[\"" + text + "\"]");
		assertStored(third, "http-callback.json", results, "[\"" + text + "\"]");
	}

	private void assertStored(String token, String file, BlockingQueue<String> results, String expected)
			throws InterruptedException {
		JsonNode completed = this.prod.get(path(token)).json();
		assertThat(completed.path("outputType").asString()).isEqualTo("application/store");
		assertThat(completed.path("output").asString()).isEqualTo(token + "/" + file);
		this.prod.post("/api/v1/tasks/waits/trigger", Map.of("payload", token));
		assertThat(results.poll(30, TimeUnit.SECONDS)).isEqualTo(expected);
	}

	private String token() {
		return this.prod.post("/api/v1/waitpoints/tokens", Map.of()).json().path("id").asString();
	}

	private static String path(String token) {
		return "/api/v1/waitpoints/tokens/" + token;
	}

}

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
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeoutException;

import dev.trigger.emulator.http.Json;
import dev.trigger.emulator.http.JsonBody;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What task functions do with their context.
 */
class TaskContextTests {

	private final TriggerEmulator emulator = TriggerEmulator.start();

	private final TestClient client = TestClient.of(this.emulator, "prod")
		.header("x-trigger-realtime-streams-version", "v2");

	@AfterEach
	void close() {
		this.emulator.close();
	}

	@Test
	void metadataIsChangedEntryByEntry() {
		this.emulator.task("child", JsonNode.class, (payload, context) -> {
			context.metadata().parent().increment("children", 1);
			context.metadata().root().append("log", "from below");
			return null;
		}).task("task", JsonNode.class, (payload, context) -> {
			TaskMetadata metadata = context.metadata();
			metadata.set("state", "running").increment("count", 2).increment("count", -0.5).append("log", "a");
			metadata.append("log", "b").remove("log", "a").delete("given").update(Map.of("x", 1, "y", 2));
			context.triggerAndWait("child", null, Object.class);
			return metadata.get("count", Double.class);
		});
		String runId = trigger("task", null, Map.of("metadata", Map.of("given", "yes")));
		EmulatedRun run = this.emulator.awaitRun(runId);
		assertThat(run.output()).isEqualTo(Json.tree(1.5));
		assertThat(Json.parse(run.metadata().toString()))
			.isEqualTo(Json.parse(Json.string(JsonBody.of("state", "running")
				.with("count", 1.5)
				.with("log", List.of("b", "from below"))
				.with("x", 1)
				.with("y", 2)
				.with("children", 1))));
	}

	@Test
	void streamIsReadWhileItIsWritten() {
		BlockingQueue<String> words = new LinkedBlockingQueue<>();
		this.emulator.task("talk", JsonNode.class, (payload, context) -> {
			context.stream("text").append(Map.of("word", words.take()));
			return context.stream("text").pipe(List.of("b", "c"));
		});
		String runId = trigger("talk", null, Map.of());
		words.add("a");
		TestClient.Reply reply = this.client.events("/realtime/v1/streams/" + runId + "/text",
				(text) -> text.contains("\\\"c\\\""));
		assertThat(reply.text()).contains("{\\\"data\\\":{\\\"word\\\":\\\"a\\\"},");
		assertThat(this.emulator.awaitRun(runId).output()).isEqualTo(Json.tree(2));
	}

	@Test
	void runWaitsForItsInput() throws InterruptedException {
		this.emulator.task("ask", JsonNode.class, (payload, context) -> {
			TaskInput input = context.input("approval");
			return List.of(input.next(Boolean.class), context.input("approval").next(String.class));
		});
		String runId = trigger("ask", null, Map.of());
		awaitStatus(runId, "WAITING");
		this.emulator.awaitIdle();
		send(runId, true);
		send(runId, "second");
		EmulatedRun run = this.emulator.awaitRun(runId);
		assertThat(run.output()).isEqualTo(Json.tree(List.of(true, "second")));
		assertThat(run.statuses()).containsSubsequence("EXECUTING", "WAITING", "EXECUTING", "COMPLETED");
	}

	@Test
	void inputIsReadOnceWhenItsOldestValuesAreGone() throws InterruptedException {
		CountDownLatch sent = new CountDownLatch(1);
		this.emulator.task("ask", JsonNode.class, (payload, context) -> {
			TaskInput input = context.input("approval");
			sent.await();
			List<Integer> values = new ArrayList<>();
			do {
				values.add(input.next(Integer.class));
			}
			while (values.get(values.size() - 1) < 1_009);
			return values;
		});
		// the first version keeps 1,000 values
		String runId = this.client.header("x-trigger-realtime-streams-version", "v1")
			.post("/api/v1/tasks/ask/trigger", Map.of())
			.json()
			.path("id")
			.asString();
		for (int i = 0; i < 1_010; i++) {
			send(runId, i);
		}
		sent.countDown();
		List<Integer> values = this.emulator.awaitRun(runId).output().valueStream().map(JsonNode::asInt).toList();
		assertThat(values).hasSizeLessThan(1_010).doesNotHaveDuplicates().isSorted().endsWith(1_009);
	}

	@Test
	void inputTimesOutByTheTimeOfTheEmulator() throws InterruptedException {
		this.emulator.task("ask", JsonNode.class, (payload, context) -> {
			try {
				return context.input("approval").next(Boolean.class, Duration.ofHours(1));
			}
			catch (TimeoutException ex) {
				return ex.getMessage();
			}
		});
		String runId = trigger("ask", null, Map.of());
		awaitStatus(runId, "WAITING");
		this.emulator.advance(Duration.ofHours(2));
		assertThat(this.emulator.awaitRun(runId).output())
			.isEqualTo(Json.tree("Nothing was sent to the input 'approval' in PT1H"));
	}

	@Test
	void waitsAndLinesOfTheLogAreSpansOfTheTrace() throws InterruptedException {
		this.emulator.task("noted", JsonNode.class, (payload, context) -> {
			context.log("before");
			context.waitFor(Duration.ofHours(1));
			return context.waitFor(context.createToken(Duration.ofDays(1)), JsonNode.class);
		});
		String runId = trigger("noted", null, Map.of("maxAttempts", 1));
		awaitStatus(runId, "WAITING");
		assertThat(spans(runId)).containsExactly("before LOG false false", "wait.for() TRACE true false");
		this.emulator.advance(Duration.ofHours(1));
		awaitStatus(runId, "WAITING");
		assertThat(spans(runId)).containsExactly("before LOG false false", "wait.for() TRACE false false",
				"wait.forToken() TRACE true false");
		this.emulator.advance(Duration.ofDays(2));
		assertThat(this.emulator.awaitRun(runId).status()).isEqualTo("FAILED");
		assertThat(spans(runId)).last().isEqualTo("wait.forToken() TRACE false true");
		JsonNode wait = this.client.get("/api/v1/runs/" + runId + "/events").json().path("events").path(4);
		assertThat(wait.path("duration").asLong()).isGreaterThan(Duration.ofMinutes(59).toNanos());
		assertThat(wait.path("style").path("icon").asString()).isEqualTo("wait");
		String canceled = trigger("noted", null, Map.of());
		awaitStatus(canceled, "WAITING");
		this.client.post("/api/v2/runs/" + canceled + "/cancel", "{}");
		JsonNode last = this.client.get("/api/v1/runs/" + canceled + "/trace")
			.json()
			.at("/trace/rootSpan/children/0/children/0/children/1/data");
		assertThat(last.path("message").asString()).isEqualTo("wait.for()");
		assertThat(last.path("isCancelled").asBoolean()).isTrue();
	}

	private List<String> spans(String runId) {
		return this.client.get("/api/v1/runs/" + runId + "/trace")
			.json()
			.at("/trace/rootSpan/children/0/children/0/children")
			.valueStream()
			.map((span) -> span.path("data"))
			.map((data) -> data.path("message").asString() + " " + data.path("level").asString() + " "
					+ data.path("isPartial").asBoolean() + " " + data.path("isError").asBoolean())
			.toList();
	}

	@Test
	void runWaitsForATokenThatItCreated() throws InterruptedException {
		this.emulator.task("approve", JsonNode.class, (payload, context) -> {
			String token = context.createToken(Duration.ofDays(1));
			context.metadata().set("token", token);
			return context.waitFor(token, JsonNode.class);
		});
		for (Object response : List.of(Map.of("approved", true), "by text")) {
			String runId = trigger("approve", null, Map.of());
			awaitStatus(runId, "WAITING");
			String token = this.emulator.run(runId).metadata().path("token").asString();
			this.client.post("/api/v1/waitpoints/tokens/" + token + "/complete", Map.of("data", response));
			assertThat(this.emulator.awaitRun(runId).output()).isEqualTo(Json.tree(response));
		}
		String late = trigger("approve", null, Map.of());
		awaitStatus(late, "WAITING");
		this.emulator.advance(Duration.ofDays(2));
		// three attempts, each with a token of its own
		awaitStatus(late, "WAITING");
		this.client.post("/api/v2/runs/" + late + "/cancel", "{}");
		assertThat(this.emulator.awaitRun(late).status()).isEqualTo("CANCELED");
	}

	@Test
	void childBelongsToItsParent() {
		this.emulator.task("double", Integer.class, (payload) -> {
			if (payload < 0) {
				throw new IllegalArgumentException("negative");
			}
			return payload * 2;
		}).task("parent", Integer.class, (payload, context) -> {
			context.trigger("queued", payload);
			return context.triggerAndWait("double", payload, Integer.class) + 1;
		}, (settings) -> settings.maxAttempts(1));
		String runId = trigger("parent", 4, Map.of());
		assertThat(this.emulator.awaitRun(runId).output()).isEqualTo(Json.tree(9));
		assertThat(this.client.get("/api/v3/runs/" + runId).json().path("relatedRuns").path("children")).hasSize(2);
		EmulatedRun failed = this.emulator.awaitRun(trigger("parent", -1, Map.of()));
		assertThat(failed.errorMessage()).contains("did not complete").contains("negative");
	}

	@Test
	void waitingForATimeTakesNoTimeWhenItIsMovedForward() throws InterruptedException {
		this.emulator.task("slow", JsonNode.class, (payload, context) -> {
			context.waitFor(Duration.ofDays(30));
			return "done";
		});
		String runId = trigger("slow", null, Map.of());
		awaitStatus(runId, "WAITING");
		this.emulator.advance(Duration.ofDays(31));
		assertThat(this.emulator.awaitRun(runId).output()).isEqualTo(Json.tree("done"));
	}

	@Test
	void waitEndsInTimeAfterTimeWasMovedForwardByTheMostOfIt() throws InterruptedException {
		this.emulator.task("slow", JsonNode.class, (payload, context) -> {
			context.waitFor(Duration.ofHours(1));
			return "done";
		});
		String runId = trigger("slow", null, Map.of());
		awaitStatus(runId, "WAITING");
		this.emulator.advance(Duration.ofHours(1).minusMillis(500));
		assertThat(this.emulator.awaitRun(runId).status()).isEqualTo("COMPLETED");
	}

	@Test
	void timeStandsStillWhileARunGoesOnFromOneWaitToTheNext() throws InterruptedException {
		this.emulator.task("slow", JsonNode.class, (payload, context) -> {
			for (int i = 0; i < 20; i++) {
				context.waitFor(Duration.ofHours(1));
			}
			return "done";
		});
		String runId = trigger("slow", null, Map.of());
		awaitStatus(runId, "WAITING");
		this.emulator.advance(Duration.ofHours(21));
		assertThat(this.emulator.run(runId).status()).isEqualTo("COMPLETED");
	}

	private String trigger(String task, Object payload, Map<String, ?> options) {
		return this.client
			.post("/api/v1/tasks/" + task + "/trigger", JsonBody.of("payload", payload).with("options", options))
			.json()
			.path("id")
			.asString();
	}

	private void send(String runId, Object value) {
		this.client.post("/realtime/v1/streams/" + runId + "/input/approval", JsonBody.of("data", value));
	}

	private void awaitStatus(String runId, String status) throws InterruptedException {
		assertThat(this.emulator.state()
			.await(() -> this.emulator.run(runId).status().equals(status), Duration.ofSeconds(30)))
			.as(() -> this.emulator.run(runId).toString())
			.isTrue();
	}

}

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

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.StreamSupport;

import dev.trigger.emulator.TestClient.Reply;
import dev.trigger.emulator.http.Json;
import dev.trigger.emulator.http.JsonBody;
import dev.trigger.emulator.state.EnvironmentKind;
import dev.trigger.emulator.state.RunChanges;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Feeds of runs, as a client polls them.
 */
class RealtimeFeedsTests {

	private static final Duration PAUSE = Duration.ofMillis(1);

	private static final Duration LONG = Duration.ofMinutes(5);

	private static final Duration SHORT = Duration.ofMillis(200);

	private TriggerEmulator emulator = TriggerEmulator.builder().realtimeHold(LONG).start();

	private TestClient client = client(this.emulator);

	private static TestClient client(TriggerEmulator emulator) {
		return TestClient.of(emulator, "prod").header("x-trigger-electric-version", "1.0.0-beta.1");
	}

	private void hold(Duration hold) {
		this.emulator.close();
		this.emulator = TriggerEmulator.builder().realtimeHold(hold).start();
		this.client = client(this.emulator);
	}

	@AfterEach
	void close() {
		this.emulator.close();
	}

	@Test
	void firstPollHasTheRowAndALiveOneWaitsForAChange() {
		String runId = trigger("held", List.of());
		Reply first = this.client.get("/realtime/v1/runs/" + runId + "?log=full&offset=-1");
		assertThat(rows(first)).extracting(RealtimeFeedsTests::status).containsExactly("PENDING");
		assertThat(first.header("electric-schema")).contains("\"friendlyId\":{\"type\":\"text\"}");
		CompletableFuture<Reply> live = poll("/realtime/v1/runs/" + runId + "?log=full&live=true&cursor=", first);
		assertThat(live).isNotDone();
		metadata(runId, 1);
		Reply changed = get(live);
		assertThat(rows(changed)).extracting((row) -> row.path("value").path("metadata").asString())
			.containsExactly("{\"step\":1}");
		assertThat(changed.header("electric-handle")).isEqualTo(first.header("electric-handle"));
		assertThat(changed.header("electric-cursor")).isNotNull();
		assertThat(changed.header("electric-schema")).isNull();
		CompletableFuture<Reply> next = poll("/realtime/v1/runs/" + runId + "?log=full&live=true", changed);
		this.client.post("/api/v2/runs/" + runId + "/cancel", "{}");
		assertThat(rows(get(next))).extracting(RealtimeFeedsTests::status).containsExactly("CANCELED");
	}

	@Test
	void pollWithoutAChangeEndsWithTheOffsetThatItHad() {
		hold(SHORT);
		String runId = trigger("held", List.of());
		Reply first = this.client.get("/realtime/v1/runs/" + runId + "?offset=-1");
		long start = System.nanoTime();
		Reply idle = get(poll("/realtime/v1/runs/" + runId + "?live=true", first));
		assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(165));
		assertThat(rows(idle)).isEmpty();
		assertThat(idle.json()).hasSize(1);
		assertThat(idle.header("electric-offset")).isEqualTo(first.header("electric-offset"));
	}

	@Test
	void changesBetweenTwoPollsAreOneAndNoneIsLost() {
		String runId = trigger("held", List.of());
		Reply last = this.client.get("/realtime/v1/runs/" + runId + "?offset=-1");
		// in less than a millisecond each
		for (int i = 1; i <= 50; i++) {
			metadata(runId, i);
			if (i % 10 == 0) {
				last = get(poll("/realtime/v1/runs/" + runId + "?live=true", last));
				assertThat(rows(last)).extracting((row) -> row.path("value").path("metadata").asString())
					.containsExactly("{\"step\":" + i + "}");
			}
		}
	}

	@Test
	void offsetOfAnotherServerCountsByTime() {
		String runId = trigger("held", List.of());
		Reply first = this.client.get("/realtime/v1/runs/" + runId + "?offset=-1");
		long updated = Long.parseLong(first.header("electric-offset").split("_")[0]);
		String live = "/realtime/v1/runs/" + runId + "?live=true&handle=of-before";
		assertThat(rows(this.client.get(live + "&offset=" + (updated - 1) + "_9999999"))).hasSize(1);
		assertThat(rows(this.client.get(live + "&offset=banana"))).hasSize(1);
		CompletableFuture<Reply> held = this.client.later(live + "&offset=" + updated + "_9999999");
		assertThat(held).isNotDone();
		held.cancel(true);
	}

	@Test
	void feedOfTagsNeedsAllOfThemAndBringsNewRuns() {
		String one = trigger("held", List.of("a", "b"));
		trigger("held", List.of("a"));
		Reply first = this.client.get("/realtime/v1/runs?tags=a,b&createdAt=1h&offset=-1");
		assertThat(rows(first)).extracting(RealtimeFeedsTests::runId).containsExactly(one);
		CompletableFuture<Reply> live = poll("/realtime/v1/runs?tags=a,b&createdAt=1h&live=true", first);
		trigger("held", List.of("b"));
		String two = trigger("held", List.of("b", "a"));
		Reply inserted = get(live);
		assertThat(rows(inserted)).extracting(RealtimeFeedsTests::runId).containsExactly(two);
		assertThat(inserted.json().path(0).path("headers").path("operation").asString()).isEqualTo("insert");
		CompletableFuture<Reply> next = poll("/realtime/v1/runs?tags=a,b&createdAt=1h&live=true", inserted);
		metadata(one, 1);
		Reply updated = get(next);
		assertThat(rows(updated)).extracting(RealtimeFeedsTests::runId).containsExactly(one);
		assertThat(updated.json().path(0).path("headers").path("operation").asString()).isEqualTo("update");
	}

	@Test
	void feedOfTheEnvironmentLooksBackAsFarAsAsked() {
		String old = trigger("held", List.of());
		this.emulator.advance(Duration.ofHours(2));
		String recent = trigger("held", List.of());
		assertThat(rows(this.client.get("/realtime/v1/runs?createdAt=1h&offset=-1")))
			.extracting(RealtimeFeedsTests::runId)
			.containsExactly(recent);
		for (String all : List.of("", "&createdAt=banana", "&createdAt=900d", "&createdAt=3h")) {
			assertThat(rows(this.client.get("/realtime/v1/runs?offset=-1" + all))).extracting(RealtimeFeedsTests::runId)
				.containsExactly(old, recent);
		}
		Reply first = this.client.get("/realtime/v1/runs?createdAt=1h&offset=-1");
		this.emulator.advance(Duration.ofHours(2));
		// what the first request looked back to counts, not what the next ones would
		CompletableFuture<Reply> live = poll("/realtime/v1/runs?createdAt=1h&live=true", first);
		metadata(recent, 1);
		assertThat(rows(get(live))).extracting(RealtimeFeedsTests::runId).containsExactly(recent);
	}

	@Test
	void rowHasTheErrorOfTheDatabase() {
		this.emulator.task("crashes", Object.class, (payload) -> {
			throw TaskOutcomes.crashed("Process exited with code 1");
		});
		this.emulator.task("fails", Object.class, (payload) -> {
			throw TaskOutcomes.aborted("no");
		});
		String crashed = trigger("crashes", List.of());
		String failed = trigger("fails", List.of());
		this.emulator.awaitIdle();
		assertThat(error(crashed)).isEqualTo("{\"type\":\"INTERNAL_ERROR\","
				+ "\"code\":\"TASK_PROCESS_EXITED_WITH_NON_ZERO_CODE\",\"message\":\"Process exited with code 1\"}");
		assertThat(error(failed))
			.isEqualTo("{\"type\":\"BUILT_IN_ERROR\",\"name\":\"AbortTaskRunError\",\"message\":\"no\"}");
	}

	private String error(String runId) {
		return rows(this.client.get("/realtime/v1/runs/" + runId + "?offset=-1")).get(0)
			.path("value")
			.path("error")
			.asString();
	}

	@Test
	void batchFillsUp() {
		this.emulator.task("echo", JsonNode.class, (payload) -> payload);
		JsonNode batch = this.client.post("/api/v3/batches", JsonBody.of("runCount", 3)).json();
		String id = batch.path("id").asString();
		Reply last = this.client.get("/realtime/v1/batches/" + id + "?offset=-1");
		assertThat(rows(last)).isEmpty();
		assertThat(last.header("electric-offset")).startsWith("0_");
		String items = String.join("\n", List.of("{\"index\":0,\"task\":\"echo\",\"payload\":{}}",
				"{\"index\":1,\"task\":\"echo\",\"payload\":{}}", "{\"index\":2,\"task\":\"echo\",\"payload\":{}}"));
		this.client.header("content-type", "application/x-ndjson").post("/api/v3/batches/" + id + "/items", items);
		Map<String, String> statuses = new java.util.TreeMap<>();
		while (statuses.size() < 3 || !statuses.values().stream().allMatch("COMPLETED_SUCCESSFULLY"::equals)) {
			last = get(poll("/realtime/v1/batches/" + id + "?live=true", last));
			rows(last).forEach((row) -> statuses.put(runId(row), status(row)));
		}
		assertThat(this.client.get("/realtime/v1/batches/batch_unknown?offset=-1").status()).isEqualTo(404);
	}

	@Test
	void heldPollNeedsNoThread() {
		String runId = trigger("held", List.of("many"));
		Reply first = this.client.get("/realtime/v1/runs?tags=many&offset=-1");
		String path = "/realtime/v1/runs?tags=many&live=true&handle=" + first.header("electric-handle") + "&offset="
				+ first.header("electric-offset");
		HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
		HttpRequest request = HttpRequest.newBuilder(URI.create(this.emulator.apiUrl() + path))
			.header("authorization", "Bearer " + this.emulator.secretKey("prod"))
			.header("x-trigger-electric-version", "1")
			.build();
		long threads = threads();
		List<CompletableFuture<HttpResponse<String>>> polls = new ArrayList<>();
		for (int i = 0; i < 300; i++) {
			polls.add(http.sendAsync(request, HttpResponse.BodyHandlers.ofString()));
		}
		// all are held while the emulator goes on to respond
		assertThat(this.client.get("/api/v3/runs/" + runId).status()).isEqualTo(200);
		RunChanges changes = this.emulator.project().environment(EnvironmentKind.PRODUCTION).changes();
		await(() -> changes.listeners() == 300);
		assertThat(polls).noneMatch(CompletableFuture::isDone);
		// the clock and what worked on requests meanwhile, not one for each poll
		assertThat(threads()).isLessThan(threads + 30);
		metadata(runId, 1);
		assertThat(polls).allSatisfy((poll) -> assertThat(poll.get(30, TimeUnit.SECONDS).body()).contains(runId));
	}

	private static long threads() {
		return Thread.getAllStackTraces()
			.keySet()
			.stream()
			.filter((thread) -> thread.getName().startsWith("trigger-emulator"))
			.count();
	}

	@Test
	void pollOfAClientThatHasLeftIsOver() {
		String runId = trigger("held", List.of());
		Reply first = this.client.get("/realtime/v1/runs/" + runId + "?offset=-1");
		CompletableFuture<Reply> live = poll("/realtime/v1/runs/" + runId + "?live=true", first);
		RunChanges changes = this.emulator.project().environment(EnvironmentKind.PRODUCTION).changes();
		await(() -> changes.listeners() == 1);
		assertThat(this.emulator.requests("realtime.run")).hasSize(1);
		live.cancel(true);
		await(() -> changes.listeners() == 0);
		await(() -> this.emulator.requests("realtime.run").size() == 2);
		assertThat(this.emulator.requests("realtime.run").get(1).status()).isNull();
	}

	@Test
	void resetEndsAFeed() {
		String runId = trigger("held", List.of());
		Reply first = this.client.get("/realtime/v1/runs/" + runId + "?offset=-1");
		CompletableFuture<Reply> live = poll("/realtime/v1/runs/" + runId + "?live=true", first);
		this.emulator.reset();
		assertThat(get(live).status()).isEqualTo(404);
	}

	@Test
	void resetEndsAFeedOfABranchThatItRemoves() {
		TestClient.of(this.emulator, "preview")
			.post("/api/v1/projects/" + this.emulator.projectRef() + "/branches",
					Map.of("env", "preview", "branch", "gone"));
		TestClient branch = TestClient.of(this.emulator, "preview")
			.header("x-trigger-branch", "gone")
			.header("x-trigger-electric-version", "1");
		String runId = branch.post("/api/v1/tasks/held/trigger", Map.of()).json().path("id").asString();
		String path = "/realtime/v1/runs/" + runId;
		Reply first = branch.get(path + "?offset=-1");
		CompletableFuture<Reply> live = branch.later(path + "?live=true&handle=" + first.header("electric-handle")
				+ "&offset=" + first.header("electric-offset"));
		RunChanges changes = this.emulator.project().branches().get(0).changes();
		await(() -> changes.listeners() == 1);
		this.emulator.reset();
		assertThat(get(live).status()).isEqualTo(404);
		// it began before
		assertThat(this.emulator.requests()).isEmpty();
	}

	@Test
	void runThatIsInterruptedByAResetIsInNoFeed() {
		CountDownLatch over = new CountDownLatch(1);
		this.emulator.task("waits", Object.class, (payload, context) -> {
			try {
				context.waitFor(Duration.ofDays(1));
				return "done";
			}
			finally {
				context.metadata().set("interrupted", true);
				over.countDown();
			}
		});
		String runId = trigger("waits", List.of());
		await(() -> this.emulator.run(runId).status().equals("WAITING"));
		this.emulator.reset();
		await(() -> over.getCount() == 0);
		RunChanges changes = this.emulator.project().environment(EnvironmentKind.PRODUCTION).changes();
		assertThat(changes.since(0)).isEmpty();
	}

	@Test
	void faultsOfFeedsAreSwitchable() {
		String runId = trigger("held", List.of("t"));
		String path = "/realtime/v1/runs/" + runId + "?offset=-1";
		this.emulator.faults().onOperation("realtime.run").mustRefetch().once();
		Reply refused = this.client.get(path);
		assertThat(refused.status()).isEqualTo(409);
		assertThat(refused.text()).isEqualTo("[{\"headers\":{\"control\":\"must-refetch\"}}]");
		assertThat(refused.header("electric-handle")).isNotNull();
		this.emulator.faults().onOperation("realtime.run").mustRefetchInBody().once();
		assertThat(this.client.get(path)).extracting(Reply::status, Reply::text).containsExactly(200, refused.text());
		this.emulator.faults().onOperation("realtime.run").status(503, "text/plain", "Network error occurred").once();
		assertThat(this.client.get(path).status()).isEqualTo(503);
		Reply first = this.client.get(path);
		this.emulator.faults().onOperation("realtime.run").truncate().once();
		CompletableFuture<Reply> cut = poll("/realtime/v1/runs/" + runId + "?live=true", first);
		metadata(runId, 1);
		assertThat(cut).failsWithin(Duration.ofSeconds(30));
		this.emulator.faults().onOperation("realtime.run").partialRows();
		first = this.client.get(path);
		assertThat(rows(first).get(0).path("value")).hasSize(26);
		CompletableFuture<Reply> live = poll("/realtime/v1/runs/" + runId + "?live=true", first);
		metadata(runId, 2);
		assertThat(rows(get(live)).get(0).path("value").propertyNames()).containsOnly("metadata", "updatedAt");
	}

	@Test
	void holdMustBePositive() {
		assertThatIllegalArgumentException().isThrownBy(() -> TriggerEmulator.builder().realtimeHold(Duration.ZERO))
			.withMessageContaining("hold");
	}

	private String trigger(String task, List<String> tags) {
		return this.client
			.post("/api/v1/tasks/" + task + "/trigger",
					JsonBody.of("payload", Map.of()).with("options", JsonBody.of("tags", tags)))
			.json()
			.path("id")
			.asString();
	}

	private void metadata(String runId, int step) {
		this.client.put("/api/v1/runs/" + runId + "/metadata", "{\"metadata\":{\"step\":" + step + "}}");
	}

	private CompletableFuture<Reply> poll(String path, Reply last) {
		return this.client
			.later(path + "&handle=" + last.header("electric-handle") + "&offset=" + last.header("electric-offset"));
	}

	private static Reply get(CompletableFuture<Reply> poll) {
		return poll.orTimeout(30, TimeUnit.SECONDS).join();
	}

	private static List<JsonNode> rows(Reply reply) {
		assertThat(reply.status()).as(reply.toString()).isEqualTo(200);
		List<JsonNode> messages = StreamSupport.stream(reply.json().spliterator(), false).toList();
		assertThat(messages.get(messages.size() - 1))
			.isEqualTo(Json.tree(Map.of("headers", Map.of("control", "up-to-date"))));
		return messages.subList(0, messages.size() - 1);
	}

	private static String status(JsonNode row) {
		return row.path("value").path("status").asString();
	}

	private static String runId(JsonNode row) {
		return row.path("value").path("friendlyId").asString();
	}

	static void await(BooleanSupplier condition) {
		long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
		while (!condition.getAsBoolean()) {
			assertThat(System.nanoTime()).as("waited in vain").isLessThan(deadline);
			LockSupport.parkNanos(PAUSE.toNanos());
		}
	}

}

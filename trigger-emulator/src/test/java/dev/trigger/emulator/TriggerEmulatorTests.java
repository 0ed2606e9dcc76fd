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

import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

import dev.trigger.emulator.TestClient.Reply;
import dev.trigger.emulator.http.Json;
import dev.trigger.emulator.http.JsonBody;
import dev.trigger.emulator.state.Tokens;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.from;

/**
 * Tests for {@link TriggerEmulator}.
 */
class TriggerEmulatorTests {

	private TriggerEmulator emulator;

	private TestClient prod;

	@BeforeEach
	void start() {
		this.emulator = TriggerEmulator.builder().previewBranches("feature/one").start();
		this.prod = TestClient.of(this.emulator, "prod");
	}

	@AfterEach
	void stop() {
		this.emulator.close();
	}

	@Test
	void runOfTaskWithFunctionCompletes() {
		this.emulator.task("send-welcome", Welcome.class, (welcome) -> new Receipt("sent to " + welcome.email()));
		String runId = trigger("send-welcome", Map.of("email", "a@b.c"), Map.of("tags", List.of("user:1")));
		EmulatedRun run = this.emulator.awaitRun(runId);
		assertThat(run).returns("COMPLETED", from(EmulatedRun::status))
			.returns(Json.tree(new Receipt("sent to a@b.c")), from(EmulatedRun::output))
			.returns(1, from(EmulatedRun::attempts))
			.returns(List.of("QUEUED", "DEQUEUED", "EXECUTING", "COMPLETED"), from(EmulatedRun::statuses));
		JsonNode json = retrieve(runId);
		assertThat(json.path("isSuccess").asBoolean()).isTrue();
		assertThat(json.path("output").path("message").asString()).isEqualTo("sent to a@b.c");
		assertThat(this.emulator.runs("send-welcome")).singleElement()
			.returns(Json.tree(new Welcome("a@b.c")), from(EmulatedRun::payload))
			.returns(Set.of("user:1"), from(EmulatedRun::tags))
			.returns("prod", from(EmulatedRun::environment));
	}

	@Test
	void runOfUnknownTaskStaysInTheQueueUntilTheTaskIsKnown() {
		String runId = trigger("later", Map.of(), Map.of());
		assertThat(this.emulator.run(runId)).returns("QUEUED", from(EmulatedRun::status));
		this.emulator.task("later", Object.class, (payload) -> "done");
		assertThat(this.emulator.awaitRun(runId)).returns("COMPLETED", from(EmulatedRun::status))
			.returns(Json.tree("done"), from(EmulatedRun::output));
	}

	@Test
	void failingRunIsTriedAgain() {
		this.emulator.task("flaky", Object.class, (payload, context) -> {
			if (context.attempt() < 3) {
				throw new IllegalStateException("attempt " + context.attempt());
			}
			return context.attempt();
		});
		assertThat(this.emulator.awaitRun(trigger("flaky", Map.of(), Map.of())))
			.returns("COMPLETED", from(EmulatedRun::status))
			.returns(3, from(EmulatedRun::attempts));
		EmulatedRun failed = this.emulator.awaitRun(trigger("flaky", Map.of(), Map.of("maxAttempts", 2)));
		assertThat(failed).returns("FAILED", from(EmulatedRun::status)).returns(2, from(EmulatedRun::attempts));
		assertThat(retrieve(failed.id()).path("error").path("message").asString()).isEqualTo("attempt 2");
	}

	@Test
	void canceledRunIsInterrupted() throws InterruptedException {
		CountDownLatch interrupted = new CountDownLatch(1);
		CountDownLatch started = new CountDownLatch(1);
		this.emulator.task("slow", Object.class, (payload) -> {
			started.countDown();
			try {
				new CountDownLatch(1).await();
			}
			catch (InterruptedException ex) {
				interrupted.countDown();
			}
			return null;
		});
		String runId = trigger("slow", Map.of(), Map.of());
		started.await();
		assertThat(retrieve(runId).path("status").asString()).isEqualTo("EXECUTING");
		assertThat(this.prod.post("/api/v2/runs/" + runId + "/cancel", "").status()).isEqualTo(200);
		assertThat(this.emulator.run(runId)).returns("CANCELED", from(EmulatedRun::status));
		interrupted.await();
	}

	@Test
	void delayedRunStartsWhenItsTimeHasCome() {
		this.emulator.task("hello", Object.class, (payload) -> "hi");
		String runId = trigger("hello", Map.of(), Map.of("delay", "1h"));
		assertThat(this.emulator.run(runId)).returns("DELAYED", from(EmulatedRun::status));
		this.emulator.advance(Duration.ofMinutes(59));
		assertThat(this.emulator.run(runId)).returns("DELAYED", from(EmulatedRun::status));
		this.emulator.advance(Duration.ofMinutes(1));
		assertThat(this.emulator.awaitRun(runId)).returns("COMPLETED", from(EmulatedRun::status));
	}

	@Test
	void runExpiresWhenItWaitsLongerThanItsTimeToLive() {
		String runId = trigger("nobody", Map.of(), Map.of("ttl", "10m"));
		this.emulator.advance(Duration.ofMinutes(10));
		assertThat(this.emulator.run(runId)).returns("EXPIRED", from(EmulatedRun::status));
	}

	@Test
	void runExecutesNoLongerThanItsMaxDuration() throws InterruptedException {
		CountDownLatch started = new CountDownLatch(1);
		this.emulator.task("slow", Object.class, (payload) -> {
			started.countDown();
			new CountDownLatch(1).await();
			return null;
		});
		String runId = trigger("slow", Map.of(), Map.of("maxDuration", 60));
		started.await();
		this.emulator.advance(Duration.ofSeconds(60));
		assertThat(this.emulator.run(runId)).returns("TIMED_OUT", from(EmulatedRun::status));
	}

	@Test
	void idempotencyKeyFindsTheFirstRunUntilItIsTooOld() {
		Map<String, Object> options = Map.of("idempotencyKey", "k", "idempotencyKeyTTL", "1h");
		Reply first = post("hello", Map.of(), options);
		Reply second = post("hello", Map.of(), options);
		assertThat(first.json().path("isCached").asBoolean()).isFalse();
		assertThat(second.json().path("isCached").asBoolean()).isTrue();
		assertThat(second.json().path("id")).isEqualTo(first.json().path("id"));
		assertThat(post("other", Map.of(), options).json().path("isCached").asBoolean()).isFalse();
		this.emulator.advance(Duration.ofHours(1));
		assertThat(post("hello", Map.of(), options).json().path("isCached").asBoolean()).isFalse();
		assertThat(this.emulator.runs("hello")).hasSize(2)
			.allSatisfy((run) -> assertThat(run.idempotencyKey()).isEqualTo("k"));
	}

	@Test
	void failedRunFreesItsIdempotencyKey() {
		this.emulator.task("flaky", Object.class, (payload, context) -> {
			throw new IllegalStateException("boom");
		}, (settings) -> settings.maxAttempts(1));
		Map<String, Object> options = Map.of("idempotencyKey", "k");
		String first = post("flaky", Map.of(), options).json().path("id").asString();
		this.emulator.awaitRun(first);
		Reply second = post("flaky", Map.of(), options);
		assertThat(second.json().path("isCached").asBoolean()).isFalse();
		assertThat(second.json().path("id").asString()).isNotEqualTo(first);
		assertThat(retrieve(first).has("idempotencyKey")).isFalse();
	}

	@Test
	void expiredAndTimedOutRunsFreeTheirIdempotencyKeys() {
		Map<String, Object> options = Map.of("idempotencyKey", "k", "ttl", "1s");
		String expired = post("hello", Map.of(), options).json().path("id").asString();
		this.emulator.advance(Duration.ofSeconds(1));
		assertThat(this.emulator.run(expired)).returns("EXPIRED", from(EmulatedRun::status));
		assertThat(post("hello", Map.of(), options).json().path("isCached").asBoolean()).isFalse();
	}

	@Test
	void canceledRunKeepsItsIdempotencyKey() {
		Map<String, Object> options = Map.of("idempotencyKey", "k");
		String canceled = post("hello", Map.of(), options).json().path("id").asString();
		this.prod.post("/api/v2/runs/" + canceled + "/cancel", "{}");
		JsonNode again = post("hello", Map.of(), options).json();
		assertThat(again.path("isCached").asBoolean()).isTrue();
		assertThat(again.path("id").asString()).isEqualTo(canceled);
	}

	@Test
	void requestIdempotencyHeaderIsNotHonoured() {
		TestClient client = this.prod.header("x-trigger-request-idempotency-key", "same");
		client.post("/api/v1/tasks/hello/trigger", "{}");
		client.post("/api/v1/tasks/hello/trigger", "{}");
		assertThat(this.emulator.runs("hello")).hasSize(2);
	}

	@Test
	void statusesComeInTheOlderVocabularyWithoutTheVersionHeader() throws InterruptedException {
		CountDownLatch second = new CountDownLatch(1);
		this.emulator.task("slow", Object.class, (payload, context) -> {
			if (context.attempt() == 1) {
				throw new IllegalStateException("again");
			}
			second.countDown();
			new CountDownLatch(1).await();
			return null;
		});
		String runId = trigger("slow", Map.of(), Map.of());
		second.await();
		assertThat(retrieve(runId).path("status").asString()).isEqualTo("EXECUTING");
		JsonNode older = this.prod.header("x-trigger-api-version", "2025-01-01").get("/api/v3/runs/" + runId).json();
		assertThat(older.path("status").asString()).isEqualTo("REATTEMPTING");
	}

	@Test
	void chunkedBodyIsTooLarge() {
		HttpRequest.BodyPublisher chunked = HttpRequest.BodyPublishers
			.ofInputStream(() -> new ByteArrayInputStream("{}".getBytes()));
		Reply reply = this.prod.sendBody("POST", "/api/v1/tasks/hello/trigger", chunked);
		assertThat(reply.status()).isEqualTo(413);
		assertThat(reply.error()).isEqualTo("Request body too large");
		assertThat(this.prod.sendBody("POST", "/api/v3/batches", chunked).status()).isEqualTo(413);
	}

	@Test
	void batchRunsNothingUntilAllItemsHaveCome() {
		this.emulator.task("hello", Integer.class, (number) -> number * 2);
		String batchId = createBatch(2);
		TestClient lines = this.prod.header("content-type", "application/x-ndjson");
		Reply partial = lines.post("/api/v3/batches/" + batchId + "/items",
				"{\"index\":1,\"task\":\"hello\",\"payload\":21}");
		assertThat(partial.json().path("sealed").asBoolean()).isFalse();
		assertThat(this.emulator.runs()).isEmpty();
		Reply all = lines.post("/api/v3/batches/" + batchId + "/items",
				"{\"index\":0,\"task\":\"hello\",\"payload\":1}\n{\"index\":1,\"task\":\"hello\",\"payload\":21}\n");
		assertThat(all.json().path("sealed").asBoolean()).isTrue();
		assertThat(all.json().path("itemsAccepted").asInt()).isEqualTo(1);
		assertThat(all.json().path("itemsDeduplicated").asInt()).isEqualTo(1);
		this.emulator.awaitIdle();
		JsonNode batch = this.prod.get("/api/v2/batches/" + batchId).json();
		assertThat(batch.path("status").asString()).isEqualTo("COMPLETED");
		assertThat(batch.path("runs").size()).isEqualTo(2);
		assertThat(retrieve(batch.path("runs").get(1).asString()).path("output").asInt()).isEqualTo(42);
	}

	@Test
	void pagesOfRunsFollowEachOther() {
		for (int i = 0; i < 5; i++) {
			trigger("hello", i, Map.of());
		}
		JsonNode first = this.prod.get("/api/v1/runs?page%5Bsize%5D=2").json();
		String next = first.path("pagination").path("next").asString();
		JsonNode second = this.prod.get("/api/v1/runs?page%5Bsize%5D=2&page%5Bafter%5D=" + next).json();
		assertThat(second.path("data").get(0).path("id")).isNotIn(first.path("data").get(0).path("id"),
				first.path("data").get(1).path("id"));
		next = second.path("pagination").path("next").asString();
		JsonNode third = this.prod.get("/api/v1/runs?page%5Bsize%5D=2&page%5Bafter%5D=" + next).json();
		assertThat(third.path("data").size()).isEqualTo(1);
		assertThat(third.path("pagination").has("next")).isFalse();
		JsonNode unknown = this.prod.get("/api/v1/runs?page%5Bsize%5D=2&page%5Bafter%5D=unknown").json();
		assertThat(unknown.path("data")).isEqualTo(first.path("data"));
		assertThat(unknown.path("pagination").path("next")).isEqualTo(first.path("pagination").path("next"));
		// as after every cursor, one leads back
		assertThat(unknown.path("pagination").has("previous")).isTrue();
	}

	@Test
	void secretKeyIgnoresTheEnvironmentInThePath() {
		TestClient dev = TestClient.of(this.emulator, "dev");
		String path = "/api/v1/projects/" + this.emulator.projectRef() + "/envvars/prod";
		assertThat(dev.post(path, Map.of("name", "A", "value", "1")).status()).isEqualTo(200);
		assertThat(this.prod.get(path).json()).isEmpty();
		assertThat(dev.get(path).json()).hasSize(1);
		assertThat(dev.header("x-trigger-branch", "default").get(path).status()).isEqualTo(400);
	}

	@Test
	void personalAccessTokenWithBranchGetsThePreviewBranchWhateverThePathSays() {
		TestClient user = new TestClient(this.emulator.apiUrl()).token(this.emulator.personalAccessToken());
		TestClient branch = user.header("x-trigger-branch", "feature/one");
		String project = "/api/v1/projects/" + this.emulator.projectRef() + "/envvars/";
		branch.post(project + "preview", Map.of("name", "A", "value", "preview"));
		user.post(project + "prod", Map.of("name", "A", "value", "prod"));
		assertThat(user.get(project + "prod/A").json().path("value").asString()).isEqualTo("prod");
		assertThat(branch.get(project + "prod/A").json().path("value").asString()).isEqualTo("preview");
	}

	@Test
	void importRefusesToOverrideUnlessItIsTold() {
		String path = "/api/v1/projects/" + this.emulator.projectRef() + "/envvars/prod";
		this.prod.post(path, Map.of("name", "A", "value", "1"));
		Reply refused = this.prod.post(path + "/import", Map.of("variables", Map.of("A", "2")));
		assertThat(refused.status()).isEqualTo(400);
		assertThat(refused.json().path("variableErrors").size()).isEqualTo(1);
		this.prod.post(path + "/import", Map.of("variables", Map.of("A", "2"), "override", true));
		assertThat(this.prod.get(path + "/A").json().path("value").asString()).isEqualTo("2");
	}

	@Test
	void scheduleTriggersItsTask() {
		this.emulator.scheduledTask("report", JsonNode.class, (payload, context) -> payload.path("timezone"));
		Reply created = this.prod.post("/api/v1/schedules", Map.of("task", "report", "cron", "0 5 * * *",
				"deduplicationKey", "daily", "timezone", "Europe/Berlin"));
		assertThat(created.status()).as(created.text()).isEqualTo(200);
		Instant next = Instant.parse(created.json().path("nextRun").asString());
		this.emulator.advance(Duration.between(this.emulator.now(), next));
		this.emulator.awaitIdle();
		assertThat(this.emulator.runs("report")).hasSize(1);
		assertThat(this.emulator.runs().get(0)).returns("COMPLETED", from(EmulatedRun::status))
			.returns(Json.tree("Europe/Berlin"), from(EmulatedRun::output));
		String id = created.json().path("id").asString();
		this.prod.post("/api/v1/schedules/" + id + "/deactivate", "{}");
		this.emulator.advance(Duration.ofDays(2));
		assertThat(this.emulator.runs("report")).hasSize(1);
	}

	@Test
	void largePayloadGoesThroughTheObjectStore() {
		this.emulator.task("hello", JsonNode.class, (payload) -> payload.path("a"));
		JsonNode packet = this.prod.put("/api/v2/packets/trigger%2Fpacket_1%2Fpayload.json", "").json();
		String url = packet.path("presignedUrl").asString();
		TestClient anonymous = new TestClient(this.emulator.apiUrl()).header("content-type", "application/json");
		assertThat(anonymous.token("x").put(url, "{}").status()).isEqualTo(400);
		assertThat(anonymous.put(url, Map.of("a", 1)).status()).isEqualTo(200);
		String runId = trigger("hello", packet.path("storagePath").asString(),
				Map.of("payloadType", "application/store"));
		assertThat(this.emulator.awaitRun(runId)).returns("COMPLETED", from(EmulatedRun::status))
			.returns(Json.tree(1), from(EmulatedRun::output));
		String download = retrieve(runId).path("payloadPresignedUrl").asString();
		assertThat(new TestClient("").get(download).json().path("a").asInt()).isEqualTo(1);
		this.emulator.advance(Duration.ofMinutes(6));
		assertThat(new TestClient("").get(download).status()).isEqualTo(403);
	}

	@Test
	void rateLimitRefusesUntilTheBucketIsFilledUp() {
		try (TriggerEmulator limited = TriggerEmulator.builder().rateLimit(2, 1, Duration.ofSeconds(10)).start()) {
			TestClient client = TestClient.of(limited, "prod");
			assertThat(client.get("/api/v1/runs").header("x-ratelimit-remaining")).isEqualTo("1");
			assertThat(client.get("/api/v1/runs").header("x-ratelimit-remaining")).isEqualTo("0");
			Reply refused = client.get("/api/v1/runs");
			assertThat(refused.status()).isEqualTo(429);
			assertThat(refused.header("content-type")).startsWith("application/problem+json");
			assertThat(TestClient.of(limited, "dev").get("/api/v1/runs").status()).isEqualTo(200);
			limited.advance(Duration.ofSeconds(10));
			assertThat(client.get("/api/v1/runs").status()).isEqualTo(200);
		}
	}

	@Test
	void oneTimeTokenTriggersOnce() {
		String token = this.prod
			.post("/api/v1/auth/public-tokens", Map.of("scopes", List.of("trigger:tasks:hello"), "oneTimeUse", true))
			.json()
			.path("token")
			.asString();
		TestClient client = new TestClient(this.emulator.apiUrl()).token(token);
		assertThat(client.post("/api/v1/tasks/other/trigger", "{}").status()).isEqualTo(403);
		assertThat(client.post("/api/v1/tasks/hello/trigger", "{}").status()).isEqualTo(200);
		assertThat(client.post("/api/v1/tasks/hello/trigger", "{}").status()).isEqualTo(422);
	}

	@Test
	void handleCarriesTokenForItsRun() {
		Reply reply = post("hello", Map.of(), Map.of());
		TestClient client = new TestClient(this.emulator.apiUrl()).token(reply.header("x-trigger-jwt"));
		assertThat(client.get("/api/v3/runs/" + reply.json().path("id").asString()).status()).isEqualTo(200);
		assertThat(client.get("/api/v1/runs").status()).isEqualTo(403);
		this.emulator.advance(Duration.ofHours(2));
		assertThat(client.get("/api/v3/runs/" + reply.json().path("id").asString()).status()).isEqualTo(401);
	}

	@Test
	void requestsAreRecordedWithoutCredentials() {
		trigger("hello", Map.of("a", 1), Map.of());
		assertThat(this.emulator.requests("tasks.trigger")).singleElement().satisfies((request) -> {
			assertThat(request.credentialKind()).isEqualTo("secret-prod");
			assertThat(request.status()).isEqualTo(200);
			assertThat(request.body()).contains("\"a\":1");
			assertThat(request.header("authorization")).isNull();
			assertThat(request.toString()).doesNotContain(this.emulator.secretKey("prod"));
		});
	}

	@Test
	void resetForgetsWhatHappenedButKeepsTasksAndKeys() {
		this.emulator.task("hello", Object.class, (payload) -> "hi");
		trigger("hello", Map.of(), Map.of());
		this.emulator.faults().onAnyOperation().status(500);
		this.emulator.reset();
		assertThat(this.emulator.runs()).isEmpty();
		assertThat(this.emulator.requests()).isEmpty();
		assertThat(this.emulator.awaitRun(trigger("hello", Map.of(), Map.of()))).returns("COMPLETED",
				from(EmulatedRun::status));
	}

	@Test
	void delayedRunsOfTheLastTestDoNotExecuteAfterReset() {
		List<Object> executed = new CopyOnWriteArrayList<>();
		this.emulator.task("hello", Object.class, (payload) -> executed.add(payload));
		trigger("hello", Map.of(), Map.of("delay", "1h"));
		this.emulator.reset();
		this.emulator.advance(Duration.ofHours(2));
		assertThat(executed).isEmpty();
		assertThat(this.emulator.runs()).isEmpty();
	}

	@Test
	void resetGoesBackToTheTimeOfTheClock() {
		this.emulator.advance(Duration.ofDays(3));
		this.emulator.reset();
		assertThat(Duration.between(Instant.now(), this.emulator.now()).abs()).isLessThan(Duration.ofHours(1));
	}

	@Test
	void declarationsSurviveReset() {
		this.emulator.queue("limited", 2).prompt("greeting", "Hello").webhookEndpoint("orders", "stripe");
		this.emulator.previewBranch("kept");
		this.emulator.reset();
		this.emulator.reset();
		assertThat(this.prod.get("/api/v1/queues/limited?type=custom").status()).isEqualTo(200);
		assertThat(this.prod.get("/api/v1/prompts/greeting/versions").status()).isEqualTo(200);
		assertThat(this.prod.get("/api/v1/webhooks/endpoints").json().path("data")).hasSize(1);
		assertThat(
				TestClient.of(this.emulator, "preview").header("x-trigger-branch", "kept").get("/api/v1/runs").status())
			.isEqualTo(200);
	}

	@Test
	void advanceExecutesWhatIsDueInOrderAndWaitsForIt() {
		List<Instant> executed = new CopyOnWriteArrayList<>();
		this.emulator.task("hello", Object.class, (payload) -> executed.add(this.emulator.now()));
		Instant start = this.emulator.now();
		trigger("hello", Map.of(), Map.of("delay", "3h"));
		trigger("hello", Map.of(), Map.of("delay", "1h"));
		this.emulator.advance(Duration.ofHours(4));
		assertThat(executed).hasSize(2).isSorted();
		assertThat(Duration.between(start, executed.get(0))).isBetween(Duration.ofHours(1), Duration.ofMinutes(90));
		assertThat(this.emulator.runs("hello")).allSatisfy((run) -> assertThat(run.status()).isEqualTo("COMPLETED"));
	}

	@Test
	void retriesHappenInVirtualTime() {
		this.emulator.task("flaky", Object.class, (payload, context) -> {
			if (context.attempt() < 3) {
				throw new IllegalStateException("again");
			}
			return "done";
		}, (settings) -> settings.maxAttempts(3).retryDelay(Duration.ofMinutes(10)));
		String runId = trigger("flaky", Map.of(), Map.of("delay", "1m"));
		this.emulator.advance(Duration.ofHours(1));
		assertThat(this.emulator.run(runId)).returns("COMPLETED", from(EmulatedRun::status))
			.returns(3, from(EmulatedRun::attempts));
	}

	@Test
	void idleDoesNotWaitForPausedQueues() {
		this.emulator.task("hello", Object.class, (payload) -> "hi");
		this.prod.post("/api/v1/queues/hello/pause", Map.of("type", "task", "action", "pause"));
		trigger("hello", Map.of(), Map.of());
		this.emulator.awaitIdle(Duration.ofSeconds(30));
		assertThat(this.emulator.runs("hello")).singleElement().returns("QUEUED", from(EmulatedRun::status));
	}

	@Test
	void browsersOnLoopbackCanUseTheRoutesThatAreMeantForThem() {
		TestClient page = this.prod.header("origin", "http://localhost:5173");
		for (Reply reply : List.of(page.get("/api/v1/runs"), page.get("/api/v3/runs/run_none"),
				page.token("tr_prod_nobody").get("/api/v1/runs"), page.put("/api/v1/sessions", "{}"))) {
			assertThat(reply.header("access-control-allow-origin")).isEqualTo("http://localhost:5173");
			assertThat(reply.header("access-control-expose-headers")).isEqualTo("x-trigger-jwt,x-trigger-jwt-claims");
		}
		// what is refused before it comes to the route can't be read
		TestClient nobody = new TestClient(this.emulator.apiUrl()).header("origin", "http://localhost:5173");
		for (Reply reply : List.of(nobody.get("/api/v1/runs"), page.post("/api/v1/runs", "{}"),
				page.get("/api/v1/tasks/hello/trigger"),
				nobody.send("OPTIONS", "/api/v1/prompts/greeting/promote", null))) {
			assertThat(reply.status()).isIn(400, 401, 405);
			assertThat(reply.header("access-control-allow-origin")).isNull();
		}
		assertThat(page.post("/api/v2/runs/run_none/cancel", "{}").header("access-control-allow-origin")).isNull();
		assertThat(this.prod.header("origin", "https://evil.example")
			.get("/api/v1/runs")
			.header("access-control-allow-origin")).isNull();
		Reply preflight = new TestClient(this.emulator.apiUrl()).header("origin", "http://127.0.0.1:3000")
			.header("access-control-request-headers", "authorization,x-trigger-api-version")
			.send("OPTIONS", "/api/v1/runs", null);
		assertThat(preflight.header("access-control-allow-headers")).isEqualTo("authorization,x-trigger-api-version");
		assertThat(preflight.header("access-control-max-age")).isNotNull();
	}

	@Test
	void oneTimeTokenCanBeUsedAgainAfterReset() {
		TestClient client = new TestClient(this.emulator.apiUrl()).token(oneTimeToken());
		assertThat(client.post("/api/v1/tasks/hello/trigger", "{}").status()).isEqualTo(200);
		assertThat(client.post("/api/v1/tasks/hello/trigger", "{}").error())
			.isEqualTo("Cannot trigger hello with a one-time use token as it has already been used.");
		this.emulator.reset();
		assertThat(client.post("/api/v1/tasks/hello/trigger", "{}").status()).isEqualTo(200);
	}

	private String oneTimeToken() {
		JsonNode claims = this.prod.post("/api/v1/auth/jwt/claims", "{}").json();
		return Tokens.sign(
				JsonBody.of("sub", claims.path("sub").asString())
					.with("pub", true)
					.with("otu", true)
					.with("scopes", List.of("trigger:tasks:hello")),
				this.emulator.secretKey("prod"), this.emulator.now(), Duration.ofHours(1));
	}

	@Test
	void unknownEnvironmentAndRunAreRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> this.emulator.secretKey("qa"))
			.withMessageContaining("'environment'");
		assertThatIllegalArgumentException().isThrownBy(() -> this.emulator.run("run_x"))
			.withMessageContaining("'runId'");
	}

	private String createBatch(int count) {
		return this.prod.post("/api/v3/batches", Map.of("runCount", count)).json().path("id").asString();
	}

	private String trigger(String task, Object payload, Map<String, Object> options) {
		Reply reply = post(task, payload, options);
		assertThat(reply.status()).as(reply.text()).isEqualTo(200);
		return reply.json().path("id").asString();
	}

	private Reply post(String task, Object payload, Map<String, Object> options) {
		return this.prod.post("/api/v1/tasks/" + task + "/trigger", Map.of("payload", payload, "options", options));
	}

	private JsonNode retrieve(String runId) {
		return this.prod.get("/api/v3/runs/" + runId).json();
	}

	record Welcome(String email) {

	}

	record Receipt(String message) {

	}

}

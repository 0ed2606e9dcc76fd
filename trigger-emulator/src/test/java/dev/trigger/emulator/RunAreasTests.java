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

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CyclicBarrier;

import dev.trigger.emulator.TestClient.Reply;
import dev.trigger.emulator.http.Json;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.from;

/**
 * What the emulator does with runs beyond triggering and retrieving them: metadata, tags,
 * bulk actions, queues, waitpoints, errors and queries.
 */
class RunAreasTests {

	private TriggerEmulator emulator;

	private TestClient prod;

	@BeforeEach
	void start() {
		this.emulator = TriggerEmulator.start();
		this.prod = TestClient.of(this.emulator, "prod");
	}

	@AfterEach
	void stop() {
		this.emulator.close();
	}

	@Test
	void metadataCanBeReplacedAndOperatedOn() {
		String path = "/api/v1/runs/" + trigger("hello", Map.of()) + "/metadata";
		this.prod.put(path, Map.of("metadata", Map.of("count", 1, "list", List.of("a"))));
		Reply reply = this.prod.put(path,
				Map.of("operations",
						List.of(Map.of("type", "increment", "key", "count", "value", 2),
								Map.of("type", "append", "key", "list", "value", "b"),
								Map.of("type", "remove", "key", "list", "value", "a"),
								Map.of("type", "set", "key", "$.name", "value", "x"))));
		assertThat(reply.json().path("metadata"))
			.isEqualTo(Json.tree(Map.of("count", 3, "list", List.of("b"), "name", "x")));
		assertThat(this.prod.get(path).json().path("metadata").isString()).isTrue();
	}

	@Test
	void taskSeesAndChangesItsMetadata() {
		this.emulator.task("hello", Object.class, (payload, context) -> {
			context.metadata().set("progress", 100);
			return context.metadata().get("given");
		});
		String runId = trigger("hello", Map.of("metadata", Map.of("given", "yes")));
		assertThat(this.emulator.awaitRun(runId)).returns(Json.tree("yes"), from(EmulatedRun::output));
		assertThat(this.emulator.run(runId).metadata().path("progress").asInt()).isEqualTo(100);
	}

	@Test
	void tagsAreAddedToSet() {
		String runId = trigger("hello", Map.of("tags", "a"));
		Reply reply = this.prod.post("/api/v1/runs/" + runId + "/tags", Map.of("tags", List.of("a", "b")));
		assertThat(reply.json().path("message").asString()).isEqualTo("Successfully set 1 new tags.");
		assertThat(this.emulator.run(runId).tags()).containsExactly("a", "b");
	}

	@Test
	void rescheduledRunStartsAtItsNewTime() {
		this.emulator.task("hello", Object.class, (payload) -> "hi");
		String runId = trigger("hello", Map.of("delay", "1h"));
		this.prod.post("/api/v1/runs/" + runId + "/reschedule", Map.of("delay", "3h"));
		this.emulator.advance(Duration.ofHours(2));
		assertThat(this.emulator.run(runId)).returns("DELAYED", from(EmulatedRun::status));
		this.emulator.advance(Duration.ofHours(1));
		assertThat(this.emulator.awaitRun(runId)).returns("COMPLETED", from(EmulatedRun::status));
		assertThat(this.prod.post("/api/v1/runs/" + runId + "/reschedule", Map.of("delay", "3h")).status())
			.isEqualTo(400);
	}

	@Test
	void resetKeyCanBeUsedAgain() {
		String first = trigger("hello", Map.of("idempotencyKey", "k"));
		String path = "/api/v1/idempotencyKeys/k/reset";
		assertThat(this.prod.post(path, Map.of("taskIdentifier", "hello")).status()).isEqualTo(200);
		assertThat(this.prod.post(path, Map.of("taskIdentifier", "hello")).status()).isEqualTo(404);
		assertThat(trigger("hello", Map.of("idempotencyKey", "k"))).isNotEqualTo(first);
	}

	@Test
	void debouncedTriggersBecomeOneRun() {
		Map<String, Object> options = Map.of("debounce", Map.of("key", "d", "delay", "10s"));
		String first = trigger("hello", options);
		this.emulator.advance(Duration.ofSeconds(5));
		assertThat(trigger("hello", options)).isEqualTo(first);
		this.emulator.advance(Duration.ofSeconds(9));
		assertThat(this.emulator.run(first)).returns("DELAYED", from(EmulatedRun::status));
		this.emulator.advance(Duration.ofSeconds(1));
		assertThat(this.emulator.run(first)).returns("QUEUED", from(EmulatedRun::status));
	}

	@Test
	void replayRepeatsTheRunWithChanges() {
		String runId = trigger("hello", Map.of("idempotencyKey", "k", "tags", "a"));
		Reply reply = this.prod.post("/api/v1/runs/" + runId + "/replay", Map.of("payload", Map.of("n", 2)));
		EmulatedRun replay = this.emulator.run(reply.json().path("id").asString());
		assertThat(replay).returns(Json.tree(Map.of("n", 2)), from(EmulatedRun::payload))
			.returns(Set.of("a"), from(EmulatedRun::tags));
		assertThat(replay.idempotencyKey()).isNull();
	}

	@Test
	void bulkActionCountsRunsThatAreOverAsFailures() {
		this.emulator.task("quick", Object.class, (payload) -> "done");
		String over = trigger("quick", Map.of());
		this.emulator.awaitRun(over);
		String id = bulk(Map.of("action", "cancel", "runIds", List.of(over, trigger("hello", Map.of()))));
		this.emulator.advance(Duration.ofSeconds(1));
		assertThat(this.prod.get("/api/v1/bulk-actions/" + id).json().path("counts"))
			.isEqualTo(Json.parse("{\"total\":2,\"success\":1,\"failure\":1}"));
	}

	@Test
	void bulkActionCancelsWhatTheFilterMeans() {
		String wanted = trigger("hello", Map.of("tags", "old, and new"));
		String other = trigger("hello", Map.of("tags", List.of("old", " and new")));
		String id = bulk(
				Map.of("action", "cancel", "filter", Map.of("tag", List.of("old, and new"), "status", "QUEUED")));
		this.emulator.advance(Duration.ofSeconds(1));
		JsonNode action = this.prod.get("/api/v1/bulk-actions/" + id).json();
		assertThat(action.path("status").asString()).isEqualTo("COMPLETED");
		assertThat(action.path("counts").path("success").asInt()).isEqualTo(1);
		assertThat(this.emulator.run(wanted)).returns("CANCELED", from(EmulatedRun::status));
		assertThat(this.emulator.run(other)).returns("QUEUED", from(EmulatedRun::status));
		assertThat(this.prod.get("/api/v1/runs?filter%5BbulkAction%5D=" + id).json().path("data").size()).isEqualTo(1);
	}

	@Test
	void abortedBulkActionDoesNothing() {
		stop();
		// a clock that stands still, so that the action is not done before it is aborted
		this.emulator = TriggerEmulator.builder().clock(Clock.fixed(Instant.now(), ZoneOffset.UTC)).start();
		this.prod = TestClient.of(this.emulator, "prod");
		String runId = trigger("hello", Map.of());
		String id = bulk(Map.of("action", "replay", "runIds", List.of(runId)));
		assertThat(this.prod.post("/api/v1/bulk-actions/" + id + "/abort", "").status()).isEqualTo(200);
		this.emulator.advance(Duration.ofSeconds(1));
		assertThat(this.emulator.runs("hello")).hasSize(1);
		assertThat(this.prod.post("/api/v1/bulk-actions", Map.of("action", "cancel", "filter", Map.of())).status())
			.isEqualTo(400);
	}

	@Test
	void pausedQueueHoldsItsRunsBack() {
		this.emulator.task("hello", Object.class, (payload) -> "hi");
		this.prod.post("/api/v1/queues/hello/pause", Map.of("type", "task", "action", "pause"));
		String runId = trigger("hello", Map.of());
		assertThat(this.emulator.run(runId)).returns("QUEUED", from(EmulatedRun::status));
		JsonNode queue = this.prod.get("/api/v1/queues/hello?type=task").json();
		assertThat(queue.path("queued").asInt()).isEqualTo(1);
		this.prod.post("/api/v1/queues/hello/pause", Map.of("type", "task", "action", "resume"));
		assertThat(this.emulator.awaitRun(runId)).returns("COMPLETED", from(EmulatedRun::status));
	}

	@Test
	void limitedQueueExecutesOneRunAfterTheOther() throws Exception {
		this.emulator.queue("narrow", 1);
		CyclicBarrier together = new CyclicBarrier(2);
		this.emulator.task("hello", Object.class, (payload) -> {
			together.await();
			return "hi";
		});
		Map<String, Object> options = Map.of("queue", Map.of("name", "narrow"));
		String first = trigger("hello", options);
		String second = trigger("hello", options);
		assertThat(this.emulator.run(second)).returns("QUEUED", from(EmulatedRun::status));
		together.await();
		assertThat(this.emulator.awaitRun(first)).returns("COMPLETED", from(EmulatedRun::status));
		together.await();
		assertThat(this.emulator.awaitRun(second)).returns("COMPLETED", from(EmulatedRun::status));
	}

	@Test
	void pausedEnvironmentHoldsItsRunsBack() {
		this.emulator.task("hello", Object.class, (payload) -> "hi");
		TestClient user = new TestClient(this.emulator.apiUrl()).token(this.emulator.personalAccessToken());
		String environment = "/api/v1/projects/" + this.emulator.projectRef() + "/prod";
		user.post(environment + "/pause", "");
		String runId = trigger("hello", Map.of());
		assertThat(this.emulator.run(runId)).returns("QUEUED", from(EmulatedRun::status));
		user.post(environment + "/resume", "");
		assertThat(this.emulator.awaitRun(runId)).returns("COMPLETED", from(EmulatedRun::status));
	}

	@Test
	void concurrencyLimitIsOverridden() {
		this.emulator.concurrencyLimit("per-tenant", 10);
		String path = "/api/v1/concurrency-limits/per-tenant";
		this.prod.post(path + "/override", Map.of("perKey", 2));
		assertThat(this.prod.get(path).json().path("perKey").path("current").asInt()).isEqualTo(2);
		this.prod.post(path + "/override", Map.of("perKey", 3, "concurrencyKey", "t1", "ttl", "1h"));
		assertThat(this.prod.get(path + "?concurrencyKey=t1").json().path("perKey").path("current").asInt())
			.isEqualTo(3);
		this.prod.post(path + "/reset", "{}");
		assertThat(this.prod.get(path).json().path("perKey").path("current").asInt()).isEqualTo(10);
	}

	@Test
	void waitpointIsCompletedByItsCallback() {
		JsonNode token = this.prod.post("/api/v1/waitpoints/tokens", Map.of("timeout", "1h")).json();
		Reply reply = new TestClient("").post(token.path("url").asString(), Map.of("approved", true));
		assertThat(reply.status()).isEqualTo(200);
		JsonNode waitpoint = this.prod.get("/api/v1/waitpoints/tokens/" + token.path("id").asString()).json();
		assertThat(waitpoint.path("status").asString()).isEqualTo("COMPLETED");
		assertThat(waitpoint.path("output").asString()).isEqualTo("{\"json\":{\"approved\":true}}");
		assertThat(waitpoint.path("outputType").asString()).isEqualTo("application/super+json");
	}

	@Test
	void firstCompletionOfWaitpointCounts() {
		String id = this.prod.post("/api/v1/waitpoints/tokens", "{}").json().path("id").asString();
		String path = "/api/v1/waitpoints/tokens/" + id;
		this.prod.post(path + "/complete", Map.of("data", "first"));
		this.prod.post(path + "/complete", Map.of("data", "second"));
		JsonNode waitpoint = this.prod.get(path).json();
		assertThat(waitpoint.path("output").asString()).isEqualTo("first");
		assertThat(waitpoint.path("outputType").asString()).isEqualTo("text/plain");
	}

	@Test
	void waitpointTimesOutAndItsKeyFindsIt() {
		Map<String, Object> options = Map.of("timeout", "1h", "idempotencyKey", "k", "idempotencyKeyTTL", "2h");
		JsonNode first = this.prod.post("/api/v1/waitpoints/tokens", options).json();
		this.emulator.advance(Duration.ofHours(1));
		JsonNode second = this.prod.post("/api/v1/waitpoints/tokens", options).json();
		assertThat(second.path("isCached").asBoolean()).isTrue();
		assertThat(second.path("id")).isEqualTo(first.path("id"));
		assertThat(this.prod.get("/api/v1/waitpoints/tokens?filter%5Bstatus%5D=TIMED_OUT").json().path("data").size())
			.isEqualTo(1);
		JsonNode timedOut = this.prod.get("/api/v1/waitpoints/tokens/" + first.path("id").asString()).json();
		assertThat(timedOut.path("outputIsError").asBoolean()).isTrue();
		assertThat(timedOut.path("output").asString())
			.isEqualTo("{\"code\":\"TRIGGER_WAITPOINT_TIMEOUT\",\"message\":\"Waitpoint timed out at "
					+ timedOut.path("timeoutAt").asString() + "\"}");
	}

	@Test
	void keyOfTokenThatHasExpiredIsKeptAsInactive() {
		Map<String, Object> options = Map.of("idempotencyKey", "k", "idempotencyKeyTTL", "2h");
		String first = this.prod.post("/api/v1/waitpoints/tokens", options).json().path("id").asString();
		this.emulator.advance(Duration.ofHours(2));
		JsonNode second = this.prod.post("/api/v1/waitpoints/tokens", options).json();
		assertThat(second.path("isCached").asBoolean()).isFalse();
		JsonNode old = this.prod.get("/api/v1/waitpoints/tokens/" + first).json();
		assertThat(old.path("inactiveIdempotencyKey").asString()).isEqualTo("k");
		assertThat(old.path("idempotencyKey").asString()).isNotEqualTo("k");
		JsonNode both = this.prod.get("/api/v1/waitpoints/tokens?filter%5BidempotencyKey%5D=k").json().path("data");
		assertThat(both).hasSize(2).allMatch((token) -> token.path("idempotencyKey").asString().equals("k"));
	}

	@Test
	void tokensOfSeveralStatusesAreOverOrNot() {
		String id = this.prod.post("/api/v1/waitpoints/tokens", "{}").json().path("id").asString();
		this.prod.post("/api/v1/waitpoints/tokens/" + id + "/complete", "{}");
		String filter = "/api/v1/waitpoints/tokens?filter%5Bstatus%5D=";
		assertThat(this.prod.get(filter + "WAITING").json().path("data")).isEmpty();
		assertThat(this.prod.get(filter + "TIMED_OUT").json().path("data")).isEmpty();
		assertThat(this.prod.get(filter + "WAITING,TIMED_OUT").json().path("data")).hasSize(1);
	}

	@Test
	void errorsOfRunsAreGroupedAndResolved() {
		this.emulator.task("fails", Object.class, (payload) -> {
			throw new IllegalStateException("boom");
		});
		this.emulator.awaitRun(trigger("fails", Map.of("maxAttempts", 1)));
		this.emulator.awaitRun(trigger("fails", Map.of("maxAttempts", 1)));
		JsonNode group = this.prod.get("/api/v1/errors").json().path("data").get(0);
		assertThat(group.path("count").asInt()).isEqualTo(2);
		String path = "/api/v1/errors/" + group.path("id").asString();
		assertThat(this.prod.post(path + "/ignore", Map.of("duration", 1000)).json().path("ignoredUntil").isNull())
			.isFalse();
		assertThat(this.prod.post(path + "/resolve", "{}").json().path("status").asString()).isEqualTo("resolved");
		assertThat(this.prod.get("/api/v1/errors?filter%5Bstatus%5D=unresolved").json().path("data").size()).isZero();
	}

	@Test
	void queriesReadRuns() {
		trigger("a", Map.of());
		trigger("a", Map.of());
		trigger("b", Map.of("delay", "1h"));
		assertThat(query("SELECT count() AS n FROM runs WHERE task_identifier = 'a'").toString())
			.isEqualTo("[{\"n\":2}]");
		assertThat(query("SELECT task_identifier, count() AS n FROM runs GROUP BY task_identifier ORDER BY n DESC")
			.toString()).isEqualTo("[{\"task_identifier\":\"a\",\"n\":2},{\"task_identifier\":\"b\",\"n\":1}]");
		assertThat(query("SELECT run_id FROM runs WHERE status IN ('Queued', 'Failed') LIMIT 1").size()).isEqualTo(1);
		Reply csv = this.prod.post("/api/v1/query",
				Map.of("query", "SELECT task_identifier, status FROM runs WHERE status = 'Delayed'", "format", "csv"));
		assertThat(csv.json().path("results").asString()).isEqualTo("task_identifier,status\nb,Delayed");
	}

	@Test
	void traceHasSpanForEachAttempt() {
		this.emulator.task("hello", Object.class, (payload) -> "hi");
		String runId = trigger("hello", Map.of());
		this.emulator.awaitRun(runId);
		JsonNode root = this.prod.get("/api/v1/runs/" + runId + "/trace").json().path("trace").path("rootSpan");
		assertThat(root.path("children").size()).isEqualTo(1);
		String spanId = root.path("children").get(0).path("id").asString();
		assertThat(this.prod.get("/api/v1/runs/" + runId + "/spans/" + spanId).json().propertyNames())
			.contains("events")
			.doesNotContain("properties", "triggeredRuns");
		assertThat(this.prod.get("/api/v1/runs/" + runId + "/spans/" + spanId).json().path("parentId"))
			.isEqualTo(root.path("id"));
		assertThat(this.prod.get("/api/v1/runs/" + runId + "/events").json().path("events").size()).isEqualTo(3);
	}

	@Test
	void largeOutputGoesThroughTheObjectStore() {
		this.emulator.task("hello", Object.class, (payload) -> "o".repeat(200_000));
		String runId = trigger("hello", Map.of());
		this.emulator.awaitRun(runId);
		JsonNode run = this.prod.get("/api/v3/runs/" + runId).json();
		assertThat(run.has("output")).isFalse();
		assertThat(new TestClient("").get(run.path("outputPresignedUrl").asString()).text()).hasSize(200_002);
		assertThat(this.prod.get("/api/v1/runs/" + runId + "/packets/output").status()).isEqualTo(200);
	}

	private JsonNode query(String query) {
		Reply reply = this.prod.post("/api/v1/query", Map.of("query", query));
		assertThat(reply.status()).as(reply.text()).isEqualTo(200);
		return reply.json().path("results");
	}

	private String bulk(Object body) {
		Reply reply = this.prod.post("/api/v1/bulk-actions", body);
		assertThat(reply.status()).as(reply.text()).isEqualTo(202);
		return reply.json().path("id").asString();
	}

	private String trigger(String task, Map<String, Object> options) {
		Reply reply = this.prod.post("/api/v1/tasks/" + task + "/trigger",
				Map.of("payload", Map.of("n", 1), "options", options));
		assertThat(reply.status()).as(reply.text()).isEqualTo(200);
		return reply.json().path("id").asString();
	}

}

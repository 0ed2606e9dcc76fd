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

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Which runs and errors the filters of the lists let through.
 */
class RunFilterTests {

	private final TriggerEmulator emulator = TriggerEmulator.start();

	private final TestClient prod = TestClient.of(this.emulator, "prod");

	@AfterEach
	void close() {
		this.emulator.close();
	}

	@Test
	void listGoesBackAWeekUnlessItIsAskedForATime() {
		Instant start = this.emulator.now();
		String old = trigger("none", Map.of());
		this.emulator.advance(Duration.ofDays(8));
		String late = trigger("none", Map.of());
		assertThat(list("")).containsExactly(late);
		assertThat(list("filter[taskIdentifier]=none")).containsExactly(late);
		assertThat(list("filter[createdAt][period]=9d")).containsExactly(late, old);
		assertThat(list("filter[createdAt][from]=" + start)).containsExactly(late, old);
		assertThat(list("filter[createdAt][to]=" + start.plusSeconds(1))).containsExactly(old);
		assertThat(list("filter[createdAt][period]=1d&filter[createdAt][to]=" + start.plusSeconds(1)))
			.as("period first")
			.containsExactly(late);
		assertThat(list("filter[createdAt][period]=long")).as("no period at all").containsExactly(late, old);
	}

	@Test
	void runsBehindAnErrorAreFoundByIt() {
		this.emulator.task("fails", JsonNode.class, (payload, context) -> {
			throw new IllegalStateException("no");
		}, (settings) -> settings.maxAttempts(1));
		this.emulator.task("works", JsonNode.class, (payload) -> payload);
		String failed = trigger("fails", Map.of());
		this.emulator.awaitRun(trigger("works", Map.of()));
		this.emulator.awaitRun(failed);
		String error = this.prod.get("/api/v1/errors").json().path("data").path(0).path("id").asString();
		assertThat(error).startsWith("error_");
		assertThat(list("filter[error]=" + error)).containsExactly(failed);
		assertThat(list("filter[error]=" + error.substring("error_".length()))).containsExactly(failed);
		assertThat(list("filter[error]=error_other")).isEmpty();
		assertThat(list("filter[error]=")).hasSize(2);
	}

	@Test
	void errorsAreListedByHowOftenTheyOccurred() {
		this.emulator.task("fails", JsonNode.class, (payload, context) -> {
			throw new IllegalStateException("No " + payload.path("what").asString());
		}, (settings) -> settings.maxAttempts(1));
		for (String what : List.of("paper", "ink", "ink", "ink", "toner", "toner")) {
			this.emulator
				.awaitRun(this.prod.post("/api/v1/tasks/fails/trigger", Map.of("payload", Map.of("what", what)))
					.json()
					.path("id")
					.asString());
		}
		assertThat(errors("")).containsExactly("No ink 3", "No toner 2", "No paper 1");
		assertThat(errors("filter[search]= INK ")).containsExactly("No ink 3");
		assertThat(errors("filter[search]=illegalstate")).hasSize(3);
		assertThat(errors("filter[version]=none")).isEmpty();
		JsonNode first = this.prod.get("/api/v1/errors?page%5Bsize%5D=1").json();
		String next = first.path("pagination").path("next").asString();
		assertThat(first.path("pagination").has("previous")).isFalse();
		assertThat(errors("page[after]=" + next)).containsExactly("No toner 2", "No paper 1");
		assertThat(errors("page[before]=" + next)).isEmpty();
		assertThat(errors("page[after]=zzz")).hasSize(3);
		assertThat(errors("page[after]=" + cursor("1e999"))).as("after more than there can be").hasSize(3);
		assertThat(errors("page[before]=" + cursor("1.5"))).as("a fraction").containsExactly("No ink 3", "No toner 2");
		Instant then = this.emulator.now();
		this.emulator.advance(Duration.ofHours(25));
		assertThat(errors("")).as("of the last day").isEmpty();
		assertThat(errors("filter[to]=" + then)).as("the last day begins later").isEmpty();
		assertThat(errors("filter[period]=2d")).hasSize(3);
		assertThat(errors("filter[from]=" + then.minusSeconds(60))).hasSize(3);
		assertThat(errors("filter[period]=1h&filter[from]=" + then.minusSeconds(60))).isEmpty();
	}

	private static String cursor(String count) {
		String place = "{\"occurrenceCount\":" + count + ",\"fingerprint\":\"zzz\",\"taskIdentifier\":\"fails\"}";
		return Base64.getEncoder().encodeToString(place.getBytes(StandardCharsets.UTF_8));
	}

	private List<String> errors(String query) {
		return get("/api/v1/errors", query)
			.map((error) -> error.path("errorMessage").asString() + " " + error.path("count").asInt())
			.toList();
	}

	@Test
	void regionIsThatOfTheEnvironmentUnlessSpecified() {
		String run = trigger("none", Map.of());
		String region = this.prod.get("/api/v3/runs/" + run).json().path("region").asString();
		assertThat(region).isNotEmpty();
		assertThat(list("filter[region]=" + region)).containsExactly(run);
		assertThat(list("filter[region]=mars")).isEmpty();
	}

	@Test
	void machineIsKnownWhenTheRunHasStarted() {
		this.emulator.task("works", JsonNode.class, (payload) -> payload);
		String queued = trigger("none", Map.of());
		String large = trigger("none", Map.of("machine", "large-1x"));
		String done = trigger("works", Map.of());
		this.emulator.awaitRun(done);
		assertThat(list("filter[machine]=small-1x")).containsExactly(done);
		assertThat(list("filter[machine]=large-1x")).containsExactly(large);
		assertThat(list("filter[machine]=small-1x,large-1x")).containsExactly(done, large).doesNotContain(queued);
	}

	@Test
	void someFiltersTakeOneValue() {
		JsonNode batch = this.prod
			.post("/api/v2/tasks/batch", Map.of("items", List.of(Map.of("task", "none"), Map.of("task", "none"))))
			.json();
		String id = batch.path("id").asString();
		assertThat(list("filter[batch]=" + id)).hasSize(2);
		assertThat(list("filter[batch]=" + id + ",batch_other")).isEmpty();
		assertThat(list("filter[batch]=")).hasSize(2);
		assertThat(list("filter[bulkAction]=")).hasSize(2);
		assertThat(list("filter[bulkAction]=bulk_other")).isEmpty();
		assertThat(list("filter[schedule]=sched_other")).isEmpty();
	}

	@Test
	void runBelongsToTheBatchThatCreatedIt() {
		String known = trigger("none", Map.of("idempotencyKey", "known"));
		String id = this.prod
			.post("/api/v2/tasks/batch", Map.of("items", List
				.of(Map.of("task", "none", "options", Map.of("idempotencyKey", "known")), Map.of("task", "none"))))
			.json()
			.path("id")
			.asString();
		assertThat(this.prod.get("/api/v2/batches/" + id).json().path("runs").valueStream().map(JsonNode::asString))
			.hasSize(2)
			.contains(known);
		assertThat(list("filter[batch]=" + id)).hasSize(1).doesNotContain(known);
		assertThat(this.prod.get("/realtime/v1/batches/" + id + "?offset=-1")
			.json()
			.valueStream()
			.map((row) -> row.at("/value/friendlyId").asString())
			.filter((run) -> !run.isEmpty())).hasSize(1).doesNotContain(known);
	}

	@Test
	void runWithoutAVersionScheduleOrBatchIsNotFoundByTheWordNull() {
		trigger("none", Map.of());
		assertThat(list("filter[version]=null")).isEmpty();
		assertThat(list("filter[schedule]=null")).isEmpty();
		assertThat(list("filter[batch]=null")).isEmpty();
	}

	@Test
	void olderStatusesThatNoRunHasAreTaken() {
		trigger("none", Map.of());
		this.emulator.undeployedTask("later");
		trigger("later", Map.of());
		assertThat(list("filter[status]=QUEUED")).hasSize(1);
		assertThat(list("filter[status]=PENDING_VERSION")).hasSize(1);
		assertThat(list("filter[status]=WAITING_FOR_DEPLOY")).isEmpty();
		TestClient older = new TestClient(this.emulator.apiUrl()).token(this.emulator.secretKey("prod"));
		assertThat(older.get("/api/v1/runs?filter%5Bstatus%5D=PENDING_VERSION").json().at("/data/0/status").asString())
			.isEqualTo("PENDING_VERSION");
		assertThat(list("filter[status]=INTERRUPTED,REATTEMPTING,FROZEN")).isEmpty();
	}

	private String trigger(String task, Map<String, ?> options) {
		return this.prod.post("/api/v1/tasks/" + task + "/trigger", Map.of("payload", Map.of(), "options", options))
			.json()
			.path("id")
			.asString();
	}

	private List<String> list(String query) {
		return get("/api/v1/runs", query).map((run) -> run.path("id").asString()).toList();
	}

	private Stream<JsonNode> get(String path, String query) {
		StringBuilder encoded = new StringBuilder();
		for (String parameter : query.isEmpty() ? new String[0] : query.split("&")) {
			String[] parts = parameter.split("=", 2);
			encoded.append(encoded.isEmpty() ? '?' : '&')
				.append(URLEncoder.encode(parts[0], StandardCharsets.UTF_8))
				.append('=')
				.append(URLEncoder.encode(parts[1], StandardCharsets.UTF_8));
		}
		TestClient.Reply reply = this.prod.get(path + encoded);
		assertThat(reply.status()).as("%s", reply).isEqualTo(200);
		return reply.json().path("data").valueStream();
	}

}

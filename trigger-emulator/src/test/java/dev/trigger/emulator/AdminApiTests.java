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

import java.lang.reflect.Modifier;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

import dev.trigger.emulator.TestClient.Reply;
import dev.trigger.emulator.admin.FaultSettings;
import dev.trigger.emulator.http.Json;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.from;

/**
 * Tests for the admin API.
 */
class AdminApiTests {

	private static TriggerEmulator emulator;

	private static TestClient admin;

	private static TestClient client;

	@BeforeAll
	static void start() {
		emulator = TriggerEmulator.builder().previewBranches("feature").adminToken("let-me-in").start();
		admin = new TestClient(emulator.apiUrl()).header("content-type", "application/json");
		client = admin.token(emulator.secretKey("dev"));
	}

	@AfterEach
	void reset() {
		emulator.reset();
	}

	@AfterAll
	static void stop() {
		emulator.close();
	}

	@Test
	void taskReturnsItsTemplate() {
		task("welcome",
				Map.of("output",
						Map.of("to", "{{payload.email}}", "text", "Hello {{ payload.email }} ({{run.attempt}})",
								"first", "{{payload.list.0}}", "nothing", "{{payload.nothing}}", "all",
								"{{payload.list}}")));
		String runId = trigger("welcome", Map.of("email", "a@b.c", "list", List.of(1, 2)));
		assertThat(emulator.awaitRun(runId).output()).isEqualTo(Json.parse("""
				{"to":"a@b.c","text":"Hello a@b.c (1)","first":1,"nothing":null,"all":[1,2]}"""));
	}

	@Test
	void taskFailsAsOftenAsDescribedAndThenEchoes() {
		task("flaky", Map.of("fail", Map.of("message", "No {{payload}}", "attempts", 2)));
		EmulatedRun run = emulator.awaitRun(trigger("flaky", "money"));
		assertThat(run).returns("COMPLETED", from(EmulatedRun::status)).returns(3, from(EmulatedRun::attempts));
		assertThat(run.output()).isEqualTo(Json.tree("money"));
		task("broken", Map.of("fail", "No {{payload}}", "maxAttempts", 2));
		assertThat(emulator.awaitRun(trigger("broken", "money"))).returns("FAILED", from(EmulatedRun::status))
			.returns("No money", from(EmulatedRun::errorMessage));
	}

	@Test
	void taskWaitsOnTheClockOfTheEmulatorAndReportsProgress() throws InterruptedException {
		task("import",
				Map.of("steps",
						List.of(Map.of("metadata", Map.of("file", "{{payload}}")),
								Map.of("progress", Map.of("by", 50, "every", "1ms")), Map.of("wait", "1h")),
						"output", "done"));
		String runId = trigger("import", "a.csv");
		awaitStatus(runId, "WAITING");
		JsonNode run = admin.get("/emulator/runs/" + runId).json();
		assertThat(run.path("metadata").path("progress").asInt()).isEqualTo(100);
		assertThat(run.path("metadata").path("file").asString()).isEqualTo("a.csv");
		Instant before = emulator.now();
		Reply reply = admin.post("/emulator/advance", Map.of("duration", "2h"));
		assertThat(Instant.parse(reply.json().path("now").asString()))
			.isAfterOrEqualTo(before.plus(Duration.ofHours(2)));
		assertThat(emulator.awaitRun(runId).output()).isEqualTo(Json.tree("done"));
	}

	@Test
	void timeStandsStillWhileATaskGoesOnFromOneStepToTheNext() {
		task("import", Map.of("steps", List.of(Map.of("wait", "1h"),
				Map.of("progress", Map.of("by", 20, "every", "1h")), Map.of("wait", "1h")), "output", "done"));
		String runId = trigger("import", "a.csv");
		emulator.advance(Duration.ofHours(8));
		EmulatedRun run = emulator.run(runId);
		assertThat(run.status()).isEqualTo("COMPLETED");
		assertThat(run.statuses()).endsWith("EXECUTING", "WAITING", "EXECUTING", "WAITING", "EXECUTING", "COMPLETED");
	}

	@Test
	void runWaitsWhereItsScriptWaits() throws InterruptedException {
		task("import", Map.of("steps", List.of(Map.of("wait", "1h")), "output", "done"));
		String runId = trigger("import", "a.csv");
		awaitStatus(runId, "WAITING");
		JsonNode run = TestClient.of(emulator, "dev").get("/api/v3/runs/" + runId).json();
		assertThat(run.path("status").asString()).isEqualTo("WAITING");
		assertThat(run.path("isWaiting").asBoolean()).isTrue();
		assertThat(admin.get("/emulator/runs/" + runId).json().path("status").asString()).isEqualTo("WAITING");
		emulator.advance(Duration.ofHours(1));
		assertThat(emulator.awaitRun(runId).statuses()).containsExactly("QUEUED", "DEQUEUED", "EXECUTING", "WAITING",
				"EXECUTING", "COMPLETED");
	}

	@Test
	void taskWritesAStream() {
		task("talk", Map.of("steps", List
			.of(Map.of("stream", Map.of("name", "words", "parts", List.of("Hello", "{{payload}}"), "every", "1ms")))));
		String runId = trigger("talk", "you");
		emulator.awaitRun(runId);
		assertThat(client.header("accept", "text/event-stream")
			.header("timeout-seconds", "1")
			.get("/realtime/v1/streams/" + runId + "/words")
			.text()).contains("Hello", "you");
	}

	@Test
	void queuedTaskLeavesItsRunsInTheQueueUntilItIsChanged() {
		assertThat(admin.put("/emulator/tasks", Map.of("tasks", Map.of("manual", "queued"))).status()).isEqualTo(200);
		String runId = trigger("manual", 1);
		assertThat(emulator.run(runId).status()).isEqualTo("QUEUED");
		task("manual", Map.of());
		assertThat(emulator.awaitRun(runId).status()).isEqualTo("COMPLETED");
	}

	@Test
	void undeployedTaskLetsItsRunsWaitForAVersion() {
		assertThat(admin.put("/emulator/tasks", Map.of("tasks", Map.of("later", "undeployed"))).status())
			.isEqualTo(200);
		String runId = trigger("later", 1);
		String canceled = trigger("later", 2);
		JsonNode run = TestClient.of(emulator, "dev").get("/api/v3/runs/" + runId).json();
		assertThat(run.path("status").asString()).isEqualTo("PENDING_VERSION");
		assertThat(run.path("isQueued").asBoolean()).isTrue();
		assertThat(run.has("startedAt")).isFalse();
		assertThat(admin.post("/emulator/runs/" + canceled + "/cancel", Map.of()).status()).isEqualTo(200);
		emulator.awaitIdle();
		assertThat(admin.get("/emulator/tasks").text()).contains("\"deployed\":false");
		task("later", Map.of());
		assertThat(emulator.awaitRun(runId).statuses()).containsExactly("QUEUED", "PENDING_VERSION", "QUEUED",
				"DEQUEUED", "EXECUTING", "COMPLETED");
		assertThat(emulator.run(canceled).statuses()).containsExactly("QUEUED", "PENDING_VERSION", "CANCELED");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
			{"a":{"outptu":1}}                     | 'a' has the unknown member 'outptu'. Use one of
			{"a":"eco"}                            | 'a' must be an object, "echo", "queued" or "undeployed", not "eco"
			{"a":{"steps":{}}}                     | 'a.steps' must be an array
			{"a":{"steps":[{"wait":"1 hour"}]}}    | 'a.steps[0].wait' must be a duration
			{"a":{"steps":[{"wait":"9999999999w"}]}} | 'a.steps[0].wait' must be a duration
			{"a":{"steps":[{}]}}                   | 'a.steps[0]' must have exactly one of
			{"a":{"maxAttempts":0}}                | 'a.maxAttempts' must be a whole number from 1 to 100
			{"a":{"scheduled":"yes"}}              | 'a.scheduled' must be true or false
			{"a":{"fail":{"attempts":1.5}}}        | 'a.fail.attempts' must be a whole number from 1
			[]                                     | 'tasks' must be an object of tasks by identifier
			""")
	void mistakeIsNamedAndNothingRegistered(String tasks, String message) {
		Reply reply = admin.put("/emulator/tasks", Json.parse("{\"tasks\":" + tasks + "}"));
		assertThat(reply.status()).isEqualTo(400);
		assertThat(reply.json().path("error").asString()).startsWith(message.strip().replace("\"\"", "\""));
		assertThat(admin.get("/emulator/tasks").text()).doesNotContain("\"id\":\"a\"");
		assertThatIllegalArgumentException().isThrownBy(() -> emulator.tasks("{\n  \"tasks\": nothing}"))
			.withMessageStartingWith("Not JSON at line 2, column");
	}

	@Test
	void nullIsAsGoodAsNoMember() {
		assertThat(admin.put("/emulator/tasks/plain", Json
			.parse("""
					{"concurrencyLimit":null,"fail":null,"scheduled":null,"maxAttempts":null,"retryDelay":null,"steps":null,"payloadSchema":null}"""))
			.status()).isEqualTo(200);
		JsonNode task = admin.get("/emulator/tasks")
			.json()
			.path("tasks")
			.valueStream()
			.filter((json) -> json.path("id").asString().equals("plain"))
			.findFirst()
			.orElseThrow();
		assertThat(task.path("concurrencyLimit").isNull()).isTrue();
		assertThat(task.path("scheduled").asBoolean()).isFalse();
		assertThat(emulator.awaitRun(trigger("plain", 1)).status()).isEqualTo("COMPLETED");
		JsonNode faults = admin.post("/emulator/faults", Json.parse("{\"times\":null,\"status\":503}")).json();
		assertThat(faults.path("faults").get(0).path("remaining").isNull()).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "7", "null", "[{}]", "[null]", "[\"runs.list\",7]", "{}" })
	void faultOfWrongOperationsIsNotOneOfAllRequests(String operations) {
		Reply reply = admin.post("/emulator/faults", Json.parse("{\"operations\":" + operations + "}"));
		assertThat(reply.status()).isEqualTo(400);
		assertThat(reply.json().path("error").asString())
			.isEqualTo("'fault.operations' must be the name of an operation, or an array of them");
		assertThat(client.get("/api/v1/runs").status()).isEqualTo(200);
	}

	@Test
	void everyKindOfFaultOfTheJavaApiIsThereOverHttp() {
		assertThat(Stream.of(Faults.On.class.getDeclaredMethods())
			.filter((method) -> Modifier.isPublic(method.getModifiers()))
			.map((method) -> method.getName()
				.replaceAll("Until$", "")
				.replaceAll("([A-Z])", "-$1")
				.toLowerCase(Locale.ROOT)
				.replace("limited", "limit")))
			.hasSameElementsAs(FaultSettings.KINDS);
	}

	@Test
	void feedsMeetFaultsOverHttp() {
		task("held", Map.of("queued", true));
		String feed = "/realtime/v1/runs/" + trigger("held", 1) + "?offset=-1";
		TestClient dev = TestClient.of(emulator, "dev").header("x-trigger-electric-version", "1");
		admin.post("/emulator/faults", Map.of("operations", "realtime.run", "kind", "must-refetch", "times", 1));
		admin.post("/emulator/faults",
				Map.of("operations", "realtime.run", "kind", "must-refetch-in-body", "times", 1));
		assertThat(dev.get(feed).status()).isEqualTo(409);
		assertThat(dev.get(feed).text()).contains("must-refetch");
		assertThat(dev.get(feed).text()).contains("up-to-date");
		JsonNode faults = admin.post("/emulator/faults", Map.of("operations", "realtime.run", "kind", "partial-rows"))
			.json();
		assertThat(faults.path("faults").valueStream().map((fault) -> fault.path("kind").asString()))
			.endsWith("PARTIAL_ROWS");
	}

	@Test
	void runsAreListedCanceledAndReplayed() {
		task("manual", Map.of("queued", true));
		String runId = trigger("manual", "x");
		trigger("other", "Needle");
		JsonNode list = admin.get("/emulator/runs?task=manual&environment=dev").json();
		assertThat(list.path("runs").findValuesAsString("id")).containsExactly(runId);
		assertThat(list.path("matching").asInt()).isOne();
		assertThat(list.path("total").asInt()).isEqualTo(2);
		assertThat(admin.get("/emulator/runs?text=needle").json().path("matching").asInt()).isOne();
		assertThat(admin.get("/emulator/runs?environment=prod").json().path("matching").asInt()).isZero();
		assertThat(admin.get("/emulator/runs?limit=x").status()).isEqualTo(400);
		assertThat(admin.post("/emulator/runs/" + runId + "/cancel", Map.of()).status()).isEqualTo(200);
		assertThat(admin.get("/emulator/runs?status=CANCELED").json().path("runs").findValuesAsString("id"))
			.containsExactly(runId);
		String replayed = admin.post("/emulator/runs/" + runId + "/replay", Map.of()).json().path("id").asString();
		assertThat(emulator.run(replayed).payload()).isEqualTo(Json.tree("x"));
		assertThat(admin.post("/emulator/runs/run_unknown/cancel", Map.of()).json().path("error").asString())
			.isEqualTo("There is no run run_unknown");
		assertThat(admin
			.post("/emulator/tasks/manual/trigger",
					Map.of("environment", "preview", "branch", "feature", "payload", 1, "options", Map.of("tags", "t")))
			.status()).isEqualTo(200);
		assertThat(emulator.runs()).last()
			.returns("feature", from(EmulatedRun::branch))
			.satisfies((run) -> assertThat(run.tags()).containsExactly("t"));
		assertThat(admin.post("/emulator/tasks/manual/trigger", Map.of("environment", "preview")).status())
			.isEqualTo(400);
	}

	@Test
	void tokenIsCompletedScheduleFiredAndQueuePaused() {
		String token = client.post("/api/v1/waitpoints/tokens", Map.of("tags", List.of("t")))
			.json()
			.path("id")
			.asString();
		assertThat(admin.post("/emulator/tokens/" + token + "/complete", Map.of("output", Map.of("ok", true))).status())
			.isEqualTo(200);
		assertThat(admin.get("/emulator/tokens").json().path("tokens").get(0).path("status").asString())
			.isEqualTo("COMPLETED");
		emulator.scheduledTask("nightly");
		String schedule = client
			.post("/api/v1/schedules", Map.of("task", "nightly", "cron", "0 3 * * *", "deduplicationKey", "k"))
			.json()
			.path("id")
			.asString();
		String runId = admin.post("/emulator/schedules/" + schedule + "/fire", Map.of()).json().path("id").asString();
		JsonNode payload = emulator.run(runId).payload();
		assertThat(String.valueOf(payload)).contains("\"scheduleId\":\"" + schedule + "\"");
		task("echo", Map.of());
		assertThat(admin.post("/emulator/queues/task%2Fecho/pause", Map.of("environment", "dev")).status())
			.isEqualTo(200);
		String held = trigger("echo", 1);
		assertThat(emulator.run(held).status()).isEqualTo("QUEUED");
		JsonNode queues = admin.get("/emulator/queues").json().path("queues");
		assertThat(queues).anySatisfy((queue) -> {
			assertThat(queue.path("name").asString()).isEqualTo("echo");
			assertThat(queue.path("paused").asBoolean()).isTrue();
			assertThat(queue.path("queued").asInt()).isOne();
		});
		admin.post("/emulator/queues/task%2Fecho/resume", Map.of("environment", "dev"));
		assertThat(emulator.awaitRun(held).status()).isEqualTo("COMPLETED");
		admin.post("/emulator/environments/dev/pause", Map.of());
		String paused = trigger("echo", 1);
		assertThat(emulator.run(paused).status()).isEqualTo("QUEUED");
		admin.post("/emulator/environments/dev/resume", Map.of());
		assertThat(emulator.awaitRun(paused).status()).isEqualTo("COMPLETED");
		assertThat(admin.post("/emulator/idle", Map.of("timeout", "30s")).json().path("idle").asBoolean()).isTrue();
	}

	@Test
	void faultMeetsClientsButNotTheAdminApi() {
		Reply reply = admin.post("/emulator/faults",
				Map.of("operations", List.of("runs.list"), "kind", "status", "status", 503, "times", 2));
		assertThat(reply.status()).isEqualTo(200);
		assertThat(client.get("/api/v1/runs").status()).isEqualTo(503);
		JsonNode fault = admin.get("/emulator/faults").json().path("faults").get(0);
		assertThat(fault.path("remaining").asInt()).isOne();
		assertThat(fault.path("applied").asInt()).isOne();
		assertThat(fault.path("operations").get(0).asString()).isEqualTo("runs.list");
		assertThat(admin.delete("/emulator/faults/" + fault.path("id").asString()).status()).isEqualTo(200);
		assertThat(client.get("/api/v1/runs").status()).isEqualTo(200);
		admin.post("/emulator/faults", Map.of("kind", "html", "status", 502));
		assertThat(client.get("/api/v1/runs").status()).isEqualTo(502);
		assertThat(admin.post("/emulator/reset", Map.of()).status()).isEqualTo(200);
		assertThat(client.get("/api/v1/runs").status()).isEqualTo(200);
		assertThat(admin.post("/emulator/faults", Map.of("kind", "flood")).json().path("error").asString())
			.startsWith("'kind' must be one of status, html");
		assertThat(admin.post("/emulator/faults", Map.of("operations", "runs.lst")).status()).isEqualTo(400);
	}

	@Test
	void requestsAreShownWithoutCredentials() {
		client
			.header("x-custom",
					"see tr_prod_abcdefghijklmnop, tr_uat_eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl")
			.post("/api/v1/tasks/echo/trigger", Map.of("payload", "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.sig-nature"));
		Reply reply = admin.get("/emulator/requests?operation=tasks.trigger");
		JsonNode request = reply.json().path("requests").get(0);
		assertThat(request.path("status").asInt()).isEqualTo(200);
		assertThat(request.path("credential").asString()).isEqualTo("secret-dev");
		String key = emulator.secretKey("dev");
		assertThat(request.path("headers").path("authorization").asString())
			.isEqualTo("Bearer tr_dev_••••" + key.substring(key.length() - 4));
		assertThat(reply.text()).doesNotContain(key, "abcdefghijklmnop", "eyJ", "c2lnbmF0");
		// the admin API's own requests are not among them
		assertThat(admin.get("/emulator/requests").json().path("total").asInt()).isOne();
	}

	@Test
	void strangersAreRefused() throws Exception {
		assertThat(admin.header("origin", "http://evil.example").get("/emulator/status").status()).isEqualTo(403);
		assertThat(admin.header("origin", "http://localhost:3000").get("/emulator/status").status()).isEqualTo(403);
		assertThat(admin.header("origin", emulator.apiUrl()).get("/emulator/status").status()).isEqualTo(200);
		assertThat(admin.token("wrong").get("/emulator/status").status()).isEqualTo(401);
		assertThat(admin.token("let-me-in").get("/emulator/status").status()).isEqualTo(200);
		HttpRequest form = HttpRequest.newBuilder(URI.create(emulator.apiUrl() + "/emulator/reset"))
			.header("content-type", "text/plain")
			.POST(HttpRequest.BodyPublishers.ofString("{}"))
			.build();
		HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
		assertThat(http.send(form, BodyHandlers.ofString()).statusCode()).isEqualTo(415);
		assertThat(rawStatus("Host: rebound.example")).isEqualTo(403);
		assertThat(admin.get("/emulator/status").header("access-control-allow-origin")).isNull();
		assertThat(admin.get("/emulator/nothing").status()).isEqualTo(404);
		assertThat(admin.delete("/emulator/status").status()).isEqualTo(405);
	}

	@Test
	void pageIsForBrowsersOnly() {
		assertThat(admin.get("/").status()).isEqualTo(302);
		Reply page = admin.header("accept", "text/html,*/*").get("/");
		assertThat(page.status()).isEqualTo(200);
		assertThat(page.header("content-security-policy")).contains("default-src 'none'");
		assertThat(admin.get("/emulator/page/secrets.txt").status()).isEqualTo(404);
	}

	private static int rawStatus(String host) throws Exception {
		try (var socket = new Socket("127.0.0.1", emulator.port())) {
			socket.getOutputStream()
				.write(("GET /emulator/status HTTP/1.1\r\n" + host + "\r\nConnection: close\r\n\r\n")
					.getBytes(StandardCharsets.US_ASCII));
			String response = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
			return Integer.parseInt(response.substring(9, 12));
		}
	}

	private static void task(String id, Map<String, ?> script) {
		assertThat(admin.put("/emulator/tasks/" + id, script).status()).isEqualTo(200);
	}

	private static String trigger(String task, Object payload) {
		Reply reply = admin.post("/emulator/tasks/" + task + "/trigger",
				Map.of("environment", "dev", "payload", payload));
		assertThat(reply.status()).isEqualTo(200);
		return reply.json().path("id").asString();
	}

	private static void awaitStatus(String runId, String status) throws InterruptedException {
		assertThat(emulator.state().await(() -> emulator.run(runId).status().equals(status), Duration.ofSeconds(30)))
			.as(() -> emulator.run(runId).toString())
			.isTrue();
	}

}

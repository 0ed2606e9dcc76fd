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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Stream;

import dev.trigger.emulator.http.Json;
import dev.trigger.emulator.http.JsonBody;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/**
 * What becomes of runs: ends on demand, retries, debouncing, limits, and the time at
 * which things happen.
 */
class RunLifeTests {

	private TriggerEmulator emulator = TriggerEmulator.start();

	private TestClient client = TestClient.of(this.emulator, "prod");

	@AfterEach
	void close() {
		this.emulator.close();
	}

	/**
	 * Let no time go by but what the test moves it forward.
	 */
	private void standStill() {
		this.emulator.close();
		this.emulator = TriggerEmulator.builder()
			.clock(Clock.fixed(Instant.parse("2026-11-24T10:30:00Z"), ZoneOffset.UTC))
			.start();
		this.client = TestClient.of(this.emulator, "prod");
	}

	static Stream<Arguments> ends() {
		return Stream.of(
				arguments("CRASHED", (Supplier<RuntimeException>) () -> TaskOutcomes.crashed("gone"),
						Map.of("message", "trigger.dev internal error (TASK_PROCESS_EXITED_WITH_NON_ZERO_CODE)")),
				arguments("CRASHED", (Supplier<RuntimeException>) () -> TaskOutcomes.crashed("killed with SIGKILL"),
						Map.of("message", "trigger.dev internal error (TASK_PROCESS_MAYBE_OOM_KILLED)")),
				arguments("SYSTEM_FAILURE", (Supplier<RuntimeException>) () -> TaskOutcomes.systemFailure("gone"),
						Map.of("message", "trigger.dev internal error (TASK_EXECUTION_FAILED)")),
				arguments("TIMED_OUT", (Supplier<RuntimeException>) TaskOutcomes::timedOut,
						Map.of("message", "trigger.dev internal error (MAX_DURATION_EXCEEDED)")),
				arguments("FAILED", (Supplier<RuntimeException>) () -> TaskOutcomes.aborted("gone"),
						Map.of("name", "AbortTaskRunError", "message", "gone")));
	}

	@ParameterizedTest
	@MethodSource("ends")
	void runEndsAsItsFunctionSaysAndFreesItsKey(String status, Supplier<RuntimeException> end,
			Map<String, Object> error) {
		this.emulator.task("ends", Object.class, (payload) -> {
			throw end.get();
		});
		String first = trigger("ends", Map.of("idempotencyKey", "key"));
		EmulatedRun run = this.emulator.awaitRun(first);
		assertThat(run.status()).isEqualTo(status);
		assertThat(run.attempts()).isOne();
		assertThat(run.errorMessage()).isNotBlank();
		JsonNode shown = this.client.get("/api/v3/runs/" + first).json();
		// what the engine knows of its own failures is nobody's business
		assertThat(shown.path("error")).isEqualTo(Json.tree(error));
		// each of them is one of the errors of its task
		assertThat(this.client.get("/api/v1/errors").json().path("data")).hasSize(1);
		// a run that has timed out counts as neither
		assertThat(shown.path("isCompleted").asBoolean()).isEqualTo(!status.equals("TIMED_OUT"));
		assertThat(shown.path("isFailed").asBoolean()).isEqualTo(!status.equals("TIMED_OUT"));
		TestClient.Reply again = this.client.post("/api/v1/tasks/ends/trigger",
				Map.of("options", Map.of("idempotencyKey", "key")));
		assertThat(again.json().path("isCached").asBoolean(true)).isFalse();
		assertThat(again.json().path("id").asString()).isNotEqualTo(first);
	}

	@Test
	void spansOfAFailedRunHaveItsException() {
		this.emulator.task("fails", Object.class, (payload, context) -> {
			throw new IllegalStateException("no " + context.attempt());
		}, (settings) -> settings.maxAttempts(2));
		String failed = trigger("fails", Map.of());
		this.emulator.awaitIdle();
		JsonNode events = this.client.get("/api/v1/runs/" + failed + "/events").json().path("events");
		assertThat(events).hasSize(5).allMatch((event) -> event.path("isError").asBoolean());
		assertThat(events.path(0).path("events")).isEmpty();
		assertThat(events.path(1).path("events")).hasSize(6);
		assertThat(exception(events.path(1)).path("message").asString()).isEqualTo("no 1");
		assertThat(events.path(3).path("events")).hasSize(1);
		JsonNode exception = exception(events.path(4));
		assertThat(exception.path("type").asString()).isEqualTo("IllegalStateException");
		assertThat(exception.path("message").asString()).isEqualTo("no 2");
		assertThat(exception.path("stacktrace").asString()).contains("at ");
		String attempt = events.path(3).path("spanId").asString();
		JsonNode span = this.client.get("/api/v1/runs/" + failed + "/spans/" + attempt).json();
		assertThat(span.path("events")).isEqualTo(events.path(3).path("events"));
		assertThat(span.path("properties").path("error").path("message").asString()).isEqualTo("no 2");
	}

	@Test
	void nobodyEndsTheSpansOfAProcessThatIsGone() {
		this.emulator.task("crashes", Object.class, (payload) -> {
			throw TaskOutcomes.crashed("gone");
		});
		String crashed = trigger("crashes", Map.of());
		this.emulator.awaitIdle();
		JsonNode events = this.client.get("/api/v1/runs/" + crashed + "/events").json().path("events");
		assertThat(events).extracting((event) -> event.path("isPartial").asBoolean())
			.containsExactly(false, true, true);
		assertThat(events.path(0).path("isError").asBoolean()).isTrue();
		String root = events.path(0).path("spanId").asString();
		assertThat(
				this.client.get("/api/v1/runs/" + crashed + "/spans/" + root).json().path("properties").path("error"))
			.isEqualTo(Json.tree(JsonBody.of("name", "Internal error")
				.with("message", "TASK_PROCESS_EXITED_WITH_NON_ZERO_CODE: gone")));
	}

	@Test
	void spansOfARunEndWhenItIsCanceled() {
		this.emulator.task("waits", Object.class, (payload, context) -> {
			context.waitFor(Duration.ofHours(1));
			return null;
		});
		String run = trigger("waits", Map.of());
		this.emulator.awaitIdle();
		this.client.post("/api/v2/runs/" + run + "/cancel", Map.of());
		JsonNode events = this.client.get("/api/v1/runs/" + run + "/events").json().path("events");
		assertThat(events).hasSize(4).allMatch((event) -> event.path("isCancelled").asBoolean());
		String attempt = events.path(1).path("spanId").asString();
		assertThat(this.client.get("/api/v1/runs/" + run + "/spans/" + attempt).json().path("isPartial").asBoolean())
			.isTrue();
	}

	@Test
	void triggeredRunsArePartOfTheTrace() {
		this.emulator.task("child", Object.class, (payload) -> "done");
		this.emulator.task("parent", Object.class,
				(payload, context) -> context.triggerAndWait("child", Map.of(), Object.class));
		String run = trigger("parent", Map.of());
		this.emulator.awaitIdle();
		JsonNode root = this.client.get("/api/v1/runs/" + run + "/trace").json().path("trace").path("rootSpan");
		JsonNode wait = root.at("/children/0/children/0/children/0");
		assertThat(wait.path("data").path("message").asString()).isEqualTo("triggerAndWait()");
		JsonNode child = wait.path("children").path(0);
		assertThat(child.path("data").path("message").asString()).isEqualTo("child");
		assertThat(child.path("parentId")).isEqualTo(wait.path("id"));
		assertThat(child.at("/children/0/children/0/data/message").asString()).isEqualTo("run()");
		JsonNode span = this.client.get("/api/v1/runs/" + run + "/spans/" + wait.path("id").asString()).json();
		assertThat(span.path("triggeredRuns").path(0).path("runId")).isEqualTo(child.path("runId"));
	}

	private static JsonNode exception(JsonNode event) {
		JsonNode events = event.path("events");
		return events.path(events.size() - 1).path("properties").path("exception");
	}

	@Test
	void canceledRunIsNoError() {
		this.emulator.undeployedTask("later");
		String run = trigger("later", Map.of());
		this.client.post("/api/v2/runs/" + run + "/cancel", Map.of());
		JsonNode event = this.client.get("/api/v1/runs/" + run + "/events").json().path("events").path(0);
		assertThat(event.path("isCancelled").asBoolean()).isTrue();
		assertThat(event.path("isError").asBoolean()).isFalse();
	}

	@Test
	void patienceOfWaitsCanBeSet() {
		try (TriggerEmulator impatient = TriggerEmulator.builder().patience(Duration.ofMillis(5)).start()) {
			CountDownLatch done = new CountDownLatch(1);
			impatient.task("slow", Object.class, (payload) -> done.await(1, TimeUnit.MINUTES));
			String run = TestClient.of(impatient, "prod")
				.post("/api/v1/tasks/slow/trigger", "{}")
				.json()
				.path("id")
				.asString();
			assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> impatient.awaitRun(run))
				.withMessageContaining("Waited 0.005 seconds in vain for the end of");
			assertThatExceptionOfType(AssertionError.class).isThrownBy(impatient::awaitIdle);
			impatient.advance(Duration.ofSeconds(1));
			done.countDown();
			assertThat(impatient.awaitRun(run, Duration.ofMinutes(1)).status()).isEqualTo("COMPLETED");
		}
		assertThatIllegalArgumentException().isThrownBy(() -> TriggerEmulator.builder().patience(Duration.ZERO))
			.withMessageContaining("'patience'");
	}

	@Test
	void keyOfACompletedRunStaysTaken() {
		this.emulator.task("hello", Object.class, (payload) -> "hi");
		String first = trigger("hello", Map.of("idempotencyKey", "key"));
		this.emulator.awaitRun(first);
		assertThat(trigger("hello", Map.of("idempotencyKey", "key"))).isEqualTo(first);
	}

	@Test
	void firstAttemptsFailAsTheSettingsSpecify() {
		this.emulator.task("flaky", Object.class, (payload, context) -> "at last",
				(settings) -> settings.maxAttempts(4).failFirst(3));
		EmulatedRun run = this.emulator.awaitRun(trigger("flaky", Map.of()));
		assertThat(run.status()).isEqualTo("COMPLETED");
		assertThat(run.attempts()).isEqualTo(4);
	}

	@Test
	void pausesBetweenAttemptsGrowInVirtualTime() {
		standStill();
		this.emulator.task("flaky", Object.class, (payload, context) -> "at last",
				(settings) -> settings.maxAttempts(4)
					.failFirst(3)
					.retryBackOff(Duration.ofMinutes(1), 2, Duration.ofMinutes(3)));
		String runId = trigger("flaky", Map.of());
		this.emulator.advance(Duration.ZERO);
		this.emulator.advance(Duration.ofSeconds(59));
		assertThat(this.emulator.run(runId).attempts()).isOne();
		this.emulator.advance(Duration.ofSeconds(2));
		assertThat(this.emulator.run(runId).attempts()).isEqualTo(2);
		this.emulator.advance(Duration.ofMinutes(1));
		assertThat(this.emulator.run(runId).attempts()).isEqualTo(2);
		this.emulator.advance(Duration.ofMinutes(5));
		assertThat(this.emulator.run(runId)).returns("COMPLETED", EmulatedRun::status)
			.returns(4, EmulatedRun::attempts);
	}

	@Test
	void scheduledRunsStartAtTheirTimes() {
		standStill();
		this.emulator.scheduledTask("nightly", Object.class, (payload, context) -> "done");
		this.client.post("/api/v1/schedules",
				Map.of("task", "nightly", "cron", "0 * * * *", "deduplicationKey", "hourly"));
		this.emulator.advance(Duration.ofHours(3));
		List<EmulatedRun> runs = this.emulator.runs("nightly");
		assertThat(runs).hasSize(3);
		for (EmulatedRun run : runs) {
			Instant due = Instant.parse(run.payload().path("timestamp").asString());
			assertThat(run.startedAt()).isCloseTo(due, within(Duration.ofMinutes(1)));
			assertThat(run.finishedAt()).isCloseTo(due, within(Duration.ofMinutes(1)));
		}
	}

	@Test
	void debouncedRunTakesThePayloadOfTheMode() {
		this.emulator.task("save", Object.class, (payload) -> payload);
		String leading = debounce("a", 1, Map.of());
		assertThat(debounce("a", 2, Map.of())).isEqualTo(leading);
		String trailing = debounce("b", 1, Map.of("mode", "trailing"));
		assertThat(debounce("b", 2, Map.of("mode", "trailing"))).isEqualTo(trailing);
		this.emulator.advance(Duration.ofMinutes(2));
		assertThat(this.emulator.run(leading).output().path("n").asInt()).isEqualTo(1);
		assertThat(this.emulator.run(trailing).output().path("n").asInt()).isEqualTo(2);
	}

	@Test
	void debouncedRunIsNotPushedBackBeyondItsLongestDelay() {
		standStill();
		this.emulator.task("save", Object.class, (payload) -> payload);
		String first = debounce("a", 1, Map.of("maxDelay", "90s"));
		this.emulator.advance(Duration.ofSeconds(20));
		assertThat(debounce("a", 2, Map.of("maxDelay", "90s"))).isEqualTo(first);
		this.emulator.advance(Duration.ofSeconds(20));
		String second = debounce("a", 3, Map.of("maxDelay", "90s"));
		assertThat(second).isNotEqualTo(first);
		this.emulator.advance(Duration.ofSeconds(45));
		assertThat(this.emulator.run(first).status()).isEqualTo("COMPLETED");
		assertThat(this.emulator.run(second).status()).isEqualTo("DELAYED");
	}

	@Test
	void environmentExecutesNoMoreRunsThanItsLimit() throws InterruptedException {
		CountDownLatch release = new CountDownLatch(1);
		AtomicInteger executing = new AtomicInteger();
		AtomicInteger most = new AtomicInteger();
		this.emulator.environmentConcurrency(2);
		for (String task : List.of("one", "two", "three")) {
			this.emulator.task(task, Object.class, (payload) -> {
				most.accumulateAndGet(executing.incrementAndGet(), Math::max);
				release.await(1, TimeUnit.MINUTES);
				return executing.decrementAndGet();
			});
		}
		for (int i = 0; i < 3; i++) {
			List.of("one", "two", "three").forEach((task) -> trigger(task, Map.of()));
		}
		assertThat(this.emulator.runs().stream().filter((run) -> run.status().equals("QUEUED"))).hasSize(7);
		release.countDown();
		this.emulator.awaitIdle();
		assertThat(this.emulator.runs()).allMatch((run) -> run.status().equals("COMPLETED"));
		assertThat(most).hasValue(2);
	}

	@Test
	void identifiersFollowFromTheSeed() {
		Clock clock = Clock.fixed(Instant.parse("2026-01-01T00:00:00Z"), ZoneOffset.UTC);
		List<String> keys = new ArrayList<>();
		for (long seed : new long[] { 1, 1, 2 }) {
			try (TriggerEmulator seeded = TriggerEmulator.builder().clock(clock).seed(seed).start()) {
				keys.add(seeded.secretKey("prod") + TestClient.of(seeded, "prod")
					.post("/api/v1/tasks/hello/trigger", Map.of())
					.json()
					.path("id")
					.asString());
			}
		}
		assertThat(keys.get(1)).isEqualTo(keys.get(0));
		assertThat(keys.get(2)).isNotEqualTo(keys.get(0));
	}

	private String debounce(String key, int number, Map<String, Object> more) {
		JsonBody debounce = JsonBody.of("key", key).with("delay", "1m");
		more.forEach(debounce::with);
		return this.client
			.post("/api/v1/tasks/save/trigger",
					Map.of("payload", Map.of("n", number), "options", Map.of("debounce", debounce)))
			.json()
			.path("id")
			.asString();
	}

	private String trigger(String task, Map<String, Object> options) {
		return this.client.post("/api/v1/tasks/" + task + "/trigger", Map.of("options", options))
			.json()
			.path("id")
			.asString();
	}

}

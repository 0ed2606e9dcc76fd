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
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

import dev.trigger.emulator.TestClient.Reply;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Does random things at once, with {@code advance} and {@code reset} in between.
 * {@code -Dtrigger.stress.time=60s} makes it longer, and prints figures.
 */
class EmulatorStressTests {

	private static final List<String> PATHS = List.of("/api/v1/runs", "/api/v1/schedules", "/api/v1/queues",
			"/api/v1/waitpoints/tokens", "/api/v1/errors", "/api/v1/deployments");

	private static final List<String> TASKS = List.of("quick", "flaky", "crash", "talks", "later", "unknown");

	private final Duration time = Duration
		.parse("PT" + System.getProperty("trigger.stress.time", "3s").toUpperCase(java.util.Locale.ROOT));

	private final List<String> errors = Collections.synchronizedList(new ArrayList<>());

	private final AtomicLong requests = new AtomicLong();

	@Test
	void nothingBreaks() throws InterruptedException {
		long seed = Long.getLong("trigger.stress.seed", System.nanoTime());
		long before = usedMemory();
		try (TriggerEmulator emulator = TriggerEmulator.builder()
			.rateLimit(1_000_000, 1_000_000, Duration.ofSeconds(1))
			.realtimeHold(Duration.ofMillis(200))
			.start()) {
			emulator.task("quick", Object.class, (payload) -> payload);
			emulator.task("flaky", Object.class, (payload, context) -> payload,
					(settings) -> settings.failFirst(2).retryBackOff(Duration.ofSeconds(1), 2, Duration.ofSeconds(9)));
			emulator.task("crash", Object.class, (payload) -> {
				throw TaskOutcomes.crashed("as it should");
			});
			emulator.task("talks", Object.class, (payload, context) -> {
				context.metadata().set("step", 1);
				context.stream("out").pipe(List.of("one", "two"));
				context.waitFor(Duration.ofHours(1));
				context.trigger("quick", payload);
				context.metadata().increment("step", 1);
				return context.input("approval").next(Object.class, Duration.ofHours(1));
			});
			emulator.undeployedTask("later");
			emulator.scheduledTask("nightly", Object.class, (payload, context) -> null);
			// what a machine takes to load the classes of the first request is not of
			// that time
			TestClient.of(emulator, "prod").get("/api/v1/runs");
			long end = System.nanoTime() + this.time.toNanos();
			List<Thread> callers = new ArrayList<>();
			for (int i = 0; i < 3; i++) {
				Random random = new Random(seed + i);
				Thread caller = new Thread(() -> call(emulator, random, end), "stress-" + i);
				callers.add(caller);
				caller.start();
			}
			Random random = new Random(seed);
			while (System.nanoTime() < end) {
				if (random.nextInt(8) == 0) {
					emulator.reset();
				}
				else {
					emulator.advance(Duration.ofSeconds(random.nextInt(100_000)));
				}
				emulator.runs().forEach(EmulatedRun::payload);
			}
			for (Thread caller : callers) {
				caller.join(Duration.ofMinutes(2).toMillis());
				assertThat(caller.isAlive()).as("%s still calls, seed %s", caller, seed).isFalse();
			}
			assertThat(this.errors).as("seed %s", seed).isEmpty();
			assertThat(this.requests).hasPositiveValue();
			emulator.reset();
			assertThat(emulator.runs()).isEmpty();
			emulator.awaitIdle(Duration.ofMinutes(1));
			assertThat(emulator.project().all()).allSatisfy((environment) -> {
				// a poll ends a moment after its response
				RealtimeFeedsTests.await(() -> environment.changes().listeners() == 0);
				assertThat(environment.changes().since(0)).isEmpty();
			});
		}
		long after = usedMemory();
		if (this.time.toSeconds() > 10) {
			System.out.printf("emulator: %d requests, %d MB before and %d MB after%n", this.requests.get(),
					before >> 20, after >> 20);
		}
		assertThat(after - before).as("bytes that are still held").isLessThan(64L << 20);
	}

	@Test
	void requestsSeeTheStateBeforeAResetOrAfterIt() throws InterruptedException {
		Duration interval = Duration.ofSeconds(10);
		try (TriggerEmulator emulator = TriggerEmulator.builder().rateLimit(1_000_000, 1, interval).start()) {
			emulator.queue("limited", 2);
			TestClient client = TestClient.of(emulator, "prod");
			AtomicBoolean done = new AtomicBoolean();
			Set<Integer> statuses = ConcurrentHashMap.newKeySet();
			ExecutorService callers = Executors.newFixedThreadPool(4);
			for (int i = 0; i < 4; i++) {
				callers.execute(() -> {
					while (!done.get()) {
						statuses.add(client.get("/api/v1/queues/limited?type=custom").status());
					}
				});
			}
			for (int i = 0; i < 200; i++) {
				emulator.advance(Duration.ofDays(1));
				emulator.reset();
				Reply reply = client.get("/api/v1/runs");
				assertThat(Instant.ofEpochMilli(Long.parseLong(reply.header("x-ratelimit-reset"))))
					.as("after %s resets", i + 1)
					.isBeforeOrEqualTo(emulator.now().plus(interval));
			}
			done.set(true);
			callers.shutdown();
			assertThat(callers.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
			assertThat(statuses).containsExactly(200);
		}
	}

	private void call(TriggerEmulator emulator, Random random, long end) {
		TestClient client = TestClient.of(emulator, "prod");
		do {
			try {
				Reply reply = request(client, random);
				this.requests.incrementAndGet();
				if (reply.status() >= 500) {
					this.errors.add(reply + " " + reply.header("x-emulator-failure"));
				}
			}
			catch (RuntimeException ex) {
				this.errors.add(ex.toString());
			}
		}
		while (System.nanoTime() < end);
	}

	private static Reply request(TestClient client, Random random) {
		String task = TASKS.get(random.nextInt(TASKS.size()));
		String key = "key" + random.nextInt(20);
		return switch (random.nextInt(14)) {
			case 0 -> client.get(PATHS.get(random.nextInt(PATHS.size())));
			case 1 -> client.post("/api/v1/schedules",
					Map.of("task", "nightly", "cron", random.nextInt(60) + " * * * *", "deduplicationKey", key));
			case 2 -> client.post("/api/v1/waitpoints/tokens", Map.of("timeout", random.nextInt(1000) + "s"));
			case 3 -> client.post("/api/v1/bulk-actions",
					Map.of("action", "cancel", "filter", Map.of("taskIdentifier", task)));
			case 4 -> client.post("/api/v2/runs/" + someRun(client, random) + "/cancel", "{}");
			case 8 -> client.post("/api/v1/runs/" + someRun(client, random) + "/replay", "{}");
			case 9 -> follow(client, random, "/realtime/v1/runs/" + someRun(client, random));
			case 10 -> follow(client, random, "/realtime/v1/runs?tags=" + key);
			case 11 -> stream(client, random, someRun(client, random));
			case 5 -> trigger(client, task, Map.of("debounce", Map.of("key", key, "delay", "30s", "mode", "trailing")));
			case 6 -> trigger(client, task, Map.of("delay", random.nextInt(1000) + "s", "ttl", 30));
			case 7 -> trigger(client, task, Map.of("idempotencyKey", key));
			default -> trigger(client, task, Map.of("tags", List.of(key)));
		};
	}

	private static Reply trigger(TestClient client, String task, Map<String, Object> options) {
		return client.post("/api/v1/tasks/" + task + "/trigger", Map.of("payload", Map.of("n", 1), "options", options));
	}

	private static String someRun(TestClient client, Random random) {
		Reply runs = client.get("/api/v1/runs?page%5Bsize%5D=5");
		return runs.json().path("data").path(random.nextInt(5)).path("id").asString("run_none");
	}

	private static Reply follow(TestClient client, Random random, String feed) {
		TestClient follower = client.header("x-trigger-electric-version", "1");
		String mark = feed.contains("?") ? "&" : "?";
		Reply reply = follower.get(feed + mark + "offset=-1");
		for (int i = 0; i < random.nextInt(4) && reply.status() == 200; i++) {
			reply = follower.get(feed + mark + "live=true&handle=" + reply.header("electric-handle") + "&offset="
					+ reply.header("electric-offset"));
		}
		return reply;
	}

	private static Reply stream(TestClient client, Random random, String runId) {
		String stream = "/realtime/v1/streams/" + runId;
		return switch (random.nextInt(4)) {
			case 0 -> client.post(stream + "/self/out/append", "{\"n\":1}");
			case 1 -> client.post(stream + "/input/approval", "{\"data\":{\"approved\":true}}");
			case 2 -> client.put("/api/v1/runs/" + runId + "/metadata", Map.of("metadata", Map.of("progress", 50)));
			default -> client.header("timeout-seconds", "1").get(stream + "/out");
		};
	}

	private static long usedMemory() {
		long used = Long.MAX_VALUE;
		for (int i = 0; i < 3; i++) {
			System.gc();
			used = Math.min(used, Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory());
		}
		return used;
	}

}

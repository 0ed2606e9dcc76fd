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
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;

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

	private final Duration time = Duration
		.parse("PT" + System.getProperty("trigger.stress.time", "3s").toUpperCase(java.util.Locale.ROOT));

	private final List<String> errors = Collections.synchronizedList(new ArrayList<>());

	private volatile long requests;

	@Test
	void nothingBreaks() throws InterruptedException {
		long seed = Long.getLong("trigger.stress.seed", System.nanoTime());
		long before = usedMemory();
		try (TriggerEmulator emulator = TriggerEmulator.builder()
			.rateLimit(1_000_000, 1_000_000, Duration.ofSeconds(1))
			.start()) {
			emulator.task("quick", Object.class, (payload) -> payload);
			emulator.task("flaky", Object.class, (payload, context) -> payload,
					(settings) -> settings.failFirst(2).retryBackOff(Duration.ofSeconds(1), 2, Duration.ofSeconds(9)));
			emulator.task("crash", Object.class, (payload) -> {
				throw TaskOutcomes.crashed("as it should");
			});
			emulator.scheduledTask("nightly", Object.class, (payload, context) -> null);
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
				caller.join(10_000);
			}
			assertThat(this.errors).as("seed %s", seed).isEmpty();
			assertThat(this.requests).isPositive();
			emulator.reset();
			assertThat(emulator.runs()).isEmpty();
			emulator.awaitIdle();
		}
		long after = usedMemory();
		if (this.time.toSeconds() > 10) {
			System.out.printf("emulator: %d requests, %d MB before and %d MB after%n", this.requests, before >> 20,
					after >> 20);
		}
		assertThat(after - before).as("bytes that are still held").isLessThan(64L << 20);
	}

	private void call(TriggerEmulator emulator, Random random, long end) {
		TestClient client = TestClient.of(emulator, "prod");
		while (System.nanoTime() < end) {
			try {
				Reply reply = request(client, random);
				this.requests++;
				if (reply.status() >= 500) {
					this.errors.add(reply + " " + reply.header("x-emulator-failure"));
				}
			}
			catch (RuntimeException ex) {
				this.errors.add(ex.toString());
			}
		}
	}

	private static Reply request(TestClient client, Random random) {
		String task = List.of("quick", "flaky", "crash", "unknown").get(random.nextInt(4));
		String key = "key" + random.nextInt(20);
		return switch (random.nextInt(10)) {
			case 0 -> client.get(PATHS.get(random.nextInt(PATHS.size())));
			case 1 -> client.post("/api/v1/schedules",
					Map.of("task", "nightly", "cron", random.nextInt(60) + " * * * *", "deduplicationKey", key));
			case 2 -> client.post("/api/v1/waitpoints/tokens", Map.of("timeout", random.nextInt(1000) + "s"));
			case 3 -> client.post("/api/v1/bulk-actions",
					Map.of("action", "cancel", "filter", Map.of("taskIdentifier", task)));
			case 4 -> cancelNewest(client);
			case 5 -> trigger(client, task, Map.of("debounce", Map.of("key", key, "delay", "30s", "mode", "trailing")));
			case 6 -> trigger(client, task, Map.of("delay", random.nextInt(1000) + "s", "ttl", 30));
			case 7 -> trigger(client, task, Map.of("idempotencyKey", key));
			default -> trigger(client, task, Map.of("tags", List.of(key)));
		};
	}

	private static Reply trigger(TestClient client, String task, Map<String, Object> options) {
		return client.post("/api/v1/tasks/" + task + "/trigger", Map.of("payload", Map.of("n", 1), "options", options));
	}

	private static Reply cancelNewest(TestClient client) {
		Reply runs = client.get("/api/v1/runs?page%5Bsize%5D=5");
		String id = runs.json().path("data").path(0).path("id").asString("run_none");
		return client.post("/api/v2/runs/" + id + "/cancel", "{}");
	}

	private static long usedMemory() throws InterruptedException {
		long used = Long.MAX_VALUE;
		for (int i = 0; i < 3; i++) {
			System.gc();
			used = Math.min(used, Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory());
		}
		return used;
	}

}

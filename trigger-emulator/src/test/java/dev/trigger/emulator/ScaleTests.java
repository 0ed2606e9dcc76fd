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

import java.util.List;
import java.util.Objects;

import dev.trigger.emulator.http.Json;
import dev.trigger.emulator.state.EmulatorState;
import dev.trigger.emulator.state.Environment;
import dev.trigger.emulator.state.EnvironmentKind;
import dev.trigger.emulator.state.TriggerCommand;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A million of runs has room in a heap of 1 GB.
 */
class ScaleTests {

	private static final int RUNS = 20_000;

	private static final String PAYLOAD = "{\"email\":\"user%05d@example.com\",\"number\":%d}";

	private static final String OPTIONS = "{\"payloadType\":\"application/json\",\"tags\":[\"user:%d\"],"
			+ "\"idempotencyKey\":\"welcome-%05d\"}";

	/**
	 * What a client sends that makes a key of its own and uses most of the options.
	 */
	private static final String MANY_OPTIONS = "{\"payloadType\":\"application/json\",\"tags\":[\"user:%d\",\"welcome\"],"
			+ "\"idempotencyKey\":\"0123456789abcdef0123456789abcdef0123456789abcdef0123456789a%05d\","
			+ "\"idempotencyKeyOptions\":{\"key\":[\"welcome\",\"user\"],\"scope\":\"global\"},\"ttl\":\"1h\",\"maxAttempts\":5,"
			+ "\"machine\":\"small-1x\",\"queue\":{\"name\":\"mail\"},\"maxDuration\":300,\"priority\":10}";

	@Test
	void runThatAClientTriggersTakesLittleMemory() {
		try (TriggerEmulator emulator = TriggerEmulator.start()) {
			emulator.task("echo", JsonNode.class, (payload) -> payload);
			trigger(emulator, "echo", 100, 0, MANY_OPTIONS);
			emulator.reset();
			long before = usedMemory();
			trigger(emulator, "echo", RUNS, 0, MANY_OPTIONS);
			long bytes = (usedMemory() - before) / RUNS;
			System.out.println("emulator: " + bytes + " bytes a run with all options");
			assertThat(bytes).as("bytes a run with all options").isLessThan(900);
			EmulatedRun last = emulator.runs().get(RUNS - 1);
			assertThat(last.tags()).containsExactly("user:" + (RUNS - 1), "welcome");
			assertThat(last.idempotencyKey()).hasSize(64).endsWith("a" + (RUNS - 1));
			assertThat(last.queue()).isEqualTo("mail");
		}
	}

	@Test
	void runTakesLittleMemory() {
		try (TriggerEmulator emulator = TriggerEmulator.start()) {
			emulator.task("echo", JsonNode.class, (payload) -> payload);
			trigger(emulator, "echo", 100, 0, "{}");
			emulator.reset();
			long before = usedMemory();
			trigger(emulator, "echo", RUNS, 0, "{}");
			assertThat((usedMemory() - before) / RUNS).as("bytes a run").isLessThan(700);
			trigger(emulator, "echo", RUNS, RUNS, OPTIONS);
			assertThat((usedMemory() - before) / (2 * RUNS)).as("bytes a run, half of them with options")
				.isLessThan(950);
			trigger(emulator, "nobody", RUNS, 2 * RUNS, "{}");
			assertThat((usedMemory() - before) / (3 * RUNS)).as("bytes a run, a third of them queued").isLessThan(850);
			assertRuns(emulator);
			emulator.reset();
			assertThat(usedMemory() - before).as("bytes after a reset").isLessThan(RUNS * 100L);
		}
	}

	private static void assertRuns(TriggerEmulator emulator) {
		List<EmulatedRun> runs = emulator.runs();
		assertThat(runs).hasSize(3 * RUNS);
		EmulatedRun last = runs.get(2 * RUNS - 1);
		assertThat(last.output()).isEqualTo(last.payload());
		assertThat(last.tags()).containsExactly("user:" + (2 * RUNS - 1));
		assertThat(last.statuses()).containsExactly("QUEUED", "DEQUEUED", "EXECUTING", "COMPLETED");
	}

	private static void trigger(TriggerEmulator emulator, String task, int count, int first, String options) {
		EmulatorState state = emulator.state();
		Environment environment = emulator.project().environment(EnvironmentKind.PRODUCTION);
		for (int i = first; i < first + count; i++) {
			JsonNode payload = Json.parse(PAYLOAD.formatted(i, i));
			JsonNode given = Objects.requireNonNull(Json.parse(options.formatted(i, i)));
			synchronized (state) {
				state.engine().trigger(environment, TriggerCommand.of(task, payload, given));
			}
		}
		emulator.awaitIdle();
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

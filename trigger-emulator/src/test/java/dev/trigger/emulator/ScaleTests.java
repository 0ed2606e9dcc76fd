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

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

import dev.trigger.emulator.http.Json;
import dev.trigger.emulator.state.EmulatorState;
import dev.trigger.emulator.state.Environment;
import dev.trigger.emulator.state.EnvironmentKind;
import dev.trigger.emulator.state.TriggerCommand;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A million of runs has room in a heap of 1 GB, and keys of many take no time. Memory is
 * measured in a JVM of its own: in this one other tests come and go, and how long a
 * reference is depends on the memory of the machine.
 */
class ScaleTests {

	private static Map<String, Long> bytes;

	@BeforeAll
	static void measure() throws IOException, InterruptedException {
		bytes = Measurement.run();
		System.out.println("emulator: " + bytes.get("all options") + " bytes a run with all options");
	}

	@Test
	void runThatAClientTriggersTakesLittleMemory() {
		assertThat(bytes.get("all options")).as("bytes a run with all options").isPositive().isLessThan(900);
	}

	@Test
	void runTakesLittleMemory() {
		assertThat(bytes.get("plain")).as("bytes a run").isPositive().isLessThan(700);
		assertThat(bytes.get("half with options")).as("bytes a run, half of them with options").isLessThan(950);
		assertThat(bytes.get("third queued")).as("bytes a run, a third of them queued").isLessThan(850);
		assertThat(bytes.get("after reset")).as("bytes after a reset, for each of the first third of runs")
			.isLessThan(100);
	}

	/**
	 * Each end of a run looks for the next one among those that wait, not among all keys
	 * that ever were: twenty thousand runs take seconds instead of minutes.
	 */
	@Test
	void manyConcurrencyKeysDoNotSlowAFullEnvironmentDown() {
		try (TriggerEmulator emulator = TriggerEmulator.start()) {
			emulator.environmentConcurrency(1);
			emulator.task("quick", Object.class, (payload) -> payload);
			Environment environment = emulator.project().environment(EnvironmentKind.PRODUCTION);
			for (int i = 0; i < 20_000; i++) {
				TriggerCommand command = TriggerCommand.of("quick", null,
						Json.object().put("concurrencyKey", "user-" + i));
				emulator.state().locked(() -> emulator.state().engine().trigger(environment, command));
			}
			emulator.awaitIdle(Duration.ofMinutes(1));
			assertThat(emulator.runs()).hasSize(20_000)
				.allSatisfy((run) -> assertThat(run.status()).isEqualTo("COMPLETED"));
		}
	}

	/**
	 * The program that measures. Each line of it is what it measured and the bytes.
	 */
	static final class Measurement {

		private static final int RUNS = 20_000;

		private static final Duration PATIENCE = Duration.ofMinutes(2);

		private static final String PAYLOAD = "{\"email\":\"user%05d@example.com\",\"number\":%d}";

		private static final String OPTIONS = "{\"payloadType\":\"application/json\",\"tags\":[\"user:%d\"],"
				+ "\"idempotencyKey\":\"welcome-%05d\"}";

		/**
		 * What a client sends that makes a key of its own and uses most of the options.
		 */
		private static final String MANY_OPTIONS = "{\"payloadType\":\"application/json\",\"tags\":[\"user:%d\",\"welcome\"],"
				+ "\"idempotencyKey\":\"0123456789abcdef0123456789abcdef0123456789abcdef0123456789a%05d\","
				+ "\"idempotencyKeyOptions\":{\"key\":[\"welcome\",\"user\"],\"scope\":\"global\"},\"ttl\":\"1h\",\"maxAttempts\":5,"
				+ "\"machine\":\"small-1x\",\"queue\":{\"name\":\"mail\"},\"maxDuration\":300,\"priority\":10,\"concurrencyKey\":\"%1$d\"}";

		private Measurement() {
		}

		static Map<String, Long> run() throws IOException, InterruptedException {
			List<String> command = List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
					"-Xmx512m", "-XX:+UseSerialGC", "-XX:+UseCompressedOops", "-XX:TieredStopAtLevel=1", "-cp",
					System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
					Measurement.class.getName());
			ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
			builder.environment().remove("JAVA_TOOL_OPTIONS");
			Process process = builder.start();
			process.onExit().orTimeout(5, TimeUnit.MINUTES).whenComplete((ended, failure) -> process.destroyForcibly());
			List<String> lines = new ArrayList<>();
			try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
				output.lines().forEach(lines::add);
			}
			assertThat(process.waitFor()).as("%s", lines).isZero();
			Map<String, Long> bytes = new LinkedHashMap<>();
			for (String line : lines) {
				String[] parts = line.split("=");
				assertThat(parts).as("%s", lines).hasSize(2);
				bytes.put(parts[0], Long.valueOf(parts[1]));
			}
			return bytes;
		}

		public static void main(String[] args) {
			try (TriggerEmulator emulator = TriggerEmulator.start()) {
				long before = start(emulator, MANY_OPTIONS);
				trigger(emulator, "echo", RUNS, 0, MANY_OPTIONS);
				print("all options", (usedMemory() - before) / RUNS);
				EmulatedRun last = emulator.runs().get(RUNS - 1);
				assertThat(last.tags()).containsExactly("user:" + (RUNS - 1), "welcome");
				assertThat(last.idempotencyKey()).hasSize(64).endsWith("a" + (RUNS - 1));
				assertThat(last.queue()).isEqualTo("mail");
			}
			try (TriggerEmulator emulator = TriggerEmulator.start()) {
				long before = start(emulator, "{}");
				trigger(emulator, "echo", RUNS, 0, "{}");
				print("plain", (usedMemory() - before) / RUNS);
				trigger(emulator, "echo", RUNS, RUNS, OPTIONS);
				print("half with options", (usedMemory() - before) / (2 * RUNS));
				trigger(emulator, "nobody", RUNS, 2 * RUNS, "{}");
				print("third queued", (usedMemory() - before) / (3 * RUNS));
				assertRuns(emulator);
				emulator.reset();
				print("after reset", (usedMemory() - before) / RUNS);
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

		/**
		 * Load what is loaded once, and fill the pools.
		 */
		private static long start(TriggerEmulator emulator, String options) {
			emulator.task("echo", JsonNode.class, (payload) -> payload);
			trigger(emulator, "echo", 1_000, 0, options);
			trigger(emulator, "nobody", 1_000, 1_000, options);
			assertThat(emulator.runs()).hasSize(2_000);
			emulator.reset();
			return usedMemory();
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
			emulator.awaitIdle(PATIENCE);
		}

		private static void print(String measured, long bytes) {
			System.out.println(measured + "=" + bytes);
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

}

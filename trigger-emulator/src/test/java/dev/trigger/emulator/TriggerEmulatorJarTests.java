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
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the executable jar of the emulator.
 */
class TriggerEmulatorJarTests {

	private static final Pattern STARTED = Pattern.compile("Trigger.dev emulator on port (\\d+), .*");

	@Test
	void jarServesUntilItIsTerminated() throws IOException, InterruptedException {
		Process process = start(
				Map.of("PORT", "0", "TRIGGER_EMULATOR_SECRET_KEY", "tr_prod_jar", "TRIGGER_EMULATOR_TASKS", "echo"));
		try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
			String line = output.readLine();
			assertThat(line).matches(STARTED);
			Matcher matcher = STARTED.matcher(line);
			assertThat(matcher.matches()).isTrue();
			TestClient client = new TestClient("http://127.0.0.1:" + matcher.group(1)).token("tr_prod_jar");
			String runId = client.post("/api/v1/tasks/echo/trigger", Map.of("payload", "hello"))
				.json()
				.path("id")
				.asString();
			assertThat(awaitOutput(client, runId)).isEqualTo("hello");
			// the process itself would close its output
			process.toHandle().destroy();
			assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
			assertThat(output.readLine()).isNull();
		}
		finally {
			process.destroyForcibly();
		}
	}

	@Test
	void malformedVariableEndsTheProgramWithAMessage() throws IOException, InterruptedException {
		Process process = start(Map.of("PORT", "http"));
		try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
			assertThat(output.lines())
				.containsExactly("The Trigger.dev emulator can't start: 'PORT' must be a number, not 'http'");
			assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
			assertThat(process.exitValue()).isOne();
		}
		finally {
			process.destroyForcibly();
		}
	}

	@Test
	void unpackedProgramTestsItselfWithAnArchiveOfItsClasses(@TempDir Path directory)
			throws IOException, InterruptedException {
		Path program = directory.resolve("program");
		List<String> unpacked = run("-jar", jar().toString(), "--unpack=" + program);
		Path archive = program.resolve("classes.jsa");
		assertThat(unpacked).endsWith(Files.exists(archive) ? "Unpacked, with an archive of classes"
				: "Unpacked. This Java creates no archive of classes");
		List<String> output = run("-XX:SharedArchiveFile=" + archive, "-Xlog:class+load", "-jar",
				program.resolve("trigger-emulator.jar").toString(), "--self-test");
		assertThat(output).contains("The Trigger.dev emulator works");
		assertThat(output.stream().anyMatch((line) -> line.contains("TriggerEmulator source: shared objects file")))
			.isEqualTo(Files.exists(archive));
	}

	private static List<String> run(String... args) throws IOException, InterruptedException {
		Path java = Path.of(System.getProperty("java.home"), "bin", "java");
		List<String> command = new ArrayList<>(List.of(java.toString()));
		command.addAll(List.of(args));
		ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
		builder.environment().remove("JAVA_TOOL_OPTIONS");
		Process process = builder.start();
		try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
			List<String> lines = output.lines().toList();
			assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
			assertThat(process.exitValue()).as(lines.toString()).isZero();
			return lines;
		}
		finally {
			process.destroyForcibly();
		}
	}

	@Test
	void helpIsPrinted() throws IOException, InterruptedException {
		Process process = start(Map.of(), "--help");
		try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
			assertThat(output.lines()).anyMatch((line) -> line.contains("--tasks-file"));
			assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
			assertThat(process.exitValue()).isZero();
		}
		finally {
			process.destroyForcibly();
		}
	}

	private static String awaitOutput(TestClient client, String runId) throws InterruptedException {
		JsonNode run = client.get("/api/v3/runs/" + runId).json();
		for (int attempt = 0; attempt < 200 && !run.path("isCompleted").asBoolean(); attempt++) {
			Thread.sleep(50);
			run = client.get("/api/v3/runs/" + runId).json();
		}
		return run.path("output").asString("");
	}

	private static Path jar() throws IOException {
		try (Stream<Path> files = Files.list(Path.of("target"))) {
			List<Path> jars = files.filter((file) -> file.getFileName().toString().endsWith("-exec.jar")).toList();
			assertThat(jars).as("executable jar; './mvnw verify' builds it and runs this test").hasSize(1);
			return jars.get(0);
		}
	}

	private static Process start(Map<String, String> variables, String... args) throws IOException {
		Path java = Path.of(System.getProperty("java.home"), "bin", "java");
		List<String> command = new ArrayList<>(List.of(java.toString(), "-jar", jar().toString()));
		command.addAll(List.of(args));
		ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
		builder.environment().remove("JAVA_TOOL_OPTIONS");
		builder.environment().putAll(variables);
		return builder.start();
	}

}

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

package dev.trigger.spring.contracts.tool;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import dev.trigger.emulator.TriggerEmulator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the command line, with an emulator of the server.
 */
class TriggerContractsTests {

	private static final String ORDER = """
			{"type":"object","required":["id","lines"],"additionalProperties":false,"properties":{
			"id":{"type":"string"},"note":{"type":"string"},"currency":{"enum":["EUR","USD"]},
			"lines":{"type":"array","items":{"type":"object","required":["sku"],"additionalProperties":false,
			"properties":{"sku":{"type":"string"},"price":{"type":"number"}}}}}}""";

	private static final String CHANGED_ORDER = """
			{"type":"object","required":["lines","id","note"],"additionalProperties":false,"properties":{
			"id":{"type":"string"},"note":{"type":"string"},"currency":{"enum":["EUR"]},"extra":{"type":"boolean"},
			"lines":{"type":"array","items":{"type":"object","required":["sku"],"additionalProperties":false,
			"properties":{"sku":{"type":"string"},"price":{"type":"string"}}}}}}""";

	private final ByteArrayOutputStream out = new ByteArrayOutputStream();

	private final ByteArrayOutputStream err = new ByteArrayOutputStream();

	private TriggerEmulator emulator = TriggerEmulator.start();

	@TempDir
	private Path folder;

	@BeforeEach
	void deploy() {
		task("place-order", ORDER);
		task("old", ORDER);
		this.emulator.task("plain", JsonNode.class, (payload) -> payload);
	}

	@AfterEach
	void close() {
		this.emulator.close();
	}

	private void task(String id, String schema) {
		this.emulator.task(id, JsonNode.class, (payload, context) -> payload,
				(settings) -> settings.payloadSchema(schema));
	}

	@Test
	void pulledContractIsSortedAndHoldsNothingThatChanges() throws IOException {
		assertThat(run("pull")).isZero();
		String contract = Files.readString(file());
		assertThat(contract).startsWith("{\n  \"project\"")
			.endsWith("}\n")
			.contains("\"place-order\"", "\"required\" : [\n          \"id\",\n          \"lines\"")
			.doesNotContain("tr_pat_", "createdAt", "worker_", "task_", "version");
		FileTime time = Files.getLastModifiedTime(file());
		restart();
		deploy();
		assertThat(run("pull")).isZero();
		assertThat(this.out.toString(StandardCharsets.UTF_8)).contains("Nothing changed");
		assertThat(Files.readString(file())).isEqualTo(contract);
		assertThat(Files.getLastModifiedTime(file())).isEqualTo(time);
	}

	@Test
	void checkSaysWhatChangedAndWhatBreaks() {
		assertThat(run("pull")).isZero();
		assertThat(run("check")).isZero();
		restart();
		task("place-order", CHANGED_ORDER);
		task("new", ORDER);
		this.emulator.task("plain", JsonNode.class, (payload) -> payload);
		this.out.reset();
		assertThat(run("check")).isEqualTo(1);
		assertThat(this.out.toString(StandardCharsets.UTF_8)).isEqualToNormalizingNewlines("""
				Breaks this service:
				  old: task removed
				  place-order currency: value removed: "USD"
				  place-order lines[].price: type changed from number to string
				  place-order note: now required
				Does not break this service:
				  new: task added
				  place-order extra: added, and optional
				Pull the contract, and adapt what does not compile any more.
				""");
		assertThat(run("check", "--tasks=plain,new", "--fail-on=breaking")).isEqualTo(1);
	}

	@Test
	void whatDoesNotBreakCanPass() {
		assertThat(run("pull", "--tasks=p*,!plain")).isZero();
		assertThat(run("check")).isEqualTo(1);
		assertThat(run("check", "--fail-on=breaking")).isZero();
		assertThat(run("check", "--tasks=p*,!plain")).isZero();
	}

	@Test
	void generatedSourcesAreWrittenOnlyWhenTheyChange() throws IOException {
		assertThat(run("pull")).isZero();
		assertThat(generate()).isZero();
		Path source = this.folder.resolve("sources/com/example/PlaceOrder.java");
		Path old = this.folder.resolve("sources/com/example/Old.java");
		Path own = Files.writeString(this.folder.resolve("sources/com/example/Own.java"), "class Own { }");
		assertThat(old).exists();
		assertThat(this.folder.resolve("resources/META-INF/trigger/contract.json")).hasSameBinaryContentAs(file());
		FileTime time = FileTime.fromMillis(1_000_000);
		Files.setLastModifiedTime(source, time);
		assertThat(run("pull", "--tasks=place-order")).isZero();
		assertThat(generate()).isZero();
		assertThat(Files.getLastModifiedTime(source)).isEqualTo(time);
		assertThat(old).doesNotExist();
		assertThat(own).exists();
		try (Stream<Path> files = Files.walk(this.folder.resolve("sources"))) {
			assertThat(files.filter(Files::isRegularFile).map((path) -> path.getFileName().toString()))
				.containsExactlyInAnyOrder("DeployedTaskTypes.java", "DeployedTasks.java", "Own.java",
						"PlaceOrder.java", "package-info.java");
		}
	}

	@Test
	void sourcesOfOtherPackagesAreKept() throws IOException {
		assertThat(run("pull")).isZero();
		assertThat(generate("com.example")).isZero();
		assertThat(generate("com.example.billing")).isZero();
		assertThat(run("pull", "--tasks=place-order")).isZero();
		assertThat(generate("com.example")).isZero();
		assertThat(this.folder.resolve("sources/com/example/Old.java")).doesNotExist();
		assertThat(this.folder.resolve("sources/com/example/billing/Old.java")).exists();
		assertThat(generate("org.example")).isZero();
		assertThat(this.folder.resolve("sources/com/example/PlaceOrder.java")).exists();
	}

	@Test
	void typesOfOutputsAreUsedAndMisspelledTasksReported() {
		assertThat(run("pull")).isZero();
		assertThat(generate("com.example", "--output-type.place-order=com.example.receipt",
				"--output-type.old=org.example.Shop.Receipt", "--output-type.place-ordr=com.example.Receipt",
				"--payload-type.nothing=com.example.Nothing"))
			.isZero();
		assertThat(this.folder.resolve("sources/com/example/DeployedTasks.java")).content()
			.contains("import org.example.Shop;", "Mono<RunHandle<receipt>> placeOrder",
					"Mono<RunHandle<Shop.Receipt>> old");
		assertThat(this.out.toString(StandardCharsets.UTF_8)).contains(
				"Warning: 'outputs' names the task 'place-ordr', which is not in the contract: correct or remove it",
				"Warning: 'payloads' names the task 'nothing', which is not in the contract: correct or remove it");
	}

	/**
	 * Of the example in {@code docs/CONTRACTS.md}, with the values that Gradle puts in.
	 */
	@Test
	void argumentsOfTheGradleExampleWork() throws IOException {
		String example = Files.readString(Path.of("../docs/src/test/resources/snippets/contracts.gradle"))
			.replace("${generatedSources.get()}", this.folder.resolve("sources").toString())
			.replace("${generatedResources.get()}", this.folder.resolve("resources").toString())
			.replace("proj_1234", this.emulator.projectRef())
			.replace("args command,", "args 'pull',");
		List<String[]> commands = example.lines()
			.map(String::trim)
			.filter((line) -> line.startsWith("args "))
			.map((line) -> line.substring("args ".length()).replaceAll("['\"]", "").split(", "))
			.toList();
		assertThat(commands).hasSize(2);
		assertThat(run(commands.get(1))).as(failure()).isZero();
		assertThat(run(commands.get(0))).as(failure()).isZero();
		assertThat(this.folder.resolve("sources/com/example/tasks/DeployedTasks.java")).exists();
		commands.get(1)[0] = "check";
		assertThat(run(commands.get(1))).as(failure()).isZero();
	}

	@Test
	void unexpectedFailureIsNoDifference() {
		assertThat(run("pull")).isZero();
		int status = TriggerContracts.run(new String[] { "check", "--file=" + file() }, new HashMap<>() {

			@Override
			public String get(Object key) {
				throw new IllegalStateException("no variables");
			}

		}, new PrintStream(this.out, true, StandardCharsets.UTF_8),
				new PrintStream(this.err, true, StandardCharsets.UTF_8));
		assertThat(status).isEqualTo(2);
		assertThat(failure()).contains("The command failed: java.lang.IllegalStateException: no variables");
	}

	@Test
	void failuresSayWhatToDoAndShowNoToken() {
		assertThat(run("check")).isEqualTo(2);
		assertThat(failure()).contains("There is no contract at", "with the goal 'pull'");
		assertThat(run("pull", "--environment=staging", "--tag=none")).isEqualTo(2);
		assertThat(run("pull", "--projekt=x")).isEqualTo(2);
		assertThat(failure()).contains("The option '--projekt' is not known");
		assertThat(run(Map.of("TRIGGER_SECRET_KEY", "tr_dev_secret0123456789"), "pull")).isEqualTo(2);
		assertThat(failure()).contains("personal access tokens only", "TRIGGER_ACCESS_TOKEN");
		assertThat(run(Map.of(), "pull")).isEqualTo(2);
		assertThat(failure()).contains("There is no personal access token");
		assertThat(run(Map.of("TRIGGER_ACCESS_TOKEN", "tr_pat_wrong0123456789"), "pull")).isEqualTo(2);
		assertThat(failure()).contains("can't be retrieved").doesNotContain("wrong0123456789", "secret0123456789");
		assertThat(run("check", "--fail-on=change")).isEqualTo(2);
		assertThat(failure()).contains("The option --fail-on can't be 'change': use one of any, breaking, nothing");
		assertThat(run("pull", "--project-ref=")).isEqualTo(2);
		assertThat(failure()).contains("TRIGGER_PROJECT_REF");
		this.err.reset();
		assertThat(run("pull", "--api-url=localhost:3030")).isEqualTo(2);
		assertThat(failure())
			.isEqualToNormalizingNewlines("The deployed tasks can't be retrieved: The API URL is not a "
					+ "web address: set 'trigger.api-url' to an address such as https://api.trigger.dev\n");
	}

	private int generate() {
		return generate("com.example");
	}

	private int generate(String packageName, String... options) {
		return run(Stream
			.concat(Stream.of("generate", "--package=" + packageName, "--output=" + this.folder.resolve("sources"),
					"--resources=" + this.folder.resolve("resources")), Stream.of(options))
			.toArray(String[]::new));
	}

	private int run(String... args) {
		return run(Map.of("TRIGGER_ACCESS_TOKEN", this.emulator.personalAccessToken()), args);
	}

	private int run(Map<String, String> variables, String... args) {
		Stream<String> where = args[0].equals("generate") ? Stream.empty()
				: Stream.of("--api-url=" + this.emulator.apiUrl(), "--project-ref=" + this.emulator.projectRef(),
						"--environment=prod");
		String[] all = Stream
			.concat(Stream.concat(Stream.of(args).limit(1), Stream.concat(Stream.of("--file=" + file()), where)),
					Stream.of(args).skip(1))
			.toArray(String[]::new);
		return TriggerContracts.run(all, variables, new PrintStream(this.out, true, StandardCharsets.UTF_8),
				new PrintStream(this.err, true, StandardCharsets.UTF_8));
	}

	private String failure() {
		return this.err.toString(StandardCharsets.UTF_8);
	}

	private Path file() {
		return this.folder.resolve("src/main/trigger/contract.json");
	}

	private void restart() {
		this.emulator.close();
		this.emulator = TriggerEmulator.start();
	}

}

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

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.trigger.emulator.http.Json;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The command line of Trigger.dev and its MCP server believe the emulator. They need
 * Node.js with npm, and the tests are left out where there is none, unless
 * {@code TRIGGER_SDK_REQUIRED} is set.
 */
class CommandLineTests {

	private static final String CLIENT = "trigger.dev@4.8.3";

	private static final int PROCESSES = 3;

	private static final AtomicInteger STORIES = new AtomicInteger();

	private static NodePackage client;

	private static Path program;

	private static TriggerEmulator emulator;

	private static ExecutorService executor;

	@BeforeAll
	static void install() throws Exception {
		client = NodePackage.install(CLIENT, "cli");
		program = client.home().resolve("node_modules/trigger.dev/dist/esm/index.js");
		emulator = TriggerEmulator.builder().previewBranches("feature-search").start();
		emulator.task("echo", JsonNode.class, (payload) -> payload);
		executor = Executors.newFixedThreadPool(PROCESSES);
	}

	@AfterAll
	static void stop() {
		if (executor != null) {
			executor.shutdownNow();
		}
		if (emulator != null) {
			emulator.close();
		}
	}

	@Test
	void commandsAndAgentsWorkAsAgainstAServer() throws Exception {
		String version = TestClient.of(emulator, "prod")
			.get("/api/v1/deployments/current")
			.json()
			.path("version")
			.asString();
		List<Future<?>> stories = List.of(story((cli) -> {
			assertThat(
					cli.run("tasks", "trigger", "echo", "--payload", "{\"hello\":\"world\"}", "--tag", "cli", "--wait"))
				.contains("Triggered: run_", "COMPLETED", "\"hello\": \"world\"");
			assertThat(cli.run("runs", "list", "--env", "dev")).containsPattern("run_\\w+ . echo . COMPLETED");
		}), story((cli) -> {
			assertThat(cli.run("env", "set", "GREETING", "hello", "--env", "prod")).contains("GREETING is set");
			assertThat(cli.run("env", "list", "--env", "prod", "--show-values")).contains("GREETING", "hello");
		}), story((cli) -> {
			assertThat(cli.run("whoami")).contains("dev@example.com", emulator.apiUrl());
			assertThat(cli.run("projects", "list")).contains(emulator.projectRef(), "Emulator");
			Matcher token = Pattern.compile("tr_uat_[\\w.-]+").matcher(cli.run("mint-token", "--ttl", "600"));
			assertThat(token.find()).isTrue();
			assertThat(new TestClient(emulator.apiUrl()).token(token.group()).get("/api/v1/projects").text())
				.contains(emulator.projectRef());
		}), story((cli) -> {
			assertThat(cli.run("preview", "archive", "--branch", "feature-search", "--skip-update-check"))
				.contains("Successfully archived \"feature-search\"");
			assertThat(cli.run("report", "health", "--env", "dev")).contains("health", "0 failed of ");
		}), story((cli) -> {
			assertThat(cli.run("tasks", "trigger", "nothing")).contains("There's no task with the id \"nothing\"",
					"Its tasks are: echo");
			assertThat(cli.run("promote", version, "--env", "prod", "--skip-update-check"))
				.contains("Deployment is already the current deployment");
		}), story(CommandLineTests::agentUsesTheMcpServer));
		for (Future<?> story : stories) {
			story.get();
		}
	}

	private static void agentUsesTheMcpServer(CommandLine cli) throws Exception {
		Map<String, Object> dev = Map.of("projectRef", emulator.projectRef(), "environment", "dev");
		List<List<Object>> calls = List.of(List.of("list_projects", Map.of()), List.of("get_current_worker", dev),
				List.of("trigger_task", with(dev, "taskId", "echo", "payload", Map.of("from", "agent"))),
				List.of("wait_for_run_to_complete", with(dev, "runId", "RUN_ID")),
				List.of("get_run_details", with(dev, "runId", "RUN_ID")), List.of("list_runs", dev),
				List.of("query", with(dev, "query", "SELECT status, count() AS n FROM runs GROUP BY status")),
				List.of("get_query_schema", with(dev, "table", "runs")),
				List.of("list_deploys", with(dev, "environment", "prod")),
				List.of("get_report", with(dev, "key", "health")), List.of("list_dashboards", dev),
				List.of("run_dashboard_query", with(dev, "dashboardKey", "overview", "widgetId", "rRbzv-Aq")),
				List.of("run_dashboard_query", with(dev, "dashboardKey", "llm", "widgetId", "llm-cost")));
		Map<String, String> texts = new LinkedHashMap<>();
		client
			.run(cli.project(), cli.variables(), "node", NodePackage.script("/cli/mcp.mjs"), program.toString(),
					Json.string(calls))
			.lines()
			.filter((line) -> line.startsWith("{\"name\""))
			.map(Json::parse)
			.forEach((result) -> {
				assertThat(result.path("ok").asBoolean()).as(result.toString()).isTrue();
				texts.put(result.path("name").asString(), result.path("text").asString());
			});
		assertThat(texts).hasSize(calls.size() - 1);
		assertThat(texts.get("list_dashboards")).contains("9lDDdebQ", "llm-cost");
		assertThat(texts.get("run_dashboard_query")).contains("total_cost");
		assertThat(texts.get("list_projects")).contains(emulator.projectRef());
		assertThat(texts.get("get_current_worker")).contains("- echo");
		assertThat(texts.get("wait_for_run_to_complete")).contains("Status: completed", "\"from\": \"agent\"");
		assertThat(texts.get("get_run_details")).contains("Attempt 1 [COMPLETED]");
		assertThat(texts.get("list_runs")).contains("| echo | completed | env:dev");
		assertThat(texts.get("query")).contains("Completed | ");
		assertThat(texts.get("get_report")).contains("flow", "execution", "liveness");
	}

	private static Map<String, Object> with(Map<String, Object> base, Object... more) {
		Map<String, Object> all = new LinkedHashMap<>(base);
		for (int i = 0; i < more.length; i += 2) {
			all.put((String) more[i], more[i + 1]);
		}
		return all;
	}

	/**
	 * Run commands that build on each other, while others run too: each process takes
	 * seconds to start.
	 */
	private static Future<?> story(Story story) {
		CommandLine cli = new CommandLine("config-" + STORIES.incrementAndGet());
		return executor.submit(() -> {
			story.tell(cli);
			return null;
		});
	}

	private interface Story {

		void tell(CommandLine cli) throws Exception;

	}

	/**
	 * The command line, with a configuration and a project of its own.
	 */
	private record CommandLine(String directory) {

		String run(String... args) throws Exception {
			List<String> command = new ArrayList<>(List.of("node", program.toString()));
			command.addAll(List.of(args));
			command.add("--skip-telemetry");
			return client.execute(project(), variables(), command).output().replaceAll("\u001b\\[[0-9;?]*[A-Za-z]", "");
		}

		Path project() throws IOException {
			Path project = Files.createDirectories(client.home().resolve(this.directory).resolve("project"));
			Files.writeString(project.resolve("package.json"),
					"{\"name\": \"shop\", \"version\": \"1.0.0\", \"type\": \"module\"}");
			Files.writeString(project.resolve("package-lock.json"),
					"{\"name\": \"shop\", \"version\": \"1.0.0\", \"lockfileVersion\": 3, \"packages\": {}}");
			Files.writeString(project.resolve("trigger.config.ts"), "export default { project: \""
					+ emulator.projectRef() + "\", dirs: [\"./src\"], maxDuration: 60, runtime: \"node\" };\n");
			return project;
		}

		Map<String, String> variables() throws IOException, URISyntaxException {
			Path home = client.home().resolve(this.directory);
			Path config = home.resolve("trigger/config.json");
			Files.createDirectories(config.getParent());
			Files.writeString(config, Json.string(Map.of("version", 2, "currentProfile", "default", "profiles", Map
				.of("default", Map.of("accessToken", emulator.personalAccessToken(), "apiUrl", emulator.apiUrl())))));
			return Map.of("XDG_CONFIG_HOME", home.toString(), "TRIGGER_TELEMETRY_DISABLED", "1", "CI", "true",
					"NO_COLOR", "1", "NODE_OPTIONS", "--require \"" + NodePackage.script("/cli/loopback.cjs") + "\"");
		}

	}

}

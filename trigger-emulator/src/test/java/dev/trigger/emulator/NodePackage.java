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

import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Assumptions;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A package of npm that tests run with Node.js. Tests are skipped where there is no
 * Node.js with npm, unless {@code TRIGGER_SDK_REQUIRED} is set.
 */
final class NodePackage {

	private final Path home;

	private NodePackage(Path home) {
		this.home = home;
	}

	/**
	 * Install a package.
	 * @param name its name with a version
	 * @param directory the directory below that of the build
	 * @return the package
	 */
	static NodePackage install(String name, String directory) throws IOException, InterruptedException {
		boolean required = System.getenv("TRIGGER_SDK_REQUIRED") != null;
		Assumptions.assumeTrue(required || (isInstalled("node") && isInstalled("npm")), "there is no Node.js with npm");
		NodePackage installed = new NodePackage(Path.of("target", directory).toAbsolutePath());
		Files.createDirectories(installed.home);
		List<String> command = List.of("npm", "install", "--prefix", installed.home.toString(), "--no-package-lock",
				"--ignore-scripts", "--no-audit", "--no-fund", "--no-update-notifier", "--prefer-offline",
				"--fetch-timeout=60000", "--fetch-retries=4", name);
		Execution execution = installed.execute(installed.home, Map.of(), command);
		// a registry may be out of reach for a while
		for (int attempt = 1; attempt < 3 && execution.status() != 0; attempt++) {
			System.out.println(command + " failed, and is tried again: " + execution.output());
			execution = installed.execute(installed.home, Map.of(), command);
		}
		assertThat(execution.status()).as("%s: %s", command, execution.output()).isZero();
		return installed;
	}

	Path home() {
		return this.home;
	}

	/**
	 * Run a command that succeeds.
	 * @param directory where
	 * @param variables the environment variables to set; no others are about Trigger.dev
	 * @param command the command
	 * @return what it printed
	 */
	String run(Path directory, Map<String, String> variables, String... command)
			throws IOException, InterruptedException {
		Execution execution = execute(directory, variables, List.of(command));
		assertThat(execution.status()).as("%s: %s", List.of(command), execution.output()).isZero();
		return execution.output();
	}

	Execution execute(Path directory, Map<String, String> variables, List<String> command)
			throws IOException, InterruptedException {
		Path output = Files.createTempFile(this.home, "output", ".txt");
		ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile())
			.redirectErrorStream(true)
			.redirectOutput(output.toFile());
		builder.environment().keySet().removeIf((name) -> name.startsWith("TRIGGER_"));
		builder.environment().putAll(variables);
		Process process = builder.start();
		try {
			assertThat(process.waitFor(5, TimeUnit.MINUTES)).as("%s ends: %s", command, Files.readString(output))
				.isTrue();
		}
		finally {
			process.destroyForcibly();
		}
		String text = Files.readString(output);
		Files.delete(output);
		return new Execution(process.exitValue(), text);
	}

	/**
	 * Return the path of a script.
	 * @param resource the name of the resource
	 * @return the path
	 */
	static String script(String resource) throws URISyntaxException {
		return Path.of(Objects.requireNonNull(NodePackage.class.getResource(resource)).toURI()).toString();
	}

	private static boolean isInstalled(String command) {
		for (String directory : System.getenv("PATH").split(File.pathSeparator)) {
			if (Files.isExecutable(Path.of(directory, command))) {
				return true;
			}
		}
		return false;
	}

	/**
	 * A command that has ended.
	 *
	 * @param status its exit status
	 * @param output what it printed
	 */
	record Execution(int status, String output) {

	}

}

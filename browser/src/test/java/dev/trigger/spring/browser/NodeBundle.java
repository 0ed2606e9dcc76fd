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

package dev.trigger.spring.browser;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Assumptions;

/**
 * A script of a page, bundled with packages of npm. Tests are skipped where there is no
 * Node.js with npm, or fail if {@code TRIGGER_SDK_REQUIRED} is set.
 */
final class NodeBundle {

	private NodeBundle() {
	}

	/**
	 * Install packages and bundle a script that uses them.
	 * @param directory where to install them
	 * @param source the script
	 * @param packages the packages with their versions, a bundler among them
	 * @return the bundle, a script that needs nothing else
	 */
	static String of(Path directory, Path source, String... packages) throws IOException, InterruptedException {
		boolean installed = isInstalled("node") && isInstalled("npm");
		Assumptions.assumeTrue(installed || System.getenv("TRIGGER_SDK_REQUIRED") != null,
				"there is no Node.js with npm");
		Path home = Files.createDirectories(directory).toAbsolutePath();
		List<String> install = new ArrayList<>(List.of("npm", "install", "--prefix", home.toString(),
				"--no-package-lock", "--ignore-scripts", "--no-audit", "--no-fund", "--no-update-notifier",
				"--prefer-offline", "--fetch-timeout=60000", "--fetch-retries=4"));
		install.addAll(List.of(packages));
		install(home, install);
		// beside the packages, since that is where it finds them
		Path script = Files.copy(source, home.resolve(source.getFileName()), StandardCopyOption.REPLACE_EXISTING);
		Path bundle = home.resolve("bundle.js");
		run(home,
				List.of("node", home.resolve("node_modules/esbuild/bin/esbuild").toString(), script.toString(),
						"--bundle", "--external:node:*", "--jsx=automatic",
						"--define:process.env.NODE_ENV=\"production\"", "--log-level=warning", "--outfile=" + bundle));
		return Files.readString(bundle);
	}

	/**
	 * Try up to three times: a registry may be out of reach for a while.
	 */
	private static void install(Path home, List<String> command) throws IOException, InterruptedException {
		for (int attempt = 1; attempt < 3; attempt++) {
			try {
				run(home, command);
				return;
			}
			catch (AssertionError ex) {
				System.out.println("Tried again: " + ex.getMessage());
			}
		}
		run(home, command);
	}

	private static void run(Path directory, List<String> command) throws IOException, InterruptedException {
		Path output = Files.createTempFile(directory, "output", ".txt");
		Process process = new ProcessBuilder(command).directory(directory.toFile())
			.redirectErrorStream(true)
			.redirectOutput(output.toFile())
			.start();
		try {
			if (!process.waitFor(5, TimeUnit.MINUTES) || process.exitValue() != 0) {
				throw new AssertionError(command + " failed: " + Files.readString(output));
			}
		}
		finally {
			process.destroyForcibly();
			Files.delete(output);
		}
	}

	private static boolean isInstalled(String command) {
		String path = System.getenv("PATH");
		for (String directory : ((path != null) ? path : "").split(File.pathSeparator)) {
			if (Files.isExecutable(Path.of(directory, command))) {
				return true;
			}
		}
		return false;
	}

}

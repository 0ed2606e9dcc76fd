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

package dev.trigger.spring.test.jdbc;

import java.io.File;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

import org.junit.jupiter.api.Assumptions;

/**
 * What the machine has to have for tests with a real database.
 */
final class InstalledServers {

	/**
	 * Whether the tests run as a user that servers refuse to be run by.
	 */
	static final boolean ROOT = "root".equals(System.getProperty("user.name"));

	private InstalledServers() {
	}

	/**
	 * Skip the test where a server is not installed, or let it fail where
	 * {@code TRIGGER_DATABASES_REQUIRED} is set.
	 */
	static void require(boolean installed, String name, String packages) {
		String reason = name + " is not installed: on Debian, apt-get install " + packages;
		if (!installed && System.getenv("TRIGGER_DATABASES_REQUIRED") != null) {
			throw new AssertionError(reason);
		}
		Assumptions.assumeTrue(installed, reason);
	}

	/**
	 * Create a directory for a server.
	 * @param name what its name begins with
	 * @param user the user that owns it where the tests run as root
	 */
	static Path createDirectory(String name, String user) throws IOException {
		Path directory = Files.createTempDirectory(name,
				PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
		if (ROOT) {
			Files.setOwner(directory,
					directory.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(user));
		}
		return directory;
	}

	/**
	 * Return a port that is free, and stays so: systems give none of these to clients.
	 */
	static int freePort() throws IOException {
		for (int attempt = 0; attempt < 100; attempt++) {
			int port = ThreadLocalRandom.current().nextInt(15_000, 30_000);
			try (ServerSocket free = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
				return free.getLocalPort();
			}
			catch (BindException ex) {
				// somebody has it
			}
		}
		throw new IOException("No port is free");
	}

	/**
	 * Return a program of a server, whose scripts need more programs than a shell's path
	 * may have.
	 * @param command the program and its arguments
	 * @param output the file that its output is added to
	 */
	static ProcessBuilder program(List<String> command, Path output) {
		ProcessBuilder program = new ProcessBuilder(command).directory(new File("/"))
			.redirectErrorStream(true)
			.redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()));
		program.environment().put("PATH", "/usr/sbin:/usr/bin:/sbin:/bin");
		return program;
	}

}

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

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.springframework.util.FileSystemUtils;

import static org.awaitility.Awaitility.await;

/**
 * A MariaDB server of this machine's own, on a free port of the loopback interface. It
 * has the defaults of MariaDB, not those of a distribution: latin1, and "repeatable
 * read".
 */
public final class MariaDbServer implements AutoCloseable {

	private static final Path SERVER = Path.of("/usr/sbin/mariadbd");

	private static final Path INSTALL = Path.of("/usr/bin/mariadb-install-db");

	private final Path directory;

	private final int port;

	private Process process;

	private MariaDbServer(Path directory, int port) {
		this.directory = directory;
		this.port = port;
	}

	/**
	 * Start a server. A test is skipped where MariaDB is not installed.
	 * @return the server
	 */
	public static MariaDbServer start() {
		InstalledServers.require(Files.isExecutable(SERVER) && Files.isExecutable(INSTALL), "MariaDB",
				"mariadb-server-core mariadb-client-core");
		try {
			Path directory = InstalledServers.createDirectory("mariadb", "nobody");
			MariaDbServer server = new MariaDbServer(directory, InstalledServers.freePort());
			server.install();
			server.run();
			return server;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private void install() throws IOException {
		Process install = program(INSTALL, "--auth-root-authentication-method=normal", "--skip-test-db",
				"--skip-name-resolve");
		try {
			if (!install.waitFor(180, TimeUnit.SECONDS) || install.exitValue() != 0) {
				install.destroyForcibly();
				throw new IllegalStateException(log());
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	private void run() throws IOException {
		this.process = program(SERVER, "--bind-address=127.0.0.1", "--port=" + this.port,
				"--socket=" + this.directory.resolve("socket"), "--pid-file=" + this.directory.resolve("pid"),
				"--skip-name-resolve", "--innodb-flush-log-at-trx-commit=0");
		await().atMost(Duration.ofSeconds(150)).until(this::acceptsConnections);
	}

	private boolean acceptsConnections() throws IOException {
		try (Connection connection = UnpooledConnections.to(url("mariadb", "mysql")).getConnection()) {
			return connection.isValid(1);
		}
		catch (SQLException ex) {
			if (!this.process.isAlive()) {
				throw new IllegalStateException(log(), ex);
			}
			return false;
		}
	}

	private Process program(Path program, String... arguments) throws IOException {
		List<String> command = new ArrayList<>(List.of(program.toString(), "--no-defaults",
				"--datadir=" + this.directory.resolve("data"), "--tmpdir=" + this.directory));
		if (InstalledServers.ROOT) {
			// which MariaDB refuses to be run by
			command.add("--user=nobody");
		}
		command.addAll(List.of(arguments));
		return InstalledServers.program(command, this.directory.resolve("log")).start();
	}

	private String log() throws IOException {
		return Files.readString(this.directory.resolve("log"));
	}

	/**
	 * Return the address of a database, with the user.
	 * @param driver the driver: {@code mariadb} or {@code mysql}
	 * @param database the name of the database, which is created if it is missing
	 * @return the JDBC URL
	 */
	public String url(String driver, String database) {
		return "jdbc:" + driver + "://127.0.0.1:" + this.port + "/" + database
				+ "?user=root&createDatabaseIfNotExist=true";
	}

	@Override
	public void close() {
		this.process.destroyForcibly();
		try {
			this.process.waitFor(60, TimeUnit.SECONDS);
			FileSystemUtils.deleteRecursively(this.directory);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

}

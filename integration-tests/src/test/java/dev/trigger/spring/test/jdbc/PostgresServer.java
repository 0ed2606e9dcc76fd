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
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import com.zaxxer.hikari.HikariDataSource;

import org.springframework.util.FileSystemUtils;

/**
 * A PostgreSQL server of this machine's own, on a free port of the loopback interface.
 */
public final class PostgresServer implements AutoCloseable {

	private final Path programs;

	private final Path directory;

	private final int port;

	private PostgresServer(Path programs, Path directory, int port) {
		this.programs = programs;
		this.directory = directory;
		this.port = port;
	}

	/**
	 * Start a server. A test is skipped where PostgreSQL is not installed.
	 * @return the server
	 */
	public static PostgresServer start() {
		Path programs = programs();
		InstalledServers.require(programs != null, "PostgreSQL", "postgresql");
		try {
			Path directory = InstalledServers.createDirectory("postgres", "postgres");
			PostgresServer server = new PostgresServer(programs, directory, InstalledServers.freePort());
			server.run("initdb", "-D", server.data(), "-U", "trigger", "--auth=trust", "--no-sync", "-E", "UTF8");
			server.restart();
			return server;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Return whether PostgreSQL is installed.
	 * @return whether {@link #start()} starts one
	 */
	public static boolean isInstalled() {
		return programs() != null;
	}

	/**
	 * Start the server anew, as after a crash: connections are cut.
	 */
	public void restart() {
		if (new File(data(), "postmaster.pid").exists()) {
			run("pg_ctl", "-D", data(), "stop", "-m", "immediate");
		}
		run("pg_ctl", "-D", data(), "-w", "-t", "150", "-l", this.directory.resolve("log").toString(), "-o",
				"-h 127.0.0.1 -p " + this.port + " -c unix_socket_directories='' -c fsync=off -c max_connections=60",
				"start");
	}

	/**
	 * Return the address of the database, with the user.
	 * @return the JDBC URL
	 */
	public String url() {
		return "jdbc:postgresql://127.0.0.1:" + this.port + "/postgres?user=trigger";
	}

	/**
	 * Create a schema.
	 * @param name its name
	 * @return the JDBC URL for it, with the user
	 */
	String createSchema(String name) {
		execute("CREATE SCHEMA " + name);
		return url() + "&currentSchema=" + name;
	}

	/**
	 * Create a database that has few characters.
	 * @param name its name
	 * @return the JDBC URL for it, with the user
	 */
	String createInLatin1(String name) {
		execute("CREATE DATABASE " + name + " ENCODING 'LATIN1' LOCALE 'C' TEMPLATE template0");
		return url().replace("/postgres?", "/" + name + "?");
	}

	private void execute(String sql) {
		try (Connection connection = UnpooledConnections.to(url()).getConnection();
				Statement statement = connection.createStatement()) {
			statement.execute(sql);
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Return a pool of connections.
	 * @return a new pool
	 */
	public HikariDataSource dataSource() {
		HikariDataSource dataSource = new HikariDataSource();
		dataSource.setJdbcUrl(url());
		return dataSource;
	}

	/**
	 * Return the time that processors spent on the server.
	 * @return the time of all its processes that are there
	 */
	public Duration processorTime() {
		try {
			long server = Long.parseLong(Files.readAllLines(Path.of(data(), "postmaster.pid")).get(0));
			return ProcessHandle.of(server)
				.stream()
				.flatMap(ProcessHandle::descendants)
				.flatMap((process) -> process.info().totalCpuDuration().stream())
				.reduce(Duration.ZERO, Duration::plus);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Override
	public void close() {
		run("pg_ctl", "-D", data(), "stop", "-m", "immediate");
		try {
			FileSystemUtils.deleteRecursively(this.directory);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private String data() {
		return this.directory.resolve("data").toString();
	}

	private void run(String program, String... arguments) {
		List<String> command = new ArrayList<>();
		if (InstalledServers.ROOT) {
			// which PostgreSQL refuses to be run by
			command.addAll(List.of("/usr/sbin/runuser", "-u", "postgres", "--"));
		}
		command.add(this.programs.resolve(program).toString());
		command.addAll(List.of(arguments));
		run(command);
	}

	private static void run(List<String> command) {
		try {
			Path output = Files.createTempFile("postgres", ".log");
			Process process = InstalledServers.program(command, output).start();
			boolean ended = process.waitFor(180, TimeUnit.SECONDS);
			if (!ended || process.exitValue() != 0) {
				process.destroyForcibly();
				throw new IllegalStateException(command + ": " + Files.readString(output));
			}
			Files.delete(output);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	private static Path programs() {
		try (Stream<Path> versions = Files.list(Path.of("/usr/lib/postgresql"))) {
			return versions.map((version) -> version.resolve("bin"))
				.filter((programs) -> Files.isExecutable(programs.resolve("initdb")))
				.max(Comparator.naturalOrder())
				.orElse(null);
		}
		catch (IOException ex) {
			return null;
		}
	}

}

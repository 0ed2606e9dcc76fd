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

import java.util.UUID;

import com.zaxxer.hikari.HikariDataSource;
import dev.trigger.spring.jdbc.JdbcDialect;
import org.h2.jdbcx.JdbcDataSource;

/**
 * The databases that tests run on. A server is started when it is first used, and stays
 * until the tests are over.
 */
public enum TestDatabase {

	/**
	 * H2, in memory.
	 */
	H2(JdbcDialect.H2),

	/**
	 * PostgreSQL.
	 */
	POSTGRESQL(JdbcDialect.POSTGRESQL),

	/**
	 * MariaDB with its own driver.
	 */
	MARIADB(JdbcDialect.MARIADB),

	/**
	 * MariaDB with the driver of MySQL, which takes it for MySQL. It counts the rows that
	 * changed, not those that an update found.
	 */
	MARIADB_AS_MYSQL(JdbcDialect.MYSQL),

	/**
	 * H2, which reads the SQL for MySQL.
	 */
	H2_AS_MYSQL(JdbcDialect.MYSQL),

	/**
	 * H2, which reads most of the SQL for SQL Server.
	 */
	H2_AS_SQLSERVER(JdbcDialect.SQLSERVER),

	/**
	 * H2, which reads most of the SQL for Oracle.
	 */
	H2_AS_ORACLE(JdbcDialect.ORACLE);

	private static PostgresServer postgres;

	private static MariaDbServer mariaDb;

	private final JdbcDialect dialect;

	TestDatabase(JdbcDialect dialect) {
		this.dialect = dialect;
	}

	/**
	 * Return what the client takes the database for.
	 * @return the dialect
	 */
	public JdbcDialect dialect() {
		return this.dialect;
	}

	/**
	 * Return whether the database only reads the SQL for another one.
	 * @return whether what locks and transactions do shows nothing
	 */
	public boolean isDisguised() {
		return name().startsWith("H2_AS_");
	}

	/**
	 * Create an empty database of PostgreSQL that has only the characters of Western
	 * Europe, without the euro. A test is skipped where the server is not installed.
	 * @return the JDBC URL, with the user
	 */
	public static String createUrlInLatin1() {
		return postgres().createInLatin1(newName());
	}

	private static String newName() {
		return "test_" + UUID.randomUUID().toString().replace('-', '_');
	}

	/**
	 * Create an empty database. A test is skipped where the server is not installed.
	 * @return the JDBC URL, with the user
	 */
	public String createUrl() {
		String name = newName();
		return switch (this) {
			case H2 -> h2(name, "REGULAR");
			case POSTGRESQL -> postgres().createSchema(name);
			case MARIADB -> mariaDb().url("mariadb", name);
			case MARIADB_AS_MYSQL -> mariaDb().url("mysql", name) + "&useAffectedRows=true";
			case H2_AS_MYSQL -> h2(name, "MySQL");
			case H2_AS_SQLSERVER -> h2(name, "MSSQLServer");
			case H2_AS_ORACLE -> h2(name, "Oracle");
		};
	}

	private static String h2(String name, String mode) {
		return "jdbc:h2:mem:" + name + ";MODE=" + mode + ";DB_CLOSE_DELAY=-1";
	}

	/**
	 * Create an empty database. A test is skipped where the server is not installed.
	 * @return a pool of connections to it
	 */
	public HikariDataSource create() {
		HikariDataSource dataSource = new HikariDataSource();
		String product = switch (this) {
			case H2_AS_MYSQL -> "MySQL";
			case H2_AS_SQLSERVER -> "Microsoft SQL Server";
			case H2_AS_ORACLE -> "Oracle";
			default -> null;
		};
		if (product != null) {
			JdbcDataSource h2 = new JdbcDataSource();
			h2.setURL(createUrl());
			dataSource.setDataSource(new DisguisedH2(h2, this.dialect, product));
		}
		else {
			dataSource.setJdbcUrl(createUrl());
		}
		return dataSource;
	}

	private static synchronized PostgresServer postgres() {
		if (postgres == null) {
			postgres = PostgresServer.start();
			closeAtTheEnd(postgres);
		}
		return postgres;
	}

	private static synchronized MariaDbServer mariaDb() {
		if (mariaDb == null) {
			mariaDb = MariaDbServer.start();
			closeAtTheEnd(mariaDb);
		}
		return mariaDb;
	}

	private static void closeAtTheEnd(AutoCloseable server) {
		Runtime.getRuntime().addShutdownHook(new Thread(() -> {
			try {
				server.close();
			}
			catch (Exception ex) {
				throw new IllegalStateException(ex);
			}
		}));
	}

}

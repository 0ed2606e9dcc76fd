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

package dev.trigger.spring.jdbc;

import java.sql.DatabaseMetaData;
import java.util.Locale;

import javax.sql.DataSource;

import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.jdbc.support.JdbcUtils;
import org.springframework.jdbc.support.MetaDataAccessException;

/**
 * What differs between the databases that are supported.
 * <p>
 * All times are the database's own, in milliseconds since 1970: the clocks of two
 * instances of an application may differ.
 *
 * @since 1.0.0
 */
public enum JdbcDialect {

	/**
	 * H2, version 2.2 or newer. Seconds with fractions would be decimals, which H2
	 * divides many times more slowly than whole numbers.
	 */
	H2("h2", "DATEDIFF(MILLISECOND, TIMESTAMP WITH TIME ZONE '1970-01-01 00:00:00+00:00', "
			+ "CURRENT_TIMESTAMP AT TIME ZONE 'UTC')"),

	/**
	 * PostgreSQL. The time is that of the statement, not that of the transaction.
	 */
	POSTGRESQL("postgresql", "CAST(EXTRACT(EPOCH FROM statement_timestamp()) * 1000 AS BIGINT)"),

	/**
	 * MySQL, version 8 or newer.
	 */
	MYSQL("mysql", "CAST(UNIX_TIMESTAMP() * 1000 + MICROSECOND(NOW(3)) DIV 1000 AS SIGNED)"),

	/**
	 * MariaDB, version 10.6 or newer.
	 */
	MARIADB("mysql", "CAST(UNIX_TIMESTAMP() * 1000 + MICROSECOND(NOW(3)) DIV 1000 AS SIGNED)"),

	/**
	 * SQL Server, version 2016 or newer.
	 */
	SQLSERVER("sqlserver", "DATEDIFF_BIG(MILLISECOND, '1970-01-01', SYSUTCDATETIME())"),

	/**
	 * Oracle, version 12c or newer. Its time has whole seconds.
	 */
	ORACLE("oracle", "ROUND((CAST(SYS_EXTRACT_UTC(SYSTIMESTAMP) AS DATE) - DATE '1970-01-01') * 86400000)");

	private final String platform;

	private final String now;

	JdbcDialect(String platform, String now) {
		this.platform = platform;
		this.now = now;
	}

	/**
	 * Ask a database what it is.
	 * @param dataSource the data source of the database
	 * @return the dialect
	 * @throws IllegalStateException if the database is none of those supported
	 * @throws DataAccessResourceFailureException if the database can't be reached
	 */
	public static JdbcDialect of(DataSource dataSource) {
		try {
			String product = JdbcUtils.extractDatabaseMetaData(dataSource, DatabaseMetaData::getDatabaseProductName);
			return of((product != null) ? product : "");
		}
		catch (MetaDataAccessException ex) {
			throw new DataAccessResourceFailureException(
					"The type of the database can't be determined: " + ex.getMessage(), ex);
		}
	}

	private static JdbcDialect of(String product) {
		String name = product.toLowerCase(Locale.ROOT);
		if (name.equals("h2")) {
			return H2;
		}
		if (name.contains("postgresql") || name.contains("enterprisedb")) {
			return POSTGRESQL;
		}
		if (name.contains("mariadb")) {
			return MARIADB;
		}
		if (name.contains("mysql")) {
			return MYSQL;
		}
		if (name.contains("sql server")) {
			return SQLSERVER;
		}
		if (name.contains("oracle")) {
			return ORACLE;
		}
		throw new IllegalStateException("The database '" + product + "' is not supported: use H2, PostgreSQL, MySQL, "
				+ "MariaDB, SQL Server or Oracle, or another data source, marked with @TriggerDataSource");
	}

	/**
	 * Return the name that this database has in the names of schema scripts.
	 * @return the name, such as {@code postgresql}
	 */
	public String platform() {
		return this.platform;
	}

	/**
	 * Return the SQL expression for the time of the database.
	 * @return an expression that is a number: milliseconds since 1970
	 */
	public String now() {
		return this.now;
	}

	/**
	 * Return an expression that has the value of a column, for conditions on rows that
	 * are found by their keys. PostgreSQL would search all rows in a state instead if
	 * there were few of them when it last gathered statistics, however many there are
	 * now. MySQL and MariaDB would do so in a small table, and lock rows of others.
	 * @param column the column
	 * @return the expression
	 */
	public String unindexed(String column) {
		return switch (this) {
			case POSTGRESQL, MYSQL, MARIADB -> "COALESCE(" + column + ", '')";
			default -> column;
		};
	}

	/**
	 * Return a query for a limited number of rows, which locks them and leaves out rows
	 * that another transaction has locked, where the database can do so. Otherwise it
	 * locks nothing: whoever updates a row has to check that it is still as it was.
	 * @param columns the columns to select
	 * @param table the table and its alias
	 * @param where the condition and the order
	 * @param limit the largest number of rows
	 * @return the query
	 */
	public String selectUnlocked(String columns, String table, String where, int limit) {
		return switch (this) {
			case POSTGRESQL, MYSQL, MARIADB -> select(columns, table, where, limit) + " FOR UPDATE SKIP LOCKED";
			case SQLSERVER -> "SELECT TOP (" + limit + ") " + columns + " FROM " + table
					+ " WITH (UPDLOCK, READPAST, ROWLOCK) WHERE " + where;
			// H2 would lock the rows beyond the limit as well, and Oracle can't lock rows
			// in a query with a limit
			case H2, ORACLE -> select(columns, table, where, limit);
		};
	}

	/**
	 * Return a query for a limited number of rows.
	 * @param columns the columns to select
	 * @param table the table and its alias
	 * @param where the condition and the order
	 * @param limit the largest number of rows
	 * @return the query
	 */
	public String select(String columns, String table, String where, int limit) {
		return switch (this) {
			case SQLSERVER -> "SELECT TOP (" + limit + ") " + columns + " FROM " + table + " WHERE " + where;
			case MYSQL, MARIADB -> "SELECT " + columns + " FROM " + table + " WHERE " + where + " LIMIT " + limit;
			default ->
				"SELECT " + columns + " FROM " + table + " WHERE " + where + " FETCH FIRST " + limit + " ROWS ONLY";
		};
	}

}

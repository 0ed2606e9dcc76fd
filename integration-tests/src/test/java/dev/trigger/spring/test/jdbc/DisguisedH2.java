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

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

import javax.sql.DataSource;

import dev.trigger.spring.jdbc.JdbcDialect;

import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.util.Assert;

/**
 * H2 as another database, in the mode that it has for that. It shows that scripts and
 * statements can be read, and that they do what they should as far as H2 does the same.
 * It shows nothing of how the other database locks, compares or plans, and it can't read
 * these parts, which are replaced:
 * <ul>
 * <li>the expression for the time,</li>
 * <li>of SQL Server, {@code IF OBJECT_ID(…) IS NULL}, collations, and indexes within
 * {@code CREATE TABLE},</li>
 * <li>of Oracle, {@code ORDER} of an identity.</li>
 * </ul>
 * What the other database refuses is refused: lists of more than 1,000 values (Oracle),
 * and more than 2,100 parameters (SQL Server).
 */
final class DisguisedH2 extends DelegatingDataSource {

	private static final Pattern IF_MISSING = Pattern.compile("IF OBJECT_ID\\(N'\\w+', N'U'\\) IS NULL CREATE TABLE");

	private static final Pattern COLLATION = Pattern.compile(" COLLATE Latin1_General_100_BIN2");

	private static final Pattern INDEX = Pattern.compile(",\\s*INDEX \\w+ \\([^)]*\\)");

	private static final Pattern LONG_LIST = Pattern.compile("IN \\([?, ]{3001,}+\\)");

	private static final int MAX_PARAMETERS = 2100;

	private final JdbcDialect dialect;

	private final String product;

	DisguisedH2(DataSource h2, JdbcDialect dialect, String product) {
		super(h2);
		this.dialect = dialect;
		this.product = product;
	}

	@Override
	public Connection getConnection() throws SQLException {
		Connection connection = super.getConnection();
		DatabaseMetaData metaData = proxy(DatabaseMetaData.class, connection.getMetaData(), UnaryOperator.identity(),
				(name, result) -> name.equals("getDatabaseProductName") ? this.product : result);
		return proxy(Connection.class, connection, this::translate, (name, result) -> {
			if (result instanceof DatabaseMetaData) {
				return metaData;
			}
			if (result instanceof Statement statement && !(result instanceof PreparedStatement)) {
				return proxy(Statement.class, statement, this::translate, (of, value) -> value);
			}
			return result;
		});
	}

	private String translate(String sql) {
		switch (this.dialect) {
			case ORACLE -> Assert.isTrue(!LONG_LIST.matcher(sql).find(), "ORA-01795: more than 1000 in a list");
			case SQLSERVER ->
				Assert.isTrue(sql.chars().filter((character) -> character == '?').count() <= MAX_PARAMETERS,
						"Too many parameters");
			default -> {
				// which have no such limit
			}
		}
		String translated = sql.replace(this.dialect.now(), JdbcDialect.H2.now());
		return switch (this.dialect) {
			case SQLSERVER -> {
				String table = IF_MISSING.matcher(translated).replaceFirst("CREATE TABLE IF NOT EXISTS");
				yield INDEX.matcher(COLLATION.matcher(table).replaceAll("")).replaceAll("");
			}
			case ORACLE -> translated.replace(" (ORDER)", "");
			default -> translated;
		};
	}

	/**
	 * Wrap an object: what its methods take as SQL is translated, what they return is
	 * mapped.
	 */
	private static <T> T proxy(Class<T> type, T target, UnaryOperator<String> sql, Mapping mapping) {
		return type
			.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] { type }, (proxy, method, arguments) -> {
				boolean takesSql = method.getName().startsWith("prepare") || method.getName().startsWith("execute")
						|| method.getName().equals("addBatch");
				if (takesSql && arguments != null && arguments[0] instanceof String statement) {
					arguments[0] = sql.apply(statement);
				}
				try {
					return mapping.map(method.getName(), method.invoke(target, arguments));
				}
				catch (InvocationTargetException ex) {
					throw ex.getTargetException();
				}
			}));
	}

	/**
	 * Maps what a method returns.
	 */
	private interface Mapping {

		Object map(String method, Object result);

	}

}

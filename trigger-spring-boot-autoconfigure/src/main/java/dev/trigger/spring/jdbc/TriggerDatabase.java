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

import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.regex.Pattern;

import javax.sql.DataSource;

import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.InvalidIsolationLevelException;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionCallback;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.util.function.SingletonSupplier;

/**
 * The database of the application and the transactions on it.
 *
 * @since 1.0.0
 */
public final class TriggerDatabase {

	/**
	 * What the names of tables begin with unless another application in the same schema
	 * has these.
	 */
	public static final String DEFAULT_TABLE_PREFIX = "trigger_";

	private static final Pattern TABLE = Pattern.compile("\\b" + DEFAULT_TABLE_PREFIX + "(?=\\w)");

	private static final Pattern PREFIX = Pattern.compile("[A-Za-z]\\w{0,19}");

	private final String instance = UUID.randomUUID().toString();

	private final DataSource dataSource;

	private final Supplier<PlatformTransactionManager> transactionManager;

	private final String tablePrefix;

	private final JdbcClient client;

	private final JdbcTemplate template;

	private volatile @Nullable JdbcDialect dialect;

	/**
	 * Whether transactions have to be told that they are to read what others commit,
	 * {@code null} before that is known.
	 */
	private volatile @Nullable Boolean isolated;

	/**
	 * Use a database.
	 * @param dataSource the data source
	 * @param transactionManager manages the transactions of the data source
	 */
	public TriggerDatabase(DataSource dataSource, PlatformTransactionManager transactionManager) {
		this(dataSource, () -> transactionManager, DEFAULT_TABLE_PREFIX);
	}

	/**
	 * Use a database whose transaction manager may not be there yet. That of JPA is
	 * created after all tables, and so after what creates the tables of this database.
	 * @param dataSource the data source
	 * @param transactionManager supplies the transaction manager of the data source,
	 * determined on first use
	 * @param tablePrefix what the names of tables and indexes begin with: a letter, then
	 * up to 19 letters, digits and underscores
	 */
	public TriggerDatabase(DataSource dataSource, Supplier<PlatformTransactionManager> transactionManager,
			String tablePrefix) {
		if (!PREFIX.matcher(tablePrefix).matches()) {
			throw new IllegalArgumentException("The prefix of tables '" + tablePrefix
					+ "' must be a letter and up to 19 letters, digits and underscores, such as 'shop_trigger_'");
		}
		this.dataSource = dataSource;
		this.transactionManager = SingletonSupplier.of(transactionManager);
		this.tablePrefix = tablePrefix;
		this.template = new JdbcTemplate(dataSource);
		this.client = JdbcClient.create(dataSource);
	}

	/**
	 * Return the data source.
	 * @return the data source
	 */
	public DataSource dataSource() {
		return this.dataSource;
	}

	/**
	 * Return what manages the transactions of the data source.
	 * @return the transaction manager
	 */
	public PlatformTransactionManager transactionManager() {
		return this.transactionManager.get();
	}

	/**
	 * Return a statement, which takes part in the transaction of the caller.
	 * @param sql the statement, with the default prefix in the names of tables
	 * @return the statement on the tables of this application
	 */
	public JdbcClient.StatementSpec sql(String sql) {
		return this.client.sql(withPrefix(sql));
	}

	/**
	 * Execute a statement in a transaction of its own: a pool need not commit by itself.
	 * @param statement the statement, with its parameters
	 * @return the number of rows that it changed
	 */
	public int update(JdbcClient.StatementSpec statement) {
		Integer rows = newTransaction().execute((status) -> statement.update());
		return (rows != null) ? rows : 0;
	}

	/**
	 * Execute a statement several times, in the transaction of the caller.
	 * @param sql the statement, with the default prefix in the names of tables
	 * @param values the values of its parameters, for each time
	 */
	public void batch(String sql, List<@Nullable Object[]> values) {
		if (!values.isEmpty()) {
			this.template.batchUpdate(withPrefix(sql), values);
		}
	}

	/**
	 * Return a script or statement for the tables of this application.
	 * @param sql the text, with the default prefix in the names of tables and indexes
	 * @return the text with the prefix of this application
	 */
	public String withPrefix(String sql) {
		return this.tablePrefix.equals(DEFAULT_TABLE_PREFIX) ? sql : TABLE.matcher(sql).replaceAll(this.tablePrefix);
	}

	/**
	 * Return the dialect of the database, which is asked for it the first time.
	 * @return the dialect
	 * @throws IllegalStateException if the database is none of those supported
	 */
	public JdbcDialect dialect() {
		JdbcDialect known = this.dialect;
		if (known == null) {
			known = JdbcDialect.of(this.dataSource);
			this.dialect = known;
		}
		return known;
	}

	/**
	 * Return the name of this instance of the application, a random one.
	 * @return the name, 36 characters
	 */
	public String instance() {
		return this.instance;
	}

	/**
	 * Return a template for short transactions of one's own, whatever transaction the
	 * caller may be in. They see what others commit meanwhile, whatever the isolation of
	 * the connections is, unless the transaction manager can't set one, as that of JTA:
	 * then the isolation is the one of the connection.
	 * @return a new template, which the caller may change
	 */
	public TransactionTemplate newTransaction() {
		return new ReadCommitted();
	}

	/**
	 * Return a lease, which at most one instance of the application has at a time.
	 * @param name the name of the lease, at most 100 characters
	 * @param duration how long the lease lasts unless it is renewed, and so after what
	 * time another instance takes over from one that was killed
	 * @return the lease, not acquired
	 */
	public DatabaseLease lease(String name, Duration duration) {
		return new DatabaseLease(this, name, duration);
	}

	/**
	 * With the isolation that is the default of most databases, if that can be had.
	 * Setting it where connections have it anyway would cost a request to the database.
	 */
	private final class ReadCommitted extends CausePreservingTransactionTemplate {

		private static final long serialVersionUID = 1L;

		ReadCommitted() {
			super(TriggerDatabase.this.transactionManager());
			setPropagationBehavior(PROPAGATION_REQUIRES_NEW);
		}

		@Override
		public <T extends @Nullable Object> T execute(TransactionCallback<T> action) {
			if (!isIsolated()) {
				return super.execute(action);
			}
			try {
				setIsolationLevel(ISOLATION_READ_COMMITTED);
				return super.execute(action);
			}
			catch (InvalidIsolationLevelException ex) {
				TriggerDatabase.this.isolated = false;
				setIsolationLevel(ISOLATION_DEFAULT);
				return super.execute(action);
			}
		}

		/**
		 * Look at a connection of a new transaction: that of the caller may have another
		 * isolation.
		 */
		private boolean isIsolated() {
			Boolean known = TriggerDatabase.this.isolated;
			if (known == null) {
				Integer level = super.execute((status) -> TriggerDatabase.this.template
					.execute((ConnectionCallback<Integer>) Connection::getTransactionIsolation));
				known = level == null || level != Connection.TRANSACTION_READ_COMMITTED;
				TriggerDatabase.this.isolated = known;
			}
			return known;
		}

	}

}

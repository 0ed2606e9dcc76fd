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

import java.time.Duration;
import java.util.UUID;
import java.util.function.Supplier;

import javax.sql.DataSource;

import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.DefaultTransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.util.function.SingletonSupplier;

/**
 * The database of the application and the transactions on it.
 *
 * @since 1.0.0
 */
public final class TriggerDatabase {

	private final String instance = UUID.randomUUID().toString();

	private final DataSource dataSource;

	private final Supplier<PlatformTransactionManager> transactionManager;

	private final JdbcClient client;

	private volatile @Nullable JdbcDialect dialect;

	/**
	 * Use a database.
	 * @param dataSource the data source
	 * @param transactionManager manages the transactions of the data source
	 */
	public TriggerDatabase(DataSource dataSource, PlatformTransactionManager transactionManager) {
		this(dataSource, () -> transactionManager);
	}

	/**
	 * Use a database whose transaction manager may not be there yet. That of JPA is
	 * created after all tables, and so after what creates the tables of this database.
	 * @param dataSource the data source
	 * @param transactionManager supplies what manages the transactions of the data
	 * source, when it is needed first
	 */
	public TriggerDatabase(DataSource dataSource, Supplier<PlatformTransactionManager> transactionManager) {
		this.dataSource = dataSource;
		this.transactionManager = SingletonSupplier.of(transactionManager);
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
	 * Return a client, which takes part in the transaction of the caller.
	 * @return the client
	 */
	public JdbcClient client() {
		return this.client;
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
	 * caller may be in. They see what others commit meanwhile.
	 * @return a new template, which the caller may change
	 */
	public TransactionTemplate newTransaction() {
		DefaultTransactionDefinition definition = new DefaultTransactionDefinition(
				TransactionDefinition.PROPAGATION_REQUIRES_NEW);
		JdbcDialect present = dialect();
		if (present == JdbcDialect.MYSQL || present == JdbcDialect.MARIADB) {
			// the default of the others, which not every transaction manager can set
			definition.setIsolationLevel(TransactionDefinition.ISOLATION_READ_COMMITTED);
		}
		return new TransactionTemplate(transactionManager(), definition);
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

}

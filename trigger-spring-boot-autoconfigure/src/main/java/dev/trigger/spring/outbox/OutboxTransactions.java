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

package dev.trigger.spring.outbox;

import javax.sql.DataSource;

import dev.trigger.spring.jdbc.TriggerDatabase;

import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.transaction.IllegalTransactionStateException;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.ResourceTransactionManager;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Decides whether a trigger can be written in the transaction of the caller.
 */
final class OutboxTransactions {

	private static final String NONE = "There is no transaction that the trigger could be a part of: call it within one, "
			+ "as in a method with @Transactional (not a reactive one, whose connection JDBC can't use), trigger the "
			+ "task with TriggerOperations.tasks(), or set 'trigger.outbox.own-transaction' to true";

	/**
	 * What is written while listeners to the end of a transaction are called may be
	 * rolled back as the connection is given back.
	 */
	private static final String OVER = "The transaction is over, as in a method with @TransactionalEventListener, so "
			+ "that the trigger could be lost: call it before the commit, as in an @EventListener, annotate the method "
			+ "with @Transactional(propagation = REQUIRES_NEW), or set 'trigger.outbox.own-transaction' to true";

	private final TriggerDatabase database;

	private final PlatformTransactionManager transactionManager;

	private final boolean own;

	/**
	 * Create an instance.
	 * @param database the database of the outbox
	 * @param own whether a trigger may be written in a transaction of its own
	 */
	OutboxTransactions(TriggerDatabase database, boolean own) {
		this.database = database;
		// determined here at the latest, so that a wrong one stops the start
		this.transactionManager = database.transactionManager();
		this.own = own;
	}

	/**
	 * Return whether there is a transaction to write in.
	 * @throws IllegalTransactionStateException if there has to be one
	 */
	boolean isPresent() {
		boolean active = TransactionSynchronizationManager.isActualTransactionActive();
		if (!active || !TransactionSynchronizationManager.isSynchronizationActive()) {
			if (this.own) {
				return false;
			}
			throw new IllegalTransactionStateException(active ? OVER : NONE);
		}
		if (TransactionSynchronizationManager.isCurrentTransactionReadOnly()) {
			throw new IllegalTransactionStateException(
					"The transaction is read-only, so that no trigger can be written: make it a writable one");
		}
		if (this.transactionManager instanceof ResourceTransactionManager
				&& !TransactionSynchronizationManager.hasResource(target(this.database.dataSource()))) {
			throw new IllegalTransactionStateException("The transaction is not one of the DataSource that has the "
					+ "table of the outbox: use its transaction manager, or annotate the DataSource and transaction "
					+ "manager that are meant with @TriggerDataSource and @TriggerTransactionManager");
		}
		return true;
	}

	private static DataSource target(DataSource dataSource) {
		DataSource target = (dataSource instanceof TransactionAwareDataSourceProxy proxy) ? proxy.getTargetDataSource()
				: null;
		return (target != null) ? target : dataSource;
	}

}

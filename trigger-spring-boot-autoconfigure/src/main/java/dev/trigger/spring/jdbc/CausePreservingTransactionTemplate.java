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

import java.lang.reflect.UndeclaredThrowableException;

import org.jspecify.annotations.Nullable;

import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.support.CallbackPreferringPlatformTransactionManager;
import org.springframework.transaction.support.TransactionCallback;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * A template that fails with what the work failed with, also if the transaction can't be
 * rolled back after that. On a connection that is lost each rollback fails: it says
 * nothing of the reason, and would be logged with its stack for each transaction.
 *
 * @since 1.0.0
 * @hidden shared by the packages of the client, not an API for applications
 */
public class CausePreservingTransactionTemplate extends TransactionTemplate {

	private static final long serialVersionUID = 1L;

	private final PlatformTransactionManager manager;

	/**
	 * Create a template.
	 * @param manager manages the transactions
	 */
	public CausePreservingTransactionTemplate(PlatformTransactionManager manager) {
		super(manager);
		this.manager = manager;
	}

	@Override
	public <T extends @Nullable Object> T execute(TransactionCallback<T> action) {
		if (this.manager instanceof CallbackPreferringPlatformTransactionManager) {
			return super.execute(action);
		}
		TransactionStatus status = this.manager.getTransaction(this);
		T result;
		try {
			result = action.doInTransaction(status);
		}
		catch (RuntimeException | Error ex) {
			rollBack(status, ex);
			throw ex;
		}
		catch (Throwable ex) {
			// as languages without checked exceptions throw it
			rollBack(status, ex);
			throw new UndeclaredThrowableException(ex);
		}
		this.manager.commit(status);
		return result;
	}

	private void rollBack(TransactionStatus status, Throwable failure) {
		try {
			this.manager.rollback(status);
		}
		catch (RuntimeException ex) {
			if (ex != failure) {
				failure.addSuppressed(ex);
			}
		}
	}

}

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

import java.util.UUID;

import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.TransactionSystemException;
import org.springframework.transaction.support.DefaultTransactionStatus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for {@link CausePreservingTransactionTemplate}.
 */
@ExtendWith(OutputCaptureExtension.class)
class CausePreservingTransactionTemplateTests {

	/**
	 * As on a connection that is lost.
	 */
	@Test
	void failsWithTheFirstFailureWhereRollbackFailsToo(CapturedOutput output) {
		TriggerDatabase database = database(true);
		assertThatIllegalStateException().isThrownBy(() -> database.newTransaction().executeWithoutResult((status) -> {
			throw new IllegalStateException("the connection is lost");
		}))
			.withMessage("the connection is lost")
			.satisfies((ex) -> assertThat(ex.getSuppressed()).singleElement()
				.isInstanceOf(TransactionSystemException.class));
		assertThat(output).doesNotContain("ERROR").doesNotContain("the connection is lost");
	}

	@Test
	void commitsAndRollsBack() {
		TriggerDatabase database = database(false);
		database.update(database.sql("CREATE TABLE numbers (number INT)"));
		assertThatIllegalStateException().isThrownBy(() -> database.newTransaction().executeWithoutResult((status) -> {
			database.sql("INSERT INTO numbers VALUES (1)").update();
			throw new IllegalStateException("on purpose");
		})).satisfies((ex) -> assertThat(ex.getSuppressed()).isEmpty());
		database.update(database.sql("INSERT INTO numbers VALUES (2)"));
		assertThat(database.sql("SELECT number FROM numbers").query(Integer.class).list()).containsExactly(2);
	}

	private static TriggerDatabase database(boolean lost) {
		JdbcDataSource dataSource = new JdbcDataSource();
		dataSource.setURL("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
		return new TriggerDatabase(dataSource, new JdbcTransactionManager(dataSource) {

			@Override
			protected void doRollback(DefaultTransactionStatus status) {
				if (lost) {
					throw new TransactionSystemException("Could not roll back JDBC transaction");
				}
				super.doRollback(status);
			}

		});
	}

}

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

import java.net.ConnectException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;

import org.junit.jupiter.api.Test;

import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.jdbc.BadSqlGrammarException;
import org.springframework.jdbc.UncategorizedSQLException;
import org.springframework.transaction.CannotCreateTransactionException;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link RequiredTables}.
 */
class RequiredTablesTests {

	private final RequiredTables tables = new RequiredTables("schema-*.sql", "trigger.test");

	@Test
	void namesWhatTheDriverSays() {
		SQLException refused = new SQLException("Connection to 127.0.0.1:5432 refused. Is it up?",
				new ConnectException("Connection refused"));
		assertThat(this.tables
			.describe(new CannotCreateTransactionException("Could not open JPA EntityManager for transaction",
					new SQLTransientConnectionException("pool - Connection is not available", refused))))
			.isEqualTo("Connection to 127.0.0.1:5432 refused. Is it up?");
		assertThat(this.tables.describe(new UncategorizedSQLException("task", "UPDATE trigger_lease SET owner = ?",
				new SQLException("ERROR: cannot execute UPDATE in a read-only transaction\n  Where: here."))))
			.isEqualTo("ERROR: cannot execute UPDATE in a read-only transaction Where: here");
	}

	/**
	 * With all of them in use there is nothing behind it.
	 */
	@Test
	void namesWhatThePoolSays() {
		assertThat(this.tables.describe(new DataAccessResourceFailureException("outer",
				new SQLTransientConnectionException("pool - Connection is not available (active=20)"))))
			.isEqualTo("pool - Connection is not available (active=20)");
	}

	@Test
	void namesFailureWithoutDriver() {
		assertThat(this.tables.describe(new IllegalStateException("other"))).isEqualTo("other");
		assertThat(this.tables.describe(new IllegalStateException())).isEqualTo("java.lang.IllegalStateException");
	}

	@Test
	void namesScriptsOfMissingTable() {
		assertThat(this.tables.describe(new BadSqlGrammarException("task", "SELECT 1",
				new SQLException("ERROR: relation \"trigger_outbox\" does not exist\n  Position: 20"))))
			.startsWith("ERROR: relation \"trigger_outbox\" does not exist Position: 20. Tables are missing")
			.contains("schema-*.sql", "trigger.test=always");
	}

}
